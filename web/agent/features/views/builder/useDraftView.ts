import { useEffect, useMemo, useState } from "react";
import { ApiError } from "#shared/api/client";
import type { FilterGroup, ListFilter } from "#shared/api/types";
import { useText } from "#shared/i18n/useText";
import { previewView, type ViewDraft } from "../../../data/views";
import { useErrorText } from "../../../shell/useErrorText";
import { isWhole, operatorOf } from "./operators";
import { objectOf, useFields } from "./useFields";

const PREVIEW_DELAY_MS = 300;

export type Preview = { count: number; isCapped?: boolean } | "waiting" | "unknown";

/* How many tickets the filters would leave, while they are written. */
export function usePreview(groups: readonly FilterGroup[], isValid: boolean): Preview {
	const [preview, setPreview] = useState<Preview>("waiting");
	const text = JSON.stringify(groups);
	useEffect(() => {
		if (!isValid) {
			setPreview("unknown");
			return;
		}
		const abort = new AbortController();
		const timer = setTimeout(() => {
			previewView(JSON.parse(text), abort.signal).then(setPreview, () => abort.signal.aborted || setPreview("unknown"));
		}, PREVIEW_DELAY_MS);
		return () => {
			clearTimeout(timer);
			abort.abort();
		};
	}, [text, isValid]);
	return preview;
}

/* Filters without a value. */
export function useUnfinished(groups: readonly FilterGroup[]): ReadonlySet<ListFilter> {
	const tickets = useFields("tickets");
	const contacts = useFields("contacts");
	const companies = useFields("companies");
	return useMemo(() => {
		const fields = { tickets, contacts, companies };
		const isOpen = (f: ListFilter) => {
			const def = fields[objectOf(f)].get(f.propertyName);
			return def !== undefined && !isWhole(f, operatorOf(def, f));
		};
		return new Set(groups.flatMap((g) => g.filters).filter(isOpen));
	}, [groups, tickets, contacts, companies]);
}

/* What is wrong with the draft, by field. */
export function useProblems(draft: ViewDraft, unfinished: ReadonlySet<ListFilter>) {
	const t = useText();
	const errorText = useErrorText();
	const [isTried, setTried] = useState(false);
	const [refusal, setRefusal] = useState<unknown>();
	const fields = refusal instanceof ApiError ? refusal.fields : {};
	return {
		name: fields.name ?? (isTried && !draft.name.trim() ? t("view.nameMissing") : undefined),
		teams:
			fields.teamIds ??
			(isTried && draft.audience === "TEAMS" && !draft.teamIds.length ? t("view.teamsMissing") : undefined),
		filters: isTried
			? new Map([...unfinished].map((f) => [f, t("filter.valueMissing")]))
			: new Map<ListFilter, string>(),
		form: refusal && !fields.name && !fields.teamIds ? errorText(refusal) : undefined,
		refuse: setRefusal,
		/* True when the draft can be sent. */
		check() {
			setTried(true);
			setRefusal(undefined);
			const hasTeams = draft.audience !== "TEAMS" || draft.teamIds.length > 0;
			return draft.name.trim() !== "" && unfinished.size === 0 && hasTeams;
		},
	};
}
