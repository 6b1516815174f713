import { Ellipsis } from "lucide-react";
import { useState } from "react";
import type { ReplyTarget, Sender } from "#shared/api/types";
import { useText } from "#shared/i18n/useText";
import { IconButton, MenuButton, type MenuItem } from "#ui";
import type { Draft, ReplyMode } from "../../data/drafts";
import { FromMenu } from "./FromMenu";
import { type Line, Recipients } from "./Recipients";
import css from "./ReplyHead.module.css";
import { TargetLine } from "./TargetLine";

export interface Envelope {
	to: string;
	cc: string;
	bcc: string;
	subject: string;
	from: Sender | undefined;
}

interface Props {
	envelope: Envelope;
	senders: readonly Sender[];
	target: ReplyTarget | undefined;
	mode: ReplyMode;
	isNewest: boolean;
	/* A channel that knows neither copies nor subjects. */
	isMail: boolean;
	/* Open all lines: an address is wrong. */
	isWide: boolean;
	/* It is not that of what is answered. */
	hasOwnSubject: boolean;
	onChange: (part: Partial<Draft>) => void;
	onMode: (mode: ReplyMode) => void;
	onNewest: () => void;
	extra: readonly MenuItem[];
}

/* Above the text: what is answered, who gets it, where it leaves from; at the upper right the menu for all of that. */
export function ReplyHead(p: Props) {
	const t = useText();
	const { to, cc, bcc, subject, from } = p.envelope;
	const [opened, setOpened] = useState<readonly Line[]>([]);
	const isForward = p.mode === "forward";
	const lines = new Set<Line>(opened);
	if (p.isWide || isForward || bcc) for (const line of ["to", "cc"] as const) lines.add(line);
	if (bcc) lines.add("bcc");
	if (isForward || p.hasOwnSubject) lines.add("subject");
	const open = (...fresh: Line[]) => setOpened([...opened.filter((l) => !fresh.includes(l)), ...fresh]);
	const copies = [to, cc].filter(Boolean).join(", ");
	const items: MenuItem[] = [
		{ id: "to", label: t("composer.menu.to"), run: () => open("to") },
		{ id: "cc", label: t("composer.menu.cc"), run: () => open("to", "cc") },
		{ id: "bcc", label: t("composer.menu.bcc"), run: () => open("to", "cc", "bcc") },
		{ id: "subject", label: t("composer.menu.subject"), run: () => open("subject") },
	];
	if (p.senders.length > 1) {
		items.push({
			kind: "group",
			id: "from",
			label: t("composer.menu.from"),
			items: p.senders.map((s) => ({
				id: `from.${s.channelAccountId}`,
				label: s.address,
				isSelected: s.channelAccountId === from?.channelAccountId,
				run: () => p.onChange({ channelAccountId: s.channelAccountId }),
			})),
		});
	}
	return (
		<>
			<div className={css.head}>
				<TargetLine target={p.target} mode={p.mode} isNewest={p.isNewest} onMode={p.onMode} onNewest={p.onNewest} />
				<MenuButton
					label={t("composer.menu")}
					side="bottom end"
					button={
						<IconButton label={t("composer.menu")} size="s">
							<Ellipsis size={16} aria-hidden />
						</IconButton>
					}
					items={p.isMail ? [...items, { kind: "line", id: "line" }, ...p.extra] : p.extra}
				/>
			</div>
			{p.isMail && (
				<div className={css.who}>
					<FromMenu
						senders={p.senders}
						value={from}
						onChange={(channelAccountId) => p.onChange({ channelAccountId })}
					/>
					{!lines.has("to") && (
						<button type="button" className={css.toLine} onClick={() => open("to", "cc")} dir="auto">
							{t("composer.replyTo", { names: copies || "…" })}
						</button>
					)}
					<span className={css.copies}>
						{!lines.has("cc") && (
							<button type="button" onClick={() => open("to", "cc")}>
								{t("composer.cc")}
							</button>
						)}
						{!lines.has("bcc") && (
							<button type="button" onClick={() => open("to", "cc", "bcc")}>
								{t("composer.bcc")}
							</button>
						)}
					</span>
				</div>
			)}
			{p.isMail && lines.size > 0 && (
				<Recipients
					lines={lines}
					focused={opened.at(-1)}
					to={to}
					cc={cc}
					bcc={bcc}
					subject={subject}
					onChange={p.onChange}
				/>
			)}
		</>
	);
}
