import { X } from "lucide-react";
import type { ReactNode } from "react";
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from "react-aria-components";
import { IconButton } from "./Button";
import { cx } from "./cx";
import css from "./Dialog.module.css";

interface Props {
	title: string;
	closeLabel: string;
	isOpen: boolean;
	onClose: () => void;
	/* Room for rows of fields. */
	isWide?: boolean;
	role?: "dialog" | "alertdialog";
	actions?: ReactNode;
	children: ReactNode;
}

/* Asks something; the rest of the page waits. Focus goes in and comes back. */
export function Dialog(p: Props) {
	return (
		<ModalOverlay
			className={css.overlay}
			isOpen={p.isOpen}
			onOpenChange={(isOpen) => !isOpen && p.onClose()}
			isDismissable
		>
			<Modal className={cx(css.modal, p.isWide && css.wide)}>
				<AriaDialog className={css.dialog} role={p.role}>
					<header className={css.head}>
						<Heading slot="title" className={css.title}>
							{p.title}
						</Heading>
						<IconButton label={p.closeLabel} size="s" onPress={p.onClose}>
							<X size={16} aria-hidden />
						</IconButton>
					</header>
					<div className={css.body}>{p.children}</div>
					{p.actions && <footer className={css.actions}>{p.actions}</footer>}
				</AriaDialog>
			</Modal>
		</ModalOverlay>
	);
}
