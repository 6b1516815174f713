import { Link, useNavigate } from "@tanstack/react-router";
import { BookOpen, FolderCog, Plus } from "lucide-react";
import { useDeferredValue, useEffect, useState } from "react";
import { useIntl } from "react-intl";
import { useLanguageName } from "#shared/i18n/useLanguageName";
import { useText } from "#shared/i18n/useText";
import { dayTime } from "#shared/time/relative";
import { Banner, Button, EmptyState, Select, Skeleton, TextField } from "#ui";
import {
	ARTICLE_STATES,
	type Article,
	type ArticleState,
	categoryName,
	useArticleLanguages,
	useArticles,
	useCategories,
} from "../../data/articles";
import { may, useUser } from "../../data/session";
import { useErrorText } from "../../shell/useErrorText";
import css from "./Articles.module.css";
import { CategoriesDialog } from "./CategoriesDialog";
import { NewArticleDialog } from "./NewArticleDialog";
import { StatePill } from "./StatePill";
import { allUnsaved, type Unsaved } from "./unsaved";

const ANY = "any";
const ON_ITS_WAY_MS = 2000;

function ArticleRow({ article }: { article: Article }) {
	const t = useText();
	const { locale } = useIntl();
	const languageName = useLanguageName();
	const category = useCategories().find((k) => k.id === article.categoryId);
	const { shown } = article;
	return (
		<li className={css.row}>
			<div className={css.rowText}>
				<div className={css.rowTitle}>
					<Link
						to="/library/articles/$articleId/$lang"
						params={{ articleId: article.id, lang: shown.lang }}
						className={css.rowName}
						dir="auto"
						lang={shown.lang}
					>
						{shown.title}
					</Link>
					<StatePill text={shown} />
				</div>
				{shown.subtitle && (
					<p className={css.excerpt} dir="auto" lang={shown.lang}>
						{shown.subtitle}
					</p>
				)}
				<p className={css.rowNote}>
					{category && <span>{categoryName(category, locale)}</span>}
					<span>{article.texts.map((x) => languageName(x.lang)).join(", ")}</span>
					<span>{t("articles.changedAt", { time: dayTime(article.updatedAt, locale) })}</span>
				</p>
			</div>
		</li>
	);
}

/* What was written here and never reached the server: to open it sends it. */
function UnsavedHere() {
	const t = useText();
	const userId = useUser().id;
	const [waiting, setWaiting] = useState<Unsaved[]>([]);
	useEffect(() => {
		/* what was left a moment ago may still be on its way */
		const timer = setTimeout(() => setWaiting(allUnsaved(userId)), ON_ITS_WAY_MS);
		return () => clearTimeout(timer);
	}, [userId]);
	return waiting.map(({ articleId, lang, title }) => (
		<Banner
			key={`${articleId}/${lang}`}
			tone="warn"
			role="status"
			action={
				<Link to="/library/articles/$articleId/$lang" params={{ articleId, lang }}>
					{t("library.open")}
				</Link>
			}
		>
			{t("articles.unsavedHere", { title })}
		</Banner>
	));
}

/* All articles: found by words in any language, by state, language and category. */
export function ArticlesPage() {
	const t = useText();
	const { locale } = useIntl();
	const user = useUser();
	const navigate = useNavigate();
	const errorText = useErrorText();
	const languageName = useLanguageName();
	const [query, setQuery] = useState("");
	const [state, setState] = useState<ArticleState>();
	const [lang, setLang] = useState<string>();
	const [categoryId, setCategoryId] = useState<string>();
	const [opened, setOpened] = useState<"new" | "categories">();
	const asked = useDeferredValue(query.trim());
	const list = useArticles({ q: asked, state, lang, categoryId });
	const categories = useCategories();
	const languages = useArticleLanguages();
	const rows = list.data?.pages.flatMap((p) => p.results) ?? [];
	const hasFilter = !!(asked || state || lang || categoryId);
	const mayWrite = may(user, "writeArticles");
	useEffect(() => {
		document.title = `${t("articles.title")} – ${t("app.name")}`;
	}, [t]);
	const either = (value: string) => (value === ANY ? undefined : value);
	const addButton = mayWrite && (
		<Button look="solid" icon={<Plus size={15} aria-hidden />} onPress={() => setOpened("new")}>
			{t("articles.add")}
		</Button>
	);
	return (
		<div className={css.content}>
			<div className={css.head}>
				<div>
					<h1 className={css.title}>{t("articles.title")}</h1>
					<p className={css.lead}>{t("articles.lead")}</p>
				</div>
				<div className={css.headActions}>
					{may(user, "publishArticles") && (
						<Button icon={<FolderCog size={15} aria-hidden />} onPress={() => setOpened("categories")}>
							{t("articles.categories")}
						</Button>
					)}
					{addButton}
				</div>
			</div>
			<UnsavedHere />
			<div className={css.card}>
				<div className={css.filters}>
					<TextField
						className={css.search}
						label={t("articles.find")}
						isLabelHidden
						placeholder={t("articles.find")}
						type="search"
						value={query}
						onChange={setQuery}
						maxLength={60}
					/>
					<Select
						label={t("articles.state")}
						isCompact
						choices={[
							{ id: ANY, label: t("articles.anyState") },
							...ARTICLE_STATES.map((id) => ({ id, label: t(`articles.state.${id}`) })),
						]}
						value={state ?? ANY}
						onChange={(id) => setState(either(id) as ArticleState | undefined)}
					/>
					<Select
						label={t("articles.language")}
						isCompact
						choices={[
							{ id: ANY, label: t("articles.anyLanguage") },
							...languages.map((l) => ({ id: l.lang, label: languageName(l.lang) })),
						]}
						value={lang ?? ANY}
						onChange={(id) => setLang(either(id))}
					/>
					<Select
						label={t("articles.category")}
						isCompact
						choices={[
							{ id: ANY, label: t("articles.anyCategory") },
							...categories.map((k) => ({ id: k.id, label: categoryName(k, locale) })),
							{ id: "0", label: t("articles.noCategory") },
						]}
						value={categoryId ?? ANY}
						onChange={(id) => setCategoryId(either(id))}
					/>
				</div>
				{list.isPending ? (
					<div className={css.pad} role="status" aria-label={t("app.loading")}>
						<Skeleton width="60%" />
					</div>
				) : list.isError ? (
					<EmptyState
						role="alert"
						icon={<BookOpen size={22} />}
						title={errorText(list.error)}
						action={<Button onPress={() => void list.refetch()}>{t("common.retry")}</Button>}
					/>
				) : rows.length === 0 ? (
					<EmptyState
						icon={<BookOpen size={22} />}
						title={t(hasFilter ? "articles.noMatch" : "articles.none")}
						text={t(hasFilter ? "articles.noMatchText" : "articles.noneText")}
						action={!hasFilter && addButton}
					/>
				) : (
					<ul className={css.rows} aria-label={t("articles.title")} aria-busy={list.isFetching}>
						{rows.map((a) => (
							<ArticleRow key={a.id} article={a} />
						))}
					</ul>
				)}
				{list.hasNextPage && (
					<div className={css.more}>
						<Button onPress={() => void list.fetchNextPage()} isPending={list.isFetchingNextPage}>
							{t("articles.more")}
						</Button>
					</div>
				)}
			</div>
			{opened === "new" && (
				<NewArticleDialog
					onClose={() => setOpened(undefined)}
					onMade={(a) =>
						void navigate({
							to: "/library/articles/$articleId/$lang",
							params: { articleId: a.articleId, lang: a.lang },
						})
					}
				/>
			)}
			{opened === "categories" && <CategoriesDialog onClose={() => setOpened(undefined)} />}
		</div>
	);
}
