import { useText } from "#shared/i18n/useText";
import type { Draft } from "../../data/drafts";
import { AddressField } from "./AddressField";
import css from "./Recipients.module.css";

export type Line = "to" | "cc" | "bcc" | "subject";

interface Props {
	lines: ReadonlySet<Line>;
	/* The one that the cursor goes to when it is opened. */
	focused: Line | undefined;
	to: string;
	cc: string;
	bcc: string;
	subject: string;
	onChange: (part: Partial<Draft>) => void;
}

/* The lines of the envelope that are open for change. */
export function Recipients({ lines, focused, to, cc, bcc, subject, onChange }: Props) {
	const t = useText();
	const fields = [
		{ name: "to", label: t("composer.to"), value: to },
		{ name: "cc", label: t("composer.cc"), value: cc },
		{ name: "bcc", label: t("composer.bcc"), value: bcc },
	] as const;
	return (
		<div className={css.recipients}>
			{fields
				.filter((f) => lines.has(f.name))
				.map((f) => (
					<AddressField
						key={f.name}
						label={f.label}
						value={f.value}
						isFocused={focused === f.name}
						onChange={(value) => onChange({ [f.name]: value })}
					/>
				))}
			{lines.has("subject") && (
				<label className={css.recipient}>
					<span>{t("composer.subject")}</span>
					<input
						type="text"
						autoComplete="off"
						maxLength={900}
						// biome-ignore lint/a11y/noAutofocus: the line was asked for
						autoFocus={focused === "subject"}
						value={subject}
						onChange={(e) => onChange({ subject: e.target.value })}
					/>
				</label>
			)}
		</div>
	);
}
