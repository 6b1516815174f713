import { http } from "#shared/api/client";
import type { Sender } from "#shared/api/types";
import { useText } from "#shared/i18n/useText";
import { Select, toast } from "#ui";
import { useSenders } from "../../../data/composerData";
import { queryClient } from "../../../data/queryClient";
import { useErrorText } from "../../../shell/useErrorText";
import { Loaded } from "../Loaded";
import { Section } from "../Section";
import css from "../Settings.module.css";
import { SignatureEditor } from "./SignatureEditor";
import own from "./Signatures.module.css";

const WHOSE = ["TEAM", "USER", "NONE"] as const;

async function change(sender: Sender, part: Partial<Pick<Sender, "signature" | "signatureOf">>) {
	await http.patch(`/desk/v1/channel-accounts/${sender.channelAccountId}`, part);
	await queryClient.invalidateQueries({ queryKey: ["senders"] });
}

/* What stands below the mails of each address, and whose words they are. */
export function TeamSignatures() {
	const t = useText();
	const query = useSenders();
	return (
		<Section title={t("signature.team")} lead={t("signature.teamLead")}>
			<Loaded query={query}>
				{(senders) => (
					<>
						{senders.map((s) => (
							<OneSender key={s.channelAccountId} sender={s} />
						))}
					</>
				)}
			</Loaded>
		</Section>
	);
}

function OneSender({ sender }: { sender: Sender }) {
	const t = useText();
	const errorText = useErrorText();
	return (
		<div className={own.sender}>
			<div className={css.form}>
				<Select
					label={t("signature.whose", { address: sender.address })}
					choices={WHOSE.map((id) => ({ id, label: t(`signature.of.${id}`) }))}
					value={sender.signatureOf}
					onChange={(id) =>
						void change(sender, { signatureOf: id as Sender["signatureOf"] }).then(
							() => toast("good", t("common.saved")),
							(e: unknown) => toast("bad", errorText(e)),
						)
					}
				/>
			</div>
			{sender.signatureOf === "TEAM" && (
				<SignatureEditor
					key={sender.signature}
					id={sender.channelAccountId}
					label={t("signature.textOf", { address: sender.address })}
					html={sender.signature}
					save={(signature) => change(sender, { signature })}
				/>
			)}
		</div>
	);
}
