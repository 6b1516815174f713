/* useText() gives t(id, values). Ids are checked by the compiler against locales/en.json. */
import { useCallback } from "react";
import { useIntl } from "react-intl";
import type { MessageId } from "./catalogue";

export type Values = Record<string, string | number | Date>;
export type Translate = (id: MessageId, values?: Values) => string;

export function useText(): Translate {
	const intl = useIntl();
	return useCallback((id, values) => intl.formatMessage({ id }, values) as string, [intl]);
}
