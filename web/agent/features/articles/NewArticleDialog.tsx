import { useState } from "react";
import { useIntl } from "react-intl";
import { ApiError } from "#shared/api/client";
import { useLanguageName } from "#shared/i18n/useLanguageName";
import { useText } from "#shared/i18n/useText";
import { Banner, Button, Dialog, Select, TextField } from "#ui";
import { type ArticleText, articles, categoryName, useArticleLanguages, useCategories } from "../../data/articles";
import { useErrorText } from "../../shell/useErrorText";
import css from "./Articles.module.css";

const NONE = "0";

interface Props {
	onMade: (text: ArticleText) => void;
	onClose: () => void;
}

/* A title and the language that governs; all else is written on the article's page. */
export function NewArticleDialog({ onMade, onClose }: Props) {
	const t = useText();
	const { locale } = useIntl();
	const errorText = useErrorText();
	const languageName = useLanguageName();
	const languages = useArticleLanguages();
	const categories = useCategories();
	const [title, setTitle] = useState("");
	const [lang, setLang] = useState<string>();
	const [category, setCategory] = useState(NONE);
	const [errors, setErrors] = useState<Record<string, string>>({});
	const [isBusy, setBusy] = useState(false);
	const chosen = lang ?? languages.find((l) => l.lang === locale)?.lang ?? "en";
	async function make() {
		if (!title.trim()) {
			setErrors({ title: t("articles.needsTitle") });
			return;
		}
		setBusy(true);
		try {
			onMade(await articles.create(chosen, title.trim(), category === NONE ? null : category));
			onClose();
		} catch (e) {
			setErrors(e instanceof ApiError && e.fields.title ? e.fields : { form: errorText(e) });
			setBusy(false);
		}
	}
	return (
		<Dialog
			isOpen
			title={t("articles.add")}
			closeLabel={t("common.close")}
			onClose={onClose}
			actions={
				<>
					<Button onPress={onClose}>{t("common.cancel")}</Button>
					<Button look="solid" isPending={isBusy} onPress={() => void make()}>
						{t("articles.create")}
					</Button>
				</>
			}
		>
			<form
				className={css.form}
				onSubmit={(e) => {
					e.preventDefault();
					void make();
				}}
			>
				{errors.form && (
					<Banner tone="bad" role="alert">
						{errors.form}
					</Banner>
				)}
				<TextField
					label={t("articles.field.title")}
					autoFocus
					value={title}
					onChange={setTitle}
					maxLength={200}
					error={errors.title}
				/>
				<Select
					label={t("articles.governing")}
					hint={t("articles.governingHint")}
					choices={languages.map((l) => ({ id: l.lang, label: languageName(l.lang) }))}
					value={chosen}
					onChange={setLang}
				/>
				<Select
					label={t("articles.category")}
					choices={[
						{ id: NONE, label: t("articles.noCategory") },
						...categories.map((k) => ({ id: k.id, label: categoryName(k, locale) })),
					]}
					value={category}
					onChange={setCategory}
				/>
				<button type="submit" hidden />
			</form>
		</Dialog>
	);
}
