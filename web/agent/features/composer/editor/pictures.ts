/* Pictures in a text are named by a content id: "f12@inline" is the uploaded file 12, "a.…" a picture of an article. */

export const contentIdOf = (fileId: string) => `f${fileId}@inline`;
export const fileOf = (contentId: string) => /^f(\d+)@inline$/.exec(contentId)?.[1];

/* Where the browser gets the picture from. A quoted one has an id of its sender, and no address here. */
export const pictureOf = (contentId: string) => {
	if (contentId.startsWith("a.")) return `/desk/v1/article-images/${encodeURIComponent(contentId)}`;
	const file = fileOf(contentId);
	return file ? `/desk/v1/files/${file}/content` : "";
};

/* Every content id that a text shows. */
export function shownPictures(html: string): Set<string> {
	return new Set([...html.matchAll(/<img\b[^>]*\bdata-cid="([^"]+)"/g)].map((m) => m[1] ?? ""));
}
