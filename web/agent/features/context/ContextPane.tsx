import { Link } from "@tanstack/react-router";
import { X } from "lucide-react";
import type { ReactNode } from "react";
import { useIntl } from "react-intl";
import type { TicketDetail, TicketRow, ViewId } from "#shared/api/types";
import type { MessageId } from "#shared/i18n/catalogue";
import { useText } from "#shared/i18n/useText";
import { dayTime, listTime } from "#shared/time/relative";
import { useNow } from "#shared/time/useNow";
import { Avatar, IconButton, Skeleton } from "#ui";
import { useOwnerName, usePipelines } from "../../data/reference";
import { useTicketRow } from "../../data/ticketStore";
import { StagePill } from "../tickets/StagePill";
import css from "./ContextPane.module.css";

interface Props {
	view: ViewId;
	row: TicketRow | undefined;
	detail: TicketDetail | undefined;
	onClose: () => void;
}

/* Who wrote, what else they wrote, and what the ticket is. */
export function ContextPane({ view, row, detail, onClose }: Props) {
	const t = useText();
	return (
		<aside className={css.pane} aria-label={t("conversation.details")} data-region="context">
			<header className={css.head}>
				<h2>{t("conversation.details")}</h2>
				<IconButton label={t("common.close")} size="s" onPress={onClose}>
					<X size={16} aria-hidden />
				</IconButton>
			</header>
			<div className={css.scroll}>
				<ContactSection detail={detail} />
				{row && <TicketSection row={row} />}
				<OtherSection view={view} detail={detail} />
			</div>
		</aside>
	);
}

function ContactSection({ detail }: { detail: TicketDetail | undefined }) {
	const t = useText();
	const { locale } = useIntl();
	if (!detail) {
		return (
			<section className={css.section}>
				<Skeleton width="70%" height={16} />
				<Skeleton width="90%" />
			</section>
		);
	}
	const c = detail.contact;
	if (!c) {
		return (
			<section className={css.section}>
				<h3>{t("context.contact")}</h3>
				<p className={css.none}>{t("context.noContact")}</p>
			</section>
		);
	}
	const name = c.name || c.email || "";
	return (
		<section className={css.section} aria-label={t("context.contact")}>
			<div className={css.person}>
				<Avatar name={name} size={40} />
				<div className={css.personText}>
					<h3 dir="auto">{name}</h3>
					{c.company && <p dir="auto">{c.company}</p>}
					{c.email && <EmailLink address={c.email} />}
				</div>
			</div>
			<Facts
				rows={[
					["context.phone", c.phone && <a href={`tel:${c.phone.replace(/[^+\d]/g, "")}`}>{c.phone}</a>],
					["context.contactSince", c.createdAt && dayTime(c.createdAt, locale)],
				]}
			/>
		</section>
	);
}

/* A long address breaks after its @, not within a word. */
function EmailLink({ address }: { address: string }) {
	const t = useText();
	const at = address.lastIndexOf("@") + 1;
	return (
		<a href={`mailto:${address}`} title={t("context.email")} className={css.email}>
			{address.slice(0, at)}
			<wbr />
			{address.slice(at)}
		</a>
	);
}

const KNOWN_PRIORITIES = ["LOW", "MEDIUM", "HIGH", "URGENT"] as const;
const KNOWN_SOURCES = ["EMAIL", "CHAT", "FORM", "PHONE"] as const;

function TicketSection({ row }: { row: TicketRow }) {
	const t = useText();
	const { locale } = useIntl();
	const now = useNow();
	const owner = useOwnerName(row.ownerId);
	const pipeline = usePipelines().find((p) => p.id === row.pipelineId)?.label;
	const priority = KNOWN_PRIORITIES.find((p) => p === row.priority);
	const source = KNOWN_SOURCES.find((s) => s === row.sourceType);
	return (
		<section className={css.section}>
			<h3>{t("context.ticket")}</h3>
			<Facts
				rows={[
					[
						"context.status",
						<StagePill key="s" pipelineId={row.pipelineId} stageId={row.stageId} isClosed={row.isClosed} />,
					],
					["context.owner", owner ?? t("list.unowned")],
					["context.pipeline", pipeline],
					["context.priority", priority && t(`priority.${priority}`)],
					["context.source", source && t(`source.${source}`)],
					["context.created", dayTime(row.createdAt, locale)],
					["context.lastActivity", listTime(row.activityAt, now, locale)],
					["context.number", `#${row.id}`],
				]}
			/>
		</section>
	);
}

function Facts({ rows }: { rows: [MessageId, ReactNode][] }) {
	const t = useText();
	return (
		<dl className={css.facts}>
			{rows.map(
				([label, value]) =>
					value && (
						<div key={label}>
							<dt>{t(label)}</dt>
							<dd dir="auto">{value}</dd>
						</div>
					),
			)}
		</dl>
	);
}

function OtherSection({ view, detail }: { view: ViewId; detail: TicketDetail | undefined }) {
	const t = useText();
	if (!detail?.contact) return null;
	return (
		<section className={css.section}>
			<h3>{t("context.other")}</h3>
			{detail.otherTickets.length === 0 && <p className={css.none}>{t("context.noOther")}</p>}
			<ul className={css.others}>
				{detail.otherTickets.map((o) => (
					<Other key={o.id} view={view} given={o} />
				))}
			</ul>
		</section>
	);
}

function Other({ view, given }: { view: ViewId; given: TicketRow }) {
	const t = useText();
	const { locale } = useIntl();
	const now = useNow();
	const row = useTicketRow(given.id) ?? given;
	return (
		<li>
			<Link to="/tickets/$view/$ticketId" params={{ view, ticketId: row.id }} className={css.other}>
				<span className={css.otherName} dir="auto">
					{row.subject || t("list.noSubject")}
				</span>
				<span className={css.otherFoot}>
					<StagePill pipelineId={row.pipelineId} stageId={row.stageId} isClosed={row.isClosed} />
					<time dateTime={row.activityAt}>{listTime(row.activityAt, now, locale)}</time>
				</span>
			</Link>
		</li>
	);
}
