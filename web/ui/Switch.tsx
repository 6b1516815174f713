import type { ReactNode } from "react";
import { Switch as AriaSwitch } from "react-aria-components";
import css from "./small.module.css";

export function Switch(p: { isSelected: boolean; onChange: (on: boolean) => void; children: ReactNode }) {
	return (
		<AriaSwitch className={css.switch} isSelected={p.isSelected} onChange={p.onChange}>
			<span className={css.track} aria-hidden />
			{p.children}
		</AriaSwitch>
	);
}
