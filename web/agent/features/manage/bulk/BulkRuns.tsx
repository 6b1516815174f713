import { X } from "lucide-react";
import { useEffect, useState } from "react";
import { useText } from "#shared/i18n/useText";
import { Button, Dialog, IconButton, toast } from "#ui";
import { useErrorText } from "../../../shell/useErrorText";
import css from "../BulkBar.module.css";
import { setBulkBegin } from "../useManage";
import { BulkFailures } from "./BulkFailures";
import { type BulkQuestion, type BulkRun, dropRun, findRuns, stopRun, useBulkRuns } from "./bulkRuns";
import { useBulk } from "./useBulk";

/* The changes of whole lists: how far each is, and what came of those that did not end well. */
export function BulkRuns() {
	const { runs, asked } = useBulkRuns();
	const { begin, onEnd } = useBulk();
	useEffect(() => setBulkBegin((ids, deed) => void begin(ids, deed)));
	useEffect(() => {
		/* Where that fails they go on all the same. */
		findRuns(onEnd).catch(() => {});
	}, [onEnd]);
	return (
		<>
			{runs.map((run) => (
				<Run key={run.bulk.id} run={run} />
			))}
			{asked && <Ask question={asked} />}
		</>
	);
}

function Run({ run }: { run: BulkRun }) {
	const t = useText();
	const errorText = useErrorText();
	const [isShown, setShown] = useState(false);
	const { id, state, total, done, failed, problem } = run.bulk;
	const isRunning = state === "RUNNING";
	return (
		<section className={css.bar} aria-label={t("bulk.run.region")} data-bulk={state}>
			{isRunning && (
				<progress className={css.progress} max={total} value={done + failed} aria-label={t("bulk.run.region")} />
			)}
			<p className={css.count} role={isRunning ? undefined : "status"}>
				{isRunning ? t("bulk.run.of", { done: done + failed, total }) : t(`bulk.run.${state}`, { done, total })}
			</p>
			{!isRunning && failed > 0 && <p className={css.refused}>{t("bulk.run.refused", { count: failed })}</p>}
			{problem && <p className={css.refused}>{problem}</p>}
			{isRunning && (
				<Button size="s" onPress={() => void stopRun(run).catch((e) => toast("bad", errorText(e)))}>
					{t("bulk.run.stop")}
				</Button>
			)}
			{!isRunning && failed > 0 && (
				<Button size="s" onPress={() => setShown(true)}>
					{t("bulk.run.which")}
				</Button>
			)}
			{!isRunning && (
				<IconButton label={t("common.close")} onPress={() => dropRun(id)}>
					<X size={17} aria-hidden />
				</IconButton>
			)}
			{isShown && <BulkFailures bulk={run.bulk} onClose={() => setShown(false)} />}
		</section>
	);
}

const TITLES: Record<string, "delete" | "spam"> = { delete: "delete", spam: "spam", block: "spam" };

/* Before what cannot be taken back. */
function Ask({ question: { action, total, answer } }: { question: BulkQuestion }) {
	const t = useText();
	const kind = TITLES[action] ?? "change";
	return (
		<Dialog
			role="alertdialog"
			title={total === undefined ? t("bulk.ask.many") : t(`bulk.ask.${kind}`, { count: total })}
			closeLabel={t("common.close")}
			isOpen
			onClose={() => answer(false)}
			actions={
				<>
					<Button onPress={() => answer(false)}>{t("common.cancel")}</Button>
					<Button look={kind === "change" ? "solid" : "danger"} onPress={() => answer(true)}>
						{t("bulk.ask.go")}
					</Button>
				</>
			}
		>
			<p>{t("bulk.ask.text")}</p>
		</Dialog>
	);
}
