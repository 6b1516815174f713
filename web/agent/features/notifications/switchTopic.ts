import { CHANNELS, type Channel, refreshNotificationSettings, type Topic } from "../../data/notifications";
import { loadPreferences, setPreference } from "../../data/preferences";

/* What I chose myself lies above the defaults: only what is said here is kept. */
export async function switchChannel(topic: Topic, channel: Channel, isOn: boolean) {
	const own = (await loadPreferences()).notifications;
	await setPreference("notifications", { ...own, [topic]: { ...own[topic], [channel]: isOn } });
	await refreshNotificationSettings();
}

export async function switchTopic(topic: Topic, isOn: boolean) {
	const own = (await loadPreferences()).notifications;
	const all = Object.fromEntries(CHANNELS.map((channel) => [channel, isOn]));
	await setPreference("notifications", { ...own, [topic]: all });
	await refreshNotificationSettings();
}

export async function backToDefaults() {
	await setPreference("notifications", null);
	await refreshNotificationSettings();
}
