import { useState } from "react";
import { ApiError } from "#shared/api/client";
import type { CrmObject } from "#shared/api/types";
import { useText } from "#shared/i18n/useText";
import { Banner, Button, Dialog, Select, TextField } from "#ui";
import { TextArea } from "#ui/more";
import { PRODUCT_PROPERTIES, type ProductProperties, saveProduct } from "../../data/quotes";
import { useErrorText } from "../../shell/useErrorText";
import { asPoint, parseDecimal } from "../quotes/decimal";
import { useCurrencies } from "../quotes/money";
import css from "../quotes/Quotes.module.css";

const NONE = "none";

/* A product: made or changed. Lines that were made from it stay as they are. */
export function ProductDialog({ product, onClose }: { product: CrmObject | undefined; onClose: () => void }) {
	const t = useText();
	const errorText = useErrorText();
	const currencies = useCurrencies();
	const [p, setP] = useState(
		() => Object.fromEntries(PRODUCT_PROPERTIES.map((n) => [n, product?.properties[n] ?? ""])) as ProductProperties,
	);
	const [errors, setErrors] = useState<Record<string, string>>({});
	const [problem, setProblem] = useState<string>();
	const [isBusy, setBusy] = useState(false);
	const change = (part: Partial<ProductProperties>) => setP((now) => ({ ...now, ...part }));

	async function save() {
		const found: Record<string, string> = {};
		if (!p.name.trim()) found.name = t("products.nameMissing");
		for (const field of ["price", "hs_tax_rate"] as const)
			if (p[field].trim() && !parseDecimal(p[field])) found[field] = t("products.noNumber");
		setErrors(found);
		if (Object.keys(found).length > 0) return;
		setBusy(true);
		setProblem(undefined);
		try {
			await saveProduct(product?.id, { ...p, price: asPoint(p.price), hs_tax_rate: asPoint(p.hs_tax_rate) });
			onClose();
		} catch (e) {
			if (e instanceof ApiError) setErrors(e.fields);
			setProblem(errorText(e));
		} finally {
			setBusy(false);
		}
	}
	return (
		<Dialog
			isOpen
			isWide
			title={product ? t("products.edit") : t("products.new")}
			closeLabel={t("common.close")}
			onClose={onClose}
			actions={
				<>
					<Button onPress={onClose}>{t("common.cancel")}</Button>
					<Button look="solid" isPending={isBusy} onPress={() => void save()}>
						{t("common.save")}
					</Button>
				</>
			}
		>
			<div className={css.form}>
				{problem && (
					<Banner tone="bad" role="alert">
						{problem}
					</Banner>
				)}
				<TextField
					label={t("products.name")}
					value={p.name}
					onChange={(name) => change({ name })}
					error={errors.name}
					maxLength={500}
					autoFocus
				/>
				<div className={css.two}>
					<TextField
						label={t("products.sku")}
						note={t("common.optional")}
						value={p.hs_sku}
						onChange={(hs_sku) => change({ hs_sku })}
						error={errors.hs_sku}
						maxLength={500}
					/>
					<TextField
						label={t("quotes.price")}
						value={p.price}
						onChange={(price) => change({ price })}
						error={errors.price}
						inputMode="decimal"
						maxLength={40}
					/>
					<Select
						label={t("quotes.currency")}
						choices={[{ id: NONE, label: t("products.anyCurrency") }, ...currencies]}
						value={p.hs_currency || NONE}
						onChange={(id) => change({ hs_currency: id === NONE ? "" : id })}
						error={errors.hs_currency}
					/>
					<TextField
						label={t("quotes.taxRate")}
						note={t("common.optional")}
						value={p.hs_tax_rate}
						onChange={(hs_tax_rate) => change({ hs_tax_rate })}
						error={errors.hs_tax_rate}
						inputMode="decimal"
						maxLength={40}
					/>
				</div>
				<TextArea
					label={t("quotes.description")}
					note={t("common.optional")}
					value={p.description}
					onChange={(description) => change({ description })}
					error={errors.description}
					maxLength={10000}
				/>
			</div>
		</Dialog>
	);
}
