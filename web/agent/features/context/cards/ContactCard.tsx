import { Skeleton } from "#ui";
import { usePropertyDefs } from "../../../data/properties";
import { saveRecord, useRecord } from "../../../data/records";
import { PropertyRow } from "../../properties";
import { LinkedList } from "../../records/LinkedList";
import css from "./Card.module.css";
import type { CardProps } from "./types";

const SHOWN = ["email", "phone", "jobtitle", "company", "city", "hs_language", "lifecyclestage"];
const SKELETONS = ["a", "b", "c"];

/* Who wrote, and who else the ticket is about; the first one's details are edited in place. */
export function ContactCard({ ticketId, detail }: CardProps) {
	if (!detail) return SKELETONS.map((key) => <Skeleton key={key} width="80%" height={18} />);
	const canEdit = detail.abilities.includes("edit");
	return (
		<>
			<LinkedList
				from={{ objectType: "tickets", id: ticketId }}
				toType="contacts"
				canEdit={canEdit}
				firstId={detail.contact?.id}
			/>
			{detail.contact && <ContactFacts key={detail.contact.id} id={detail.contact.id} canEdit={canEdit} />}
		</>
	);
}

function ContactFacts({ id, canEdit }: { id: string; canEdit: boolean }) {
	const defs = usePropertyDefs("contacts");
	const { data } = useRecord("contacts", id, SHOWN);
	if (!data) return SHOWN.map((name) => <Skeleton key={name} width="80%" height={20} />);
	return (
		<div className={css.rows}>
			{SHOWN.flatMap((name) => defs.get(name) ?? []).map((def) => (
				<PropertyRow
					key={def.name}
					def={def}
					objectType="contacts"
					value={data.properties[def.name] ?? ""}
					onSave={canEdit ? (value) => saveRecord("contacts", id, { [def.name]: value }) : undefined}
				/>
			))}
		</div>
	);
}
