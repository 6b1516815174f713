import { expect, test } from "vitest";
import { chooseLanguage, directionOf, loadCatalogue, regionOf } from "./catalogue";

const NINE = ["en", "fr", "de", "ja", "pt", "es", "zh-TW", "fi", "pl"];

test("the first wish that there is a catalogue for is spoken, with its region's way to write dates", () => {
	expect(chooseLanguage(["de-AT", "en"], NINE)).toBe("de");
	expect(chooseLanguage(["sv", "fi-FI"], NINE)).toBe("fi");
	expect(chooseLanguage(["zh-Hant-HK"], NINE)).toBe("zh-TW");
	expect(chooseLanguage(["zh-HK"], NINE)).toBe("zh-TW");
	expect(chooseLanguage(["sv"], NINE)).toBe("en");
	expect(regionOf("pt", ["en", "pt-PT"])).toBe("pt-PT");
	expect(regionOf("de", ["en"])).toBe("de");
});

test("a pseudo-locale is only spoken when it is named, and changes words but no arguments", async () => {
	expect(chooseLanguage(["en-XA"], NINE)).toBe("en-XA");
	expect([directionOf("en-XB"), directionOf("en-XA"), directionOf("ja")]).toEqual(["rtl", "ltr", "ltr"]);
	const [en, longer] = await Promise.all([loadCatalogue("en"), loadCatalogue("en-XA")]);
	const key = "settings.preferences.undoSeconds";
	expect(JSON.stringify(en[key])).toContain(" second");
	expect(JSON.stringify(longer[key])).toContain("šéçöñđ");
	expect(JSON.stringify(longer[key])).toContain('"value":"count"');
	expect(JSON.stringify(longer[key])).not.toContain("second");
});
