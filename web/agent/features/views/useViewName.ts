import type { ViewId } from "#shared/api/types";
import { useText } from "#shared/i18n/useText";
import { builtIn } from "./builtIn";

/* As people read it. */
export function useViewName(id: ViewId): string {
	const t = useText();
	const known = builtIn(id);
	return known ? t(known.name) : t("view.unknown");
}
