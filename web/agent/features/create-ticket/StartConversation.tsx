import { useQueryClient } from "@tanstack/react-query";
import { MessageSquarePlus, UserRoundPlus } from "lucide-react";
import { useState } from "react";
import type { ContactCard, TicketDetail } from "#shared/api/types";
import { useText } from "#shared/i18n/useText";
import { Button, EmptyState, TextField, toast } from "#ui";
import { linkContact, type Picked, setContactEmail } from "../../data/picked";
import { refreshTicket } from "../../data/tickets";
import { perform, performSoon } from "../../shell/actions";
import { useErrorText } from "../../shell/useErrorText";
import css from "./CreateTicket.module.css";
import { RecordPicker } from "./RecordPicker";

/* In place of the thread while there is no message: whom to write to comes first, then the reply editor is there. */
export function StartConversation({ ticketId, detail }: { ticketId: string; detail: TicketDetail }) {
	const t = useText();
	const { contact } = detail;
	const mayEdit = detail.abilities.includes("edit");
	const name = contact?.name || contact?.email || "";
	if (contact?.email) {
		return (
			<EmptyState
				icon={<MessageSquarePlus size={22} />}
				title={t("start.title")}
				text={t("start.ready", { name })}
				action={
					detail.abilities.includes("reply") && (
						<Button look="solid" onPress={() => perform("reply")}>
							{t("start.write", { name })}
						</Button>
					)
				}
			/>
		);
	}
	return (
		<EmptyState
			icon={<MessageSquarePlus size={22} />}
			title={t("start.title")}
			text={contact ? t("start.noEmail", { name }) : t("start.noContact")}
			action={
				mayEdit &&
				(contact ? (
					<AddAddress key={contact.id} ticketId={ticketId} contact={contact} />
				) : (
					<AddContact key={ticketId} ticketId={ticketId} />
				))
			}
		/>
	);
}

/* The composer may have to be drawn with the contact first. */
const DRAWN_MS = 15_000;

/* Once the server knows whom to write to, the editor opens. */
function useStart(ticketId: string) {
	const errorText = useErrorText();
	const cache = useQueryClient();
	return async (change: () => Promise<unknown>) => {
		try {
			await change();
			await refreshTicket(ticketId);
			const detail = cache.getQueryData<TicketDetail>(["ticket", ticketId]);
			if (detail?.contact?.email) performSoon("reply", DRAWN_MS);
		} catch (e) {
			toast("bad", errorText(e));
		}
	};
}

function AddContact({ ticketId }: { ticketId: string }) {
	const t = useText();
	const [isOpen, setOpen] = useState(false);
	const [picked, setPicked] = useState<Picked>();
	const start = useStart(ticketId);
	if (!isOpen) {
		return (
			<Button look="solid" icon={<UserRoundPlus size={16} aria-hidden />} onPress={() => setOpen(true)}>
				{t("start.addContact")}
			</Button>
		);
	}
	return (
		<div className={css.start}>
			<RecordPicker
				type="contacts"
				autoFocus
				value={picked}
				onChange={(contact) => {
					setPicked(contact);
					if (contact) void start(() => linkContact(ticketId, contact.id)).finally(() => setPicked(undefined));
				}}
			/>
		</div>
	);
}

function AddAddress({ ticketId, contact }: { ticketId: string; contact: ContactCard }) {
	const t = useText();
	const [email, setEmail] = useState("");
	const [error, setError] = useState<string>();
	const [isBusy, setBusy] = useState(false);
	const start = useStart(ticketId);
	return (
		<form
			className={css.start}
			noValidate
			onSubmit={async (e) => {
				e.preventDefault();
				if (!/^\S+@\S+$/.test(email.trim())) return setError(t("property.notEmail"));
				setBusy(true);
				await start(() => setContactEmail(contact.id, email.trim()));
				setBusy(false);
			}}
		>
			<TextField
				label={t("property.name.email")}
				type="email"
				value={email}
				onChange={(text) => {
					setEmail(text);
					setError(undefined);
				}}
				error={error}
			/>
			<Button type="submit" look="solid" isPending={isBusy}>
				{t("start.saveEmail")}
			</Button>
		</form>
	);
}
