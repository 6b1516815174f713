import { useState } from "react";
import { useText } from "#shared/i18n/useText";
import { Switch, TextField } from "#ui";
import { currentPreferences, type Preferences, setPreference, usePreference } from "../../data/preferences";
import { Section } from "../settings/Section";
import css from "../settings/Settings.module.css";
import own from "./Notifications.module.css";

type Quiet = Preferences["quietHours"];
const AT_FIRST = { from: "22:00", to: "07:00" };

/* When I am left alone, every day, on the clock of where I chose it. */
export function QuietHours({ tell }: { tell: (done: Promise<unknown>) => void }) {
	const t = useText();
	const quiet = { ...AT_FIRST, ...usePreference("quietHours") };
	const zone = quiet.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
	const save = (part: Quiet) => {
		const timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone;
		/* what was saved a moment ago may not be drawn yet */
		tell(setPreference("quietHours", { ...AT_FIRST, ...currentPreferences().quietHours, timeZone, ...part }));
	};
	return (
		<Section title={t("notifications.quiet.title")} lead={t("notifications.quiet.lead")}>
			<div className={css.form}>
				<Switch isSelected={quiet.isOn === true} onChange={(isOn) => save({ isOn })}>
					{t("notifications.quiet.switch")}
				</Switch>
				{quiet.isOn && (
					<>
						<div className={own.times}>
							<Time label={t("notifications.quiet.from")} value={quiet.from} onSave={(from) => save({ from })} />
							<Time label={t("notifications.quiet.to")} value={quiet.to} onSave={(to) => save({ to })} />
						</div>
						<p className={own.zone} role="status">
							{quiet.from === quiet.to ? t("notifications.quiet.same") : t("snooze.zone", { zone })}
						</p>
					</>
				)}
			</div>
		</Section>
	);
}

/* Saved when one leaves it: while it is typed it goes through times that nobody means. */
function Time({ label, value, onSave }: { label: string; value: string; onSave: (value: string) => void }) {
	const [typed, setTyped] = useState<string>();
	const done = () => {
		if (typed && typed !== value) onSave(typed);
		setTyped(undefined);
	};
	return (
		<TextField
			label={label}
			type="time"
			value={typed ?? value}
			onChange={setTyped}
			onBlur={done}
			onKeyDown={(e) => {
				if (e.key === "Enter") done();
			}}
		/>
	);
}
