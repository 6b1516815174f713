import { useNavigate, useParams } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { useText } from "#shared/i18n/useText";
import { toast } from "#ui";
import { ticketStore } from "../../data/ticketStore";

/* The writer may have gone on to another ticket: he hears there what became of his text, and gets back by one press. */
export function useTellElsewhere(ticketId: string) {
	const t = useText();
	const navigate = useNavigate();
	const { view = "open" } = useParams({ strict: false });
	const shownId = useRef<string>(undefined);
	useEffect(() => {
		shownId.current = ticketId;
		return () => {
			shownId.current = undefined;
		};
	}, [ticketId]);
	return (reason: string): boolean => {
		if (shownId.current === ticketId) return false;
		const subject = ticketStore.row(ticketId)?.subject || t("list.noSubject");
		toast("bad", t("composer.notSentOf", { subject, reason }), {
			label: t("composer.openIt"),
			run: () => void navigate({ to: "/tickets/$view/$ticketId", params: { view, ticketId } }),
		});
		return true;
	};
}
