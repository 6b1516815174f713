/* Captions as players on pages read them. Other programs write the same lines as SubRip (.srt), often in the letters of old Windows. */

const SUBRIP_TIME = /^(\d+:\d\d:\d\d),(\d{3}) --> (\d+:\d\d:\d\d),(\d{3})/gm;

async function textOf(file: File): Promise<string> {
	const bytes = await file.arrayBuffer();
	try {
		return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
	} catch {
		return new TextDecoder("windows-1252").decode(bytes);
	}
}

/* A WebVTT file stays as it is. */
export async function asWebVtt(file: File): Promise<File> {
	if (!/\.srt$/i.test(file.name)) return file;
	const lines = (await textOf(file)).replace(/\r\n?/g, "\n").replace(SUBRIP_TIME, "$1.$2 --> $3.$4");
	return new File([`WEBVTT\n\n${lines}`], file.name.replace(/srt$/i, "vtt"), { type: "text/vtt" });
}
