/* A time between the wire (UTC) and a datetime-local field (the person's own clock, to the minute). */
const two = (n: number) => String(n).padStart(2, "0");

export function wireToLocal(value: string): string {
	const at = new Date(/^\d+$/.test(value) ? Number(value) : value);
	if (!value || Number.isNaN(at.getTime())) return "";
	return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}T${two(at.getHours())}:${two(at.getMinutes())}`;
}

export function localToWire(value: string): string {
	const at = new Date(value);
	return value && !Number.isNaN(at.getTime()) ? at.toISOString() : "";
}
