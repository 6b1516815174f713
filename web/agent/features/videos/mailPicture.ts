/* A picture that stands for a video in a mail: its poster with the sign of play on it, or the sign alone where it has none. */

const WIDTH = 480;
const HEIGHT = 270;
const SIGN = 34;

async function load(address: string): Promise<ImageBitmap> {
	const answer = await fetch(address, { credentials: "same-origin" });
	if (!answer.ok) throw new Error(`the poster: ${answer.status}`);
	return createImageBitmap(await answer.blob());
}

function drawSign(g: CanvasRenderingContext2D, x: number, y: number) {
	g.beginPath();
	g.arc(x, y, SIGN, 0, 2 * Math.PI);
	g.fillStyle = "rgba(0, 0, 0, 0.65)";
	g.fill();
	g.lineWidth = 3;
	g.strokeStyle = "#fff";
	g.stroke();
	g.beginPath();
	g.moveTo(x - SIGN * 0.3, y - SIGN * 0.45);
	g.lineTo(x + SIGN * 0.5, y);
	g.lineTo(x - SIGN * 0.3, y + SIGN * 0.45);
	g.closePath();
	g.fillStyle = "#fff";
	g.fill();
}

export interface MailPicture {
	file: File;
	width: number;
	height: number;
}

export async function mailPicture(posterUrl: string | undefined): Promise<MailPicture> {
	const poster = posterUrl ? await load(posterUrl).catch(() => undefined) : undefined;
	const canvas = document.createElement("canvas");
	canvas.width = WIDTH;
	canvas.height = poster ? Math.min(WIDTH, Math.round((WIDTH * poster.height) / poster.width)) : HEIGHT;
	const g = canvas.getContext("2d");
	if (!g) throw new Error("no canvas");
	g.fillStyle = "#20262d";
	g.fillRect(0, 0, canvas.width, canvas.height);
	if (poster) {
		const scale = Math.min(canvas.width / poster.width, canvas.height / poster.height);
		const [w, h] = [poster.width * scale, poster.height * scale];
		g.drawImage(poster, (canvas.width - w) / 2, (canvas.height - h) / 2, w, h);
		poster.close();
	}
	drawSign(g, canvas.width / 2, canvas.height / 2);
	const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, "image/jpeg", 0.85));
	if (!blob) throw new Error("no picture");
	return { file: new File([blob], "video.jpg", { type: blob.type }), width: canvas.width, height: canvas.height };
}
