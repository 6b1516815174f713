import { X } from "lucide-react";
import { useIntl } from "react-intl";
import { useText } from "#shared/i18n/useText";
import { listTime } from "#shared/time/relative";
import { useNow } from "#shared/time/useNow";
import { IconButton } from "#ui";
import type { TimelineEntry } from "../../data/records";
import { ACTIVITY_ICONS, type ActivityKind, bodyOf } from "./activityTypes";
import css from "./Records.module.css";

/* One activity in a card. */
export function ActivityRow({ entry, onRemove }: { entry: TimelineEntry; onRemove?: () => void }) {
	const t = useText();
	const { locale } = useIntl();
	const now = useNow();
	const Icon = ACTIVITY_ICONS[entry.objectType];
	const kind = t(`activity.${entry.objectType as ActivityKind}`);
	const body = bodyOf(entry);
	return (
		<div className={css.activity}>
			{Icon && <Icon size={15} aria-hidden />}
			<div className={css.itemText}>
				<span className={css.itemName} dir="auto">
					{entry.label || kind}
				</span>
				{body && (
					<span className={css.excerpt} dir="auto">
						{body}
					</span>
				)}
				<span className={css.itemNote}>
					{kind} · <time dateTime={entry.at}>{listTime(entry.at, now, locale)}</time>
				</span>
			</div>
			{onRemove && (
				<IconButton label={t("records.unlinkNamed", { name: entry.label || kind })} size="s" onPress={onRemove}>
					<X size={14} aria-hidden />
				</IconButton>
			)}
		</div>
	);
}
