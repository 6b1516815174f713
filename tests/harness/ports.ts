import { createServer } from "node:net";

/* Ports this process has given out: the kernel may offer one twice before its server listens. */
const given = new Set<number>();

/* A loopback port that nobody listens on. */
export async function freePort(): Promise<number> {
	for (;;) {
		const port = await new Promise<number>((resolve, reject) => {
			const server = createServer();
			server.once("error", reject);
			server.listen(0, "127.0.0.1", () => {
				const address = server.address();
				server.close(() => resolve(typeof address === "object" && address ? address.port : 0));
			});
		});
		if (!given.has(port)) {
			given.add(port);
			return port;
		}
	}
}
