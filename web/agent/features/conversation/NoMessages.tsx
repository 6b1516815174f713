import { useTicketDetail } from "../../data/tickets";
import { later } from "../../shell/later";

const StartConversation = later(async () => (await import("../create-ticket/StartConversation")).StartConversation);

export function NoMessages({ ticketId }: { ticketId: string }) {
	const { data } = useTicketDetail(ticketId);
	return data ? <StartConversation ticketId={ticketId} detail={data} /> : <div />;
}
