import { useState } from "react";
import { useText } from "#shared/i18n/useText";
import { Banner, Button, TextField } from "#ui";
import { makeContact, type Picked } from "../../data/picked";
import { useErrorText } from "../../shell/useErrorText";
import css from "./CreateTicket.module.css";

interface Props {
	/* What was looked for: an address or a name. */
	typed: string;
	onMade: (contact: Picked) => void;
	onCancel: () => void;
}

const isAddress = (text: string) => /^\S+@\S+$/.test(text.trim());

/* Three fields within another form: so no form of its own. */
export function NewContact({ typed, onMade, onCancel }: Props) {
	const t = useText();
	const errorText = useErrorText();
	const [first = "", ...rest] = isAddress(typed) ? [] : typed.trim().split(/\s+/);
	const [email, setEmail] = useState(isAddress(typed) ? typed.trim() : "");
	const [firstname, setFirst] = useState(first);
	const [lastname, setLast] = useState(rest.join(" "));
	const [problem, setProblem] = useState<{ email?: string; form?: string }>({});
	const [isBusy, setBusy] = useState(false);

	async function make() {
		if (isBusy) return;
		if (email.trim() && !isAddress(email)) return setProblem({ email: t("property.notEmail") });
		if (!email.trim() && !firstname.trim() && !lastname.trim()) return setProblem({ email: t("create.contactNeeds") });
		setBusy(true);
		try {
			onMade(await makeContact({ email, firstname, lastname }));
		} catch (e) {
			setBusy(false);
			setProblem({ form: errorText(e) });
		}
	}

	return (
		<fieldset
			className={css.newContact}
			onKeyDown={(e) => {
				if (e.key === "Enter" && e.target instanceof HTMLInputElement && !e.nativeEvent.isComposing) {
					e.preventDefault();
					void make();
				}
				if (e.key === "Escape") {
					e.stopPropagation();
					onCancel();
				}
			}}
		>
			<legend>{t("create.newContact")}</legend>
			{problem.form && (
				<Banner tone="bad" role="alert">
					{problem.form}
				</Banner>
			)}
			<TextField
				label={t("property.name.email")}
				type="email"
				value={email}
				onChange={setEmail}
				error={problem.email}
				autoFocus
			/>
			<TextField label={t("property.name.firstname")} value={firstname} onChange={setFirst} />
			<TextField label={t("property.name.lastname")} value={lastname} onChange={setLast} />
			<div className={css.buttons}>
				<Button size="s" look="solid" isPending={isBusy} onPress={() => void make()}>
					{t("create.makeContact")}
				</Button>
				<Button size="s" onPress={onCancel}>
					{t("common.cancel")}
				</Button>
			</div>
		</fieldset>
	);
}
