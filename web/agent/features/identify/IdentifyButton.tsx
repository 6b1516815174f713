import { Search } from "lucide-react";
import type { Message } from "#shared/api/types";
import { useText } from "#shared/i18n/useText";
import { IconButton } from "#ui";
import { useCommands } from "../../shell/commands";
import { openIdentify } from "./identifyState";

/* The magnifying glass on a message whose sender nobody knows. */
export function IdentifyButton({ message }: { message: Message }) {
	return message.isUnidentified ? <Glass message={message} /> : null;
}

function Glass({ message }: { message: Message }) {
	const t = useText();
	const run = () => openIdentify(message);
	useCommands([{ id: "ticket.identify", label: t("identify.open"), section: "ticket", icon: Search, run }]);
	return (
		<IconButton label={t("identify.open")} size="s" onPress={run}>
			<Search size={15} aria-hidden />
		</IconButton>
	);
}
