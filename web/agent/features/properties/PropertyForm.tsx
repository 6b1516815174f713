import css from "./Properties.module.css";
import { PropertyInput } from "./PropertyInput";
import type { PropertyFormState } from "./usePropertyForm";

const PIPELINES = ["hs_pipeline", "pipeline"];

/* The fields of a form, one under the other. */
export function PropertyForm({ form }: { form: PropertyFormState }) {
	const pipelineId = PIPELINES.map((name) => form.values[name]).find(Boolean);
	return (
		<div className={css.form} ref={form.root}>
			{form.fields.map((f) => (
				<PropertyInput
					key={f.def.name}
					def={f.def}
					value={f.value}
					onChange={(value) => form.set(f.def.name, value)}
					isRequired={f.isRequired}
					error={f.error}
					pipelineId={pipelineId}
					objectType={form.objectType}
				/>
			))}
		</div>
	);
}
