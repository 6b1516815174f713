import { useText } from "#shared/i18n/useText";
import { Banner, CheckboxGroup, Select, TextField } from "#ui";
import { type Audience, type LibraryDraft, type LibraryItem, type LibraryKind, useFolders } from "../../data/library";
import { useTeams } from "../../data/teams";
import css from "./Library.module.css";

interface Props {
	kind: LibraryKind;
	draft: LibraryDraft;
	onChange: (part: Partial<LibraryDraft>) => void;
	/* By the names of the wire. */
	errors: Readonly<Record<string, string>>;
	/* The one that is changed. */
	item?: LibraryItem;
}

export function NameField({ draft, onChange, errors }: Omit<Props, "kind" | "item">) {
	const t = useText();
	return (
		<TextField
			label={t("library.name")}
			value={draft.name}
			onChange={(name) => onChange({ name })}
			error={errors.name}
			maxLength={100}
			autoFocus
		/>
	);
}

const AUDIENCES: readonly Audience[] = ["PRIVATE", "TEAMS", "EVERYONE"];
const NONE = "none";

/* Where it is, and who sees it. */
export function ShareFields({ kind, draft, onChange, errors, item }: Props) {
	const t = useText();
	const teams = useTeams();
	const folders = useFolders(kind);
	/* nobody takes what others use for its owner alone */
	const audiences = AUDIENCES.filter((a) => a !== "PRIVATE" || !item || item.isMine);
	return (
		<>
			<div className={css.pair}>
				<Select
					label={t("library.folder")}
					choices={[{ id: NONE, label: t("library.noFolder") }, ...folders.map((f) => ({ id: f.id, label: f.name }))]}
					value={draft.folderId ?? NONE}
					onChange={(id) => onChange({ folderId: id === NONE ? null : id })}
					error={errors.folderId}
				/>
				<Select
					label={t("library.audience")}
					choices={audiences.map((a) => ({ id: a, label: t(`view.audience.${a}`) }))}
					value={draft.audience}
					onChange={(a) => onChange({ audience: a as Audience })}
					error={errors.audience}
				/>
			</div>
			{draft.audience === "TEAMS" &&
				(teams.length > 0 ? (
					<CheckboxGroup
						label={t("view.teams")}
						choices={teams.map((team) => ({ id: team.id, label: team.name }))}
						value={draft.teamIds}
						onChange={(teamIds) => onChange({ teamIds })}
						error={errors.teamIds}
					/>
				) : (
					<Banner tone="info">{t("view.noTeams")}</Banner>
				))}
		</>
	);
}
