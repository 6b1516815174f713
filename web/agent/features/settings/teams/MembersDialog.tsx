import { useState } from "react";
import { useText } from "#shared/i18n/useText";
import { CheckboxGroup, TextField } from "#ui";
import { type Person, people, type TeamWithMembers } from "../../../data/people";
import { fullName } from "../../../data/session";
import { SaveDialog } from "../../../shell/SaveDialog";
import { useSave } from "../../../shell/useSave";
import css from "../users/Users.module.css";

interface Props {
	team: TeamWithMembers;
	everybody: readonly Person[];
	onClose: () => void;
}

/* Who is in a team. For whom it is the main team it stays so; who is added is in it beside his main team, or has it as his main one if he
 * has none. */
export function MembersDialog({ team, everybody, onClose }: Props) {
	const t = useText();
	const [chosen, setChosen] = useState([...team.userIds, ...team.secondaryUserIds]);
	const [text, setText] = useState("");
	const wanted = text.trim().toLocaleLowerCase();
	const shown = everybody.filter(
		(p) => p.state !== "deactivated" && `${fullName(p)} ${p.email}`.toLocaleLowerCase().includes(wanted),
	);
	const isShown = new Set(shown.map((p) => p.id));

	const { save, saving } = useSave();
	const isMain = (id: string) =>
		team.userIds.includes(id) ||
		(!team.secondaryUserIds.includes(id) && !everybody.find((p) => p.id === id)?.primaryTeamId);
	const set = () =>
		save(async () => {
			await people.setMembers(
				team.id,
				chosen.filter(isMain),
				chosen.filter((id) => !isMain(id)),
			);
			onClose();
		});

	return (
		<SaveDialog
			title={t("teams.membersOf", { name: team.name })}
			onClose={onClose}
			onSave={() => void set()}
			{...saving}
		>
			<div className={css.form}>
				<TextField label={t("people.search")} type="search" value={text} onChange={setText} />
				<CheckboxGroup
					className={css.members}
					label={t("teams.members")}
					choices={shown.map((p) => ({ id: p.id, label: fullName(p) }))}
					value={chosen.filter((id) => isShown.has(id))}
					onChange={(ids) => setChosen((old) => [...old.filter((id) => !isShown.has(id)), ...ids])}
				/>
			</div>
		</SaveDialog>
	);
}
