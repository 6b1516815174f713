/* What users like: theirs alone, with defaults, checked by kind, all or none. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { forEachEngine } from "../harness/index.ts";
import { agent, byCookie, desk, expectStatus, refused, signIn } from "./help.ts";

const PATH = "/desk/v1/preferences";

forEachEngine((engine) => {
	const at = desk(engine);

	test("defaults first; what is set stays over a restart, for its user only; null brings the default back", async () => {
		const first = await expectStatus(at.call("GET", PATH), 200);
		assert.deepEqual([first.language, first.undoSeconds], [null, 10]);
		const set = await expectStatus(at.call("PATCH", PATH, { language: "zh-TW", undoSeconds: 0 }), 200);
		assert.deepEqual([set.language, set.undoSeconds], ["zh-TW", 0]);
		await at.bellhop.restart();
		assert.deepEqual(await expectStatus(at.call("GET", PATH), 200), set);
		const other = byCookie(at.bellhop, await signIn(at.bellhop, agent));
		assert.deepEqual(await expectStatus(other("GET", PATH), 200), first);
		assert.deepEqual(await expectStatus(at.call("PATCH", PATH, { language: null, undoSeconds: null }), 200), first);
	});

	test("a value of the wrong kind and an unknown name are refused by their field, and nothing of the request is kept", async () => {
		const before = await expectStatus(at.call("GET", PATH), 200);
		for (const [body, field] of [
			[{ undoSeconds: 31 }, "undoSeconds"], [{ undoSeconds: -1 }, "undoSeconds"], [{ undoSeconds: "10" }, "undoSeconds"], [{ undoSeconds: 1.5 }, "undoSeconds"],
			[{ undoSeconds: 5, language: "sv" }, "language"], [{ undoSeconds: 5, language: "" }, "language"], [{ undoSeconds: 5, language: "en fr" }, "language"], [{ undoSeconds: 5, nonsense: 1 }, "nonsense"],
		] as const) assert.equal((await refused(at.call("PATCH", PATH, body), 400)).errors[0].in, field, JSON.stringify(body));
		await refused(at.call("PATCH", PATH, []), 400);
		assert.deepEqual(await expectStatus(at.call("GET", PATH), 200), before);
	});
});
