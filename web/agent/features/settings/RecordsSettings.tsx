import { useMutation, useQuery } from "@tanstack/react-query";
import { type FormEvent, useEffect, useState } from "react";
import { ApiError, http } from "#shared/api/client";
import { useText } from "#shared/i18n/useText";
import { Banner, Button, Switch, toast } from "#ui";
import { TextArea } from "#ui/more";
import { queryClient } from "../../data/queryClient";
import { useErrorText } from "../../shell/useErrorText";
import { Loaded } from "./Loaded";
import { Section } from "./Section";
import css from "./Settings.module.css";

interface CompanyAssociation {
	isOn: boolean;
	excludedDomains: string[];
}

const PATH = "/desk/v1/company-association";
const KEY = ["company-association"];

/* How contacts find their company. */
export function RecordsSettings() {
	const t = useText();
	const query = useQuery({ queryKey: KEY, queryFn: () => http.get<CompanyAssociation>(PATH) });
	useEffect(() => {
		document.title = `${t("settings.records.title")} – ${t("app.name")}`;
	}, [t]);
	return (
		<div className={css.content}>
			<h1 className={css.title}>{t("settings.records.title")}</h1>
			<p className={css.lead}>{t("settings.records.lead")}</p>
			<Section title={t("settings.records.company")} lead={t("settings.records.companyLead")}>
				<Loaded query={query}>{(setting) => <Form setting={setting} />}</Loaded>
			</Section>
		</div>
	);
}

function Form({ setting }: { setting: CompanyAssociation }) {
	const t = useText();
	const errorText = useErrorText();
	const [isOn, setOn] = useState(setting.isOn);
	const [domains, setDomains] = useState(setting.excludedDomains.join("\n"));
	const [errors, setErrors] = useState<Record<string, string>>({});
	const save = useMutation({
		mutationFn: (body: CompanyAssociation) => http.put<CompanyAssociation>(PATH, body),
		onSuccess: (saved) => {
			queryClient.setQueryData(KEY, saved);
			setDomains(saved.excludedDomains.join("\n"));
			toast("good", t("common.saved"));
		},
		onError: (e) =>
			setErrors(e instanceof ApiError && Object.keys(e.fields).length ? e.fields : { form: errorText(e) }),
	});
	function submit(e: FormEvent) {
		e.preventDefault();
		setErrors({});
		save.mutate({ isOn, excludedDomains: domains.split(/[\s,;]+/).filter(Boolean) });
	}
	return (
		<form className={css.form} onSubmit={submit} noValidate>
			{errors.form && (
				<Banner tone="bad" role="alert">
					{errors.form}
				</Banner>
			)}
			<Switch isSelected={isOn} onChange={setOn}>
				{t("settings.records.isOn")}
			</Switch>
			<TextArea
				label={t("settings.records.excluded")}
				hint={t("settings.records.excludedHint")}
				rows={5}
				value={domains}
				onChange={setDomains}
				error={errors.excludedDomains}
			/>
			<div className={css.buttons}>
				<Button type="submit" look="solid" isPending={save.isPending}>
					{t("common.save")}
				</Button>
			</div>
		</form>
	);
}
