import { ArrowDown, ArrowUp, ChevronDown, EyeOff, MoveLeft, MoveRight, Settings2 } from "lucide-react";
import { useText } from "#shared/i18n/useText";
import { Button, CheckboxGroup, IconButton, MenuButton, type MenuItem, PopoverButton, Splitter } from "#ui";
import { type Column, MAX_WIDTH, MIN_WIDTH } from "./columns";
import css from "./Table.module.css";

interface Props {
	columns: readonly Column[];
	all: readonly Column[];
	sort: string;
	onSort: (sort: string) => void;
	onColumns: (ids: string[]) => void;
	onWidth: (id: string, px: number) => void;
}

/* The heads of the columns: each sorts, moves, hides and resizes its own; the last button chooses among all. */
export function TableHead(p: Props) {
	const t = useText();
	return (
		<div role="row" className={css.headRow}>
			{p.columns.map((c, i) => (
				<Head key={c.id} column={c} at={i} {...p} />
			))}
			<div role="columnheader" className={css.choose}>
				<PopoverButton
					label={t("column.choose")}
					side="bottom end"
					button={
						<IconButton label={t("column.choose")} size="s">
							<Settings2 size={15} aria-hidden />
						</IconButton>
					}
				>
					{() => (
						<div className={css.choices}>
							<CheckboxGroup
								label={t("column.choose")}
								choices={p.all.map((c) => ({ id: c.id, label: c.label }))}
								value={p.columns.map((c) => c.id)}
								onChange={(ids) => {
									const kept = p.columns.map((c) => c.id).filter((id) => ids.includes(id));
									const added = ids.filter((id) => !kept.includes(id));
									if (kept.length + added.length > 0) p.onColumns([...kept, ...added].slice(0, 30));
								}}
							/>
						</div>
					)}
				</PopoverButton>
			</div>
		</div>
	);
}

function Head({ column: c, at, columns, sort, onSort, onColumns, onWidth }: Props & { column: Column; at: number }) {
	const t = useText();
	const [up, down] = c.sorts;
	const isSorted = sort !== "" && (sort === up || sort === down);
	const move = (to: number) => {
		const ids = columns.map((o) => o.id);
		ids.splice(at, 1);
		ids.splice(to, 0, c.id);
		onColumns(ids);
	};
	const items: MenuItem[] = [];
	if (up)
		items.push(
			{
				id: "up",
				label: t("column.sortUp"),
				icon: <ArrowUp size={15} aria-hidden />,
				isSelected: sort === up,
				run: () => onSort(up),
			},
			{
				id: "down",
				label: t("column.sortDown"),
				icon: <ArrowDown size={15} aria-hidden />,
				isSelected: sort === down,
				run: () => onSort(down),
			},
		);
	if (at > 0)
		items.push({
			id: "left",
			label: t("column.moveBack"),
			icon: <MoveLeft size={15} aria-hidden />,
			run: () => move(at - 1),
		});
	if (at < columns.length - 1)
		items.push({
			id: "right",
			label: t("column.moveOn"),
			icon: <MoveRight size={15} aria-hidden />,
			run: () => move(at + 1),
		});
	if (columns.length > 1)
		items.push({
			id: "hide",
			label: t("column.hide"),
			icon: <EyeOff size={15} aria-hidden />,
			run: () => onColumns(columns.map((o) => o.id).filter((id) => id !== c.id)),
		});
	return (
		<div
			role="columnheader"
			className={css.headCell}
			aria-sort={isSorted ? (sort === up ? "ascending" : "descending") : undefined}
		>
			<MenuButton
				label={c.label}
				items={items}
				button={
					<Button look="quiet" size="s" className={css.headButton}>
						<span>{c.label}</span>
						{isSorted ? (
							sort === up ? (
								<ArrowUp size={13} aria-hidden />
							) : (
								<ArrowDown size={13} aria-hidden />
							)
						) : (
							<ChevronDown size={13} aria-hidden className={css.more} />
						)}
					</Button>
				}
			/>
			<div className={css.handle}>
				<Splitter
					label={t("column.width", { column: c.label })}
					value={c.width}
					min={MIN_WIDTH}
					max={MAX_WIDTH}
					initial={150}
					onChange={(px) => onWidth(c.id, Math.min(MAX_WIDTH, Math.max(MIN_WIDTH, Math.round(px))))}
				/>
			</div>
		</div>
	);
}
