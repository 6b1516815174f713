/* What every unit test starts with. */
import { afterEach } from "vitest";

afterEach(() => {
	/* Tests that drive a real browser run without a made-up one. */
	if (typeof window !== "undefined") localStorage.clear();
});
