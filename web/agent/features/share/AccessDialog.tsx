import { useState } from "react";
import { useText } from "#shared/i18n/useText";
import { CheckboxGroup, TextField, toast } from "#ui";
import { useOwners } from "../../data/reference";
import { fullName } from "../../data/session";
import { useTeams } from "../../data/teams";
import { editTicket, useTicketDetail } from "../../data/tickets";
import { SaveDialog } from "../../shell/SaveDialog";
import { useSave } from "../../shell/useSave";
import css from "./AccessDialog.module.css";

const ids = (value: string | null | undefined) => (value ?? "").split(";").filter(Boolean);

/* Shares one ticket with people and teams. */
export function AccessDialog({ ticketId, onClose }: { ticketId: string; onClose: () => void }) {
	const t = useText();
	const { data } = useTicketDetail(ticketId);
	const owners = useOwners();
	const teams = useTeams();
	const [users, setUsers] = useState<string[]>();
	const [teamIds, setTeamIds] = useState<string[]>();
	const [text, setText] = useState("");
	const chosen = users ?? ids(data?.properties.hs_shared_user_ids);
	const chosenTeams = teamIds ?? ids(data?.properties.hs_shared_team_ids);
	const wanted = text.trim().toLocaleLowerCase();
	const shown = owners.filter((o) => `${fullName(o)} ${o.email ?? ""}`.toLocaleLowerCase().includes(wanted));
	const isShown = new Set(shown.map((o) => String(o.userId)));

	const { save, saving } = useSave();
	const share = () =>
		save(async () => {
			await editTicket(ticketId, {
				properties: { hs_shared_user_ids: chosen.join(";"), hs_shared_team_ids: chosenTeams.join(";") },
				row: {},
			});
			toast("good", t("share.saved"));
			onClose();
		});

	return (
		<SaveDialog title={t("share.title")} onClose={onClose} onSave={() => void share()} isDisabled={!data} {...saving}>
			<div className={css.form}>
				<p>{t("share.text")}</p>
				<TextField label={t("people.search")} type="search" value={text} onChange={setText} />
				<CheckboxGroup
					className={css.list}
					label={t("share.users")}
					choices={shown.map((o) => ({ id: String(o.userId), label: fullName(o) }))}
					value={chosen.filter((id) => isShown.has(id))}
					onChange={(now) => setUsers([...chosen.filter((id) => !isShown.has(id)), ...now])}
				/>
				{teams.length > 0 && (
					<CheckboxGroup
						className={css.list}
						label={t("share.teams")}
						choices={teams.map((team) => ({ id: team.id, label: team.name }))}
						value={chosenTeams}
						onChange={setTeamIds}
					/>
				)}
			</div>
		</SaveDialog>
	);
}
