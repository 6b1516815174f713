import { useCallback } from "react";
import type { TicketRow } from "#shared/api/types";
import { useText } from "#shared/i18n/useText";
import { toast } from "#ui";
import { type ActBody, type ActFailure, type ActResult, act, MOST_AT_ONCE, undoAct } from "../../data/manage";
import { ticketStore } from "../../data/ticketStore";
import { useErrorText } from "../../shell/useErrorText";
import { askForProperties, type Properties } from "./requiredProperties";
import { type Chosen, selection } from "./selection";
import { beginUndo } from "./undo";

/* The status of what is not there, or not for who asks. */
const GONE = 404;

export interface Deed {
	body: ActBody;
	/* How the rows look once the server agreed; shown at once. */
	row?: Partial<TicketRow>;
	/* What the notice says of so many tickets. */
	done(count: number): string;
	stageLabel?: string;
}

const chunks = (ids: readonly string[]) =>
	Array.from({ length: Math.ceil(ids.length / MOST_AT_ONCE) }, (_, i) =>
		ids.slice(i * MOST_AT_ONCE, (i + 1) * MOST_AT_ONCE),
	);

type Shown = Parameters<typeof act>[2];

async function actOnAll(
	ids: readonly string[],
	body: ActBody,
	shown: Shown,
): Promise<ActResult & { actIds: string[] }> {
	const all = { done: [] as string[], failed: [] as ActResult["failed"], actIds: [] as string[], isWaiting: false };
	for (const some of chunks(ids)) {
		const one = await act(some, body, shown);
		all.isWaiting ||= !!one.isWaiting;
		all.done.push(...one.done);
		all.failed.push(...one.failed);
		if (one.actId) all.actIds.push(one.actId);
	}
	return all;
}

/* Set by BulkRuns, which is loaded after the first screen and knows how whole lists are changed. */
type BulkBegin = (ids: Chosen, deed: Deed) => void;
let beginBulk: BulkBegin = () => {};
export const setBulkBegin = (begin: BulkBegin) => {
	beginBulk = begin;
};

/* Does one thing to one ticket or to many: shows it at once, asks for what a status demands, says what refused and why, offers Undo. */
export function useManage() {
	const t = useText();
	const errorText = useErrorText();

	const undo = useCallback(
		async (actIds: readonly string[]) => {
			if (actIds.length === 0) return;
			try {
				const failed = (await Promise.all(actIds.map(undoAct))).flatMap((r) => r.failed);
				if (failed.length)
					toast("bad", t("manage.undo.some", { count: failed.length, reason: failed[0]?.message ?? "" }));
				else toast("good", t("manage.undone"));
			} catch (e) {
				toast("bad", errorText(e));
			}
		},
		[t, errorText],
	);

	const reasonOf = useCallback(
		(f: ActFailure | undefined) => (f?.status === GONE ? t("conversation.notFound") : (f?.message ?? "")),
		[t],
	);

	/* What was done; undefined: nothing, and it was said why. */
	const run = useCallback(
		async (ids: Chosen, deed: Deed): Promise<readonly string[] | undefined> => {
			if (ids.matching) {
				selection.clear();
				beginBulk(ids, deed);
				return undefined;
			}
			const patch = deed.row;
			let settleActs: (actIds: readonly string[]) => void = () => {};
			const acts = new Promise<readonly string[]>((resolve) => {
				settleActs = resolve;
			});
			const undoable = beginUndo(() => void acts.then((actIds) => undo(actIds)));
			if (patch) for (const id of ids) ticketStore.setPending(id, patch);
			const settle = (r: ActResult) => {
				if (!patch) return;
				for (const id of r.done) ticketStore.confirmPending(id, patch);
				for (const f of r.failed) {
					ticketStore.setPending(f.ticketId, undefined);
					if (f.status === GONE) ticketStore.forget(f.ticketId);
				}
			};
			try {
				const shown = { row: patch, text: deed.done(ids.length) };
				let result = await actOnAll(ids, deed.body, shown);
				settle(result);
				if (result.isWaiting) {
					settleActs([]);
					undoable.drop();
					toast("good", t("unsent.kept"));
					return ids;
				}
				const lacking = result.failed.filter((f) => f.missingProperties.length > 0);
				if (lacking.length) {
					const names = [...new Set(lacking.flatMap((f) => f.missingProperties))];
					const values: Properties | undefined = await askForProperties({ names, stageLabel: deed.stageLabel });
					if (values) {
						const again = lacking.map((f) => f.ticketId);
						const filled = { ...deed.body, properties: { ...values, ...deed.body.properties } };
						const more = await actOnAll(again, filled, shown);
						settle(more);
						result = {
							done: [...result.done, ...more.done],
							failed: [...result.failed.filter((f) => !again.includes(f.ticketId)), ...more.failed],
							actIds: [...result.actIds, ...more.actIds],
						};
					} else {
						result = { ...result, failed: result.failed.filter((f) => f.missingProperties.length === 0) };
					}
				}
				if (result.failed.length) {
					toast("bad", t("manage.failed", { count: result.failed.length, reason: reasonOf(result.failed[0]) }));
				}
				settleActs(result.actIds);
				const text = deed.done(result.done.length);
				if (result.actIds.length) undoable.offer(text, t("manage.undo"));
				else undoable.drop();
				if (result.done.length && !result.actIds.length) toast("good", text);
				return result.done;
			} catch (e) {
				if (patch) for (const id of ids) ticketStore.setPending(id, undefined);
				settleActs([]);
				undoable.drop();
				toast("bad", errorText(e), { label: t("common.retry"), run: () => void run(ids, deed) });
				return undefined;
			}
		},
		[t, errorText, undo, reasonOf],
	);

	return { run, undo };
}
