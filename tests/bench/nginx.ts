import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { freePort, startServer, tempDir, waitFor } from "../harness/index.ts";

export interface Nginx {
	url: string;
	/* Of its workers. */
	pids: number[];
	stop(): Promise<void>;
}

/* nginx as Debian sets it up, without a log, that serves one static file of these bytes. */
export async function startNginx(body: string, workers: number): Promise<Nginx> {
	const dir = tempDir("nginx");
	const port = await freePort();
	writeFileSync(join(dir, "ticket.json"), body);
	writeFileSync(
		join(dir, "nginx.conf"),
		`
worker_processes ${workers};
daemon off;
pid ${dir}/pid;
error_log stderr;
user root;
events { worker_connections 768; }
http {
	access_log off;
	sendfile on;
	tcp_nopush on;
	keepalive_requests 1000000000;
	types { application/json json; }
	client_body_temp_path ${dir}/body;
	proxy_temp_path ${dir}/proxy;
	fastcgi_temp_path ${dir}/fastcgi;
	uwsgi_temp_path ${dir}/uwsgi;
	scgi_temp_path ${dir}/scgi;
	server { listen 127.0.0.1:${port}; root ${dir}; }
}
`,
	);
	const server = startServer("nginx", ["/usr/sbin/nginx", "-c", join(dir, "nginx.conf"), "-p", dir], { isMaster: true });
	const url = `http://127.0.0.1:${port}/ticket.json`;
	await waitFor("nginx", async () => {
		if (server.ended) throw new Error(server.log);
		return (await fetch(url)).ok;
	});
	const children = readFileSync(`/proc/${server.pid}/task/${server.pid}/children`, "utf8");
	return { url, pids: children.trim().split(" ").map(Number), stop: () => server.stop() };
}
