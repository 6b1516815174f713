import { ArrowDown, ArrowUp, Plus, Trash2 } from "lucide-react";
import { useState } from "react";
import { useIntl } from "react-intl";
import { useLanguageName } from "#shared/i18n/useLanguageName";
import { useText } from "#shared/i18n/useText";
import { Banner, Button, Dialog, IconButton, Select, TextField } from "#ui";
import { type ArticleCategory, articles, categoryName, useArticleLanguages, useCategories } from "../../data/articles";
import { useErrorText } from "../../shell/useErrorText";
import css from "./Articles.module.css";

interface RowProps {
	category: ArticleCategory;
	lang: string;
	isFirst: boolean;
	isLast: boolean;
	run: (change: Promise<unknown>) => void;
}

/* Its name in one language, kept when the field is left. */
function CategoryRow({ category, lang, isFirst, isLast, run }: RowProps) {
	const t = useText();
	const { locale } = useIntl();
	const [name, setName] = useState(category.names[lang] ?? "");
	const called = categoryName(category, locale);
	const place = (by: number) => run(articles.changeCategory(category.id, { place: category.place + by }));
	const keep = () => {
		if (name.trim() === (category.names[lang] ?? "")) return;
		const { [lang]: _, ...others } = category.names;
		run(articles.changeCategory(category.id, { names: name.trim() ? { ...others, [lang]: name.trim() } : others }));
	};
	return (
		<li className={css.shelf}>
			<TextField
				label={t("articles.categoryName", { name: called })}
				isLabelHidden
				placeholder={called}
				value={name}
				onChange={setName}
				onBlur={keep}
				maxLength={100}
			/>
			<IconButton
				label={t("articles.moveUp", { name: called })}
				size="s"
				isDisabled={isFirst}
				onPress={() => place(-1)}
			>
				<ArrowUp size={15} aria-hidden />
			</IconButton>
			<IconButton
				label={t("articles.moveDown", { name: called })}
				size="s"
				isDisabled={isLast}
				onPress={() => place(1)}
			>
				<ArrowDown size={15} aria-hidden />
			</IconButton>
			<IconButton
				label={t("articles.removeCategory", { name: called })}
				size="s"
				onPress={() => run(articles.removeCategory(category.id))}
			>
				<Trash2 size={15} aria-hidden />
			</IconButton>
		</li>
	);
}

export function CategoriesDialog({ onClose }: { onClose: () => void }) {
	const t = useText();
	const { locale } = useIntl();
	const errorText = useErrorText();
	const languageName = useLanguageName();
	const languages = useArticleLanguages();
	const categories = [...useCategories()].map((k, place) => ({ ...k, place }));
	const [lang, setLang] = useState<string>();
	const [name, setName] = useState("");
	const [problem, setProblem] = useState<string>();
	const chosen = lang ?? languages.find((l) => l.lang === locale)?.lang ?? "en";
	const run = (change: Promise<unknown>) =>
		void change.then(
			() => setProblem(undefined),
			(e) => setProblem(errorText(e)),
		);
	const add = () => {
		if (!name.trim()) return;
		run(articles.addCategory({ [chosen]: name.trim() }).then(() => setName("")));
	};
	return (
		<Dialog isOpen isKept title={t("articles.categories")} closeLabel={t("common.close")} onClose={onClose}>
			<div className={css.form}>
				{problem && (
					<Banner tone="bad" role="alert">
						{problem}
					</Banner>
				)}
				<Select
					label={t("articles.categoryLanguage")}
					hint={t("articles.categoryHint")}
					choices={languages.map((l) => ({ id: l.lang, label: languageName(l.lang) }))}
					value={chosen}
					onChange={setLang}
				/>
				{categories.length > 0 && (
					<ul className={css.shelves} aria-label={t("articles.categories")}>
						{categories.map((k, i) => (
							<CategoryRow
								key={`${k.id}${chosen}${k.names[chosen]}`}
								category={k}
								lang={chosen}
								isFirst={i === 0}
								isLast={i === categories.length - 1}
								run={run}
							/>
						))}
					</ul>
				)}
				<form
					className={css.shelf}
					onSubmit={(e) => {
						e.preventDefault();
						add();
					}}
				>
					<TextField label={t("articles.newCategory")} value={name} onChange={setName} maxLength={100} />
					<Button icon={<Plus size={15} aria-hidden />} onPress={add}>
						{t("articles.addCategory")}
					</Button>
					<button type="submit" hidden />
				</form>
			</div>
		</Dialog>
	);
}
