import type { ViewId } from "#shared/api/types";
import { useText } from "#shared/i18n/useText";
import { useViewCount } from "../../data/ticketStore";
import { builtIn } from "./builtIn";

/* As people read it. */
export function useViewName(id: ViewId): string {
	const t = useText();
	const given = useViewCount(id);
	const known = builtIn(id);
	return known ? t(known.name) : (given?.name ?? t("view.unknown"));
}
