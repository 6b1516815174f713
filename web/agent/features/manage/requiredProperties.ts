/* Asking for what a status demands. Whoever changes a status, anywhere (editor, header, board, sidebar, bulk), does it through
 * withRequired(), or asks beforehand with askForProperties(). The dialog stands once in the shell. */
import { create } from "zustand";
import { ApiError } from "#shared/api/client";

export interface PropertyRequest {
	/* The names of the properties that are missing. */
	names: readonly string[];
	/* The status that demands them, as people read it. */
	stageLabel?: string;
}
export type Properties = Record<string, string>;

interface Open extends PropertyRequest {
	settle(values: Properties | undefined): void;
}
export const useRequest = create<{ open: Open | undefined }>(() => ({ open: undefined }));

/* The values, all filled in; undefined: the user let it be, and nothing may happen. */
export function askForProperties(request: PropertyRequest): Promise<Properties | undefined> {
	useRequest.getState().open?.settle(undefined);
	return new Promise((resolve) => {
		useRequest.setState({
			open: {
				...request,
				settle(values) {
					useRequest.setState({ open: undefined });
					resolve(values);
				},
			},
		});
	});
}

/* What the server said is missing; undefined: it refused for another reason. */
export function missingProperties(e: unknown): readonly string[] | undefined {
	const names = e instanceof ApiError && e.status === 400 ? e.context.properties : undefined;
	return names?.length ? names : undefined;
}

/* Runs it; where the server wants properties for it, asks for them and runs it again with them. "cancelled": the user let it be. */
export async function withRequired<T>(
	run: (extra: Properties) => Promise<T>,
	about: { stageLabel?: string; missing?: readonly string[] } = {},
): Promise<T | "cancelled"> {
	let extra: Properties = {};
	let names = about.missing?.length ? about.missing : undefined;
	for (;;) {
		if (names) {
			const values = await askForProperties({ names, stageLabel: about.stageLabel });
			if (!values) return "cancelled";
			extra = { ...extra, ...values };
		}
		try {
			return await run(extra);
		} catch (e) {
			const missing = missingProperties(e)?.filter((name) => !(name in extra));
			if (!missing?.length) throw e;
			names = missing;
		}
	}
}
