import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface Received {
	method: string;
	/* As its sender called it. */
	url: string;
	headers: IncomingHttpHeaders;
	body: string;
	/* The events of a webhook. */
	events: any[];
}

export interface Receiver {
	port: number;
	url: string;
	/* In the order in which they came. */
	requests: Received[];
	/* Of all requests. */
	readonly events: any[];
	/* What it answers: a status, or nothing at all. */
	answer: (request: Received) => number | "hang" | "cut";
	stop(): Promise<void>;
}

/* A real HTTP server that takes webhooks; without a port on any free one. */
export async function startReceiver(port = 0): Promise<Receiver> {
	const requests: Received[] = [];
	const hanging = new Set<ServerResponse>();
	const receiver: Receiver = {
		port,
		url: "",
		requests,
		get events() {
			return requests.flatMap((r) => r.events);
		},
		answer: () => 204,
		stop: async () => {
			for (const response of hanging) response.destroy();
			server.closeAllConnections();
			await new Promise<void>((resolve) => server.close(() => resolve()));
		},
	};
	const server: Server = createServer((request, response) => {
		const chunks: Buffer[] = [];
		request.on("data", (chunk) => chunks.push(chunk));
		request.on("end", () => {
			const body = Buffer.concat(chunks).toString("utf8");
			const parsed = body.startsWith("[") ? JSON.parse(body) : [];
			const received = { method: request.method ?? "", url: `http://${request.headers.host}${request.url}`, headers: request.headers, body, events: parsed };
			requests.push(received);
			const answer = receiver.answer(received);
			if (answer === "hang") hanging.add(response);
			else if (answer === "cut") response.destroy();
			else response.writeHead(answer, { "content-type": "text/plain" }).end(answer === 204 ? undefined : `answered ${answer}`);
		});
	});
	await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
	receiver.port = (server.address() as AddressInfo).port;
	receiver.url = `http://127.0.0.1:${receiver.port}/hooks?x=1`;
	return receiver;
}
