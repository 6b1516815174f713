import { join } from "node:path";
import { type Bellhop, type Engine, pdf, run, startBellhop, startPostgres, waitFor } from "../harness/index.ts";
import { alternate, atMost, compile, type Figure, type Load, median, rates, runJson, wrk } from "./measure.ts";

/* The lists of the library at their maxima (desk/library.h, desk/article.h): what one sees of 5,000 items of a kind, 10,000 articles in
 * two languages, and 10,000 quotes. Each is made once by the API, and its rows once more for each of the others by SQL. */
const ITEMS = 5000;
const ARTICLES = 10_000;
const QUOTES = 10_000;
const PAGE = 50;
const QUERY_S = 1;
const MOST_MS = 50;
/* A hundredth of all has this word. */
const TOPIC = "topic37";

interface Raw {
	perSecond: number;
	p50Ms: number;
}

interface Library {
	bellhop: Bellhop;
	/* postgres://…, or the file. */
	database: string;
	sql(...statements: string[]): Promise<string>;
}

async function start(engine: Engine): Promise<Library> {
	const bellhop = await startBellhop({ engine, args: ["--lmtp", "none"] });
	const file = join(bellhop.dataDir, "bellhop.db");
	const sql = async (...statements: string[]): Promise<string> => {
		const text = `${statements.join(";\n")};\n`;
		return bellhop.db ? (await startPostgres()).query(bellhop.db, text) : run(["sqlite3", "-cmd", ".timeout 10000", file], { input: text }).trimEnd();
	};
	return { bellhop, database: bellhop.db ?? file, sql };
}

/* The ids of one item of each kind. */
async function makeOne(bellhop: Bellhop) {
	const { api } = bellhop;
	const send = async (path: string, name: string, bytes: Buffer) => {
		const form = new FormData();
		form.set("file", new Blob([new Uint8Array(bytes)]), name);
		const answer = await fetch(bellhop.url + path, { method: "POST", body: form, headers: { authorization: `Bearer ${bellhop.token}` } });
		if (answer.status !== 201) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
		return (await answer.json()) as { id: string };
	};
	const snippet = await api.post("/desk/v1/snippets", { name: "Opening hours", shortcut: "hours", html: `<p>${"We are open from Monday to Friday. ".repeat(8)}</p>` });
	const document = await send("/desk/v1/documents", "Price list.pdf", pdf(["Prices"]));
	await waitFor("its picture", async () => (await api.get(`/desk/v1/documents/${document.id}`)).pictureState !== "WAITING");
	const webm = Buffer.from("1a45dfa39f4286810142f7810142f2810442f381084282847765626d42878104428581021853806701ffffffffffffff", "hex");
	const video = await api.post("/desk/v1/videos", { name: "How to reset", fileId: (await send("/desk/v1/videos/files?part=video", "film.webm", webm)).id, durationMs: 61_500 });
	const article = await api.post("/desk/v1/articles", { lang: "en", title: "Reset your password", subtitle: "In two steps", body: `<p>${"Open the page and press the button. ".repeat(40)}</p>`, tags: ["password"] });
	await api.post(`/desk/v1/articles/${article.articleId}/texts`, { lang: "fi" });
	const quote = await api.post("/crm/v3/objects/quotes", { properties: { hs_title: "A quote", hs_currency: "EUR" } });
	return { snippet: snippet.id, document: document.id, video: video.id, article: article.articleId as string, quote: quote.id as string };
}

/* Copies of rows, each with what differs said. Ids follow on those that are there, step apart. */
function copies(engine: Engine, columnsOf: (table: string) => string[]) {
	const numbers = (n: number) => (engine === "sqlite" ? `(WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${n}) SELECT i FROM n)` : `(SELECT i FROM generate_series(1, ${n}) AS g(i)) AS g`);
	return (table: string, where: string, n: number, own: Record<string, string>) => {
		const columns = columnsOf(table);
		return `INSERT INTO ${table} (${columns.join(", ")}) SELECT ${columns.map((c) => own[c] ?? `t.${c}`).join(", ")} FROM (SELECT * FROM ${table} WHERE ${where}) AS t CROSS JOIN ${numbers(n)}`;
	};
}

async function fill(l: Library): Promise<void> {
	const { engine } = l.bellhop;
	const one = await makeOne(l.bellhop);
	await l.bellhop.stop();
	const tables = ["library_item", "library_text", "document", "video", "article", "article_text", "article_version", "article_words", "object"];
	const columns = new Map<string, string[]>();
	for (const table of tables)
		columns.set(table, (await l.sql(engine === "sqlite" ? `SELECT name FROM pragma_table_info('${table}')` : `SELECT column_name FROM information_schema.columns WHERE table_name = '${table}' ORDER BY ordinal_position`)).trim().split(/\s+/));
	const copy = copies(engine, (table) => columns.get(table) as string[]);
	const at = { snippet: 100_000, document: 200_000, video: 300_000 };
	const item = (kind: keyof typeof at) =>
		copy("library_item", `id = ${one[kind]}`, ITEMS - 1, { id: `${at[kind]} + i`, name: "t.name || ' ' || i", name_key: "t.name_key || ' ' || i", handle: "CASE WHEN t.handle = '' THEN '' ELSE t.handle || i END", words: "t.words || 'topic' || i % 100 || ' '" });
	const text = "t.id * 100000 + i";
	await l.sql(
		item("snippet"), item("document"), item("video"),
		copy("library_text", `id = ${one.snippet}`, ITEMS - 1, { id: `${at.snippet} + i` }),
		copy("document", `id = ${one.document}`, ITEMS - 1, { id: `${at.document} + i` }),
		copy("video", `id = ${one.video}`, ITEMS - 1, { id: `${at.video} + i` }),
		copy("article", `id = ${one.article}`, ARTICLES - 1, { id: "100000 + i", updated_at: "t.updated_at - i" }),
		copy("article_text", `article_id = ${one.article}`, ARTICLES - 1, { id: text, article_id: "100000 + i", slug: "t.slug || i", draft_id: "t.draft_id * 100000 + i" }),
		copy("article_version", `text_id IN (SELECT id FROM article_text WHERE article_id = ${one.article})`, ARTICLES - 1, { id: text, text_id: "t.text_id * 100000 + i", title: "t.title || ' ' || i" }),
		copy("article_words", `text_id IN (SELECT id FROM article_text WHERE article_id = ${one.article})`, ARTICLES - 1, { text_id: "t.text_id * 100000 + i", words: "t.words || 'topic' || i % 100 || ' '" }),
		copy("object", `id = ${one.quote}`, QUOTES - 1, { id: "500000 + i", unique_key: "NULL" }),
		engine === "sqlite" ? "ANALYZE" : "ANALYZE library_item; ANALYZE article; ANALYZE article_text; ANALYZE article_version; ANALYZE article_words; ANALYZE object",
	);
	await l.bellhop.restart();
}

const itemPage = (kind: string, detail: string, where = "") => {
	const page = `SELECT id FROM library_item WHERE kind = '${kind}' AND archived_at = 0 ${where} ORDER BY name_key, id LIMIT ${PAGE + 1}`;
	return [`SELECT * FROM library_item WHERE kind = '${kind}' AND archived_at = 0 ${where} ORDER BY name_key, id LIMIT ${PAGE + 1}`, `SELECT * FROM ${detail} WHERE id IN (SELECT id FROM (${page}) AS p)`];
};
const HAS_TOPIC = `LIKE '% ${TOPIC} %'`;
const articlePage = (where = "") => {
	const page = `SELECT a.id FROM article a WHERE a.archived_at = 0 ${where} ORDER BY a.updated_at DESC, a.id DESC LIMIT ${PAGE + 1}`;
	return [page, `SELECT t.*, v.title, v.subtitle FROM article_text t JOIN article_version v ON v.id = t.draft_id WHERE t.article_id IN (SELECT id FROM (${page}) AS p)`];
};
const articleHas = `AND EXISTS (SELECT 1 FROM article_text t JOIN article_words w ON w.text_id = t.id WHERE t.article_id = a.id AND w.words ${HAS_TOPIC})`;

/* What is asked for, and the same as SQL, without rights and JSON. */
const lists: { what: string; path: string; body?: object; raw: string[] }[] = [
	...(["snippet", "document", "video"] as const).flatMap((kind) => {
		const detail = kind === "snippet" ? "library_text" : kind;
		return [
			{ what: `${kind}s, first of 5,000`, path: `/desk/v1/${kind}s?limit=${PAGE}`, raw: itemPage(kind, detail) },
			{ what: `${kind}s, searched`, path: `/desk/v1/${kind}s?limit=${PAGE}&q=${TOPIC}`, raw: itemPage(kind, detail, `AND words ${HAS_TOPIC}`) },
		];
	}),
	{ what: "articles, first of 10,000", path: `/desk/v1/articles?limit=${PAGE}`, raw: articlePage() },
	{ what: "articles, searched", path: `/desk/v1/articles?limit=${PAGE}&q=${TOPIC}`, raw: articlePage(articleHas) },
	{ what: "quotes, first of 10,000", path: "/crm/v3/objects/quotes/search", body: { limit: PAGE, sorts: ["-hs_createdate"] }, raw: [`SELECT * FROM object WHERE object_type = (SELECT object_type FROM object WHERE id = 500001) AND archived_at = 0 ORDER BY created_at DESC, id DESC LIMIT ${PAGE}`] },
];

async function compare(l: Library, { what, path, body, raw }: (typeof lists)[number]): Promise<Figure[]> {
	const program = compile("raw_query", ["sqlite3", "libpq"]);
	const options = { connections: 1, seconds: QUERY_S, ...(body ? { body: JSON.stringify(body) } : {}) };
	const ask = () => wrk(l.bellhop.url + path, l.bellhop.token, [l.bellhop.pid], options);
	await ask();
	const { reference, subject } = await alternate<Raw, Load>(() => runJson(program, l.database, QUERY_S, ...raw), ask);
	return [
		rates(`Library: ${what}, ${l.bellhop.engine} : raw`, subject.map((s) => s.perSecond), reference.map((r) => r.perSecond), "/s"),
		{ ...atMost("  p50", median(subject.map((s) => s.p50Ms)), "ms", MOST_MS, 2, { subject, reference }), reference: `${median(reference.map((r) => r.p50Ms)).toFixed(2)} ms` },
	];
}

export async function library(): Promise<Figure[]> {
	const all: Figure[] = [];
	for (const engine of ["sqlite", "postgresql"] as const) {
		const l = await start(engine);
		await fill(l);
		for (const list of lists) all.push(...(await compare(l, list)));
		await l.bellhop.stop();
	}
	return all;
}
