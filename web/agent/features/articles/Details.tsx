import { useState } from "react";
import { useIntl } from "react-intl";
import { useLanguageName } from "#shared/i18n/useLanguageName";
import { useText } from "#shared/i18n/useText";
import { fullTime } from "#shared/time/relative";
import { Select, Switch, TextField, toast } from "#ui";
import { TextArea } from "#ui/more";
import { type Article, articles, categoryName, useCategories } from "../../data/articles";
import { useErrorText } from "../../shell/useErrorText";
import css from "./Articles.module.css";
import type { ArticleDraft } from "./useArticleDraft";

const NONE = "0";
const listOf = (text: string, between: RegExp) =>
	text
		.split(between)
		.map((x) => x.trim())
		.filter(Boolean);

interface Props {
	article: Article;
	draft: ArticleDraft;
	isReadOnly: boolean;
	changedBy?: string;
}

/* Beside the text: where it belongs, where it is found, and what readers are told about it. */
export function Details({ article, draft, isReadOnly, changedBy }: Props) {
	const t = useText();
	const { locale } = useIntl();
	const errorText = useErrorText();
	const languageName = useLanguageName();
	const categories = useCategories();
	const { base, fields } = draft;
	/* As it is typed: a comma at the end is not yet a tag. */
	const [typed, setTyped] = useState<{ edition: number; tags?: string; products?: string; slug?: string }>({
		edition: 0,
	});
	const mine = typed.edition === draft.edition ? typed : { edition: draft.edition };
	const change = (c: { lang?: string; categoryId?: string | null }) =>
		void articles.change(article.id, c).catch((e) => toast("bad", errorText(e)));
	const mayMove = !isReadOnly && (base.state !== "PUBLISHED" || base.mayPublish);
	return (
		<aside className={css.details} aria-label={t("articles.details")}>
			<Select
				label={t("articles.category")}
				isDisabled={isReadOnly}
				choices={[
					{ id: NONE, label: t("articles.noCategory") },
					...categories.map((k) => ({ id: k.id, label: categoryName(k, locale) })),
				]}
				value={article.categoryId ?? NONE}
				onChange={(id) => change({ categoryId: id === NONE ? null : id })}
			/>
			<Select
				label={t("articles.governing")}
				hint={t("articles.governingHint")}
				isDisabled={isReadOnly || article.texts.length < 2}
				choices={article.texts.map((x) => ({ id: x.lang, label: languageName(x.lang) }))}
				value={article.lang}
				onChange={(lang) => change({ lang })}
			/>
			<TextField
				label={t("articles.field.slug")}
				hint={new URL(base.url).origin + new URL(base.url).pathname.replace(/[^/]*$/, "")}
				isDisabled={!mayMove}
				value={mine.slug ?? fields.slug}
				onChange={(slug) => {
					setTyped({ ...mine, slug });
					if (slug.trim()) draft.set({ slug });
				}}
				onBlur={() => draft.state === "kept" && setTyped({ ...mine, slug: undefined })}
				maxLength={160}
				error={draft.errors.slug}
			/>
			<TextField
				label={t("articles.field.tags")}
				hint={t("articles.tagsHint")}
				isDisabled={isReadOnly}
				value={mine.tags ?? fields.tags.join(", ")}
				onChange={(tags) => {
					setTyped({ ...mine, tags });
					draft.set({ tags: listOf(tags, /[,，、]/) });
				}}
				error={draft.errors.tags}
			/>
			<TextArea
				label={t("articles.field.products")}
				hint={t("articles.productsHint")}
				rows={3}
				isDisabled={isReadOnly}
				value={mine.products ?? fields.products.join("\n")}
				onChange={(products) => {
					setTyped({ ...mine, products });
					draft.set({ products: listOf(products, /\n/) });
				}}
				error={draft.errors.products}
			/>
			{!base.isGoverning && !isReadOnly && (
				<Switch
					isSelected={fields.isMachineTranslated}
					onChange={(isMachineTranslated) => draft.set({ isMachineTranslated })}
				>
					{t("articles.machine")}
				</Switch>
			)}
			<dl className={css.facts}>
				{base.publishedAt && (
					<div>
						<dt>{t("articles.publishedAt")}</dt>
						<dd>{fullTime(base.publishedAt, locale)}</dd>
					</div>
				)}
				<div>
					<dt>{t("articles.lastChange")}</dt>
					<dd>
						{fullTime(base.updatedAt, locale)}
						{changedBy && `, ${changedBy}`}
					</dd>
				</div>
				{base.formerSlugs.length > 0 && (
					<div>
						<dt>{t("articles.formerSlugs")}</dt>
						<dd>{base.formerSlugs.join(", ")}</dd>
					</div>
				)}
			</dl>
		</aside>
	);
}
