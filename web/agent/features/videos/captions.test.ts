import { expect, test } from "vitest";
import { asWebVtt } from "./captions";

const srt = (content: BlobPart) => new File([content], "film.SRT");

test("SubRip becomes WebVTT: its times, its ends of lines; commas of what is said stay", async () => {
	const made = await asWebVtt(
		srt(
			"1\r\n00:00:01,000 --> 00:00:02,500\r\nOne, two 00:00:03,000\r\n\r\n2\r\n01:00:00,000 --> 01:00:01,000\r\nThree\r\n",
		),
	);
	expect(made.name).toBe("film.vtt");
	expect(await made.text()).toBe(
		"WEBVTT\n\n1\n00:00:01.000 --> 00:00:02.500\nOne, two 00:00:03,000\n\n2\n01:00:00.000 --> 01:00:01.000\nThree\n",
	);
});

test("letters of old Windows are read as what they are", async () => {
	const made = await asWebVtt(srt(new Uint8Array([0x47, 0x72, 0xfc, 0xdf, 0x65])));
	expect(await made.text()).toBe("WEBVTT\n\nGrüße");
});

test("a WebVTT file stays as it is", async () => {
	const file = new File(["WEBVTT\n"], "film.vtt");
	expect(await asWebVtt(file)).toBe(file);
});
