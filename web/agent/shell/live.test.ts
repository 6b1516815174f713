import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { announce, useSpoken } from "./live";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it("says one sentence in two seconds, and of several the last", () => {
	announce("one");
	expect(useSpoken.getState().text).toBe("one");
	announce("two");
	announce("three");
	expect(useSpoken.getState().text).toBe("one");
	vi.advanceTimersByTime(2000);
	expect(useSpoken.getState().text).toBe("three");
	vi.advanceTimersByTime(2000);
	announce("three");
	expect(useSpoken.getState().text).not.toBe("three");
	expect(useSpoken.getState().text.trim()).toBe("three");
});
