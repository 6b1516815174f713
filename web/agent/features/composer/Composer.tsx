import { ChevronDown, ChevronUp, Lock, Reply } from "lucide-react";
import { lazy, Suspense, useEffect, useRef, useState } from "react";
import { useIntl } from "react-intl";
import { ApiError } from "#shared/api/client";
import type { Message, ReplyDraft, TicketDetail, TicketRow } from "#shared/api/types";
import { useText } from "#shared/i18n/useText";
import { messageTime } from "#shared/time/relative";
import { Banner, Button, IconButton, MenuButton, toast } from "#ui";
import { isEmptyDraft } from "../../data/drafts";
import { isClosedStage, useStages } from "../../data/reference";
import { useUser } from "../../data/session";
import { ticketStore } from "../../data/ticketStore";
import { inOrder, newestMessage, refreshTicket, sendReply, useMessages } from "../../data/tickets";
import { useAction } from "../../shell/actions";
import { useErrorText } from "../../shell/useErrorText";
import { parseAddresses } from "./addresses";
import css from "./Composer.module.css";
import { PlainEditor } from "./PlainEditor";
import { RecipientFields } from "./RecipientFields";
import { useDraft } from "./useDraft";

const loadRich = () => import("./RichEditor");
const RichEditor = lazy(loadRich);

interface Props {
	ticketId: string;
	row: TicketRow | undefined;
	detail: TicketDetail | undefined;
}

export interface EditorProps {
	/* Another id means another text: the one editor takes it over. */
	docId: string;
	html: string;
	text: string;
	label: string;
	placeholder: string;
	onChange: (html: string, text: string) => void;
	focusKey: number;
}

export function Composer({ ticketId, row, detail }: Props) {
	const t = useText();
	const user = useUser();
	const { draft, change, clear } = useDraft(user.id, ticketId);
	const [openFor, setOpenFor] = useState<string>();
	const [focusKey, setFocusKey] = useState(0);
	const isOpen = openFor === ticketId || !isEmptyDraft(draft);

	/* The editor is fetched while nobody waits for it. */
	useEffect(() => {
		const idle = window.requestIdleCallback ?? ((run: () => void) => setTimeout(run, 500));
		idle(() => void loadRich());
	}, []);

	const canReply = detail?.abilities.includes("reply") ?? true;
	useAction("reply", () => {
		if (!canReply) return false;
		setOpenFor(ticketId);
		setFocusKey((n) => n + 1);
	});

	if (!canReply) {
		return (
			<footer className={css.closed}>
				<p className={css.locked}>
					<Lock size={14} aria-hidden /> {t("composer.cannotReply")}
				</p>
			</footer>
		);
	}
	if (!isOpen) {
		return (
			<footer className={css.closed} data-region="composer">
				<button
					type="button"
					className={css.start}
					onClick={() => {
						setOpenFor(ticketId);
						setFocusKey((n) => n + 1);
					}}
				>
					<Reply size={16} aria-hidden />
					{t("composer.placeholder")}
					<kbd>R</kbd>
				</button>
			</footer>
		);
	}
	return (
		<OpenComposer
			ticketId={ticketId}
			row={row}
			detail={detail}
			focusKey={focusKey}
			draft={draft}
			change={change}
			onDone={() => {
				clear();
				setOpenFor(undefined);
			}}
		/>
	);
}

interface OpenProps extends Props, Omit<ReturnType<typeof useDraft>, "clear"> {
	focusKey: number;
	onDone: () => void;
}

function OpenComposer({ ticketId, row, detail, focusKey, draft, change, onDone }: OpenProps) {
	const t = useText();
	const { locale } = useIntl();
	const errorText = useErrorText();
	const stages = useStages(row?.pipelineId);
	const [isBusy, setBusy] = useState(false);
	const [problem, setProblem] = useState<string>();
	const [newer, setNewer] = useState<{ stageId?: string; seenId?: string }>();
	const [showsTo, setShowsTo] = useState(draft.to !== undefined || !!draft.cc || !!draft.bcc);
	const root = useRef<HTMLElement>(null);
	const to = draft.to ?? (detail?.replyTo?.to ?? []).join(", ");

	// biome-ignore lint/correctness/useExhaustiveDependencies: what was said about another ticket's reply is not about this one
	useEffect(() => {
		setProblem(undefined);
		setNewer(undefined);
		setBusy(false);
	}, [ticketId]);

	function compose(stageId: string | undefined, seenId: string | undefined): ReplyDraft | undefined {
		if (!draft.text.trim() && !/<img\b/i.test(draft.html)) {
			setProblem(t("composer.empty"));
			return undefined;
		}
		const lines = [to, draft.cc ?? (detail?.replyTo?.cc ?? []).join(", "), draft.bcc ?? ""].map(parseAddresses);
		const bad = lines.find((l) => l.bad)?.bad;
		if (bad || !lines[0]?.addresses.length) {
			setShowsTo(true);
			setProblem(bad ? t("composer.badRecipient", { address: bad }) : t("composer.noRecipient"));
			return undefined;
		}
		const [toList, cc, bcc] = lines.map((l) => l.addresses);
		return {
			html: draft.html,
			text: draft.text,
			to: toList,
			cc: cc?.length ? cc : undefined,
			bcc: bcc?.length ? bcc : undefined,
			stageId,
			lastSeenMessageId: seenId,
		};
	}

	async function send(stageId?: string, seenId = draft.seenId ?? newestMessage(ticketId)?.id) {
		if (isBusy) return;
		const reply = compose(stageId, seenId);
		if (!reply) return;
		setBusy(true);
		setProblem(undefined);
		setNewer(undefined);
		try {
			await sendReply(ticketId, reply);
			const stage = stages.find((s) => s.id === stageId);
			if (stage) ticketStore.confirmPending(ticketId, { stageId: stage.id, isClosed: isClosedStage(stage) });
			setBusy(false);
			onDone();
			toast("good", t("composer.sent"));
		} catch (e) {
			setBusy(false);
			if (e instanceof ApiError && e.status === 409 && e.category === "NEWER_MESSAGES") {
				await refreshTicket(ticketId);
				setNewer({ stageId, seenId });
			} else setProblem(`${t("composer.notSent")} ${errorText(e)}`);
		}
	}

	useAction("send", (e) => {
		if (!root.current?.contains(e.target as Node)) return false;
		void send();
	});
	useAction("close", () => false);

	const editor: EditorProps = {
		docId: `${ticketId}.${draft.revision}`,
		html: draft.html,
		text: draft.text,
		label: t("composer.editorLabel"),
		placeholder: t("composer.placeholder"),
		onChange: (html, text) => change({ html, text }),
		focusKey,
	};
	return (
		<section className={css.composer} ref={root} data-region="composer" aria-label={t("composer.region")}>
			<div className={css.box}>
				<div className={css.head}>
					<span className={css.toLine} dir="auto">
						{t("composer.replyTo", { names: to || "…" })}
					</span>
					<IconButton
						label={t("composer.showCopies")}
						size="s"
						aria-expanded={showsTo}
						onPress={() => setShowsTo(!showsTo)}
					>
						{showsTo ? <ChevronUp size={15} aria-hidden /> : <ChevronDown size={15} aria-hidden />}
					</IconButton>
				</div>
				{showsTo && (
					<RecipientFields
						from={detail?.replyTo?.from}
						to={to}
						cc={draft.cc ?? (detail?.replyTo?.cc ?? []).join(", ")}
						bcc={draft.bcc ?? ""}
						onChange={change}
					/>
				)}
				<Suspense fallback={<PlainEditor {...editor} />}>
					<RichEditor {...editor} />
				</Suspense>
				{newer && (
					<NewerNotice
						ticketId={ticketId}
						seenId={newer.seenId}
						onSend={() => void send(newer.stageId, newestMessage(ticketId)?.id)}
						onEdit={() => setNewer(undefined)}
					/>
				)}
				{problem && (
					<div className={css.problem}>
						<Banner tone="bad" role="alert">
							{problem}
						</Banner>
					</div>
				)}
				<div className={css.foot}>
					<span className={css.saved} role="status">
						{draft.savedAt > 0 &&
							t("composer.draftSaved", {
								time: messageTime(new Date(draft.savedAt).toISOString(), draft.savedAt, locale),
							})}
					</span>
					<Button look="quiet" onPress={onDone} isDisabled={isBusy}>
						{t(draft.savedAt > 0 ? "composer.discard" : "common.cancel")}
					</Button>
					<div className={css.send}>
						<Button look="solid" className={css.sendMain} onPress={() => void send()} isDisabled={isBusy}>
							{t(isBusy ? "composer.sending" : "composer.send")}
						</Button>
						<MenuButton
							label={t("composer.sendAnd")}
							side="top end"
							button={
								<Button look="solid" className={css.sendMore} aria-label={t("composer.sendAnd")} isDisabled={isBusy}>
									<ChevronDown size={15} aria-hidden />
								</Button>
							}
							items={stages.map((s) => ({
								id: s.id,
								label: t("composer.sendAndStage", { stage: s.label }),
								run: () => void send(s.id),
							}))}
						/>
					</div>
				</div>
			</div>
		</section>
	);
}

/* The server held the reply back: here is what the writer had not seen. */
function NewerNotice(p: { ticketId: string; seenId: string | undefined; onSend: () => void; onEdit: () => void }) {
	const t = useText();
	const { data } = useMessages(p.ticketId);
	const all = inOrder(data?.pages ?? []);
	const from = all.findIndex((m) => m.id === p.seenId) + 1;
	const fresh: Message[] = all.slice(from).filter((m) => m.direction === "INCOMING");
	return (
		<div className={css.newer} role="alertdialog" aria-label={t("composer.newer.title")}>
			<p>
				<strong>{t("composer.newer.title")}</strong> {t("composer.newer.text", { count: Math.max(1, fresh.length) })}
			</p>
			<ul>
				{fresh.map((m) => (
					<li key={m.id}>
						<strong dir="auto">{m.senderName || m.senderAddress}</strong>
						<span dir="auto">{(m.text ?? "").trim().slice(0, 280)}</span>
					</li>
				))}
			</ul>
			<div className={css.newerActions}>
				<Button onPress={p.onEdit}>{t("composer.newer.edit")}</Button>
				<Button look="solid" onPress={p.onSend}>
					{t("composer.newer.send")}
				</Button>
			</div>
		</div>
	);
}
