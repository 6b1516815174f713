import { useEffect, useRef, useState } from "react";
import { ApiError } from "#shared/api/client";
import { forgetForm, keepForm, loadForm } from "../../data/keptForms";
import { useErrorText } from "../../shell/useErrorText";

const STALE = 412;

/* A form of the library: what stands in it, whether it differs from what was there, and what the server does not take. Nothing that was
 * typed is lost by a refusal; with keptAs it is kept under that name until forget(). */
export function useItemForm<D extends object>(first: D, keptAs?: string) {
	const errorText = useErrorText();
	const [kept] = useState(() => (keptAs ? loadForm<D>(keptAs) : undefined));
	const [isRestored, setRestored] = useState(kept !== undefined && JSON.stringify(kept) !== JSON.stringify(first));
	const [draft, setDraft] = useState(kept ?? first);
	const [errors, setErrors] = useState<Record<string, string>>({});
	const [isStale, setStale] = useState(false);
	const [isBusy, setBusy] = useState(false);
	const [round, setRound] = useState(0);
	const begun = useRef(first);
	const isChanged = JSON.stringify(draft) !== JSON.stringify(begun.current);

	useEffect(() => {
		if (keptAs && isChanged) keepForm(keptAs, draft);
		else if (keptAs) forgetForm(keptAs);
	}, [keptAs, isChanged, draft]);

	const change = (part: Partial<D>) => {
		setDraft((old) => ({ ...old, ...part }));
		/* what is being put right is no longer wrong */
		setErrors((old) => Object.fromEntries(Object.entries(old).filter(([name]) => name !== "form" && !(name in part))));
	};
	/* From something else: what was typed goes. */
	function begin(other: D) {
		begun.current = other;
		setDraft(other);
		setErrors({});
		setStale(false);
		setRestored(false);
		setRound((n) => n + 1);
	}
	async function save(run: (draft: D) => Promise<unknown>, part: Partial<D> = {}): Promise<boolean> {
		if (isBusy) return false;
		setBusy(true);
		setErrors({});
		setStale(false);
		try {
			await run({ ...draft, ...part });
			return true;
		} catch (e) {
			if (e instanceof ApiError && e.status === STALE) setStale(true);
			else setErrors(e instanceof ApiError && Object.keys(e.fields).length ? e.fields : { form: errorText(e) });
			return false;
		} finally {
			setBusy(false);
		}
	}
	return {
		draft,
		change,
		begin,
		/* Of begin: another number means another text. */
		round,
		errors,
		setErrors,
		isBusy,
		isStale,
		isRestored,
		save,
		forget: () => keptAs && forgetForm(keptAs),
		isChanged,
	};
}
