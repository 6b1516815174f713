import { memo, useState } from "react";
import { useIntl } from "react-intl";
import type { Address, Message } from "#shared/api/types";
import { useText } from "#shared/i18n/useText";
import { fullTime, messageTime } from "#shared/time/relative";
import { useNow } from "#shared/time/useNow";
import { Avatar, Pill } from "#ui";
import { begunEdit, CommentEdit, CommentMenu } from "../comments";
import { IdentifyButton } from "../identify";
import { Attachments } from "./Attachments";
import { Deliveries } from "./Deliveries";
import { LongBody } from "./LongBody";
import { MessageActions } from "./MessageActions";
import { MessageBody } from "./MessageBody";
import { MessageFlags } from "./MessageFlags";
import css from "./Thread.module.css";

const nameOf = (a: Address) => a.name || a.address;

interface Props {
	message: Message;
	canReply: boolean;
	/* Somebody was led to this one. */
	isMarked?: boolean;
}

export const MessageView = memo(function MessageView({ message: m, canReply, isMarked }: Props) {
	const t = useText();
	const intl = useIntl();
	const now = useNow();
	const name = m.senderName || m.senderAddress || "?";
	const isOut = m.direction === "OUTGOING";
	const [isEditing, setEditing] = useState(() => m.type === "COMMENT" && !!begunEdit(m.id));
	const isGone = m.state === "DELETED";
	const receivers = [...(m.to ?? []), ...(m.cc ?? []), ...(m.bcc ?? [])];
	return (
		<article
			className={css.message}
			data-direction={m.direction}
			data-type={m.type}
			data-message-id={m.id}
			data-marked={isMarked || undefined}
			tabIndex={isMarked ? -1 : undefined}
			aria-label={t(m.type === "COMMENT" ? "comment.by" : isOut ? "conversation.outgoing" : "conversation.incoming", {
				name,
			})}
		>
			<Avatar name={name} size={34} />
			<div className={css.card}>
				<header className={css.head}>
					<span className={css.who}>
						<strong dir="auto">{name}</strong>
						{m.senderAddress && m.senderAddress !== name && <span className={css.address}>{m.senderAddress}</span>}
					</span>
					<IdentifyButton message={m} />
					<MessageFlags message={m} />
					{m.type === "COMMENT" && <Pill tone="warn">{t("conversation.comment")}</Pill>}
					{m.editedAt && !isGone && (
						<span className={css.time} title={fullTime(m.editedAt, intl.locale)}>
							{t("comment.edited")}
						</span>
					)}
					<time className={css.time} dateTime={m.createdAt} title={fullTime(m.createdAt, intl.locale)}>
						{messageTime(m.createdAt, now, intl.locale)}
					</time>
					{canReply && m.type === "MESSAGE" && <MessageActions message={m} />}
					{m.type === "COMMENT" && <CommentMenu comment={m} onEdit={() => setEditing(true)} />}
				</header>
				{receivers.length > 0 && (
					<p className={css.to} title={receivers.map((a) => a.address).join(", ")}>
						{t("conversation.recipients", { names: intl.formatList(receivers.map(nameOf), { type: "unit" }) })}
					</p>
				)}
				<div className={css.body}>
					{isGone ? (
						<p className={css.gone}>{t("comment.gone")}</p>
					) : isEditing ? (
						<CommentEdit comment={m} onDone={() => setEditing(false)} />
					) : (
						<LongBody message={m}>
							<MessageBody message={m} />
						</LongBody>
					)}
				</div>
				<Attachments message={m} />
				{isOut && m.type === "MESSAGE" && <Deliveries message={m} />}
			</div>
		</article>
	);
});
