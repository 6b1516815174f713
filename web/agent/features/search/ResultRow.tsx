import { Link, useRouter } from "@tanstack/react-router";
import { Building2, type LucideIcon, Mail, StickyNote, Ticket, UserRound } from "lucide-react";
import { memo } from "react";
import { useIntl } from "react-intl";
import { useText } from "#shared/i18n/useText";
import { fullTime, listTime } from "#shared/time/relative";
import { useNow } from "#shared/time/useNow";
import type { ExcerptPart, Found, FoundKind } from "../../data/search";
import { StagePill } from "../tickets/StagePill";
import css from "./Search.module.css";

const ICONS: Record<FoundKind, LucideIcon> = {
	ticket: Ticket,
	message: Mail,
	comment: StickyNote,
	contact: UserRound,
	company: Building2,
};

/* One hit: what it is, where it is, and the words in their place. A message opens where it stands in its ticket. */
export const ResultRow = memo(function ResultRow({ found: f }: { found: Found }) {
	const t = useText();
	const { locale } = useIntl();
	const now = useNow();
	const Icon = ICONS[f.kind];
	const at = f.createdAt;
	const from = f.senderName || f.senderAddress;
	return (
		<li className={css.result}>
			<ResultLink found={f}>
				<span className={css.icon} title={t(`search.kind.${f.kind}`)}>
					<Icon size={17} aria-hidden />
					<span className="visually-hidden">{t(`search.kind.${f.kind}`)}</span>
				</span>
				<span className={css.main}>
					<span className={css.head}>
						<span className={css.subject} dir="auto">
							{f.subject || f.email || t("list.noSubject")}
						</span>
						{f.ticketId && <span className={css.number}>#{f.ticketId}</span>}
						{!f.ticketId && f.subject && f.email && <span className={css.number}>{f.email}</span>}
						{f.isSpam && <span className={css.exact}>{t("view.spam")}</span>}
						{f.isExact && <span className={css.exact}>{t("search.exact")}</span>}
					</span>
					<span className={css.excerpt} dir="auto">
						{from && <span className={css.from}>{t("search.from", { name: from })} </span>}
						<Excerpt parts={f.excerpt ?? []} />
					</span>
				</span>
				<span className={css.side}>
					<time dateTime={at} title={fullTime(at, locale)}>
						{listTime(at, now, locale)}
					</time>
					{f.pipelineId && f.stageId && (
						<StagePill pipelineId={f.pipelineId} stageId={f.stageId} isClosed={!!f.isClosed} />
					)}
				</span>
			</ResultLink>
		</li>
	);
});

function Excerpt({ parts }: { parts: readonly ExcerptPart[] }) {
	return parts.map((part, i) =>
		part.isMatch ? (
			// biome-ignore lint/suspicious/noArrayIndexKey: parts have no other name, and never change places
			<mark key={i}>{part.text}</mark>
		) : (
			// biome-ignore lint/suspicious/noArrayIndexKey: as above
			<span key={i}>{part.text}</span>
		),
	);
}

const RECORD_PATHS = { contact: "/contacts/$recordId", company: "/companies/$recordId" } as const;

function ResultLink({ found: f, children }: { found: Found; children: React.ReactNode }) {
	const router = useRouter();
	const common = { className: css.link, "data-result": "" };
	if (f.ticketId) {
		return (
			<Link
				{...common}
				to="/tickets/$view/$ticketId"
				params={{ view: f.isClosed ? "closed" : "open", ticketId: f.ticketId }}
				hash={f.messageId && `message-${f.messageId}`}
			>
				{children}
			</Link>
		);
	}
	const path = f.kind === "company" ? RECORD_PATHS.company : RECORD_PATHS.contact;
	const hasPage = path in router.routesByPath;
	return (
		<a
			{...common}
			href={
				hasPage
					? path.replace("$recordId", f.id)
					: `/search?${new URLSearchParams({ q: f.email ?? f.subject ?? "", kind: "ticket" })}`
			}
			onClick={(e) => {
				if (e.metaKey || e.ctrlKey || e.shiftKey) return;
				e.preventDefault();
				void router.navigate({ href: e.currentTarget.getAttribute("href") ?? "/" });
			}}
		>
			{children}
		</a>
	);
}
