import { useNavigate } from "@tanstack/react-router";
import { Fragment } from "react";
import { useText } from "#shared/i18n/useText";
import { capsOf, KEY_SECTIONS, keysOf, shownActions } from "#shared/keys/keymap";
import { Button, Dialog, Switch, toast } from "#ui";
import { setPreference, usePreference } from "../data/preferences";
import { isAnswered } from "./actions";
import { IS_MAC, useKeymap } from "./keymapOfMine";
import css from "./Shortcuts.module.css";
import { openHelp } from "./uiState";
import { useErrorText } from "./useErrorText";

/* Every key with what it does, as this person has them. */
export function ShortcutsDialog() {
	const t = useText();
	const keymap = useKeymap();
	const errorText = useErrorText();
	const navigate = useNavigate();
	const hasSingleKeys = usePreference("singleKeys");
	return (
		<Dialog title={t("keys.title")} closeLabel={t("common.close")} isOpen onClose={() => openHelp(false)}>
			<div className={css.top}>
				<Switch
					isSelected={hasSingleKeys}
					onChange={(on) => setPreference("singleKeys", on).catch((e) => toast("bad", errorText(e)))}
				>
					{t("keys.off")}
				</Switch>
				<Button
					size="s"
					onPress={() => {
						openHelp(false);
						void navigate({ to: "/settings/keyboard" });
					}}
				>
					{t("keys.change")}
				</Button>
			</div>
			<div className={css.groups}>
				{KEY_SECTIONS.map((section) => {
					const actions = shownActions(section, isAnswered).filter((a) => keysOf(a, keymap).length > 0);
					return (
						actions.length > 0 && (
							<section key={section}>
								<h3>{t(`keys.group.${section}`)}</h3>
								<dl>
									{actions.map((action) => (
										<div key={action}>
											<dt>{t(`keys.${action}`)}</dt>
											<dd>
												<Keys list={keysOf(action, keymap)} />
											</dd>
										</div>
									))}
								</dl>
							</section>
						)
					);
				})}
			</div>
		</Dialog>
	);
}

/* J · G then U */
export function Keys({ list }: { list: readonly string[] }) {
	const t = useText();
	return list.map((keys, i) => (
		<Fragment key={keys}>
			{i > 0 && " · "}
			{capsOf(keys, IS_MAC).map((press, k) => (
				<Fragment key={press.join()}>
					{k > 0 && ` ${t("keys.then")} `}
					{press.map((cap) => (
						<kbd key={cap} className={css.cap}>
							{cap}
						</kbd>
					))}
				</Fragment>
			))}
		</Fragment>
	));
}
