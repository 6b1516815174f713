import { useRef, useState } from "react";
import { ApiError } from "#shared/api/client";
import { useErrorText } from "../../shell/useErrorText";

/* A form of the library: what stands in it, whether it differs from what was there, and what the server does not take. Nothing that was
 * typed is lost by a refusal. */
export function useItemForm<D extends object>(first: D) {
	const errorText = useErrorText();
	const [draft, setDraft] = useState(first);
	const [errors, setErrors] = useState<Record<string, string>>({});
	const [isBusy, setBusy] = useState(false);
	const begun = useRef(first);
	const change = (part: Partial<D>) => {
		setDraft((old) => ({ ...old, ...part }));
		/* what is being put right is no longer wrong */
		setErrors((old) => Object.fromEntries(Object.entries(old).filter(([name]) => name !== "form" && !(name in part))));
	};
	async function save(run: (draft: D) => Promise<unknown>): Promise<boolean> {
		if (isBusy) return false;
		setBusy(true);
		setErrors({});
		try {
			await run(draft);
			return true;
		} catch (e) {
			setErrors(e instanceof ApiError && Object.keys(e.fields).length ? e.fields : { form: errorText(e) });
			return false;
		} finally {
			setBusy(false);
		}
	}
	return {
		draft,
		change,
		errors,
		setErrors,
		isBusy,
		save,
		isChanged: JSON.stringify(draft) !== JSON.stringify(begun.current),
	};
}
