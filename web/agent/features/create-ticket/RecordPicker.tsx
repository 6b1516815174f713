import { Building2, Plus, UserRound, X } from "lucide-react";
import { useEffect, useState } from "react";
import { useText } from "#shared/i18n/useText";
import { IconButton } from "#ui";
import { ComboBox } from "#ui/more";
import { findPicked, type Picked, type PickedType } from "../../data/picked";
import css from "./CreateTicket.module.css";
import { NewContact } from "./NewContact";

interface Props {
	type: PickedType;
	value: Picked | undefined;
	onChange: (picked: Picked | undefined) => void;
	autoFocus?: boolean;
}

const PAUSE_MS = 150;
/* An id that no record has. */
const NEW = "new";

/* One contact or company: looked up while one types; a contact that is not there is made here. */
export function RecordPicker({ type, value, onChange, autoFocus }: Props) {
	const t = useText();
	const [query, setQuery] = useState("");
	const [isMaking, setMaking] = useState(false);
	/* The field goes when something is picked; the focus stays here. */
	const [hasPicked, setPicked] = useState(false);
	function pick(picked: Picked) {
		setPicked(true);
		setQuery("");
		onChange(picked);
	}
	const { found, isBusy } = useRecords(type, query, !value && !isMaking);
	const Icon = type === "contacts" ? UserRound : Building2;
	const label = t(`create.${type}`);

	if (value) {
		return (
			<div className={css.picked}>
				<span className={css.pickedLabel}>{label}</span>
				<div className={css.chip}>
					<Icon size={16} aria-hidden />
					<span className={css.chipText} dir="auto">
						{value.name}
						{value.note && value.note !== value.name && <small dir="auto">{value.note}</small>}
					</span>
					<IconButton
						label={t("create.remove", { name: value.name })}
						size="s"
						autoFocus={hasPicked}
						onPress={() => onChange(undefined)}
					>
						<X size={14} aria-hidden />
					</IconButton>
				</div>
			</div>
		);
	}
	if (isMaking) {
		return (
			<NewContact
				typed={query}
				onMade={(contact) => {
					setMaking(false);
					pick(contact);
				}}
				onCancel={() => setMaking(false)}
			/>
		);
	}
	const choices = found.map((r) => ({ id: r.id, label: r.name, note: r.note, icon: <Icon size={15} aria-hidden /> }));
	if (type === "contacts")
		choices.push({ id: NEW, label: t("create.newContact"), note: undefined, icon: <Plus size={15} aria-hidden /> });
	return (
		<ComboBox
			label={label}
			note={t("common.optional")}
			query={query}
			onQuery={setQuery}
			choices={choices}
			onChoose={(id) => {
				if (id === NEW) return setMaking(true);
				const picked = found.find((r) => r.id === id);
				if (picked) pick(picked);
			}}
			placeholder={t(`create.find.${type}`)}
			empty={isBusy ? t("palette.searching") : t("create.noneFound")}
			openLabel={t("create.show", { what: label })}
			autoFocus={autoFocus}
		/>
	);
}

function useRecords(type: PickedType, query: string, isOn: boolean) {
	const [state, setState] = useState<{ query: string | undefined; found: Picked[] }>({ query: undefined, found: [] });
	useEffect(() => {
		if (!isOn) return;
		const stop = new AbortController();
		const timer = setTimeout(async () => {
			try {
				setState({ query, found: await findPicked(type, query, stop.signal) });
			} catch {
				if (!stop.signal.aborted) setState({ query, found: [] });
			}
		}, PAUSE_MS);
		return () => {
			clearTimeout(timer);
			stop.abort();
		};
	}, [type, query, isOn]);
	return { found: state.found, isBusy: state.query !== query };
}
