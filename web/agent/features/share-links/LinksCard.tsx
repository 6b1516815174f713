import { Ban, Copy, Ellipsis, Pencil, Plus } from "lucide-react";
import { useState } from "react";
import { useIntl } from "react-intl";
import { useText } from "#shared/i18n/useText";
import { dayTime } from "#shared/time/relative";
import { Button, Dialog, IconButton, MenuButton, type MenuItem, Pill, Skeleton, toast } from "#ui";
import { type ShareLink, shareLinks, useShareLinks } from "../../data/shareLinks";
import { useErrorText } from "../../shell/useErrorText";
import { LinkDialog } from "./LinkDialog";
import css from "./ShareLinks.module.css";

/* With whom an item is shared: a link for each, or one for anyone. Closed: what is archived gets no new ones. */
export function LinksCard({ itemId, isClosed }: { itemId: string; isClosed: boolean }) {
	const t = useText();
	const errorText = useErrorText();
	const links = useShareLinks(itemId);
	const [edited, setEdited] = useState<ShareLink | "new">();
	if (isClosed && links.data?.length === 0) return null;
	return (
		<section className={css.card} aria-labelledby="share-links">
			<header className={css.head}>
				<h2 id="share-links">{t("documents.links")}</h2>
				{!isClosed && (
					<Button look="solid" icon={<Plus size={15} aria-hidden />} onPress={() => setEdited("new")}>
						{t("documents.newLink")}
					</Button>
				)}
			</header>
			{links.isPending && <Skeleton width="50%" />}
			{links.isError && (
				<p className={css.quiet} role="alert">
					{errorText(links.error)}
				</p>
			)}
			{links.data?.length === 0 && <p className={css.quiet}>{t("documents.noLinks")}</p>}
			{links.data && links.data.length > 0 && (
				<ul className={css.rows} aria-labelledby="share-links">
					{links.data.map((link) => (
						<Row key={link.id} link={link} onEdit={() => setEdited(link)} />
					))}
				</ul>
			)}
			{edited && (
				<LinkDialog itemId={itemId} link={edited === "new" ? undefined : edited} onClose={() => setEdited(undefined)} />
			)}
		</section>
	);
}

function Row({ link, onEdit }: { link: ShareLink; onEdit: () => void }) {
	const t = useText();
	const { locale } = useIntl();
	const errorText = useErrorText();
	const [isRevoking, setRevoking] = useState(false);
	const failed = (e: unknown) => toast("bad", errorText(e));
	const who = link.email ?? t("documents.anyone");
	const { url } = link;
	const copy = () =>
		void navigator.clipboard.writeText(url ?? "").then(() => toast("good", t("documents.linkCopied")), failed);
	const items: MenuItem[] = link.revokedAt
		? []
		: [
				{ id: "edit", label: t("documents.editLink"), icon: <Pencil size={15} aria-hidden />, run: onEdit },
				{
					id: "revoke",
					label: t("documents.revoke"),
					icon: <Ban size={15} aria-hidden />,
					run: () => setRevoking(true),
				},
			];
	const notes = [
		link.visitCount > 0
			? t("documents.seen", { n: link.visitCount, when: link.lastVisitAt ? dayTime(link.lastVisitAt, locale) : "" })
			: t("documents.notSeen"),
		...(link.asksEmail ? [t("documents.asksEmailShort")] : []),
		...(link.mayDownload ? [] : [t("documents.noDownload")]),
		...(link.expiresAt && link.isOpen ? [t("documents.expires", { when: dayTime(link.expiresAt, locale) })] : []),
	];
	return (
		<li className={css.row}>
			<div className={css.text}>
				<span className={css.who}>
					<span dir="auto">{who}</span>
					{link.revokedAt && <Pill tone="bad">{t("documents.revoked")}</Pill>}
					{!link.revokedAt && !link.isOpen && <Pill tone="warn">{t("documents.expired")}</Pill>}
				</span>
				{url && link.isOpen && (
					<span className={css.url} dir="ltr">
						{url}
					</span>
				)}
				<span className={css.quiet}>{notes.join(" · ")}</span>
			</div>
			{url && link.isOpen && "clipboard" in navigator && (
				<IconButton label={t("documents.copyLinkOf", { who })} onPress={copy}>
					<Copy size={15} aria-hidden />
				</IconButton>
			)}
			{items.length > 0 && (
				<MenuButton
					label={t("documents.linkMenu", { who })}
					side="bottom end"
					items={items}
					button={
						<IconButton label={t("documents.linkMenu", { who })}>
							<Ellipsis size={16} aria-hidden />
						</IconButton>
					}
				/>
			)}
			<Dialog
				role="alertdialog"
				title={t("documents.revokeTitle")}
				closeLabel={t("common.close")}
				isOpen={isRevoking}
				onClose={() => setRevoking(false)}
				actions={
					<>
						<Button onPress={() => setRevoking(false)}>{t("common.cancel")}</Button>
						<Button
							look="danger"
							onPress={() => void shareLinks.revoke(link.id).then(() => setRevoking(false), failed)}
						>
							{t("documents.revoke")}
						</Button>
					</>
				}
			>
				<p>{t("documents.revokeText", { who })}</p>
			</Dialog>
		</li>
	);
}
