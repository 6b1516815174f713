/* Articles for the Insert menu: what customers can read comes first, in each of its languages; drafts are shown, so that nobody looks for
 * them in vain. */
import { type Article, articles, findArticles } from "../../data/articles";
import type { PickSource } from "../composer/editor/insert/pickers";

const MOST_PUBLISHED = 30;
const MOST_DRAFTS = 10;

const isPublished = (a: Article) => a.texts.some((x) => x.state === "PUBLISHED");

export const articlePicker: PickSource = {
	libraryPath: "/library/articles",
	async find(query, { t, locale }, signal) {
		const names = new Intl.DisplayNames([locale], { type: "language" });
		const [published, drafts] = await Promise.all([
			findArticles({ q: query, state: "PUBLISHED" }, MOST_PUBLISHED, undefined, signal),
			findArticles({ q: query, state: "DRAFT" }, MOST_DRAFTS, undefined, signal),
		]);
		return [
			...published.results.flatMap((a) =>
				a.texts
					.filter((x) => x.state === "PUBLISHED")
					.sort((x, y) => Number(y.lang === a.shown.lang) - Number(x.lang === a.shown.lang))
					.map((x) => ({ id: `${a.id}/${x.lang}`, label: x.title, note: names.of(x.lang) })),
			),
			...drafts.results
				.filter((a) => !isPublished(a))
				.map((a) => ({
					id: `${a.id}/${a.shown.lang}`,
					label: a.shown.title,
					note: t("articles.cannotInsert"),
					isBarred: true,
				})),
		];
	},
	async card(id) {
		const [articleId = "", lang = ""] = id.split("/");
		const text = await articles.read(articleId, lang);
		return { kind: "article", title: text.title, url: text.url, description: text.subtitle };
	},
};
