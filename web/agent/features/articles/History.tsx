import { ChevronDown, ChevronUp, RotateCcw } from "lucide-react";
import { useMemo, useRef, useState } from "react";
import { useIntl } from "react-intl";
import { useText } from "#shared/i18n/useText";
import { Banner, Button, Dialog, IconButton, Pill, Select } from "#ui";
import {
	type ArticleMoment,
	type ArticleText,
	type ArticleVersion,
	articles,
	useMoments,
	useVersion,
} from "../../data/articles";
import { useUserName } from "../../data/reference";
import { useErrorText } from "../../shell/useErrorText";
import css from "./Articles.module.css";
import { diffWords } from "./diff";
import { textOf } from "./textOf";

const MOMENT = { dateStyle: "medium", timeStyle: "short" } as const;

/* All that a version says, as text. */
export const wholeText = (v: Pick<ArticleVersion, "title" | "subtitle" | "body" | "tags" | "products">) =>
	[v.title, v.subtitle, v.tags.join(", "), v.products.join(", "), textOf(v.body)].filter(Boolean).join("\n\n");

interface DiffProps {
	before: string;
	after: string;
	lang: string;
}

/* Words that came are underlined, words that went are struck out; buttons go from change to change. */
export function Diff({ before, after, lang }: DiffProps) {
	const t = useText();
	const box = useRef<HTMLDivElement>(null);
	const parts = useMemo(() => diffWords(before, after, lang), [before, after, lang]);
	const changes = parts.filter((p) => p.kind !== "same").length;
	const go = (way: 1 | -1) => {
		const marks = [...(box.current?.querySelectorAll<HTMLElement>("ins, del") ?? [])];
		const at = marks.indexOf(document.activeElement as HTMLElement);
		const next = at < 0 ? (way > 0 ? 0 : marks.length - 1) : (at + way + marks.length) % marks.length;
		marks[next]?.focus();
	};
	return (
		<section className={css.diff} aria-label={t("articles.differences")}>
			<div className={css.diffHead}>
				<span role="status">{t("articles.changes", { count: changes })}</span>
				<IconButton label={t("articles.previousChange")} size="s" isDisabled={changes === 0} onPress={() => go(-1)}>
					<ChevronUp size={16} aria-hidden />
				</IconButton>
				<IconButton label={t("articles.nextChange")} size="s" isDisabled={changes === 0} onPress={() => go(1)}>
					<ChevronDown size={16} aria-hidden />
				</IconButton>
			</div>
			{/* biome-ignore lint/a11y/noStaticElementInteractions: the keys are a second way to what the buttons do */}
			<div
				ref={box}
				className={css.diffText}
				dir="auto"
				lang={lang}
				onKeyDown={(e) => {
					if (e.key === "ArrowDown" || e.key === "ArrowUp") {
						e.preventDefault();
						go(e.key === "ArrowDown" ? 1 : -1);
					}
				}}
			>
				{parts.map((p, i) => {
					const key = `${i}${p.kind}`;
					if (p.kind === "added")
						return (
							<ins key={key} tabIndex={-1}>
								<span className={css.spoken}>{t("articles.added")} </span>
								{p.text}
							</ins>
						);
					if (p.kind === "removed")
						return (
							<del key={key} tabIndex={-1}>
								<span className={css.spoken}>{t("articles.removed")} </span>
								{p.text}
							</del>
						);
					return <span key={key}>{p.text}</span>;
				})}
			</div>
		</section>
	);
}

function MomentRow({ m, isOpen, onOpen }: { m: ArticleMoment; isOpen: boolean; onOpen: () => void }) {
	const t = useText();
	const intl = useIntl();
	const name = useUserName(m.userId);
	return (
		<li>
			<button type="button" className={css.moment} aria-pressed={isOpen} onClick={onOpen}>
				<span>{intl.formatDate(m.updatedAt, MOMENT)}</span>
				<small>{name ?? t("articles.somebody")}</small>
				{m.publishedAt && <Pill tone="good">{t("articles.state.PUBLISHED")}</Pill>}
			</button>
		</li>
	);
}

interface Props {
	text: ArticleText;
	onRestored: (text: ArticleText) => void;
	onClose: () => void;
}

/* Who wrote what, and what it said then against another version. */
export function History({ text, onRestored, onClose }: Props) {
	const t = useText();
	const intl = useIntl();
	const errorText = useErrorText();
	const { articleId, lang } = text;
	const moments = useMoments(articleId, lang).data ?? [];
	const [openId, setOpenId] = useState<string>();
	const [againstId, setAgainstId] = useState<string>();
	const [problem, setProblem] = useState<string>();
	const shownId = openId ?? moments[0]?.versionId;
	const before = moments[moments.findIndex((m) => m.versionId === shownId) + 1]?.versionId;
	const otherId = againstId ?? before;
	const shown = useVersion(articleId, lang, shownId).data;
	const other = useVersion(articleId, lang, otherId).data;
	async function restore() {
		if (!shownId) return;
		try {
			onRestored(await articles.revert(articleId, lang, shownId, text.version));
			onClose();
		} catch (e) {
			setProblem(errorText(e));
		}
	}
	return (
		<Dialog
			isOpen
			isWide
			title={t("articles.history")}
			closeLabel={t("common.close")}
			onClose={onClose}
			actions={
				text.mayEdit &&
				shownId !== moments[0]?.versionId && (
					<Button look="solid" icon={<RotateCcw size={15} aria-hidden />} onPress={() => void restore()}>
						{t("articles.restoreVersion")}
					</Button>
				)
			}
		>
			<div className={css.history}>
				<ul className={css.moments} aria-label={t("articles.versions")}>
					{moments.map((m) => (
						<MomentRow
							key={m.versionId}
							m={m}
							isOpen={m.versionId === shownId}
							onOpen={() => {
								setOpenId(m.versionId);
								setAgainstId(undefined);
							}}
						/>
					))}
				</ul>
				<div className={css.compare}>
					{problem && (
						<Banner tone="bad" role="alert">
							{problem}
						</Banner>
					)}
					{moments.length > 1 && (
						<Select
							label={t("articles.compareWith")}
							choices={moments
								.filter((m) => m.versionId !== shownId)
								.map((m) => ({ id: m.versionId, label: intl.formatDate(m.updatedAt, MOMENT) }))}
							value={otherId}
							placeholder={t("articles.nothingBefore")}
							onChange={setAgainstId}
						/>
					)}
					{shown && <Diff before={other && otherId ? wholeText(other) : ""} after={wholeText(shown)} lang={lang} />}
				</div>
			</div>
		</Dialog>
	);
}
