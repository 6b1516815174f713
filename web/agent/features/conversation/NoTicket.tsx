import { MessagesSquare } from "lucide-react";
import { useText } from "#shared/i18n/useText";
import { EmptyState } from "#ui";

export function NoTicket() {
	const t = useText();
	return (
		<section aria-label={t("conversation.region")} style={{ height: "100%" }}>
			<EmptyState
				icon={<MessagesSquare size={22} />}
				title={t("conversation.choose.title")}
				text={t("conversation.choose.text")}
			/>
		</section>
	);
}
