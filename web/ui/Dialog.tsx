import { X } from "lucide-react";
import { type FormEvent, type ReactNode, useContext, useRef, useState } from "react";
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from "react-aria-components";
import { Button, IconButton } from "./Button";
import { cx } from "./cx";
import css from "./Dialog.module.css";
import { UiTextsContext } from "./UiProvider";

interface Props {
	title: string;
	closeLabel: string;
	isOpen: boolean;
	onClose: () => void;
	/* Room for rows of fields. */
	isWide?: boolean;
	role?: "dialog" | "alertdialog";
	/* What is typed here is kept as one types, or onClose asks by itself. */
	isKept?: boolean;
	actions?: ReactNode;
	children: ReactNode;
}

/* Words that look for something are not lost with a dialog, and a choice is soon made again. */
const isWritten = (e: FormEvent) =>
	!(e.target as Element).closest("[type=search], [role=combobox], [type=checkbox], [type=radio]");
/* Fields that are gone, or empty once more because what they held was taken, have nothing to lose. */
const hasText = (field: HTMLElement) =>
	field.isConnected && !!("value" in field ? String(field.value) : (field.textContent ?? "")).trim();

/* Asks something; the rest of the page waits. Focus goes in and comes back. Where something was typed, Escape, the cross and a press beside
 * the dialog ask before it is thrown away. */
export function Dialog(p: Props) {
	const written = useRef(new Set<HTMLElement>());
	const [isLeaving, setLeaving] = useState(false);
	function leave() {
		if (!p.isKept && [...written.current].some(hasText)) return setLeaving(!isLeaving);
		close();
	}
	function close() {
		setLeaving(false);
		p.onClose();
	}
	return (
		<ModalOverlay className={css.overlay} isOpen={p.isOpen} onOpenChange={(isOpen) => !isOpen && leave()} isDismissable>
			<Modal className={cx(css.modal, p.isWide && css.wide)}>
				<AriaDialog className={css.dialog} role={p.role}>
					<header className={css.head}>
						<Heading slot="title" className={css.title}>
							{p.title}
						</Heading>
						<IconButton label={p.closeLabel} size="s" onPress={leave}>
							<X size={16} aria-hidden />
						</IconButton>
					</header>
					<div className={css.body} onInput={(e) => isWritten(e) && written.current.add(e.target as HTMLElement)}>
						{p.children}
					</div>
					{isLeaving ? (
						<LeaveQuestion onLeave={close} onStay={() => setLeaving(false)} />
					) : (
						p.actions && <footer className={css.actions}>{p.actions}</footer>
					)}
				</AriaDialog>
			</Modal>
		</ModalOverlay>
	);
}

function LeaveQuestion({ onLeave, onStay }: { onLeave: () => void; onStay: () => void }) {
	const texts = useContext(UiTextsContext);
	return (
		<footer className={css.actions}>
			<p className={css.question} role="alert">
				{texts.leaveQuestion}
			</p>
			<Button onPress={onLeave}>{texts.leave}</Button>
			<Button look="solid" autoFocus onPress={onStay}>
				{texts.stay}
			</Button>
		</footer>
	);
}
