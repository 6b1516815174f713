import { useMemo, useRef, useState } from "react";
import { ApiError } from "#shared/api/client";
import { useText } from "#shared/i18n/useText";
import { type PropertyDef, usePropertyDefs, usePropertyRules } from "../../data/properties";
import { usePipelinesOf } from "../../data/reference";
import { checkValue } from "./validate";

const isPipeline = (name: string) => name === "hs_pipeline" || name === "pipeline";

interface Options {
	objectType: string;
	/* Which properties, in order. */
	names: readonly string[];
	/* What they are now. */
	values?: Readonly<Record<string, string | null | undefined>>;
	required?: readonly string[];
}

export interface PropertyFormState {
	objectType: string;
	fields: { def: PropertyDef; value: string; isRequired: boolean; error?: string }[];
	/* Of all fields as they stand. */
	values: Record<string, string>;
	changes: Record<string, string>;
	set(name: string, value: string): void;
	check(): boolean;
	fail(error: unknown): boolean;
	root: React.RefObject<HTMLDivElement | null>;
}

/* The state of a form of properties; see index.ts. */
export function usePropertyForm({ objectType, names, values = {}, required = [] }: Options): PropertyFormState {
	const t = useText();
	const defs = usePropertyDefs(objectType);
	const rules = usePropertyRules(objectType);
	const pipelines = usePipelinesOf(objectType, names.some(isPipeline));
	const [typed, setTyped] = useState<Record<string, string>>({});
	const [errors, setErrors] = useState<Record<string, string>>({});
	const root = useRef<HTMLDivElement>(null);

	const fields = useMemo(() => {
		const first = (name: string) => (isPipeline(name) ? pipelines[0]?.id : undefined);
		const current = (name: string) => typed[name] ?? (values[name] || first(name) || "");
		const all = [...names];
		const demanded = new Set(required);
		/* a rule may show or demand what another rule is about: until nothing more comes */
		for (let i = 0; i < all.length; i++) {
			for (const rule of rules) {
				if (
					rule.property !== all[i] ||
					!current(rule.property)
						.split(";")
						.some((v) => rule.values.includes(v))
				)
					continue;
				for (const name of rule.requiredProperties) demanded.add(name);
				for (const name of [...rule.shownProperties, ...rule.requiredProperties])
					if (!all.includes(name)) all.push(name);
			}
		}
		return all.flatMap((name) => {
			const def = defs.get(name);
			return def ? [{ def, value: current(name), isRequired: demanded.has(name), error: errors[name] }] : [];
		});
	}, [defs, rules, names, values, required, typed, errors, pipelines]);

	function show(found: Record<string, string>) {
		setErrors(found);
		requestAnimationFrame(() =>
			root.current?.querySelector<HTMLElement>("[aria-invalid=true], [data-invalid] button")?.focus(),
		);
	}

	return {
		objectType,
		fields,
		root,
		values: Object.fromEntries(fields.map((f) => [f.def.name, f.value])),
		changes: Object.fromEntries(
			fields.filter((f) => f.value !== (values[f.def.name] ?? "")).map((f) => [f.def.name, f.value]),
		),
		set(name, value) {
			/* another pipeline has other stages */
			const stages: Record<string, string> = isPipeline(name) ? { hs_pipeline_stage: "", dealstage: "" } : {};
			setTyped((old) => ({ ...old, ...stages, [name]: value }));
			setErrors(({ [name]: _, ...rest }) => rest);
		},
		check() {
			const found: Record<string, string> = {};
			for (const f of fields) {
				const wrong = checkValue(f.def, f.value, f.isRequired);
				if (wrong) found[f.def.name] = t(wrong);
			}
			show(found);
			return Object.keys(found).length === 0;
		},
		fail(error) {
			if (!(error instanceof ApiError)) return false;
			const found: Record<string, string> = {};
			for (const { def } of fields) {
				if (error.fields[def.name]) found[def.name] = error.fields[def.name] as string;
				else if (error.context.properties?.includes(def.name)) found[def.name] = t("property.missing");
			}
			show(found);
			return Object.keys(found).length > 0;
		},
	};
}
