import { useState } from "react";
import { useErrorText } from "./useErrorText";

/* One saving: whether it is under way, and why it failed, in words; what SaveDialog shows of it. */
export function useSave() {
	const errorText = useErrorText();
	const [isPending, setPending] = useState(false);
	const [problem, setProblem] = useState<string>();

	/* isShown: the error stands beside a field already. */
	async function save(run: () => Promise<unknown>, isShown?: (e: unknown) => boolean): Promise<void> {
		setProblem(undefined);
		setPending(true);
		try {
			await run();
		} catch (e) {
			if (!isShown?.(e)) setProblem(errorText(e));
		} finally {
			setPending(false);
		}
	}
	return { save, setProblem, saving: { isPending, problem } };
}
