import { useQuery } from "@tanstack/react-query";
import { CalendarDays, type LucideIcon, Mail, Phone, StickyNote } from "lucide-react";
import { useIntl } from "react-intl";
import { useText } from "#shared/i18n/useText";
import { listTime } from "#shared/time/relative";
import { useNow } from "#shared/time/useNow";
import { type Activity, type ActivityType, activitiesOf } from "../../data/activities";
import type { Picked, PickedType } from "../../data/picked";
import css from "./CreateTicket.module.css";

const ICONS: Record<ActivityType, LucideIcon> = {
	notes: StickyNote,
	calls: Phone,
	emails: Mail,
	meetings: CalendarDays,
};

interface Props {
	contact: Picked | undefined;
	company: Picked | undefined;
	chosen: readonly { type: ActivityType; id: string }[];
	onChange: (chosen: { type: ActivityType; id: string }[]) => void;
}

/* What was done with them lately, to tick what belongs to the ticket. Nothing is shown where there is nothing. */
export function ActivityPicker({ contact, company, chosen, onChange }: Props) {
	const t = useText();
	const of: { type: PickedType; id: string }[] = [];
	if (contact) of.push({ type: "contacts", id: contact.id });
	if (company) of.push({ type: "companies", id: company.id });
	const { data } = useQuery({
		queryKey: ["activities", ...of.map((o) => `${o.type}/${o.id}`)],
		queryFn: ({ signal }) => activitiesOf(of, signal),
		enabled: of.length > 0,
	});
	if (of.length === 0 || !data?.length) return null;
	const isChosen = (a: Activity) => chosen.some((c) => c.type === a.type && c.id === a.id);
	const toggle = (a: Activity) =>
		onChange(
			isChosen(a) ? chosen.filter((c) => c.type !== a.type || c.id !== a.id) : [...chosen, { type: a.type, id: a.id }],
		);
	return (
		<fieldset className={css.activities}>
			<legend>{t("create.activities")}</legend>
			{data.map((a) => (
				<ActivityRow key={`${a.type}/${a.id}`} activity={a} isChosen={isChosen(a)} onToggle={() => toggle(a)} />
			))}
		</fieldset>
	);
}

function ActivityRow({
	activity: a,
	isChosen,
	onToggle,
}: {
	activity: Activity;
	isChosen: boolean;
	onToggle: () => void;
}) {
	const t = useText();
	const { locale } = useIntl();
	const now = useNow();
	const Icon = ICONS[a.type];
	return (
		<label className={css.activity}>
			<input type="checkbox" checked={isChosen} onChange={onToggle} />
			<Icon size={15} aria-hidden />
			<span className={css.activityText} dir="auto">
				{a.title || t("create.noText")}
			</span>
			<span className={css.activityKind}>
				{t(`create.activity.${a.type}`)}
				{a.at && <time dateTime={a.at}>{listTime(a.at, now, locale)}</time>}
			</span>
		</label>
	);
}
