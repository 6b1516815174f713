import { useState } from "react";
import { useText } from "#shared/i18n/useText";
import { Banner, Button, CheckboxGroup, Dialog, TextField, toast } from "#ui";
import { useOwners } from "../../data/reference";
import { fullName } from "../../data/session";
import { useTeams } from "../../data/teams";
import { editTicket, useTicketDetail } from "../../data/tickets";
import { useErrorText } from "../../shell/useErrorText";
import css from "./AccessDialog.module.css";

const ids = (value: string | null | undefined) => (value ?? "").split(";").filter(Boolean);

/* Shares one ticket with people and teams. */
export function AccessDialog({ ticketId, onClose }: { ticketId: string; onClose: () => void }) {
	const t = useText();
	const errorText = useErrorText();
	const { data } = useTicketDetail(ticketId);
	const owners = useOwners();
	const teams = useTeams();
	const [users, setUsers] = useState<string[]>();
	const [teamIds, setTeamIds] = useState<string[]>();
	const [text, setText] = useState("");
	const [problem, setProblem] = useState<string>();
	const [isBusy, setBusy] = useState(false);
	const chosen = users ?? ids(data?.properties.hs_shared_user_ids);
	const chosenTeams = teamIds ?? ids(data?.properties.hs_shared_team_ids);
	const wanted = text.trim().toLocaleLowerCase();
	const shown = owners.filter((o) => `${fullName(o)} ${o.email ?? ""}`.toLocaleLowerCase().includes(wanted));
	const isShown = new Set(shown.map((o) => String(o.userId)));

	async function save() {
		setBusy(true);
		try {
			await editTicket(ticketId, {
				properties: { hs_shared_user_ids: chosen.join(";"), hs_shared_team_ids: chosenTeams.join(";") },
				row: {},
			});
			toast("good", t("share.saved"));
			onClose();
		} catch (e) {
			setProblem(errorText(e));
		} finally {
			setBusy(false);
		}
	}

	return (
		<Dialog
			title={t("share.title")}
			closeLabel={t("common.close")}
			isOpen
			onClose={onClose}
			actions={
				<>
					<Button onPress={onClose}>{t("common.cancel")}</Button>
					<Button look="solid" isPending={isBusy} isDisabled={!data} onPress={() => void save()}>
						{t("common.save")}
					</Button>
				</>
			}
		>
			<div className={css.form}>
				<p>{t("share.text")}</p>
				{problem && (
					<Banner tone="bad" role="alert">
						{problem}
					</Banner>
				)}
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
		</Dialog>
	);
}
