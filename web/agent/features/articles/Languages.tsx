import { Link, useNavigate } from "@tanstack/react-router";
import { Plus } from "lucide-react";
import { useLanguageName } from "#shared/i18n/useLanguageName";
import { useText } from "#shared/i18n/useText";
import { Button, MenuButton, toast } from "#ui";
import { type Article, articles, useArticleLanguages } from "../../data/articles";
import { useErrorText } from "../../shell/useErrorText";
import css from "./Articles.module.css";

interface Props {
	article: Article;
	lang: string;
	/* Before another language is shown. */
	onLeave: () => Promise<boolean>;
}

/* The languages of an article beside each other, and a new one. */
export function Languages({ article, lang, onLeave }: Props) {
	const t = useText();
	const errorText = useErrorText();
	const navigate = useNavigate();
	const languageName = useLanguageName();
	const others = useArticleLanguages().filter((l) => !article.texts.some((x) => x.lang === l.lang));
	async function add(next: string) {
		try {
			if (!(await onLeave())) return;
			await articles.translate(article.id, next);
			await navigate({ to: "/library/articles/$articleId/$lang", params: { articleId: article.id, lang: next } });
		} catch (e) {
			toast("bad", errorText(e));
		}
	}
	return (
		<nav className={css.languages} aria-label={t("articles.languages")}>
			<ul>
				{article.texts.map((x) => (
					<li key={x.lang}>
						<Link
							to="/library/articles/$articleId/$lang"
							params={{ articleId: article.id, lang: x.lang }}
							className={css.language}
							aria-current={x.lang === lang ? "page" : undefined}
						>
							{languageName(x.lang)}
							<small>{t(x.isGoverning ? "articles.governs" : `articles.state.${x.state}`)}</small>
						</Link>
					</li>
				))}
			</ul>
			{article.mayEdit && !article.archivedAt && others.length > 0 && (
				<MenuButton
					label={t("articles.addLanguage")}
					button={
						<Button size="s" look="quiet" icon={<Plus size={14} aria-hidden />}>
							{t("articles.addLanguage")}
						</Button>
					}
					items={others.map((l) => ({
						id: l.lang,
						label: languageName(l.lang),
						run: () => void add(l.lang),
					}))}
				/>
			)}
		</nav>
	);
}
