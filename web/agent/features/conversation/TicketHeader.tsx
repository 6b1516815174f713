import { ArrowLeft, PanelRight } from "lucide-react";
import type { TicketDetail, TicketRow } from "#shared/api/types";
import { useText } from "#shared/i18n/useText";
import { IconButton, Select, Skeleton } from "#ui";
import { useOwners, useStages } from "../../data/reference";
import { fullName, useUser } from "../../data/session";
import { FollowButton } from "../comments";
import { CategorySelect, EditableName, PRIORITIES, TicketMenu, useTicketEdits } from "../manage";
import { Viewers } from "../presence";
import css from "./TicketPage.module.css";

const NOBODY = "none";
/* A list has no key for "nothing". */
const NONE = "none";

interface Props {
	ticketId: string;
	row: TicketRow | undefined;
	detail: TicketDetail | undefined;
	isContextOpen: boolean;
	onContext: () => void;
	onBack: () => void;
}

export function TicketHeader({ ticketId, row, detail, isContextOpen, onContext, onBack }: Props) {
	const t = useText();
	const stages = useStages(row?.pipelineId);
	const owners = useOwners();
	const me = useUser();
	/* Until the server has said what is allowed, the fields look as they mostly do: nothing jumps when it has. */
	const canEdit = detail?.abilities.includes("edit") ?? true;
	const { setStage, setOwner, setSubject, setPriority, setCategory } = useTicketEdits(ticketId, row, detail);
	return (
		<header className={css.header}>
			<IconButton label={t("common.back")} className={css.back} onPress={onBack}>
				<ArrowLeft size={18} aria-hidden />
			</IconButton>
			<div className={css.title}>
				{row ? (
					<EditableName key={ticketId} subject={row.subject} canEdit={canEdit} onChange={setSubject} />
				) : (
					<Skeleton width={220} height={16} />
				)}
				<span className={css.number}>#{ticketId}</span>
				<Viewers ticketId={ticketId} />
			</div>
			<div className={css.controls}>
				<Select
					isCompact
					className={css.control}
					label={t("context.status")}
					choices={stages.map((s) => ({ id: s.id, label: s.label }))}
					value={row?.stageId}
					onChange={(id) => setStage(stages.find((s) => s.id === id))}
					isDisabled={!row || !canEdit}
				/>
				<Select
					isCompact
					className={css.control}
					label={t("context.owner")}
					choices={[{ id: NOBODY, label: t("list.unowned") }, ...owners.map((o) => ({ id: o.id, label: fullName(o) }))]}
					value={row ? (row.ownerId ?? NOBODY) : undefined}
					onChange={(id) => setOwner(id === NOBODY ? undefined : id)}
					isDisabled={!row || !canEdit}
				/>
				<Select
					isCompact
					className={css.control}
					label={t("context.priority")}
					choices={[
						{ id: NONE, label: t("manage.noPriority") },
						...PRIORITIES.map((p) => ({ id: p, label: t(`priority.${p}`) })),
					]}
					value={row ? row.priority || NONE : undefined}
					onChange={(id) => setPriority(id === NONE ? undefined : id)}
					isDisabled={!row || !canEdit}
				/>
				<CategorySelect
					className={css.control}
					value={detail?.properties.hs_ticket_category ?? undefined}
					onChange={setCategory}
					isDisabled={!detail || !canEdit}
				/>
			</div>
			<div className={css.tools}>
				<span className={css.follow}>
					<FollowButton ticketId={ticketId} detail={detail} />
				</span>
				<span className={css.menu}>
					<TicketMenu
						context={{
							ticketId,
							row,
							detail,
							me,
							t,
							may: (ability) => detail?.abilities.includes(ability) ?? false,
							setOwner,
							leave: onBack,
						}}
					/>
				</span>
				<IconButton label={t("conversation.details")} aria-pressed={isContextOpen} onPress={onContext}>
					<PanelRight size={17} aria-hidden />
				</IconButton>
			</div>
		</header>
	);
}
