import { useEffect, useState } from "react";
import { useText } from "#shared/i18n/useText";
import { Button, Switch, toast } from "#ui";
import { type Channel, setNotificationDefaults, type Topic, useNotificationSettings } from "../../data/notifications";
import { setPreference, usePreference } from "../../data/preferences";
import { isAdmin, useUser } from "../../data/session";
import { useErrorText } from "../../shell/useErrorText";
import { Loaded } from "../settings/Loaded";
import { Section } from "../settings/Section";
import css from "../settings/Settings.module.css";
import { askBrowser, browserState } from "./browserNotice";
import { MatrixTable } from "./MatrixTable";
import { QuietHours } from "./QuietHours";
import { backToDefaults, switchChannel } from "./switchTopic";

/* Which of my channels are on for what; for administrators also what holds for who has chosen nothing. */
export function NotificationSettings() {
	const t = useText();
	const user = useUser();
	const errorText = useErrorText();
	const q = useNotificationSettings();
	useEffect(() => {
		document.title = `${t("notifications.settings.title")} – ${t("app.name")}`;
	}, [t]);

	const tell = (done: Promise<unknown>) =>
		void done.then(
			() => toast("good", t("common.saved")),
			(e: unknown) => toast("bad", errorText(e)),
		);
	const switchDefault = (topic: Topic, channel: Channel, isOn: boolean) =>
		tell(setNotificationDefaults({ [topic]: { [channel]: isOn } }));

	return (
		<div className={css.content}>
			<h1 className={css.title}>{t("notifications.settings.title")}</h1>
			<p className={css.lead}>{t("notifications.settings.lead")}</p>
			<Loaded query={q}>
				{(settings) => (
					<>
						<Section
							title={t("notifications.settings.mine")}
							side={
								<Button size="s" onPress={() => tell(backToDefaults())}>
									{t("notifications.settings.reset")}
								</Button>
							}
						>
							<MatrixTable
								label={t("notifications.settings.mine")}
								matrix={settings.channels}
								fixed={settings.fixed}
								onSwitch={(topic, channel, isOn) => tell(switchChannel(topic, channel, isOn))}
							/>
						</Section>
						<QuietHours tell={tell} />
						<Sound tell={tell} />
						<BrowserSection />
						{isAdmin(user) && (
							<Section title={t("notifications.settings.defaults")} lead={t("notifications.settings.defaultsLead")}>
								<MatrixTable
									label={t("notifications.settings.defaults")}
									matrix={settings.defaults}
									fixed={settings.fixed}
									onSwitch={switchDefault}
								/>
							</Section>
						)}
					</>
				)}
			</Loaded>
		</div>
	);
}

function Sound({ tell }: { tell: (done: Promise<unknown>) => void }) {
	const t = useText();
	return (
		<Section title={t("notifications.sound.title")}>
			<div className={css.form}>
				<Switch
					isSelected={usePreference("notificationSound")}
					onChange={(isOn) => tell(setPreference("notificationSound", isOn))}
				>
					{t("notifications.sound.switch")}
				</Switch>
			</div>
		</Section>
	);
}

function BrowserSection() {
	const t = useText();
	const [state, setState] = useState(browserState);
	return (
		<Section title={t("notifications.browser.title")}>
			<div className={css.row}>
				<p role="status">{t(`notifications.browser.${state}`)}</p>
				{state === "default" && (
					<Button look="solid" onPress={() => void askBrowser().then(setState)}>
						{t("notifications.browser.turnOn")}
					</Button>
				)}
			</div>
		</Section>
	);
}
