/* The changes of whole lists that run, or ended with something to tell. The server does them; here they are begun, watched and stopped.
 * BulkRuns.tsx shows them. */
import { create } from "zustand";
import { type Bulk, type BulkBody, bulks } from "../../../data/bulks";
import { ticketStore } from "../../../data/ticketStore";

export interface BulkRun {
	bulk: Bulk;
	/* What the notice says at the end; absent: it was begun before this page was loaded. */
	done?: (count: number) => string;
}

interface BulkRuns {
	runs: readonly BulkRun[];
	/* That is being asked about, before it begins. */
	asked?: BulkQuestion;
}

export interface BulkQuestion {
	action: string;
	/* undefined: more than are counted. */
	total: number | undefined;
	answer(isWanted: boolean): void;
}

export const useBulkRuns = create<BulkRuns>(() => ({ runs: [] }));
const { getState, setState } = useBulkRuns;

const POLL_MS = 700;

const put = (run: BulkRun) => setState((s) => ({ runs: [...s.runs.filter((r) => r.bulk.id !== run.bulk.id), run] }));

export const dropRun = (id: string) => setState((s) => ({ runs: s.runs.filter((r) => r.bulk.id !== id) }));

/* Until it has ended. A server that is away for a while only makes it late. */
async function watch(run: BulkRun, onEnd: (run: BulkRun) => void) {
	let now = run;
	put(now);
	while (now.bulk.state === "RUNNING") {
		await new Promise((resolve) => setTimeout(resolve, POLL_MS));
		if (!getState().runs.some((r) => r.bulk.id === run.bulk.id)) return;
		try {
			now = { ...run, bulk: await bulks.read(run.bulk.id) };
			put(now);
		} catch {
			/* asked again in a moment */
		}
	}
	void ticketStore.reload();
	onEnd(now);
}

export const askBefore = (action: string, total: number | undefined) =>
	new Promise<boolean>((resolve) => {
		getState().asked?.answer(false);
		setState({
			asked: {
				action,
				total,
				answer(isWanted) {
					setState({ asked: undefined });
					resolve(isWanted);
				},
			},
		});
	});

export async function beginRun(body: BulkBody, done: (count: number) => string, onEnd: (run: BulkRun) => void) {
	const run = { bulk: await bulks.begin(body), done };
	void watch(run, onEnd);
}

/* Those of before the page was loaded. */
export async function findRuns(onEnd: (run: BulkRun) => void) {
	const known = new Set(getState().runs.map((r) => r.bulk.id));
	for (const bulk of await bulks.mine())
		if (bulk.state === "RUNNING" && !known.has(bulk.id)) void watch({ bulk }, onEnd);
}

export async function stopRun(run: BulkRun) {
	put({ ...run, bulk: await bulks.stop(run.bulk.id) });
}
