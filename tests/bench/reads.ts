import { type Engine, startBellhop } from "../harness/index.ts";
import { alternate, atMost, type Figure, median, rates, wrk } from "./measure.ts";
import { startNginx } from "./nginx.ts";

/* Threads that answer HTTP, in `serve`; nginx gets as many workers. */
const THREADS = 2;

/* One ticket with a bearer token, against nginx with a static file of the same bytes. */
async function readsOn(engine: Engine): Promise<Figure[]> {
	const bellhop = await startBellhop({ engine, initArgs: ["--demo"], args: ["--lmtp", "none"] });
	const listed = await bellhop.api.get<{ results: { id: string }[] }>("/crm/v3/objects/tickets?limit=1");
	const path = `/crm/v3/objects/tickets/${listed.results[0]?.id}`;
	const headers = { authorization: `Bearer ${bellhop.token}` };
	const body = await (await fetch(bellhop.url + path, { headers })).text();
	const nginx = await startNginx(body, THREADS);
	const { reference, subject } = await alternate(
		() => wrk(nginx.url, bellhop.token, nginx.pids),
		() => wrk(bellhop.url + path, bellhop.token, [bellhop.pid]),
	);
	await nginx.stop();
	await bellhop.stop();
	const cpu = { subject: subject.map((l) => l.cpuUs), reference: reference.map((l) => l.cpuUs) };
	const isTargeted = engine === "sqlite";
	return [
		rates(`GET a ticket (${body.length} bytes, 64 clients), ${engine} : nginx static`, subject.map((l) => l.perSecond), reference.map((l) => l.perSecond), "/s", isTargeted ? 0.6 : undefined),
		{ what: `  CPU of the server for each, ${engine} : nginx`, value: `${median(cpu.subject).toFixed(1)} us`, reference: `${median(cpu.reference).toFixed(1)} us`, ratio: median(cpu.reference) / median(cpu.subject), raw: cpu },
		atMost(`  p99, ${engine}`, median(subject.map((l) => l.p99Ms)), "ms", undefined, 2, subject),
	];
}

export async function reads(): Promise<Figure[]> {
	return [...(await readsOn("sqlite")), ...(await readsOn("postgresql"))];
}
