import { fireEvent, renderHook } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { answer, performSoon, useKeyboard } from "./actions";

const frames = async (n = 3) => {
	for (let i = 0; i < n; i++) await new Promise((done) => requestAnimationFrame(done));
};
const ends: (() => void)[] = [];
afterEach(() => {
	for (const end of ends.splice(0)) end();
});
const answered = (action: Parameters<typeof answer>[0], run: () => unknown) => ends.push(answer(action, run));

test("a key that nobody answers yet counts once when somebody does", async () => {
	ends.push(renderHook(useKeyboard).unmount);
	fireEvent.keyDown(document.body, { key: "a" });
	await frames();
	const run = vi.fn();
	answered("assign", run);
	await frames();
	expect(run).toHaveBeenCalledTimes(1);
});

test("it is forgotten when the person clicks or presses something else meanwhile", async () => {
	ends.push(renderHook(useKeyboard).unmount);
	const run = vi.fn();
	fireEvent.keyDown(document.body, { key: "a" });
	fireEvent.pointerDown(document.body);
	answered("assign", run);
	await frames();
	expect(run).not.toHaveBeenCalled();
});

test("what is there and refuses is not asked again", async () => {
	ends.push(renderHook(useKeyboard).unmount);
	const run = vi.fn(() => false);
	answered("assign", run);
	fireEvent.keyDown(document.body, { key: "a" });
	await frames();
	expect(run).toHaveBeenCalledTimes(1);
});

test("what was asked for soon is tried until it can be done", async () => {
	const run = vi.fn(() => run.mock.calls.length > 2);
	answered("reply", run);
	performSoon("reply");
	await frames(5);
	expect(run).toHaveBeenCalledTimes(3);
});
