import { useParams } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { useText } from "#shared/i18n/useText";
import { Banner, Toasts } from "#ui";
import { useTicketRow } from "../../data/ticketStore";
import { useTicketDetail } from "../../data/tickets";
import { useKeyboard } from "../../shell/actions";
import { useLive } from "../../shell/useLive";
import { usePresenceAside, useWriting } from "../presence";
import css from "./Composer.module.css";
import frameCss from "./Frame.module.css";
import { useIsPoppedOutHere } from "./popOut";
import { ReplyComposer } from "./ReplyComposer";

/* A reply in a window of its own. The draft is that of the first window; closing this one gives it back. */
export function ComposePage() {
	const t = useText();
	const { ticketId } = useParams({ from: "/compose/$ticketId" });
	const row = useTicketRow(ticketId);
	const detail = useTicketDetail(ticketId);
	const [isDone, setDone] = useState(false);
	useIsPoppedOutHere(ticketId);
	usePresenceAside(ticketId);
	const onInput = useWriting(ticketId, "reply");
	useKeyboard();
	useLive();
	useEffect(() => {
		document.title = `${row?.subject ?? ""} – ${t("app.name")}`;
	}, [row, t]);
	return (
		<main className={frameCss.alone} aria-label={t("composer.region")}>
			<h1 className="visually-hidden">{row?.subject ?? t("composer.region")}</h1>
			{isDone ? (
				<Banner tone="info" role="status">
					{t("composer.sent")}
				</Banner>
			) : (
				<div className={css.box} data-region="composer" onInput={onInput}>
					<ReplyComposer
						ticketId={ticketId}
						row={row}
						detail={detail.data}
						focusKey={1}
						onDone={() => {
							setDone(true);
							window.close();
						}}
					/>
				</div>
			)}
			<Toasts label={t("toast.region")} closeLabel={t("common.dismiss")} />
		</main>
	);
}
