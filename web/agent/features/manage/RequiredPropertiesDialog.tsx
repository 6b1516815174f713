import { useEffect, useState } from "react";
import { useText } from "#shared/i18n/useText";
import { usePropertyDefs } from "../../data/properties";
import { SaveDialog } from "../../shell/SaveDialog";
import { PropertyInput } from "../properties";
import css from "./Manage.module.css";
import { type Properties, type PropertyRequest, useRequest } from "./requiredProperties";

/* Stands in the shell; opens when somebody asks: requiredProperties.ts. */
export function RequiredPropertiesDialog() {
	const open = useRequest((s) => s.open);
	return open ? <Ask key={open.names.join()} request={open} settle={open.settle} /> : null;
}

function Ask({ request, settle }: { request: PropertyRequest; settle: (values: Properties | undefined) => void }) {
	const t = useText();
	const defs = usePropertyDefs("tickets");
	const [values, setValues] = useState<Properties>({});
	const [hasTried, setTried] = useState(false);
	const isMissing = (name: string) => !values[name]?.trim();
	/* Leaving the page is a no. */
	useEffect(() => () => settle(undefined), [settle]);

	function submit() {
		setTried(true);
		if (!request.names.some(isMissing)) settle(values);
	}
	return (
		<SaveDialog
			title={
				request.stageLabel ? t("manage.required.titleOf", { stage: request.stageLabel }) : t("manage.required.title")
			}
			onClose={() => settle(undefined)}
			onSave={submit}
			saveLabel={t("manage.required.go")}
			isForm
		>
			<div className={css.form}>
				<p className={css.note}>{t("manage.required.text")}</p>
				{request.names.map((name) => {
					const def = defs.get(name);
					return (
						def && (
							<PropertyInput
								key={name}
								def={def}
								value={values[name] ?? ""}
								onChange={(value) => setValues((v) => ({ ...v, [name]: value }))}
								error={hasTried && isMissing(name) ? t("manage.required.missing") : undefined}
								isRequired
							/>
						)
					);
				})}
			</div>
		</SaveDialog>
	);
}
