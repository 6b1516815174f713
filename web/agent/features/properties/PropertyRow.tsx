import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { useIntl } from "react-intl";
import { ApiError } from "#shared/api/client";
import { useText } from "#shared/i18n/useText";
import { cx } from "#ui";
import { type PropertyDef, usePropertyDefs } from "../../data/properties";
import { useErrorText } from "../../shell/useErrorText";
import { kindOf } from "./kinds";
import css from "./Properties.module.css";
import { PropertyInput } from "./PropertyInput";
import { PropertyValue } from "./PropertyValue";
import { usePropertyLabel } from "./usePropertyLabel";
import { checkValue } from "./validate";

interface Props {
	def: PropertyDef;
	value: string;
	/* Absent: the value is only shown. */
	onSave?: (value: string) => Promise<void>;
	/* Demanded by the status or by another property: marked, and not to be emptied. */
	isRequired?: boolean;
	pipelineId?: string;
	objectType?: string;
}

/* Name and value on one line. A press on the value edits it: Enter or leaving saves, Escape takes back; a choice saves itself. */
export function PropertyRow(p: Props) {
	const { def, value, onSave, isRequired = false, pipelineId, objectType } = p;
	const t = useText();
	const label = usePropertyLabel()(def);
	const kind = kindOf(def);
	const edit = useEdit(p);
	const context = { pipelineId, objectType };
	if (edit.text === undefined || !onSave) {
		const shown = edit.sent ?? value;
		const text = <PropertyValue def={def} value={shown} {...context} />;
		return (
			<div className={css.row} data-missing={isRequired && !shown ? "" : undefined}>
				<span className={css.name} id={`${edit.id}-name`}>
					{label}
					{isRequired && (
						<span className={css.star} title={t("property.required")}>
							*<span className="visually-hidden">{t("property.required")}</span>
						</span>
					)}
				</span>
				{onSave && kind !== "readonly" ? (
					<button type="button" ref={edit.button} className={css.value} onClick={edit.begin}>
						<span className="visually-hidden">{t("property.edit", { name: label })}</span>
						<span className={cx(css.text, !shown && css.empty)} dir="auto">
							{shown ? text : t("property.add")}
						</span>
					</button>
				) : (
					<span className={cx(css.value, css.fixed)} dir="auto">
						{shown ? text : "–"}
					</span>
				)}
			</div>
		);
	}
	const saves = ["choice", "user", "stage", "pipeline", "team", "yesno"].includes(kind);
	return (
		// biome-ignore lint/a11y/noStaticElementInteractions: keys of the field inside
		<div ref={edit.box} className={css.editing} onKeyDown={edit.keys(kind)} onBlur={saves ? undefined : edit.leave}>
			<PropertyInput
				def={def}
				value={edit.text}
				onChange={saves ? (next) => void edit.save(next) : edit.setText}
				isRequired={isRequired}
				error={edit.error}
				isOpenAtFirst={!edit.error}
				onOpenChange={saves ? (isOpen) => !isOpen && !edit.error && edit.end() : undefined}
				{...context}
			/>
		</div>
	);
}

let nextId = 1;

function useEdit({ def, value, isRequired = false, onSave, objectType = "tickets" }: Props) {
	const t = useText();
	const intl = useIntl();
	const label = usePropertyLabel();
	const defs = usePropertyDefs(objectType);
	const errorText = useErrorText();
	const [id] = useState(() => `property-${nextId++}`);
	const [text, setText] = useState<string>();
	/* What was sent and is not yet what the server says. */
	const [sent, setSent] = useState<string>();
	const [error, setError] = useState<string>();
	const box = useRef<HTMLDivElement>(null);
	const button = useRef<HTMLButtonElement>(null);
	const isEditing = text !== undefined;

	useEffect(() => {
		if (isEditing) box.current?.querySelector<HTMLElement>("input, textarea, button")?.focus();
	}, [isEditing]);
	// biome-ignore lint/correctness/useExhaustiveDependencies: the server's word ends the waiting
	useEffect(() => setSent(undefined), [value]);

	/* What else has to be filled in first has its names in the error's context. */
	function refusal(e: unknown) {
		const missing = e instanceof ApiError ? (e.context.properties ?? []).flatMap((name) => defs.get(name) ?? []) : [];
		if (missing.length) return t("property.demanded", { names: intl.formatList(missing.map(label)) });
		return (e instanceof ApiError && e.fields[def.name]) || errorText(e);
	}

	function end(hasFocus = true) {
		setText(undefined);
		setError(undefined);
		if (hasFocus) requestAnimationFrame(() => button.current?.focus());
	}

	async function save(next: string, hasFocus = true) {
		const clean = def.fieldType === "textarea" ? next : next.trim();
		if (clean === value) return end(hasFocus);
		const wrong = checkValue(def, clean, isRequired);
		if (wrong) return setError(t(wrong));
		setSent(clean);
		end(hasFocus);
		try {
			await onSave?.(clean);
		} catch (e) {
			setSent(undefined);
			setText(next);
			setError(refusal(e));
		}
	}

	return {
		id,
		text,
		sent,
		error,
		box,
		button,
		setText,
		end,
		save,
		begin: () => setText(value),
		leave: (e: React.FocusEvent<HTMLDivElement>) => {
			if (!e.currentTarget.contains(e.relatedTarget) && text !== undefined) void save(text, false);
		},
		keys: (kind: string) => (e: KeyboardEvent) => {
			if (e.nativeEvent.isComposing || e.defaultPrevented) return;
			if (e.key === "Escape") {
				e.preventDefault();
				e.stopPropagation();
				end();
			} else if (e.key === "Enter" && text !== undefined && (kind !== "textarea" || e.metaKey || e.ctrlKey)) {
				if (kind === "choices" && !(e.metaKey || e.ctrlKey)) return;
				e.preventDefault();
				void save(text);
			}
		},
	};
}
