import { useState } from "react";
import { useText } from "#shared/i18n/useText";
import { Banner, Button, CheckboxGroup, Dialog, TextField } from "#ui";
import { type Person, people, type TeamWithMembers } from "../../../data/people";
import { fullName } from "../../../data/session";
import { useErrorText } from "../../../shell/useErrorText";
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
	const errorText = useErrorText();
	const [chosen, setChosen] = useState([...team.userIds, ...team.secondaryUserIds]);
	const [text, setText] = useState("");
	const [problem, setProblem] = useState<string>();
	const [isBusy, setBusy] = useState(false);
	const wanted = text.trim().toLocaleLowerCase();
	const shown = everybody.filter(
		(p) => p.state !== "deactivated" && `${fullName(p)} ${p.email}`.toLocaleLowerCase().includes(wanted),
	);
	const isShown = new Set(shown.map((p) => p.id));

	async function save() {
		setBusy(true);
		try {
			const isMain = (id: string) =>
				team.userIds.includes(id) ||
				(!team.secondaryUserIds.includes(id) && !everybody.find((p) => p.id === id)?.primaryTeamId);
			await people.setMembers(
				team.id,
				chosen.filter(isMain),
				chosen.filter((id) => !isMain(id)),
			);
			onClose();
		} catch (e) {
			setProblem(errorText(e));
		} finally {
			setBusy(false);
		}
	}

	return (
		<Dialog
			title={t("teams.membersOf", { name: team.name })}
			closeLabel={t("common.close")}
			isOpen
			onClose={onClose}
			actions={
				<>
					<Button onPress={onClose}>{t("common.cancel")}</Button>
					<Button look="solid" isPending={isBusy} onPress={() => void save()}>
						{t("common.save")}
					</Button>
				</>
			}
		>
			<div className={css.form}>
				{problem && (
					<Banner tone="bad" role="alert">
						{problem}
					</Banner>
				)}
				<TextField label={t("people.search")} type="search" value={text} onChange={setText} />
				<CheckboxGroup
					className={css.members}
					label={t("teams.members")}
					choices={shown.map((p) => ({ id: p.id, label: fullName(p) }))}
					value={chosen.filter((id) => isShown.has(id))}
					onChange={(ids) => setChosen((old) => [...old.filter((id) => !isShown.has(id)), ...ids])}
				/>
			</div>
		</Dialog>
	);
}
