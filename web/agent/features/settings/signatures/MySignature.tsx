import { useText } from "#shared/i18n/useText";
import { setPreference, usePreference } from "../../../data/preferences";
import { Section } from "../Section";
import { SignatureEditor } from "./SignatureEditor";

/* One's own signature, for the addresses whose mails carry that of their writer. */
export function MySignature() {
	const t = useText();
	const { html = "" } = usePreference("signature");
	return (
		<Section title={t("signature.mine")} lead={t("signature.mineLead")}>
			<SignatureEditor
				key={html}
				id="mine"
				label={t("signature.mine")}
				html={html}
				save={(text) => setPreference("signature", { html: text })}
			/>
		</Section>
	);
}
