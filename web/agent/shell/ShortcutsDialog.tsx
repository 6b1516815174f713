import { Fragment } from "react";
import type { MessageId } from "#shared/i18n/catalogue";
import { useText } from "#shared/i18n/useText";
import { Dialog, Switch } from "#ui";
import { usePrefs } from "../data/prefs";
import css from "./Shell.module.css";
import { openHelp, useUi } from "./uiState";

const MOD = /Mac|iPhone|iPad/.test(navigator.platform) ? "⌘" : "Ctrl";

const GROUPS: { title: MessageId; rows: { label: MessageId; keys: string[][] }[] }[] = [
	{
		title: "keys.group.list",
		rows: [
			{ label: "keys.next", keys: [["J"]] },
			{ label: "keys.previous", keys: [["K"]] },
			{ label: "keys.open", keys: [["Enter"], ["O"]] },
			{ label: "keys.close", keys: [["Esc"]] },
			{ label: "keys.reply", keys: [["R"]] },
		],
	},
	{
		title: "keys.group.everywhere",
		rows: [
			{ label: "keys.goUnassigned", keys: [["G", "U"]] },
			{ label: "keys.goMine", keys: [["G", "M"]] },
			{ label: "keys.goAll", keys: [["G", "A"]] },
			{ label: "keys.goClosed", keys: [["G", "D"]] },
			{ label: "keys.goSettings", keys: [["G", "S"]] },
			{ label: "keys.create", keys: [["C"]] },
			{ label: "keys.region", keys: [["F6"]] },
			{ label: "keys.help", keys: [["?"]] },
		],
	},
	{ title: "keys.group.write", rows: [{ label: "keys.send", keys: [[`${MOD} + Enter`]] }] },
];

export function ShortcutsDialog() {
	const t = useText();
	const isOpen = useUi((s) => s.isHelpOpen);
	const { hasSingleKeys, setSingleKeys } = usePrefs();
	return (
		<Dialog title={t("keys.title")} closeLabel={t("common.close")} isOpen={isOpen} onClose={() => openHelp(false)}>
			<Switch isSelected={hasSingleKeys} onChange={setSingleKeys}>
				{t("keys.off")}
			</Switch>
			<div className={css.keys}>
				{GROUPS.map((g) => (
					<section key={g.title}>
						<h3>{t(g.title)}</h3>
						<dl>
							{g.rows.map((row) => (
								<div key={row.label}>
									<dt>{t(row.label)}</dt>
									<dd>
										{row.keys.map((sequence, i) => (
											<Fragment key={sequence.join()}>
												{i > 0 && " · "}
												{sequence.map((key, k) => (
													<Fragment key={key}>
														{k > 0 && ` ${t("keys.then")} `}
														<kbd>{key}</kbd>
													</Fragment>
												))}
											</Fragment>
										))}
									</dd>
								</div>
							))}
						</dl>
					</section>
				))}
			</div>
		</Dialog>
	);
}
