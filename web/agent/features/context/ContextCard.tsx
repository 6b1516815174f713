import { ChevronDown } from "lucide-react";
import { type ReactNode, useId } from "react";
import css from "./ContextPane.module.css";

interface Props {
	title: string;
	isOpen: boolean;
	onToggle: () => void;
	actions?: ReactNode;
	children: ReactNode;
}

/* The frame of a card: its title folds it. */
export function ContextCard({ title, isOpen, onToggle, actions, children }: Props) {
	const id = useId();
	return (
		<section className={css.section} aria-labelledby={id} data-open={isOpen ? "" : undefined}>
			<header className={css.cardHead}>
				<h3>
					<button type="button" id={id} className={css.fold} aria-expanded={isOpen} onClick={onToggle}>
						<ChevronDown size={14} aria-hidden />
						{title}
					</button>
				</h3>
				{actions}
			</header>
			{isOpen && <div className={css.cardBody}>{children}</div>}
		</section>
	);
}
