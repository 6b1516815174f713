import { Archive, Package, Plus } from "lucide-react";
import { useDeferredValue, useState } from "react";
import type { CrmObject } from "#shared/api/types";
import { useText } from "#shared/i18n/useText";
import { Button, IconButton } from "#ui";
import { useProducts } from "../../data/quotes";
import { may, useUser } from "../../data/session";
import css from "../library/Library.module.css";
import { ListFrame } from "../library/ListFrame";
import { useMoney, withPlaces } from "../quotes/money";
import own from "../quotes/Quotes.module.css";
import { useRemove } from "../quotes/useRemove";
import { ProductDialog } from "./ProductDialog";

/* What lines of quotes are made from. */
export function ProductsPage() {
	const t = useText();
	const mayMake = may(useUser(), "edit");
	const [query, setQuery] = useState("");
	const [edited, setEdited] = useState<CrmObject | "new">();
	const list = useProducts(useDeferredValue(query.trim()));
	return (
		<>
			<ListFrame
				title={t("products.title")}
				lead={t("products.lead")}
				add={
					mayMake && (
						<Button look="solid" icon={<Plus size={15} aria-hidden />} onPress={() => setEdited("new")}>
							{t("products.new")}
						</Button>
					)
				}
				searchLabel={t("products.search")}
				query={query}
				onQuery={setQuery}
				icon={<Package size={22} />}
				list={list}
				isFiltered={query.trim() !== ""}
				noneFit={t("products.noneFound")}
				empty={{ title: t("products.none"), text: t("products.noneText") }}
				row={(o) => <ProductRow key={o.id} product={o} mayEdit={mayMake} onOpen={() => setEdited(o)} />}
			/>
			{edited && <ProductDialog product={edited === "new" ? undefined : edited} onClose={() => setEdited(undefined)} />}
		</>
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
