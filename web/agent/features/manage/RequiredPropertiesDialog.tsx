import { type FormEvent, useEffect, useState } from "react";
import { useText } from "#shared/i18n/useText";
import { Button, Dialog } from "#ui";
import { usePropertyDefs } from "../../data/properties";
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

	function submit(e: FormEvent) {
		e.preventDefault();
		setTried(true);
		if (!request.names.some(isMissing)) settle(values);
	}
	return (
		<Dialog
			title={
				request.stageLabel ? t("manage.required.titleOf", { stage: request.stageLabel }) : t("manage.required.title")
			}
			closeLabel={t("common.close")}
			isOpen
			onClose={() => settle(undefined)}
		>
			<form onSubmit={submit} className={css.form} noValidate>
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
				<div className={css.actions}>
					<Button onPress={() => settle(undefined)}>{t("common.cancel")}</Button>
					<Button look="solid" type="submit">
						{t("manage.required.go")}
					</Button>
				</div>
			</form>
		</Dialog>
	);
}
