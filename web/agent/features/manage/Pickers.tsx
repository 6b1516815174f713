import { CircleUserRound, Flag, UserRound } from "lucide-react";
import { useText } from "#shared/i18n/useText";
import { Avatar } from "#ui";
import { useOwners, usePipelines } from "../../data/reference";
import { fullName, useUser } from "../../data/session";
import { ticketStore } from "../../data/ticketStore";
import { closeManage, openManage } from "./manageUi";
import { Picker, type PickRow } from "./Picker";
import { PRIORITIES } from "./priorities";
import type { Chosen } from "./selection";
import { TimeDialog, TimePicker } from "./TimePicker";
import type { Deeds } from "./useDeeds";

export interface PickerProps {
	ids: Chosen;
	deeds: Deeds;
}

const then = (run: () => unknown) => () => {
	closeManage();
	void run();
};

export function AssignPicker({ ids, deeds }: PickerProps) {
	const t = useText();
	const me = useUser();
	const owners = useOwners();
	const others = owners.filter((o) => o.id !== me.ownerId);
	const rows: PickRow[] = [
		{
			id: "me",
			label: t("manage.assignToMe"),
			note: fullName(me),
			icon: <CircleUserRound size={16} />,
			run: then(() => deeds.assign(ids, me.ownerId, fullName(me))),
		},
		...others.map((o) => ({
			id: o.id,
			label: fullName(o),
			note: o.email,
			icon: <Avatar name={fullName(o)} size={20} />,
			run: then(() => deeds.assign(ids, o.id, fullName(o))),
		})),
		{
			id: "nobody",
			label: t("list.unowned"),
			icon: <UserRound size={16} />,
			run: then(() => deeds.assign(ids, undefined, undefined)),
		},
	];
	return (
		<Picker
			label={t("manage.assign")}
			placeholder={t("manage.assign.find")}
			groups={[{ id: "people", label: t("context.owner"), rows }]}
			onClose={closeManage}
		/>
	);
}

/* The statuses of the pipelines that the tickets are in; each ticket gets only one of its own. Where a whole list is meant, those of the
 * other pipelines refuse. */
export function StatusPicker({ ids, deeds }: PickerProps) {
	const t = useText();
	const pipelines = usePipelines();
	const inPipeline = (pipelineId: string): Chosen =>
		ids.matching ? ids : ids.filter((id) => ticketStore.row(id)?.pipelineId === pipelineId);
	const groups = pipelines
		.filter((p) => inPipeline(p.id).length > 0)
		.map((p) => ({
			id: p.id,
			label: p.label,
			rows: [...p.stages]
				.sort((a, b) => a.displayOrder - b.displayOrder)
				.map((s) => ({
					id: s.id,
					label: s.label,
					run: then(() => deeds.setStage(inPipeline(p.id), s)),
				})),
		}));
	return (
		<Picker label={t("manage.status")} placeholder={t("manage.status.find")} groups={groups} onClose={closeManage} />
	);
}

export function PriorityPicker({ ids, deeds }: PickerProps) {
	const t = useText();
	const rows = [
		...PRIORITIES.map((p) => ({
			id: p,
			label: t(`priority.${p}`),
			icon: <Flag size={16} />,
			run: then(() => deeds.setPriority(ids, p)),
		})),
		{ id: "none", label: t("property.none"), run: then(() => deeds.setPriority(ids, undefined)) },
	];
	return (
		<Picker
			label={t("manage.priority")}
			placeholder={t("manage.priority.find")}
			groups={[{ id: "priority", label: t("context.priority"), rows }]}
			onClose={closeManage}
		/>
	);
}

export function SnoozePicker({ ids, deeds }: PickerProps) {
	const t = useText();
	return (
		<TimePicker
			label={t("manage.snooze")}
			placeholder={t("snooze.find")}
			title={t("snooze.until")}
			onPick={(at, time) => deeds.snooze(ids, at, time)}
			onOther={() => openManage("snoozeAt", ids)}
			otherLabel={t("snooze.pick")}
		/>
	);
}

export function SnoozeAtDialog({ ids, deeds }: PickerProps) {
	const t = useText();
	return (
		<TimeDialog
			title={t("manage.snooze")}
			label={t("snooze.until")}
			doLabel={t("snooze.do")}
			mostYears={10}
			onClose={closeManage}
			onDone={(at, time) => deeds.snooze(ids, at, time)}
		/>
	);
}
