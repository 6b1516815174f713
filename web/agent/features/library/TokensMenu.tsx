import { Braces } from "lucide-react";
import { useText } from "#shared/i18n/useText";
import { IconButton, MenuButton, type MenuItem } from "#ui";
import { usePropertyDefs } from "../../data/properties";
import { usePropertyLabel } from "../properties";

const OBJECTS = [
	{ word: "contact", type: "contacts", properties: ["firstname", "lastname", "email", "phone", "jobtitle"] },
	{ word: "company", type: "companies", properties: ["name", "domain"] },
	{ word: "deal", type: "deals", properties: ["dealname", "amount"] },
	{ word: "ticket", type: "tickets", properties: ["subject", "hs_object_id", "hs_pipeline_stage"] },
] as const;
const SENDER = ["firstname", "lastname", "email"] as const;

interface Props {
	hasPlaceholders: boolean;
	/* selected: what of the token is to be typed over. */
	onPick: (token: string, selected?: { from: number; to: number }) => void;
}

/* What a text may say of contact, company, deal, ticket and sender. Every property may be written by hand; these are those that people
 * want. */
export function TokensMenu({ hasPlaceholders, onPick }: Props) {
	const t = useText();
	const labelOf = usePropertyLabel();
	const defs = {
		contacts: usePropertyDefs("contacts"),
		companies: usePropertyDefs("companies"),
		deals: usePropertyDefs("deals"),
		tickets: usePropertyDefs("tickets"),
	};
	const items: MenuItem[] = OBJECTS.map(({ word, type, properties }) => ({
		kind: "group",
		id: word,
		label: t(`library.token.${word}`),
		items: properties.flatMap((name) => {
			const def = defs[type].get(name);
			return def ? [{ id: `${word}.${name}`, label: labelOf(def), run: () => onPick(`{{${word}.${name}}}`) }] : [];
		}),
	}));
	items.push({
		kind: "group",
		id: "sender",
		label: t("library.token.sender"),
		items: SENDER.flatMap((name) => {
			const def = defs.contacts.get(name);
			return def ? [{ id: `sender.${name}`, label: labelOf(def), run: () => onPick(`{{sender.${name}}}`) }] : [];
		}),
	});
	if (hasPlaceholders) {
		const name = t("templates.placeholderName");
		const before = "{{placeholder.";
		items.unshift({
			id: "placeholder",
			label: t("templates.placeholder"),
			run: () => onPick(`${before}${name}}}`, { from: before.length, to: before.length + name.length }),
		});
	}
	return (
		<MenuButton
			label={t("library.tokens")}
			side="top start"
			button={
				<IconButton label={t("library.tokens")} size="s">
					<Braces size={15} aria-hidden />
				</IconButton>
			}
			items={items}
		/>
	);
}
