/* Sizes of files, in the reader's own way of writing numbers and units. */
const UNITS = ["byte", "kilobyte", "megabyte", "gigabyte"] as const;

export function fileSize(bytes: number, locale: string): string {
	let value = Math.max(0, bytes);
	let unit = 0;
	while (value >= 1024 && unit < UNITS.length - 1) {
		value /= 1024;
		unit++;
	}
	return new Intl.NumberFormat(locale, {
		style: "unit",
		unit: UNITS[unit] ?? "byte",
		/* "25 byte" is what the short form makes of it in English. */
		unitDisplay: unit === 0 ? "long" : "short",
		maximumFractionDigits: unit > 0 && value < 10 ? 1 : 0,
	}).format(value);
}
