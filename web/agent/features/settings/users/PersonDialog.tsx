import { useState } from "react";
import { useText } from "#shared/i18n/useText";
import { CheckboxGroup, Select, Switch, TextField, toast } from "#ui";
import { type Person, people, REACHES, type Reach, ROLES, type Role, SEATS, type Seat } from "../../../data/people";
import { fullName } from "../../../data/session";
import { useTeams } from "../../../data/teams";
import { SaveDialog } from "../../../shell/SaveDialog";
import { useSave } from "../../../shell/useSave";
import css from "./Users.module.css";

const NO_TEAM = "none";
const RIGHTS = ["ticketView", "ticketEdit", "ticketDelete", "ticketCommunicate"] as const;

/* What one user is, may do and belongs to. It counts from the moment it is saved, also in windows that are open. */
export function PersonDialog({ person, onClose }: { person: Person; onClose: () => void }) {
	const t = useText();
	const teams = useTeams();
	const [draft, setDraft] = useState(person);
	const set = (change: Partial<Person>) => setDraft((old) => ({ ...old, ...change }));
	const isSuper = draft.role === "super_admin";

	const { save, saving } = useSave();
	const change = () =>
		save(async () => {
			const { id, email, state, primaryTeamId, ...rest } = draft;
			await people.change(id, { ...rest, primaryTeamId: primaryTeamId ?? null });
			toast("good", t("common.saved"));
			onClose();
		});

	const reaches = (right: (typeof RIGHTS)[number]) =>
		REACHES.filter((r) => right !== "ticketView" || r !== "NONE").map((id) => ({ id, label: t(`people.reach.${id}`) }));
	return (
		<SaveDialog title={fullName(person)} onClose={onClose} onSave={() => void change()} {...saving}>
			<div className={css.form}>
				<div className={css.pair}>
					<TextField
						label={t("people.firstName")}
						value={draft.firstName ?? ""}
						onChange={(firstName) => set({ firstName })}
					/>
					<TextField
						label={t("people.lastName")}
						value={draft.lastName ?? ""}
						onChange={(lastName) => set({ lastName })}
					/>
					<Select
						label={t("people.role")}
						choices={ROLES.map((id) => ({ id, label: t(`people.role.${id}`) }))}
						value={draft.role}
						onChange={(id) => set({ role: id as Role })}
					/>
					<Select
						label={t("people.seat")}
						hint={t(isSuper ? "people.seatSuper" : `people.seatHint.${draft.seat}`)}
						isDisabled={isSuper}
						choices={SEATS.map((id) => ({ id, label: t(`people.seat.${id}`) }))}
						value={draft.seat}
						onChange={(id) => set({ seat: id as Seat })}
					/>
				</div>
				<section className={css.group}>
					<h3>{t("people.rights")}</h3>
					{isSuper && <p>{t("people.rightsSuper")}</p>}
					<div className={css.pair}>
						{RIGHTS.map((right) => (
							<Select
								key={right}
								label={t(`people.right.${right}`)}
								isDisabled={isSuper}
								choices={reaches(right)}
								value={draft[right]}
								onChange={(id) => set({ [right]: id as Reach })}
							/>
						))}
					</div>
					{draft.role === "agent" && (
						<Switch isSelected={draft.publishesArticles} onChange={(publishesArticles) => set({ publishesArticles })}>
							{t("people.publishesArticles")}
						</Switch>
					)}
				</section>
				{teams.length > 0 && (
					<section className={css.group}>
						<h3>{t("people.teams")}</h3>
						<Select
							label={t("people.mainTeam")}
							choices={[
								{ id: NO_TEAM, label: t("people.noTeam") },
								...teams.map((team) => ({ id: team.id, label: team.name })),
							]}
							value={draft.primaryTeamId ?? NO_TEAM}
							onChange={(id) =>
								set({
									primaryTeamId: id === NO_TEAM ? undefined : id,
									secondaryTeamIds: draft.secondaryTeamIds.filter((other) => other !== id),
								})
							}
						/>
						<CheckboxGroup
							label={t("people.otherTeams")}
							choices={teams
								.filter((team) => team.id !== draft.primaryTeamId)
								.map((team) => ({ id: team.id, label: team.name }))}
							value={draft.secondaryTeamIds}
							onChange={(secondaryTeamIds) => set({ secondaryTeamIds })}
						/>
					</section>
				)}
			</div>
		</SaveDialog>
	);
}
