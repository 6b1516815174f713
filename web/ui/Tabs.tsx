import type { ReactNode } from "react";
import { Tabs as AriaTabs, Tab, TabList, TabPanel } from "react-aria-components";
import { cx } from "./cx";
import css from "./Tabs.module.css";

interface Props {
	label: string;
	tabs: readonly { id: string; label: string }[];
	selected: string;
	onSelect: (id: string) => void;
	className?: string;
	/* The panel of the selected tab. */
	children: ReactNode;
}

/* One of several panels; arrows move between the tabs. */
export function Tabs({ label, tabs, selected, onSelect, className, children }: Props) {
	return (
		<AriaTabs
			className={cx(css.tabs, className)}
			selectedKey={selected}
			onSelectionChange={(key) => onSelect(String(key))}
		>
			<TabList className={css.list} aria-label={label}>
				{tabs.map((tab) => (
					<Tab key={tab.id} id={tab.id} className={css.tab}>
						{tab.label}
					</Tab>
				))}
			</TabList>
			<TabPanel id={selected} className={css.panel}>
				{children}
			</TabPanel>
		</AriaTabs>
	);
}
