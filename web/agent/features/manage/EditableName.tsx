import { useEffect, useRef, useState } from "react";
import { useText } from "#shared/i18n/useText";
import css from "./EditableName.module.css";

interface Props {
	subject: string;
	canEdit: boolean;
	onChange: (subject: string) => void;
}

const MOST = 200;

/* The ticket's name: a press on it makes it a field; Enter and leaving keep what was typed, Escape does not. */
export function EditableName({ subject, canEdit, onChange }: Props) {
	const t = useText();
	const [isEditing, setEditing] = useState(false);
	const [value, setValue] = useState(subject);
	const button = useRef<HTMLButtonElement>(null);
	const hadFocus = useRef(false);
	/* A field that goes away loses its focus too: that must not keep what Escape dropped, nor keep it twice. */
	const isSettled = useRef(false);
	useEffect(() => {
		if (!isEditing) setValue(subject);
		if (!isEditing && hadFocus.current) button.current?.focus();
		hadFocus.current = isEditing;
	}, [isEditing, subject]);

	const shown = subject || t("list.noSubject");
	if (!canEdit) {
		return (
			<h1 dir="auto" title={subject} tabIndex={-1} data-region-focus>
				{shown}
			</h1>
		);
	}
	if (!isEditing) {
		return (
			<h1 dir="auto" title={subject} className={css.heading}>
				<button
					ref={button}
					type="button"
					className={css.name}
					aria-description={t("manage.rename")}
					data-region-focus
					onClick={() => {
						isSettled.current = false;
						setEditing(true);
					}}
				>
					{shown}
				</button>
			</h1>
		);
	}
	const keep = () => {
		if (isSettled.current) return;
		const name = value.trim();
		isSettled.current = true;
		setEditing(false);
		if (name && name !== subject) onChange(name);
	};
	return (
		<input
			className={css.field}
			aria-label={t("manage.name")}
			dir="auto"
			maxLength={MOST}
			value={value}
			// biome-ignore lint/a11y/noAutofocus: it takes the place of the button that was pressed
			autoFocus
			onFocus={(e) => e.target.select()}
			onChange={(e) => setValue(e.target.value)}
			onBlur={keep}
			onKeyDown={(e) => {
				if (e.nativeEvent.isComposing) return;
				if (e.key === "Enter") {
					/* or it would press the button that takes the field's place */
					e.preventDefault();
					keep();
				}
				if (e.key === "Escape") {
					e.stopPropagation();
					e.preventDefault();
					isSettled.current = true;
					setEditing(false);
				}
			}}
		/>
	);
}
