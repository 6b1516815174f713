import { Fragment } from "react";
import { useText } from "#shared/i18n/useText";
import { capsOf, KEY_SECTIONS, keysOf, shownActions } from "#shared/keys/keymap";
import { Dialog, Switch } from "#ui";
import { usePrefs } from "../data/prefs";
import { IS_MAC, useKeymap } from "./keymapOfMine";
import css from "./Shortcuts.module.css";
import { openHelp } from "./uiState";

/* Every key with what it does, as this person has them. */
export function ShortcutsDialog() {
	const t = useText();
	const keymap = useKeymap();
	const { hasSingleKeys, setSingleKeys } = usePrefs();
	return (
		<Dialog title={t("keys.title")} closeLabel={t("common.close")} isOpen onClose={() => openHelp(false)}>
			<Switch isSelected={hasSingleKeys} onChange={setSingleKeys}>
				{t("keys.off")}
			</Switch>
			<div className={css.groups}>
				{KEY_SECTIONS.map((section) => {
					const actions = shownActions(section).filter((a) => keysOf(a, keymap).length > 0);
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
