import { useCallback } from "react";
import { useIntl } from "react-intl";
import type { PropertyDef } from "../../data/properties";
import { builtInName } from "./builtInText";

/* The name of a property: built-in ones are translated where the catalogue has them, others say what their maker wrote. */
export function usePropertyLabel() {
	const intl = useIntl();
	return useCallback((def: PropertyDef) => (def.hubspotDefined && builtInName(intl, def.name)) || def.label, [intl]);
}
