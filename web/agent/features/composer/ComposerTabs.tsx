import { useText } from "#shared/i18n/useText";
import css from "./Composer.module.css";
import type { ComposerTab } from "./tabs";

interface Props {
	tabs: readonly ComposerTab[];
	value: ComposerTab["id"];
	onChange: (id: ComposerTab["id"]) => void;
}

/* Reply or comment: each keeps its own text. */
export function ComposerTabs({ tabs, value, onChange }: Props) {
	const t = useText();
	const move = (by: number) => {
		const next = tabs[(tabs.findIndex((tab) => tab.id === value) + by + tabs.length) % tabs.length];
		if (next) onChange(next.id);
	};
	return (
		<div className={css.tabs} role="tablist" aria-label={t("composer.tabs")}>
			{tabs.map((tab) => (
				<button
					key={tab.id}
					type="button"
					role="tab"
					className={css.tab}
					aria-selected={tab.id === value}
					tabIndex={tab.id === value ? 0 : -1}
					onClick={() => onChange(tab.id)}
					onKeyDown={(e) => {
						if (e.key === "ArrowRight") move(1);
						if (e.key === "ArrowLeft") move(-1);
					}}
				>
					{t(tab.label)}
				</button>
			))}
		</div>
	);
}
