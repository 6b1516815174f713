import { Eye } from "lucide-react";
import { useIntl } from "react-intl";
import type { Id, TicketDetail } from "#shared/api/types";
import { useText } from "#shared/i18n/useText";
import { Avatar, Button, PopoverButton } from "#ui";
import { useUser } from "../../data/session";
import { shortcutText } from "../../shell/keymapOfMine";
import css from "./Follow.module.css";
import { toggleFollowing } from "./toggleFollowing";

/* Who is told of what happens here; and whether I am. */
export function FollowButton({ ticketId, detail }: { ticketId: Id; detail: TicketDetail | undefined }) {
	const t = useText();
	const { formatNumber } = useIntl();
	const me = useUser();
	const followers = detail?.followers ?? [];
	const isFollowing = detail?.isFollowing ?? false;
	return (
		<PopoverButton
			label={t("follow.title")}
			side="bottom end"
			button={
				<Button
					look="quiet"
					className={css.button}
					aria-label={t("follow.button", { count: followers.length })}
					data-following={isFollowing || undefined}
					isDisabled={!detail}
				>
					<Eye size={17} aria-hidden />
					<span aria-hidden>{formatNumber(followers.length)}</span>
				</Button>
			}
		>
			{() => (
				<div className={css.panel}>
					<h2>{t("follow.title")}</h2>
					{followers.length === 0 ? (
						<p>{t("follow.nobody")}</p>
					) : (
						<ul>
							{followers.map((f) => (
								<li key={f.userId}>
									<Avatar name={f.name} size={22} />
									<span dir="auto">{f.userId === me.id ? t("follow.you", { name: f.name }) : f.name}</span>
									{f.isOwner && <small>{t("context.owner")}</small>}
								</li>
							))}
						</ul>
					)}
					<Button onPress={() => toggleFollowing({ ticketId, detail, t })}>
						{t(isFollowing ? "follow.stop" : "follow.start")}
						<kbd>{shortcutText("follow")}</kbd>
					</Button>
				</div>
			)}
		</PopoverButton>
	);
}
