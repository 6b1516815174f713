import { useParams } from "@tanstack/react-router";
import { BookOpen } from "lucide-react";
import { useText } from "#shared/i18n/useText";
import { Button, EmptyState, Skeleton } from "#ui";
import { useArticle, useArticleText } from "../../data/articles";
import { useErrorText } from "../../shell/useErrorText";
import { ArticleEditor } from "./ArticleEditor";
import css from "./Articles.module.css";

/* One article in one language. */
export function ArticlePage() {
	const t = useText();
	const errorText = useErrorText();
	const { articleId, lang } = useParams({ strict: false }) as { articleId: string; lang: string };
	const article = useArticle(articleId);
	const text = useArticleText(articleId, lang);
	const failed = article.isError ? article : text.isError ? text : undefined;
	if (failed && !(article.data && text.data)) {
		return (
			<EmptyState
				role="alert"
				icon={<BookOpen size={22} />}
				title={errorText(failed.error)}
				action={<Button onPress={() => void failed.refetch()}>{t("common.retry")}</Button>}
			/>
		);
	}
	if (!article.data || !text.data) {
		return (
			<div className={css.pad} role="status" aria-label={t("app.loading")}>
				<Skeleton width="60%" />
			</div>
		);
	}
	return <ArticleEditor key={`${articleId}/${lang}`} article={article.data} loaded={text.data} />;
}
