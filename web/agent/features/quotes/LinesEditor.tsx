import { ArrowDown, ArrowUp, GripVertical, Plus, Trash2 } from "lucide-react";
import { type KeyboardEvent, useRef, useState } from "react";
import { useText } from "#shared/i18n/useText";
import { Button, IconButton, TextField, toast } from "#ui";
import { ComboBox, TextArea } from "#ui/more";
import { useProducts } from "../../data/quotes";
import { emptyLine, type LineDraft } from "./draft";
import { useMoney, withPlaces } from "./money";
import css from "./Quotes.module.css";

interface Props {
	lines: readonly LineDraft[];
	nets: readonly (string | undefined)[];
	currency: string;
	errors: Readonly<Record<string, string>>;
	onChange: (lines: LineDraft[]) => void;
}

const FIGURES = ["quantity", "price", "discount", "discountPercentage", "taxRate"] as const;
const MAX_LINES = 200;

/* What is offered: typed or from products, in an order that is dragged, or moved by keys. */
export function LinesEditor({ lines, nets, currency, errors, onChange }: Props) {
	const t = useText();
	const list = useRef<HTMLOListElement>(null);
	const [dragged, setDragged] = useState<string>();
	const set = (key: string, part: Partial<LineDraft>) =>
		onChange(lines.map((l) => (l.key === key ? { ...l, ...part } : l)));
	function move(key: string, to: number) {
		const from = lines.findIndex((l) => l.key === key);
		const line = lines[from];
		if (!line || to < 0 || to >= lines.length || to === from) return;
		const rest = lines.filter((l) => l.key !== key);
		onChange([...rest.slice(0, to), line, ...rest.slice(to)]);
	}
	function add(line: LineDraft) {
		onChange([...lines, line]);
		requestAnimationFrame(() => list.current?.querySelector<HTMLInputElement>("li:last-child input")?.focus());
	}
	return (
		<section className={css.lines} aria-label={t("quotes.lines")}>
			<ol ref={list}>
				{lines.map((l, i) => (
					<Line
						key={l.key}
						line={l}
						index={i}
						count={lines.length}
						net={nets[i]}
						currency={currency}
						errors={errors}
						isDragged={dragged === l.key}
						onDrag={setDragged}
						onDrop={() => dragged && move(dragged, i)}
						onMove={(by) => move(l.key, i + by)}
						onChange={(part) => set(l.key, part)}
						onRemove={() => onChange(lines.filter((x) => x.key !== l.key))}
					/>
				))}
			</ol>
			{errors.lines && <p className={css.fault}>{errors.lines}</p>}
			{lines.length < MAX_LINES && (
				<div className={css.add}>
					<ProductPicker currency={currency} onPick={add} />
					<Button icon={<Plus size={15} aria-hidden />} onPress={() => add(emptyLine())}>
						{t("quotes.addLine")}
					</Button>
				</div>
			)}
		</section>
	);
}

interface LineProps {
	line: LineDraft;
	index: number;
	count: number;
	net: string | undefined;
	currency: string;
	errors: Readonly<Record<string, string>>;
	isDragged: boolean;
	onDrag: (key: string | undefined) => void;
	onDrop: () => void;
	onMove: (by: number) => void;
	onChange: (part: Partial<LineDraft>) => void;
	onRemove: () => void;
}

function Line({
	line: l,
	index,
	count,
	net,
	currency,
	errors,
	isDragged,
	onDrag,
	onDrop,
	onMove,
	onChange,
	onRemove,
}: LineProps) {
	const t = useText();
	const money = useMoney();
	const name = l.name || t("quotes.lineNumber", { number: index + 1 });
	const error = (field: string) => errors[`lines[${index}].${field}`];
	function onKey(e: KeyboardEvent) {
		if (!e.altKey || (e.key !== "ArrowUp" && e.key !== "ArrowDown")) return;
		e.preventDefault();
		onMove(e.key === "ArrowUp" ? -1 : 1);
	}
	return (
		<li
			className={css.line}
			data-dragged={isDragged || undefined}
			onKeyDown={onKey}
			onDragOver={(e) => e.preventDefault()}
			onDrop={(e) => {
				e.preventDefault();
				onDrop();
			}}
		>
			<span
				className={css.grip}
				draggable
				aria-hidden
				onDragStart={(e) => {
					e.dataTransfer.effectAllowed = "move";
					e.dataTransfer.setData("text/plain", l.key);
					onDrag(l.key);
				}}
				onDragEnd={() => onDrag(undefined)}
			>
				<GripVertical size={16} />
			</span>
			<div className={css.fields}>
				<TextField
					className={css.name}
					label={t("quotes.item")}
					value={l.name}
					onChange={(text) => onChange({ name: text })}
					error={error("name")}
					maxLength={500}
				/>
				{FIGURES.map((field) => (
					<TextField
						key={field}
						label={t(`quotes.${field}`)}
						value={l[field]}
						onChange={(text) => onChange({ [field]: text })}
						error={error(field)}
						inputMode="decimal"
						maxLength={40}
					/>
				))}
				<p className={css.net}>
					<span className={css.label}>{t("quotes.amount")}</span>
					<output>{net === undefined ? "–" : money(withPlaces(net, undefined) && net, currency)}</output>
				</p>
				<TextArea
					className={css.description}
					label={t("quotes.description")}
					rows={1}
					value={l.description}
					onChange={(text) => onChange({ description: text })}
					error={error("description")}
					maxLength={10000}
				/>
			</div>
			<div className={css.lineActions}>
				<IconButton label={t("quotes.moveUp", { name })} size="s" isDisabled={index === 0} onPress={() => onMove(-1)}>
					<ArrowUp size={15} aria-hidden />
				</IconButton>
				<IconButton
					label={t("quotes.moveDown", { name })}
					size="s"
					isDisabled={index === count - 1}
					onPress={() => onMove(1)}
				>
					<ArrowDown size={15} aria-hidden />
				</IconButton>
				<IconButton label={t("quotes.removeLine", { name })} size="s" onPress={onRemove}>
					<Trash2 size={15} aria-hidden />
				</IconButton>
			</div>
		</li>
	);
}

/* A price in another currency is none here: it is left to be entered, and said so. */
function ProductPicker({ currency, onPick }: { currency: string; onPick: (line: LineDraft) => void }) {
	const t = useText();
	const money = useMoney();
	const [query, setQuery] = useState("");
	const found = useProducts(query.trim());
	const rows = found.data?.pages[0]?.results ?? [];
	return (
		<ComboBox
			label={t("quotes.fromProduct")}
			query={query}
			onQuery={setQuery}
			choices={rows.map(({ id, properties: p }) => ({
				id,
				label: p.name || `#${id}`,
				note: [p.hs_sku, money(withPlaces(p.price, p.hs_currency ?? undefined), p.hs_currency ?? undefined)]
					.filter(Boolean)
					.join(" · "),
			}))}
			onChoose={(id) => {
				const p = rows.find((r) => r.id === id)?.properties;
				if (!p) return;
				const isOther = !!p.price && !!p.hs_currency && !!currency && p.hs_currency !== currency;
				setQuery("");
				if (isOther)
					toast("bad", t("quotes.otherCurrency", { name: p.name ?? "", from: p.hs_currency ?? "", to: currency }));
				onPick({
					...emptyLine(),
					productId: id,
					name: p.name ?? "",
					sku: p.hs_sku ?? "",
					price: isOther ? "" : (p.price ?? ""),
					taxRate: p.hs_tax_rate ?? "",
					description: p.description ?? "",
				});
			}}
			empty={t("quotes.noProduct")}
			openLabel={t("quotes.showChoices", { what: t("quotes.fromProduct") })}
		/>
	);
}
