import { MailPlus, MoreHorizontal, UserCheck, UserX } from "lucide-react";
import { useText } from "#shared/i18n/useText";
import { Avatar, Button, IconButton, MenuButton, type MenuItem, Pill, type PillTone } from "#ui";
import type { Person } from "../../../data/people";
import { fullName, useUser } from "../../../data/session";
import css from "../Settings.module.css";
import own from "./Users.module.css";

const TONES: Record<Person["state"], PillTone> = { active: "good", invited: "new", deactivated: "quiet" };

interface Props {
	person: Person;
	onEdit: () => void;
	onInvite: () => void;
	onDeactivate: () => void;
	onReactivate: () => void;
}

export function PersonRow({ person, onEdit, onInvite, onDeactivate, onReactivate }: Props) {
	const t = useText();
	const me = useUser();
	const name = fullName(person);
	const isGone = person.state === "deactivated";
	const items: MenuItem[] = [];
	if (isGone)
		items.push({
			id: "reactivate",
			label: t("people.reactivate"),
			icon: <UserCheck size={15} aria-hidden />,
			run: onReactivate,
		});
	else
		items.push({
			id: "invite",
			label: t("people.inviteAgain"),
			icon: <MailPlus size={15} aria-hidden />,
			run: onInvite,
		});
	if (!isGone && person.id !== me.id)
		items.push({
			id: "deactivate",
			label: t("people.deactivate"),
			icon: <UserX size={15} aria-hidden />,
			run: onDeactivate,
		});
	return (
		<li className={css.row}>
			<div className={own.person}>
				<Avatar name={name} />
				<div className={css.rowText}>
					<p className={css.rowTitle}>
						{name}
						<Pill tone={TONES[person.state]}>{t(`people.state.${person.state}`)}</Pill>
					</p>
					<p className={css.rowNote}>
						{name === person.email ? "" : `${person.email} · `}
						{t(`people.role.${person.role}`)} · {t(`people.seat.${person.seat}`)}
					</p>
				</div>
			</div>
			<div className={css.rowActions}>
				{!isGone && (
					<Button size="s" onPress={onEdit} aria-label={t("people.editOne", { name })}>
						{t("people.edit")}
					</Button>
				)}
				<MenuButton
					label={t("people.more", { name })}
					side="bottom end"
					items={items}
					button={
						<IconButton label={t("people.more", { name })} size="s">
							<MoreHorizontal size={16} aria-hidden />
						</IconButton>
					}
				/>
			</div>
		</li>
	);
}
