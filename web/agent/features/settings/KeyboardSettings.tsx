import { useEffect, useState } from "react";
import { useText } from "#shared/i18n/useText";
import {
	type Action,
	clashesWith,
	faultOf,
	KEY_SECTIONS,
	type Keymap,
	keysOf,
	shownActions,
} from "#shared/keys/keymap";
import { Banner, Button, Switch, toast } from "#ui";
import { setPreference, usePreference } from "../../data/preferences";
import { useKeymap } from "../../shell/keymapOfMine";
import { Keys } from "../../shell/ShortcutsDialog";
import { useErrorText } from "../../shell/useErrorText";
import css from "./Keyboard.module.css";
import { Section } from "./Section";
import settingsCss from "./Settings.module.css";
import { useKeysPressed } from "./useKeysPressed";

/* What somebody asked for that cannot be had just so. */
interface Question {
	action: Action;
	keys: string;
	clashes: Action[];
}

/* Every key, to be changed or switched off; what else it means is named before it is taken away. */
export function KeyboardSettings() {
	const t = useText();
	const errorText = useErrorText();
	const keymap = useKeymap();
	const hasSingleKeys = usePreference("singleKeys");
	const [asking, setAsking] = useState<Action>();
	const [question, setQuestion] = useState<Question>();
	const [problem, setProblem] = useState<string>();
	useEffect(() => {
		document.title = `${t("keys.settings")} – ${t("app.name")}`;
	}, [t]);

	function save(changed: Keymap) {
		setQuestion(undefined);
		setProblem(undefined);
		setPreference("keymap", changed).catch((e) => toast("bad", errorText(e)));
	}
	const set = (action: Action, keys: readonly string[]) => save({ ...keymap, [action]: keys });
	function reset(action: Action) {
		const { [action]: _, ...rest } = keymap;
		save(rest);
	}
	function take(action: Action, keys: string) {
		setAsking(undefined);
		setQuestion(undefined);
		setProblem(undefined);
		const fault = faultOf(action, keys);
		if (fault) return setProblem(t(`keys.fault.${fault}`));
		const clashes = clashesWith(action, keys, keymap);
		if (clashes.length > 0) return setQuestion({ action, keys, clashes });
		set(action, [keys]);
	}
	function takeAway(q: Question) {
		const others = q.clashes.map((other) => {
			const left = keysOf(other, keymap).filter(
				(k) => clashesWith(q.action, q.keys, { [other]: [k] }).includes(other) === false,
			);
			return [other, left] as const;
		});
		save({ ...keymap, ...Object.fromEntries(others), [q.action]: [q.keys] });
	}

	return (
		<div className={settingsCss.content}>
			<h1 className={settingsCss.title}>{t("keys.settings")}</h1>
			<p className={settingsCss.lead}>{t("keys.lead")}</p>
			<Section title={t("keys.single")}>
				<div className={css.pad}>
					<Switch
						isSelected={hasSingleKeys}
						onChange={(on) => setPreference("singleKeys", on).catch((e) => toast("bad", errorText(e)))}
					>
						{t("keys.off")}
					</Switch>
				</div>
			</Section>
			{KEY_SECTIONS.map((section) => {
				const actions = shownActions(section);
				return (
					actions.length > 0 && (
						<Section key={section} title={t(`keys.group.${section}`)}>
							<ul className={css.list}>
								{actions.map((action) => (
									<li key={action} className={css.row}>
										<span className={css.name}>{t(`keys.${action}`)}</span>
										<span className={css.keys}>
											{asking === action ? (
												<Waiting onKeys={(keys) => take(action, keys)} onCancel={() => setAsking(undefined)} />
											) : keysOf(action, keymap).length > 0 ? (
												<Keys list={keysOf(action, keymap)} />
											) : (
												t("keys.isOff")
											)}
										</span>
										<span className={css.buttons}>
											<Button
												size="s"
												aria-label={t("keys.changeOf", { name: t(`keys.${action}`) })}
												onPress={() => setAsking(action)}
											>
												{t("keys.changeOne")}
											</Button>
											{action in keymap ? (
												<Button
													size="s"
													look="quiet"
													aria-label={t("keys.resetOf", { name: t(`keys.${action}`) })}
													onPress={() => reset(action)}
												>
													{t("keys.reset")}
												</Button>
											) : (
												<Button
													size="s"
													look="quiet"
													aria-label={t("keys.offOf", { name: t(`keys.${action}`) })}
													onPress={() => set(action, [])}
												>
													{t("keys.switchOff")}
												</Button>
											)}
										</span>
										{question?.action === action && (
											<div className={css.question}>
												<Banner tone="warn" role="alert">
													{t("keys.clash", { name: question.clashes.map((a) => t(`keys.${a}`)).join(" · ") })}
												</Banner>
												<Button size="s" look="solid" onPress={() => takeAway(question)}>
													{t("keys.takeAway")}
												</Button>
												<Button size="s" onPress={() => setQuestion(undefined)}>
													{t("common.cancel")}
												</Button>
											</div>
										)}
									</li>
								))}
							</ul>
						</Section>
					)
				);
			})}
			<p role="status" className={problem ? css.problem : "visually-hidden"}>
				{problem}
			</p>
			{Object.keys(keymap).length > 0 && <Button onPress={() => save({})}>{t("keys.resetAll")}</Button>}
		</div>
	);
}

function Waiting({ onKeys, onCancel }: { onKeys: (keys: string) => void; onCancel: () => void }) {
	const t = useText();
	useKeysPressed(onKeys, onCancel);
	return (
		<span role="status" className={css.waiting}>
			{t("keys.press")}
		</span>
	);
}
