import type { ReactNode } from "react";
import {
	Dialog as AriaDialog,
	Autocomplete,
	Header,
	Input,
	Menu,
	MenuItem,
	MenuSection,
	Modal,
	ModalOverlay,
	TextField,
} from "react-aria-components";
import css from "./CommandDialog.module.css";

export interface CommandRow {
	id: string;
	label: string;
	/* Small print beside it. */
	note?: string;
	icon?: ReactNode;
	/* Each a press, as on the keys: ["G", "M"]. */
	caps?: readonly string[];
	run: () => void;
}

export interface CommandGroup {
	id: string;
	label: string;
	rows: readonly CommandRow[];
}

interface Props {
	label: string;
	listLabel: string;
	placeholder: string;
	query: string;
	onQuery: (text: string) => void;
	groups: readonly CommandGroup[];
	/* In place of the rows when there are none. */
	empty: string;
	isBusy: boolean;
	foot?: ReactNode;
	onClose: () => void;
}

/* A field over a list of things to do: arrows choose while one types, Enter does, Escape closes. */
export function CommandDialog(p: Props) {
	const all = new Map<string, CommandRow>(p.groups.flatMap((g) => g.rows.map((r) => [`${g.id}/${r.id}`, r] as const)));
	return (
		<ModalOverlay className={css.overlay} isOpen onOpenChange={(isOpen) => !isOpen && p.onClose()} isDismissable>
			<Modal className={css.modal}>
				<AriaDialog className={css.dialog} aria-label={p.label}>
					<Autocomplete inputValue={p.query} onInputChange={p.onQuery}>
						<TextField aria-label={p.placeholder} className={css.field} autoFocus>
							<Input
								className={css.input}
								placeholder={p.placeholder}
								autoComplete="off"
								enterKeyHint="go"
								onKeyDown={(e) => {
									const isSameKeyAgain = (e.ctrlKey || e.metaKey) && e.key.toLowerCase() === "k";
									if (isSameKeyAgain) e.preventDefault();
									if (isSameKeyAgain || e.key === "Escape") p.onClose();
								}}
							/>
						</TextField>
						<div className={css.scroll} tabIndex={0} data-busy={p.isBusy || undefined}>
							<Menu
								className={css.list}
								aria-label={p.listLabel}
								selectionMode="none"
								onAction={(key) => all.get(String(key))?.run()}
								renderEmptyState={() => <p className={css.empty}>{p.empty}</p>}
							>
								{p.groups.map((g) => (
									<MenuSection key={g.id} id={g.id}>
										<Header className={css.group}>{g.label}</Header>
										{g.rows.map((row) => (
											<MenuItem key={row.id} id={`${g.id}/${row.id}`} textValue={row.label} className={css.row}>
												<span className={css.icon} aria-hidden>
													{row.icon}
												</span>
												<span className={css.label} dir="auto">
													{row.label}
												</span>
												{row.note && (
													<span className={css.note} dir="auto">
														{row.note}
													</span>
												)}
												{row.caps && (
													<span className={css.caps}>
														{row.caps.map((cap) => (
															<kbd key={cap}>{cap}</kbd>
														))}
													</span>
												)}
											</MenuItem>
										))}
									</MenuSection>
								))}
							</Menu>
						</div>
					</Autocomplete>
					{p.foot && <footer className={css.foot}>{p.foot}</footer>}
				</AriaDialog>
			</Modal>
		</ModalOverlay>
	);
}
