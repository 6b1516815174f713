import { useIntl } from "react-intl";
import type { MessageId } from "#shared/i18n/catalogue";
import { useText } from "#shared/i18n/useText";
import { fullTime, messageTime } from "#shared/time/relative";
import { Button, Dialog, EmptyState, Skeleton } from "#ui";
import { type HistoryItem, useHistory } from "../../data/manage";
import { usePropertyDefs } from "../../data/properties";
import { useOwners } from "../../data/reference";
import { fullName } from "../../data/session";
import { ticketStore } from "../../data/ticketStore";
import { useErrorText } from "../../shell/useErrorText";
import { PropertyValue, usePropertyLabel } from "../properties";
import css from "./Manage.module.css";
import { closeManage } from "./manageUi";

const KINDS: Record<string, MessageId> = {
	created: "history.created",
	changed: "history.changed",
	sent: "history.sent",
	received: "history.received",
	comment: "history.comment",
	snooze: "history.snooze",
	wake: "history.wake",
	spam: "history.spam",
	notSpam: "history.notSpam",
	delete: "history.delete",
	restore: "history.restore",
	move: "history.move",
	block: "history.block",
};

const kindOf = (item: HistoryItem): MessageId => {
	if (item.kind === "merge") return item.isOther ? "history.mergedFrom" : "history.mergedInto";
	if (item.kind === "split") return item.isOther ? "history.splitOff" : "history.splitFrom";
	return KINDS[item.kind] ?? "history.changed";
};

/* Everything that happened to a ticket, newest first, a page at a time. */
export function HistoryDialog({ id }: { id: string }) {
	const t = useText();
	const errorText = useErrorText();
	const q = useHistory(id);
	const pipelineId = ticketStore.row(id)?.pipelineId;
	const items = q.data?.pages.flatMap((p) => p.results) ?? [];
	return (
		<Dialog title={t("history.title", { id })} closeLabel={t("common.close")} isOpen onClose={closeManage}>
			{q.isPending && (
				<div role="status" aria-label={t("app.loading")} className={css.form}>
					<Skeleton width="70%" />
					<Skeleton width="90%" />
					<Skeleton width="60%" />
				</div>
			)}
			{q.isError && (
				<EmptyState
					role="alert"
					icon={null}
					title={errorText(q.error)}
					action={<Button onPress={() => void q.refetch()}>{t("common.retry")}</Button>}
				/>
			)}
			<ol className={css.history}>
				{items.map((item) => (
					<Item
						key={`${item.at}-${item.kind}-${item.messageId ?? item.otherTicketId ?? ""}-${item.changes.length}`}
						item={item}
						pipelineId={pipelineId}
					/>
				))}
			</ol>
			{q.hasNextPage && (
				<Button isPending={q.isFetchingNextPage} onPress={() => void q.fetchNextPage()}>
					{t("history.more")}
				</Button>
			)}
		</Dialog>
	);
}

function Item({ item, pipelineId }: { item: HistoryItem; pipelineId: string | undefined }) {
	const t = useText();
	const { locale } = useIntl();
	const defs = usePropertyDefs("tickets");
	const labelOf = usePropertyLabel();
	const owner = useOwners().find((o) => String(o.userId) === item.userId);
	const who = owner ? fullName(owner) : item.text || t("history.desk");
	const time = (iso: string) => messageTime(iso, Date.now(), locale);
	const values = {
		who,
		other: item.otherSubject ?? "",
		id: item.otherTicketId ?? "",
		time: item.until ? fullTime(item.until, locale) : "",
	};
	return (
		<li className={css.event} data-undone={item.isUndone ? "" : undefined}>
			<p>
				<span dir="auto">{t(kindOf(item), values)}</span>
				{item.isUndone && <em> {t("history.undone")}</em>}
				<time dateTime={item.at} title={fullTime(item.at, locale)}>
					{time(item.at)}
				</time>
			</p>
			{item.changes.length > 0 && (
				<dl>
					{item.changes.map((c) => {
						const def = defs.get(c.property);
						return (
							<div key={c.property}>
								<dt>{def ? labelOf(def) : c.label}</dt>
								<dd>
									{c.before && (
										<>
											<del>{def ? <PropertyValue def={def} value={c.before} pipelineId={pipelineId} /> : c.before}</del>
											<span aria-hidden> → </span>
										</>
									)}
									{c.after ? (
										def ? (
											<PropertyValue def={def} value={c.after} pipelineId={pipelineId} />
										) : (
											c.after
										)
									) : (
										t("history.empty")
									)}
								</dd>
							</div>
						);
					})}
				</dl>
			)}
		</li>
	);
}
