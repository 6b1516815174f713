import { Link, useNavigate, useParams, useRouter } from "@tanstack/react-router";
import { ArrowLeft, CheckSquare, CircleAlert, Mail, MoreHorizontal, Phone, StickyNote } from "lucide-react";
import { lazy, Suspense, useEffect, useState } from "react";
import { ApiError } from "#shared/api/client";
import { useText } from "#shared/i18n/useText";
import { Avatar, Button, EmptyState, IconButton, MenuButton, Skeleton } from "#ui";
import { usePropertyDefs } from "../../data/properties";
import { deleteRecord, nameOf, type RecordType, restoreRecord, useRecord } from "../../data/records";
import { may, useUser } from "../../data/session";
import { useErrorText } from "../../shell/useErrorText";
import { ActivityDialog } from "./ActivityDialog";
import type { LoggedKind } from "./activityForms";
import { EmailPanel } from "./EmailPanel";
import { LinkedList } from "./LinkedList";
import { LinkHistoryDialog } from "./LinkHistoryDialog";
import css from "./RecordPage.module.css";
import { RecordProperties } from "./RecordProperties";
import { RecordTimeline } from "./RecordTimeline";
import { useUndoable } from "./useUndoable";

const QuotesOf = lazy(async () => ({ default: (await import("../quotes/QuotesCard")).QuotesOf }));

const RIGHT: Record<RecordType, readonly ("contacts" | "companies" | "deals" | "tickets")[]> = {
	contacts: ["companies", "tickets", "deals", "contacts"],
	companies: ["contacts", "tickets", "deals", "companies"],
	deals: ["contacts", "companies", "tickets"],
};

/* One record: what it is at the left, what happened in the middle, what it belongs to at the right. */
export function RecordPage({ objectType }: { objectType: RecordType }) {
	const { recordId } = useParams({ strict: false });
	return <Page key={recordId} objectType={objectType} id={recordId ?? ""} />;
}

const LOGGED: readonly { kind: LoggedKind; Icon?: typeof Mail }[] = [
	{ kind: "notes", Icon: StickyNote },
	{ kind: "calls", Icon: Phone },
	{ kind: "tasks", Icon: CheckSquare },
	{ kind: "meetings" },
];
/* Whoever may only comment writes these. */
const WITHOUT_EDIT: readonly LoggedKind[] = ["notes", "tasks"];

function Page({ objectType, id }: { objectType: RecordType; id: string }) {
	const t = useText();
	const errorText = useErrorText();
	const undoable = useUndoable();
	const navigate = useNavigate();
	const router = useRouter();
	const user = useUser();
	const canEdit = user.role !== "viewer";
	const canNote = may(user, "comment");
	const defs = usePropertyDefs(objectType);
	const record = useRecord(objectType, id, [...defs.keys()]);
	const [logging, setLogging] = useState<LoggedKind>();
	const [isMailing, setMailing] = useState(false);
	const [isHistory, setHistory] = useState(false);
	const ref = { objectType, id };
	const name = record.data ? nameOf(objectType, record.data.properties) || `#${id}` : "";

	useEffect(() => {
		if (name) document.title = `${name} – ${t("app.name")}`;
	}, [name, t]);

	if (record.isError && !record.data) {
		const isGone = record.error instanceof ApiError && record.error.status === 404;
		return (
			<EmptyState
				role="alert"
				icon={<CircleAlert size={22} />}
				title={t("records.loadError")}
				text={isGone ? t("records.notFound") : errorText(record.error)}
				action={
					<Button onPress={() => (isGone ? void navigate({ to: `/${objectType}` }) : void record.refetch())}>
						{t(isGone ? "common.back" : "common.retry")}
					</Button>
				}
			/>
		);
	}

	function remove() {
		void undoable(
			t("records.deleted", { name }),
			async () => {
				await deleteRecord(objectType, id);
				await navigate({ to: `/${objectType}` });
			},
			() => restoreRecord(objectType, id),
		);
	}

	return (
		<div className={css.page} data-region="record">
			<section className={css.left} aria-label={t("records.about")}>
				<div className={css.top}>
					<IconButton
						label={t("common.back")}
						onPress={() => (history.length > 1 ? router.history.back() : void navigate({ to: `/${objectType}` }))}
					>
						<ArrowLeft size={17} aria-hidden />
					</IconButton>
					<Link to={`/${objectType}`} className={css.crumb}>
						{t(`records.title.${objectType}`)}
					</Link>
					{canEdit && (
						<MenuButton
							label={t("records.actions", { name })}
							side="bottom end"
							button={
								<IconButton label={t("records.actions", { name })} className={css.menu}>
									<MoreHorizontal size={17} aria-hidden />
								</IconButton>
							}
							items={[
								{ id: "history", label: t("records.history"), run: () => setHistory(true) },
								{ id: "delete", label: t("records.delete"), run: remove },
							]}
						/>
					)}
				</div>
				<div className={css.title}>
					{objectType !== "deals" && <Avatar name={name} size={44} />}
					{name ? (
						<h1 dir="auto" title={name}>
							{name}
						</h1>
					) : (
						<Skeleton width="60%" height={22} />
					)}
				</div>
				<div className={css.actions}>
					{canEdit && (
						<Button size="s" icon={<Mail size={14} />} onPress={() => setMailing(true)}>
							{t("records.email")}
						</Button>
					)}
					{LOGGED.filter(({ kind }) => canEdit || (canNote && WITHOUT_EDIT.includes(kind))).map(({ kind, Icon }) => (
						<Button key={kind} size="s" icon={Icon && <Icon size={14} />} onPress={() => setLogging(kind)}>
							{t(`records.log.${kind}`)}
						</Button>
					))}
				</div>
				<RecordProperties objectType={objectType} id={id} canEdit={canEdit} />
			</section>
			<RecordTimeline of={ref} canEdit={canEdit} />
			<section className={css.right} aria-label={t("records.associations")}>
				{RIGHT[objectType].map((type) => (
					<section key={type} className={css.card} aria-label={t(`records.title.${type}`)}>
						<h2>{t(`records.title.${type}`)}</h2>
						<LinkedList from={ref} toType={type} canEdit={canEdit} />
					</section>
				))}
				{objectType === "deals" && (
					<section className={css.card} aria-label={t("quotes.title")}>
						<h2>{t("quotes.title")}</h2>
						<Suspense fallback={<Skeleton width="70%" height={18} />}>
							<QuotesOf of={{ objectType, id }} title={name} />
						</Suspense>
					</section>
				)}
			</section>
			{logging && <ActivityDialog kind={logging} of={ref} onClose={() => setLogging(undefined)} />}
			{isMailing && record.data && (
				<EmailPanel of={ref} properties={record.data.properties} onClose={() => setMailing(false)} />
			)}
			{isHistory && <LinkHistoryDialog of={ref} onClose={() => setHistory(false)} />}
		</div>
	);
}
