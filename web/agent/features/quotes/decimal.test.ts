import { describe, expect, test } from "vitest";
import { fixed, parseDecimal, round, sumsOf } from "./decimal";

const line = (more: object = {}) => ({
	quantity: "1",
	price: "",
	discount: "",
	discountPercentage: "",
	taxRate: "",
	...more,
});

describe("sums of a quote are those of the server", () => {
	test.each([
		[[line({ quantity: "3", price: "0.335" })], 2, ["1.01"], "1.01", [], "1.01"],
		[
			[line({ quantity: "3", price: "19.99", discount: "0.99", discountPercentage: "10", taxRate: "19" })],
			2,
			["51.30"],
			"51.30",
			[["19", "51.30", "9.75"]],
			"61.05",
		],
		[
			[
				line({ price: "0.1", taxRate: "7" }),
				line({ price: "0,2", taxRate: "7.0" }),
				line({ price: "0.30", taxRate: "19" }),
			],
			2,
			["0.10", "0.20", "0.30"],
			"0.60",
			[
				["19", "0.30", "0.06"],
				["7", "0.30", "0.02"],
			],
			"0.68",
		],
		[[line({ quantity: "3", price: "33.5", taxRate: "10" })], 0, ["101"], "101", [["10", "101", "10"]], "111"],
		[[line({ price: "1.0005" })], 3, ["1.001"], "1.001", [], "1.001"],
		[
			[line({ quantity: "999999999", price: "999999999999.999999" })],
			2,
			["999999998999999999000.00"],
			"999999998999999999000.00",
			[],
			"999999998999999999000.00",
		],
	])("case %#", (lines, places, nets, net, taxes, total) => {
		const sums = sumsOf(lines, places);
		expect(sums.nets).toEqual(nets);
		expect([sums.net, sums.total]).toEqual([net, total]);
		expect(sums.taxes.map((t) => [t.rate, t.base, t.amount])).toEqual(taxes);
	});

	test("what is no number adds nothing, and is told apart from nothing", () => {
		expect(
			sumsOf([line({ price: "ten" }), line({ price: "-1" }), line({ price: "1", discount: "2" }), line()], 2),
		).toEqual({
			nets: [undefined, undefined, undefined, "0.00"],
			net: "0.00",
			taxes: [],
			total: "0.00",
		});
	});
});

test("numbers are read as they are typed, and rounded half away from zero", () => {
	expect(parseDecimal("1,5")).toEqual({ digits: 15n, places: 1 });
	for (const bad of ["", "1.2.3", "1e3", "x", "-1", "1,2,3", ".", "9".repeat(50)])
		expect(parseDecimal(bad)).toBeUndefined();
	expect(fixed(round({ digits: -125n, places: 3 }, 2), 2)).toBe("-0.13");
	expect(fixed({ digits: 5n, places: 0 }, 3)).toBe("5.000");
});
