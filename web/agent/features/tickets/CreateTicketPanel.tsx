import { useNavigate } from "@tanstack/react-router";
import { X } from "lucide-react";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { ApiError } from "#shared/api/client";
import { useText } from "#shared/i18n/useText";
import { Banner, Button, IconButton, Select, TextField, toast } from "#ui";
import { usePipelines, useStages } from "../../data/reference";
import { createTicket } from "../../data/tickets";
import { useAction } from "../../shell/actions";
import { useErrorText } from "../../shell/useErrorText";
import css from "./CreateTicketPanel.module.css";

/* The right-hand panel; not modal: the desk stays usable beside it. */
export function CreateTicketPanel({ onClose }: { onClose: () => void }) {
	const t = useText();
	const errorText = useErrorText();
	const navigate = useNavigate();
	const pipelines = usePipelines();
	const [subject, setSubject] = useState("");
	const [email, setEmail] = useState("");
	const [chosenPipeline, setPipeline] = useState<string>();
	const [chosenStage, setStage] = useState<string>();
	const [errors, setErrors] = useState<Record<string, string>>({});
	const [isBusy, setBusy] = useState(false);
	const nameRef = useRef<HTMLInputElement>(null);
	const opener = useRef(document.activeElement);

	const pipelineId = chosenPipeline ?? pipelines[0]?.id;
	const stages = useStages(pipelineId);
	const stageId = stages.some((s) => s.id === chosenStage) ? chosenStage : stages[0]?.id;

	useEffect(() => {
		nameRef.current?.focus();
		const back = opener.current;
		return () => {
			if (back instanceof HTMLElement && back.isConnected) back.focus();
		};
	}, []);
	useAction("close", onClose);

	async function submit(e: FormEvent) {
		e.preventDefault();
		if (isBusy) return;
		const found: Record<string, string> = {};
		if (!subject.trim()) found.subject = t("create.nameMissing");
		if (email.trim() && !/^\S+@\S+$/.test(email.trim())) found.email = t("signin.emailBad");
		setErrors(found);
		if (Object.keys(found).length) {
			if (found.subject) nameRef.current?.focus();
			return;
		}
		if (!pipelineId || !stageId) return;
		setBusy(true);
		try {
			const id = await createTicket({
				subject: subject.trim(),
				pipelineId,
				stageId,
				contactEmail: email.trim() || undefined,
			});
			toast("good", t("create.created", { number: id }));
			onClose();
			await navigate({ to: "/tickets/$view/$ticketId", params: { view: "open", ticketId: id } });
		} catch (err) {
			setBusy(false);
			setErrors(err instanceof ApiError && Object.keys(err.fields).length ? err.fields : { form: errorText(err) });
		}
	}

	return (
		<aside
			className={css.panel}
			aria-label={t("create.title")}
			data-region="panel"
			onKeyDown={(e) => {
				if (e.key === "Escape" && !e.defaultPrevented) onClose();
			}}
		>
			<header className={css.head}>
				<h2>{t("create.title")}</h2>
				<IconButton label={t("common.close")} onPress={onClose}>
					<X size={17} aria-hidden />
				</IconButton>
			</header>
			<form className={css.form} onSubmit={submit} noValidate>
				<div className={css.fields}>
					{errors.form && (
						<Banner tone="bad" role="alert">
							{errors.form}
						</Banner>
					)}
					<TextField
						label={t("create.name")}
						isRequired
						value={subject}
						onChange={setSubject}
						error={errors.subject}
						inputRef={nameRef}
						maxLength={500}
					/>
					<Select
						label={t("create.pipeline")}
						choices={pipelines.map((p) => ({ id: p.id, label: p.label }))}
						value={pipelineId}
						onChange={setPipeline}
						error={errors.hs_pipeline}
					/>
					<Select
						label={t("create.status")}
						choices={stages.map((s) => ({ id: s.id, label: s.label }))}
						value={stageId}
						onChange={setStage}
						error={errors.hs_pipeline_stage}
					/>
					<TextField
						label={t("create.contactEmail")}
						note={t("common.optional")}
						type="email"
						value={email}
						onChange={setEmail}
						hint={t("create.contactHint")}
						error={errors.email}
					/>
				</div>
				<footer className={css.foot}>
					<Button type="submit" look="solid" isPending={isBusy}>
						{t("create.submit")}
					</Button>
					<Button onPress={onClose}>{t("common.cancel")}</Button>
				</footer>
			</form>
		</aside>
	);
}
