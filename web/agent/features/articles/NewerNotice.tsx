import { useState } from "react";
import { useText } from "#shared/i18n/useText";
import { Banner, Button, Dialog, toast } from "#ui";
import { type ArticleText, articles } from "../../data/articles";
import { useUserName } from "../../data/reference";
import { useErrorText } from "../../shell/useErrorText";
import css from "./Articles.module.css";
import { Diff, wholeText } from "./History";
import type { ArticleDraft } from "./useArticleDraft";

/* A colleague was faster. Whichever text is taken, the other one stays in the history. */
export function NewerNotice({ draft }: { draft: ArticleDraft }) {
	const t = useText();
	const errorText = useErrorText();
	const [theirs, setTheirs] = useState<ArticleText>();
	const name = useUserName(theirs?.userId);
	const { base, fields } = draft;
	const settle = (whose: "mine" | "theirs") =>
		void draft.settle(whose).then(
			() => setTheirs(undefined),
			(e) => toast("bad", errorText(e)),
		);
	return (
		<Banner
			tone="warn"
			role="alert"
			action={
				<div className={css.choices}>
					<Button
						size="s"
						onPress={() =>
							void articles.read(base.articleId, base.lang).then(setTheirs, (e) => toast("bad", errorText(e)))
						}
					>
						{t("articles.compare")}
					</Button>
					<Button size="s" onPress={() => settle("theirs")}>
						{t("articles.takeTheirs")}
					</Button>
					<Button size="s" look="solid" onPress={() => settle("mine")}>
						{t("articles.keepMine")}
					</Button>
				</div>
			}
		>
			{t("articles.newer")}
			{theirs && (
				<Dialog
					isOpen
					isWide
					title={t("articles.newerBy", { name: name ?? t("articles.somebody") })}
					closeLabel={t("common.close")}
					onClose={() => setTheirs(undefined)}
				>
					<Diff before={wholeText(theirs)} after={wholeText(fields)} lang={base.lang} />
				</Dialog>
			)}
		</Banner>
	);
}
