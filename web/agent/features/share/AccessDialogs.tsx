import { AccessDialog } from "./AccessDialog";
import { openAccess, useOpenAccess } from "./openAccess";

export function AccessDialogs() {
	const ticketId = useOpenAccess();
	return ticketId ? <AccessDialog key={ticketId} ticketId={ticketId} onClose={() => openAccess(undefined)} /> : null;
}
