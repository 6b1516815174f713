/* Decimal numbers, exactly, as the server has them (src/base/decimal, src/desk/quote_sum): what is shown while one types. What the server
 * says counts. */
export interface Decimal {
	digits: bigint;
	places: number;
}

const ZERO: Decimal = { digits: 0n, places: 0 };
const MAX_CHARS = 40;

/* A comma is a point where there is no point: people type what is on their keyboard. */
export const asPoint = (text: string) => {
	const s = text.trim();
	return s.includes(".") ? s : s.replace(",", ".");
};

/* undefined: it is no number without a sign. Nothing is nothing: undefined too. */
export function parseDecimal(text: string): Decimal | undefined {
	const s = asPoint(text);
	if (s.length > MAX_CHARS || !/^(\d+\.?\d*|\.\d+)$/.test(s)) return undefined;
	const [whole = "", part = ""] = s.split(".");
	return { digits: BigInt(`${whole}${part}` || "0"), places: part.length };
}

const to = (n: Decimal, places: number) => n.digits * 10n ** BigInt(places - n.places);

export function add(a: Decimal, b: Decimal): Decimal {
	const places = Math.max(a.places, b.places);
	return { digits: to(a, places) + to(b, places), places };
}

export const negated = (n: Decimal): Decimal => ({ ...n, digits: -n.digits });
export const multiply = (a: Decimal, b: Decimal): Decimal => ({
	digits: a.digits * b.digits,
	places: a.places + b.places,
});

/* Half away from zero. */
export function round(n: Decimal, places: number): Decimal {
	if (n.places <= places) return n;
	const divisor = 10n ** BigInt(n.places - places);
	const size = n.digits < 0n ? -n.digits : n.digits;
	const whole = (size + divisor / 2n) / divisor;
	return { digits: n.digits < 0n ? -whole : whole, places };
}

/* With exactly so many places. */
export function fixed(n: Decimal, places: number): string {
	const digits = to(round(n, places), places);
	const text = String(digits < 0n ? -digits : digits).padStart(places + 1, "0");
	const sign = digits < 0n ? "-" : "";
	return places ? `${sign}${text.slice(0, -places)}.${text.slice(-places)}` : `${sign}${text}`;
}

export interface LineNumbers {
	quantity: string;
	price: string;
	discount: string;
	discountPercentage: string;
	taxRate: string;
}

export interface Sums {
	/* Of each line; undefined where a number is none. */
	nets: (string | undefined)[];
	net: string;
	taxes: { rate: string; base: string; amount: string }[];
	total: string;
}

const HUNDRED: Decimal = { digits: 100n, places: 0 };
const percent = (n: Decimal): Decimal => ({ digits: n.digits, places: n.places + 2 });

function netOf(l: LineNumbers, places: number): Decimal | undefined {
	const read = (text: string, otherwise: Decimal) => (text.trim() ? parseDecimal(text) : otherwise);
	const quantity = read(l.quantity, { digits: 1n, places: 0 });
	const price = read(l.price, ZERO);
	const discount = read(l.discount, ZERO);
	const off = read(l.discountPercentage, ZERO);
	if (!quantity || !price || !discount || !off) return undefined;
	const each = add(price, negated(discount));
	const part = percent(add(HUNDRED, negated(off)));
	if (each.digits < 0n || part.digits < 0n) return undefined;
	return round(multiply(multiply(quantity, each), part), places);
}

/* Of the lines whose numbers are numbers. */
export function sumsOf(lines: readonly LineNumbers[], places: number): Sums {
	const bases = new Map<string, { rate: Decimal; base: Decimal }>();
	let net = ZERO;
	const nets = lines.map((l) => {
		const n = netOf(l, places);
		const rate = l.taxRate.trim() ? parseDecimal(l.taxRate) : ZERO;
		if (!n || !rate) return undefined;
		net = add(net, n);
		if (rate.digits > 0n) {
			const key = fixed(rate, 6);
			const tax = bases.get(key) ?? { rate, base: ZERO };
			bases.set(key, { rate, base: add(tax.base, n) });
		}
		return fixed(n, places);
	});
	let total = net;
	const taxes = [...bases.entries()]
		.sort(([a], [b]) => b.padStart(20, "0").localeCompare(a.padStart(20, "0")))
		.map(([, { rate, base }]) => {
			const amount = round(percent(multiply(base, rate)), places);
			total = add(total, amount);
			return {
				rate: fixed(rate, rate.places).replace(/\.?0+$/, (end) => (end.startsWith(".") ? "" : end)),
				base: fixed(base, places),
				amount: fixed(amount, places),
			};
		});
	return { nets, net: fixed(net, places), taxes, total: fixed(total, places) };
}
