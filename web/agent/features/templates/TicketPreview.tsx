import { X } from "lucide-react";
import { useState } from "react";
import { useText } from "#shared/i18n/useText";
import { Banner, IconButton } from "#ui";
import { ComboBox } from "#ui/more";
import { ticketPlace } from "../../data/libraryTexts";
import { type RecordChoice, useRecordSearch } from "../../data/records";
import { useErrorText } from "../../shell/useErrorText";
import { FilledText } from "./FilledText";
import css from "./Templates.module.css";
import { useFilled } from "./useFilled";

const NOTHING_TYPED = {};

/* How it reads on a real ticket. */
export function TicketPreview({ subject, html }: { subject: string; html: string }) {
	const t = useText();
	const errorText = useErrorText();
	const [query, setQuery] = useState("");
	const [ticket, setTicket] = useState<RecordChoice>();
	const found = useRecordSearch("tickets", query.trim(), !ticket);
	const filled = useFilled(ticket && ticketPlace(ticket.id), subject, html, NOTHING_TYPED);
	if (!ticket)
		return (
			<section className={css.preview} aria-label={t("templates.preview")}>
				<ComboBox
					label={t("templates.previewTicket")}
					query={query}
					onQuery={setQuery}
					choices={(found.data ?? []).map((c) => ({ id: c.id, label: c.label, note: c.note }))}
					onChoose={(id) => setTicket(found.data?.find((c) => c.id === id))}
					placeholder={t("templates.findTicket")}
					empty={t(found.isFetching ? "palette.searching" : "create.noneFound")}
					openLabel={t("templates.showTickets")}
					autoFocus
				/>
			</section>
		);
	return (
		<section className={css.preview} aria-label={t("templates.preview")}>
			<div className={css.ticket}>
				<span dir="auto">{ticket.label}</span>
				<IconButton
					label={t("create.remove", { name: ticket.label })}
					size="s"
					autoFocus
					onPress={() => {
						setQuery("");
						setTicket(undefined);
					}}
				>
					<X size={14} aria-hidden />
				</IconButton>
			</div>
			{filled.error && (
				<Banner tone="bad" role="alert">
					{errorText(filled.error)}
				</Banner>
			)}
			{filled.isReady && <FilledText subject={filled.subject} html={filled.html} />}
		</section>
	);
}
