import { useText } from "#shared/i18n/useText";
import type { Draft } from "../../data/drafts";
import css from "./Recipients.module.css";

interface Props {
	from?: { address: string; name?: string };
	to: string;
	cc: string;
	bcc: string;
	onChange: (part: Partial<Draft>) => void;
}

export function Recipients({ from, to, cc, bcc, onChange }: Props) {
	const t = useText();
	const fields = [
		{ name: "to", label: t("composer.to"), value: to },
		{ name: "cc", label: t("composer.cc"), value: cc },
		{ name: "bcc", label: t("composer.bcc"), value: bcc },
	];
	return (
		<div className={css.recipients}>
			{from && (
				<p className={css.recipient}>
					<span>{t("composer.from")}</span>
					<span className={css.from}>{from.name ? `${from.name} <${from.address}>` : from.address}</span>
				</p>
			)}
			{fields.map((f) => (
				<label key={f.name} className={css.recipient}>
					<span>{f.label}</span>
					<input
						type="text"
						inputMode="email"
						autoComplete="off"
						spellCheck={false}
						value={f.value}
						onChange={(e) => onChange({ [f.name]: e.target.value })}
					/>
				</label>
			))}
		</div>
	);
}
