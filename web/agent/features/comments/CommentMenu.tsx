import { Ellipsis, Pencil, Trash2 } from "lucide-react";
import type { Message } from "#shared/api/types";
import { useText } from "#shared/i18n/useText";
import { IconButton, MenuButton, type MenuItem, toast } from "#ui";
import { removeComment } from "../../data/comments";
import { isAdmin, useUser } from "../../data/session";
import { useErrorText } from "../../shell/useErrorText";

/* Its author changes a comment or takes it back; administrators take it back too. */
export function CommentMenu({ comment, onEdit }: { comment: Message; onEdit: () => void }) {
	const t = useText();
	const user = useUser();
	const errorText = useErrorText();
	const isMine = comment.senderUserId === user.id;
	if (comment.state === "DELETED" || (!isMine && !isAdmin(user))) return null;
	const items: MenuItem[] = [];
	if (isMine) {
		items.push({ id: "edit", label: t("comment.edit"), icon: <Pencil size={15} aria-hidden />, run: onEdit });
	}
	items.push({
		id: "remove",
		label: t("comment.remove"),
		icon: <Trash2 size={15} aria-hidden />,
		run: () => void removeComment(comment).catch((e) => toast("bad", errorText(e))),
	});
	return (
		<MenuButton
			label={t("comment.menu")}
			side="bottom end"
			items={items}
			button={
				<IconButton label={t("comment.menu")} size="s">
					<Ellipsis size={15} aria-hidden />
				</IconButton>
			}
		/>
	);
}
