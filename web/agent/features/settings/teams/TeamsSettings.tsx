import { MoreHorizontal, Pencil, Plus, Trash2 } from "lucide-react";
import { useEffect, useState } from "react";
import { useText } from "#shared/i18n/useText";
import { Button, IconButton, MenuButton } from "#ui";
import { people, type TeamWithMembers, usePeople, useTeamsWithMembers } from "../../../data/people";
import { useErrorText } from "../../../shell/useErrorText";
import { ConfirmDialog } from "../ConfirmDialog";
import { Loaded } from "../Loaded";
import { NameDialog } from "../pipelines/NameDialog";
import { Section } from "../Section";
import css from "../Settings.module.css";
import { MembersDialog } from "./MembersDialog";

const NEW = "new";

export function TeamsSettings() {
	const t = useText();
	const errorText = useErrorText();
	const query = useTeamsWithMembers();
	const everybody = usePeople().data ?? [];
	const [namedId, setNamedId] = useState<string>();
	const [doomed, setDoomed] = useState<TeamWithMembers>();
	const [openId, setOpenId] = useState<string>();
	const named = query.data?.find((team) => team.id === namedId);
	const open = query.data?.find((team) => team.id === openId);
	useEffect(() => {
		document.title = `${t("teams.title")} – ${t("app.name")}`;
	}, [t]);

	return (
		<div className={css.content}>
			<h1 className={css.title}>{t("teams.title")}</h1>
			<p className={css.lead}>{t("teams.lead")}</p>
			<Section
				title={t("teams.list")}
				side={
					<Button look="solid" icon={<Plus size={15} aria-hidden />} onPress={() => setNamedId(NEW)}>
						{t("teams.add")}
					</Button>
				}
			>
				<Loaded query={query}>
					{(teams) =>
						teams.length === 0 ? (
							<p className={css.none}>{t("teams.none")}</p>
						) : (
							<ul className={css.rows}>
								{teams.map((team) => (
									<li key={team.id} className={css.row}>
										<div className={css.rowText}>
											<p className={css.rowTitle}>{team.name}</p>
											<p className={css.rowNote}>
												{t("teams.count", { count: team.userIds.length + team.secondaryUserIds.length })}
											</p>
										</div>
										<div className={css.rowActions}>
											<Button
												size="s"
												onPress={() => setOpenId(team.id)}
												aria-label={t("teams.membersOf", { name: team.name })}
											>
												{t("teams.members")}
											</Button>
											<MenuButton
												label={t("teams.more", { name: team.name })}
												side="bottom end"
												items={[
													{
														id: "rename",
														label: t("teams.rename"),
														icon: <Pencil size={15} aria-hidden />,
														run: () => setNamedId(team.id),
													},
													{
														id: "remove",
														label: t("teams.remove"),
														icon: <Trash2 size={15} aria-hidden />,
														run: () => setDoomed(team),
													},
												]}
												button={
													<IconButton label={t("teams.more", { name: team.name })} size="s">
														<MoreHorizontal size={16} aria-hidden />
													</IconButton>
												}
											/>
										</div>
									</li>
								))}
							</ul>
						)
					}
				</Loaded>
			</Section>
			<NameDialog
				title={t(namedId === NEW ? "teams.add" : "teams.rename")}
				label={t("teams.name")}
				saveLabel={t("common.save")}
				value={named?.name}
				isOpen={namedId !== undefined}
				onClose={() => setNamedId(undefined)}
				onSave={async (name) => {
					if (named) await people.renameTeam(named.id, name);
					else await people.addTeam(name);
					setNamedId(undefined);
				}}
				errorText={errorText}
			/>
			{open && <MembersDialog key={open.id} team={open} everybody={everybody} onClose={() => setOpenId(undefined)} />}
			<ConfirmDialog
				title={t("teams.removeTitle", { name: doomed?.name ?? "" })}
				text={t("teams.removeText")}
				action={t("teams.remove")}
				isOpen={doomed !== undefined}
				onClose={() => setDoomed(undefined)}
				onConfirm={async () => {
					if (doomed) await people.removeTeam(doomed.id);
				}}
			/>
		</div>
	);
}
