import { Archive, Package, Plus } from "lucide-react";
import { useDeferredValue, useEffect, useState } from "react";
import type { CrmObject } from "#shared/api/types";
import { useText } from "#shared/i18n/useText";
import { Button, EmptyState, IconButton, Skeleton, TextField } from "#ui";
import { useProducts } from "../../data/quotes";
import { may, useUser } from "../../data/session";
import { useErrorText } from "../../shell/useErrorText";
import css from "../library/Library.module.css";
import { useMoney, withPlaces } from "../quotes/money";
import own from "../quotes/Quotes.module.css";
import { useRemove } from "../quotes/useRemove";
import { ProductDialog } from "./ProductDialog";

const SKELETONS = ["a", "b", "c"];

/* What lines of quotes are made from. */
export function ProductsPage() {
	const t = useText();
	const errorText = useErrorText();
	const mayMake = may(useUser(), "edit");
	const [query, setQuery] = useState("");
	const [edited, setEdited] = useState<CrmObject | "new">();
	const list = useProducts(useDeferredValue(query.trim()));
	const rows = list.data?.pages.flatMap((p) => p.results);
	useEffect(() => {
		document.title = `${t("products.title")} – ${t("app.name")}`;
	}, [t]);
	return (
		<div className={css.content}>
			<header className={css.head}>
				<div>
					<h1 className={css.title}>{t("products.title")}</h1>
					<p className={css.lead}>{t("products.lead")}</p>
				</div>
				{mayMake && (
					<Button look="solid" icon={<Plus size={15} aria-hidden />} onPress={() => setEdited("new")}>
						{t("products.new")}
					</Button>
				)}
			</header>
			<section className={css.card} aria-label={t("products.title")}>
				<div className={css.filters}>
					<TextField
						className={css.search}
						label={t("products.search")}
						isLabelHidden
						type="search"
						placeholder={t("products.search")}
						value={query}
						onChange={setQuery}
					/>
				</div>
				{list.isError && !rows && (
					<EmptyState
						role="alert"
						icon={<Package size={22} />}
						title={t("products.loadError")}
						text={errorText(list.error)}
						action={<Button onPress={() => void list.refetch()}>{t("common.retry")}</Button>}
					/>
				)}
				{!rows && !list.isError && (
					<div className={css.pad}>
						{SKELETONS.map((k) => (
							<Skeleton key={k} width="70%" height={20} />
						))}
					</div>
				)}
				{rows?.length === 0 && (
					<EmptyState
						icon={<Package size={22} />}
						title={query ? t("products.noneFound") : t("products.none")}
						text={query ? undefined : t("products.noneText")}
					/>
				)}
				{rows && rows.length > 0 && (
					<ul className={css.rows}>
						{rows.map((o) => (
							<ProductRow key={o.id} product={o} mayEdit={mayMake} onOpen={() => setEdited(o)} />
						))}
					</ul>
				)}
				{list.hasNextPage && (
					<div className={css.more}>
						<Button isPending={list.isFetchingNextPage} onPress={() => void list.fetchNextPage()}>
							{t("quotes.more")}
						</Button>
					</div>
				)}
			</section>
			{edited && <ProductDialog product={edited === "new" ? undefined : edited} onClose={() => setEdited(undefined)} />}
		</div>
	);
}

function ProductRow({ product: o, mayEdit, onOpen }: { product: CrmObject; mayEdit: boolean; onOpen: () => void }) {
	const t = useText();
	const money = useMoney();
	const remove = useRemove("products");
	const p = o.properties;
	const name = p.name || `#${o.id}`;
	const currency = p.hs_currency ?? undefined;
	return (
		<li className={css.row}>
			<div className={css.rowText}>
				<span className={css.rowTitle}>
					{mayEdit ? (
						<button type="button" className={css.rowName} dir="auto" onClick={onOpen}>
							{name}
						</button>
					) : (
						<span dir="auto">{name}</span>
					)}
				</span>
				<span className={css.rowNote}>
					{p.hs_sku && <span dir="auto">{p.hs_sku}</span>}
					{p.description && (
						<span className={css.excerpt} dir="auto">
							{p.description}
						</span>
					)}
				</span>
			</div>
			<span className={own.amount}>{money(withPlaces(p.price, currency), currency)}</span>
			{mayEdit && (
				<IconButton label={t("products.archive", { name })} size="s" onPress={() => void remove(o.id, name)}>
					<Archive size={15} aria-hidden />
				</IconButton>
			)}
		</li>
	);
}
