import { useEffect } from "react";
import { useText } from "#shared/i18n/useText";
import { Select, toast } from "#ui";
import { followLanguage } from "../../data/language";
import { type PreferenceName, type Preferences, setPreference, usePreference } from "../../data/preferences";
import { useErrorText } from "../../shell/useErrorText";
import { Section } from "./Section";
import css from "./Settings.module.css";
import { MySignature } from "./signatures/MySignature";

/* Each language in its own words, as its speakers look for it. */
const NAMES = [
	["en", "English"],
	["fr", "Français"],
	["de", "Deutsch"],
	["ja", "日本語"],
	["pt", "Português"],
	["es", "Español"],
	["zh-TW", "繁體中文"],
	["fi", "Suomi"],
	["pl", "Polski"],
] as const;
const BROWSER = "browser";
const UNDO_SECONDS = [0, 5, 10, 20, 30];

/* What one user likes, on every device. */
export function PreferencesSettings() {
	const t = useText();
	const errorText = useErrorText();
	const language = usePreference("language");
	const undoSeconds = usePreference("undoSeconds");
	useEffect(() => {
		document.title = `${t("settings.preferences.title")} – ${t("app.name")}`;
	}, [t]);

	async function save<N extends PreferenceName>(name: N, value: Preferences[N] | null) {
		try {
			await setPreference(name, value);
			toast("good", t("common.saved"));
		} catch (e) {
			toast("bad", errorText(e));
		}
	}
	async function speak(id: string) {
		const chosen = id === BROWSER ? null : id;
		await followLanguage(chosen);
		await save("language", chosen);
	}

	return (
		<div className={css.content}>
			<h1 className={css.title}>{t("settings.preferences.title")}</h1>
			<p className={css.lead}>{t("settings.preferences.lead")}</p>
			<Section title={t("settings.preferences.language")}>
				<div className={css.form}>
					<Select
						label={t("settings.preferences.languageLabel")}
						choices={[
							{ id: BROWSER, label: t("settings.preferences.languageBrowser") },
							...NAMES.map(([id, label]) => ({ id, label })),
						]}
						value={language ?? BROWSER}
						onChange={(id) => void speak(id)}
					/>
				</div>
			</Section>
			<Section title={t("settings.preferences.sending")}>
				<div className={css.form}>
					<Select
						label={t("settings.preferences.undo")}
						hint={t("settings.preferences.undoHint")}
						choices={UNDO_SECONDS.map((n) => ({
							id: String(n),
							label:
								n === 0 ? t("settings.preferences.undoNever") : t("settings.preferences.undoSeconds", { count: n }),
						}))}
						value={String(undoSeconds)}
						onChange={(id) => void save("undoSeconds", Number(id))}
					/>
				</div>
			</Section>
			<MySignature />
		</div>
	);
}
