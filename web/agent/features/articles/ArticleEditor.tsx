import { Link } from "@tanstack/react-router";
import {
	Archive,
	ArchiveRestore,
	ArrowLeft,
	ExternalLink,
	Eye,
	EyeOff,
	History as HistoryIcon,
	Link2,
	MoreHorizontal,
	Send,
} from "lucide-react";
import { lazy, Suspense, useCallback, useEffect, useState } from "react";
import { useText } from "#shared/i18n/useText";
import { Banner, Button, IconButton, MenuButton, type MenuItem, TextField, toast } from "#ui";
import { type Article, type ArticleText, articles } from "../../data/articles";
import { useUserName } from "../../data/reference";
import { useErrorText } from "../../shell/useErrorText";
import css from "./Articles.module.css";
import { Details } from "./Details";
import { History } from "./History";
import { Languages } from "./Languages";
import { NewerNotice } from "./NewerNotice";
import { ArticleBody, Preview } from "./Preview";
import { StatePill } from "./StatePill";
import { type KeepState, useArticleDraft } from "./useArticleDraft";

const ArticleRichEditor = lazy(() => import("./ArticleRichEditor"));

function KeptLine({ state, problem }: { state: KeepState; problem?: string }) {
	const t = useText();
	const said = { kept: "articles.kept", waiting: "articles.keeping", keeping: "articles.keeping" } as const;
	const key = state in said ? said[state as keyof typeof said] : undefined;
	return (
		<span className={css.kept} role="status" data-state={state}>
			{key ? t(key) : state === "newer" ? "" : t("articles.notKept", { why: problem ?? "" })}
		</span>
	);
}

interface Props {
	article: Article;
	loaded: ArticleText;
}

export function ArticleEditor({ article, loaded }: Props) {
	const t = useText();
	const errorText = useErrorText();
	const draft = useArticleDraft(loaded, errorText);
	const { base, fields } = draft;
	const [opened, setOpened] = useState<"preview" | "history">();
	const [isBusy, setBusy] = useState(false);
	const changedBy = useUserName(base.userId);
	const isArchived = base.state === "ARCHIVED";
	const isReadOnly = !base.mayEdit || isArchived;
	useEffect(() => {
		document.title = `${fields.title} – ${t("app.name")}`;
	}, [fields.title, t]);

	const act = useCallback(
		async (
			what: "publish" | "unpublish" | "archive" | "restore",
			said: "published" | "unpublished" | "archived" | "restored",
		) => {
			setBusy(true);
			try {
				if (!(await draft.flush())) return;
				if (base.isGoverning && what === "archive") {
					await articles.archive(article.id);
					draft.show(await articles.read(article.id, base.lang));
				} else if (what === "restore" && article.archivedAt) {
					await articles.restore(article.id);
					draft.show(await articles.read(article.id, base.lang));
				} else draft.show(await articles.act(article.id, base.lang, what, draft.base.version));
				toast("good", t(`articles.said.${said}`));
			} catch (e) {
				toast("bad", errorText(e));
			} finally {
				setBusy(false);
			}
		},
		[draft, base, article, errorText, t],
	);

	const isPublic = base.state === "PUBLISHED";
	const items: MenuItem[] = [
		...(isPublic
			? [
					{
						id: "open",
						label: t("articles.openPage"),
						icon: <ExternalLink size={15} aria-hidden />,
						run: () => void window.open(base.url, "_blank", "noopener"),
					},
					{
						id: "copy",
						label: t("articles.copyLink"),
						icon: <Link2 size={15} aria-hidden />,
						run: () =>
							void navigator.clipboard?.writeText(base.url).then(() => toast("good", t("articles.said.copied"))),
					},
				]
			: []),
		...(isPublic && base.mayPublish
			? [
					{
						id: "unpublish",
						label: t("articles.unpublish"),
						icon: <EyeOff size={15} aria-hidden />,
						run: () => void act("unpublish", "unpublished"),
					},
				]
			: []),
		...(base.mayEdit && !isArchived && (!isPublic || base.mayPublish)
			? [
					{
						id: "archive",
						label: t(base.isGoverning ? "articles.archive" : "articles.archiveLanguage"),
						icon: <Archive size={15} aria-hidden />,
						run: () => void act("archive", "archived"),
					},
				]
			: []),
	];

	return (
		<div className={css.article}>
			<header className={css.bar}>
				<Link to="/library/articles" className={css.back} aria-label={t("articles.back")} title={t("articles.back")}>
					<ArrowLeft size={18} aria-hidden />
				</Link>
				<h1 className={css.barTitle} dir="auto" lang={base.lang}>
					{fields.title}
				</h1>
				<StatePill text={base} />
				{!isReadOnly && <KeptLine state={draft.state} problem={draft.problem} />}
				<div className={css.barActions}>
					<Button icon={<Eye size={15} aria-hidden />} onPress={() => setOpened("preview")}>
						{t("articles.preview")}
					</Button>
					<Button
						icon={<HistoryIcon size={15} aria-hidden />}
						onPress={() => void draft.flush().then(() => setOpened("history"))}
					>
						{t("articles.history")}
					</Button>
					{isArchived && base.mayEdit && (
						<Button
							icon={<ArchiveRestore size={15} aria-hidden />}
							isPending={isBusy}
							onPress={() => void act("restore", "restored")}
						>
							{t("articles.restore")}
						</Button>
					)}
					{base.mayPublish && !isArchived && (
						<Button
							look="solid"
							icon={<Send size={15} aria-hidden />}
							isPending={isBusy}
							isDisabled={isPublic && !base.hasChanges && draft.state === "kept"}
							onPress={() => void act("publish", "published")}
						>
							{t(isPublic ? "articles.publishChanges" : "articles.publish")}
						</Button>
					)}
					{items.length > 0 && (
						<MenuButton
							label={t("articles.moreActions")}
							side="bottom end"
							items={items}
							button={
								<IconButton label={t("articles.moreActions")}>
									<MoreHorizontal size={17} aria-hidden />
								</IconButton>
							}
						/>
					)}
				</div>
			</header>
			{draft.state === "newer" && <NewerNotice draft={draft} />}
			{isArchived && <Banner tone="info">{t("articles.isArchived")}</Banner>}
			<div className={css.columns}>
				<div className={css.writing}>
					<Languages article={article} lang={base.lang} onLeave={draft.flush} />
					{isReadOnly ? (
						<article className={css.preview}>
							<h2 dir="auto" lang={base.lang}>
								{fields.title}
							</h2>
							{fields.subtitle && <p lang={base.lang}>{fields.subtitle}</p>}
							<ArticleBody html={fields.body} lang={base.lang} />
						</article>
					) : (
						<>
							<TextField
								label={t("articles.field.title")}
								value={fields.title}
								onChange={(title) => draft.set({ title })}
								maxLength={200}
								error={fields.title.trim() ? draft.errors.title : t("articles.needsTitle")}
								lang={base.lang}
							/>
							<TextField
								label={t("articles.field.subtitle")}
								hint={t("articles.subtitleHint")}
								value={fields.subtitle}
								onChange={(subtitle) => draft.set({ subtitle })}
								maxLength={500}
								error={draft.errors.subtitle}
								lang={base.lang}
							/>
							<div className={css.editor} lang={base.lang}>
								<Suspense fallback={<div className={css.pad} role="status" aria-label={t("app.loading")} />}>
									<ArticleRichEditor
										docId={`${article.id}/${base.lang}/${draft.edition}`}
										html={fields.body}
										onChange={(body) => draft.set({ body })}
									/>
								</Suspense>
							</div>
							{draft.errors.body && (
								<Banner tone="bad" role="alert">
									{draft.errors.body}
								</Banner>
							)}
						</>
					)}
				</div>
				<Details article={article} draft={draft} isReadOnly={isReadOnly} changedBy={changedBy} />
			</div>
			{opened === "preview" && <Preview {...fields} lang={base.lang} onClose={() => setOpened(undefined)} />}
			{opened === "history" && (
				<History text={draft.base} onRestored={draft.show} onClose={() => setOpened(undefined)} />
			)}
		</div>
	);
}
