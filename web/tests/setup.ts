/* What every unit test starts with. */
import { afterEach } from "vitest";

afterEach(() => {
	localStorage.clear();
});
