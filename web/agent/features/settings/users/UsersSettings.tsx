import { UserPlus } from "lucide-react";
import { useEffect, useState } from "react";
import { useText } from "#shared/i18n/useText";
import { Button, TextField, toast } from "#ui";
import { type Person, people, usePeople } from "../../../data/people";
import { fullName } from "../../../data/session";
import { useErrorText } from "../../../shell/useErrorText";
import { ConfirmDialog } from "../ConfirmDialog";
import { Loaded } from "../Loaded";
import { Section } from "../Section";
import css from "../Settings.module.css";
import { InviteDialog } from "./InviteDialog";
import { LinkDialog } from "./LinkDialog";
import { PersonDialog } from "./PersonDialog";
import { PersonRow } from "./PersonRow";

/* Found by any part of name or address. */
const fits = (person: Person, text: string) =>
	`${fullName(person)} ${person.email}`.toLocaleLowerCase().includes(text.trim().toLocaleLowerCase());

export function UsersSettings() {
	const t = useText();
	const errorText = useErrorText();
	const query = usePeople();
	const [text, setText] = useState("");
	const [isInviting, setInviting] = useState(false);
	const [editedId, setEditedId] = useState<string>();
	const [leaving, setLeaving] = useState<Person>();
	const [link, setLink] = useState<string>();
	const edited = query.data?.find((p) => p.id === editedId);
	useEffect(() => {
		document.title = `${t("people.title")} – ${t("app.name")}`;
	}, [t]);

	async function invite(person: Person) {
		try {
			const { url } = await people.invite(person.id);
			if (url) setLink(url);
			else toast("good", t("people.invited", { email: person.email }));
		} catch (e) {
			toast("bad", errorText(e));
		}
	}
	async function bringBack(person: Person) {
		try {
			const { url } = await people.add({
				email: person.email,
				firstName: person.firstName ?? "",
				lastName: person.lastName ?? "",
				role: person.role,
			});
			if (url) setLink(url);
			else toast("good", t("people.invited", { email: person.email }));
		} catch (e) {
			toast("bad", errorText(e));
		}
	}

	return (
		<div className={css.content}>
			<h1 className={css.title}>{t("people.title")}</h1>
			<p className={css.lead}>{t("people.lead")}</p>
			<Section
				title={t("people.list")}
				side={
					<Button look="solid" icon={<UserPlus size={15} aria-hidden />} onPress={() => setInviting(true)}>
						{t("people.invite")}
					</Button>
				}
			>
				<div className={css.pad}>
					<TextField label={t("people.search")} type="search" value={text} onChange={setText} />
				</div>
				<Loaded query={query}>
					{(all) => {
						const found = all.filter((p) => fits(p, text));
						if (found.length === 0) return <p className={css.none}>{t("people.none")}</p>;
						return (
							<ul className={css.rows}>
								{found.map((person) => (
									<PersonRow
										key={person.id}
										person={person}
										onEdit={() => setEditedId(person.id)}
										onInvite={() => void invite(person)}
										onDeactivate={() => setLeaving(person)}
										onReactivate={() => void bringBack(person)}
									/>
								))}
							</ul>
						);
					}}
				</Loaded>
			</Section>
			<InviteDialog isOpen={isInviting} onClose={() => setInviting(false)} onLink={setLink} />
			{edited && <PersonDialog key={edited.id} person={edited} onClose={() => setEditedId(undefined)} />}
			<LinkDialog url={link} onClose={() => setLink(undefined)} />
			<ConfirmDialog
				title={t("people.deactivateTitle", { name: leaving ? fullName(leaving) : "" })}
				text={t("people.deactivateText")}
				action={t("people.deactivate")}
				isOpen={leaving !== undefined}
				onClose={() => setLeaving(undefined)}
				onConfirm={async () => {
					if (leaving) await people.deactivate(leaving.id);
				}}
			/>
		</div>
	);
}
