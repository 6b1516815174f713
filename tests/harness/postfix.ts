import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Certificate, makeCertificate } from "./certificate.ts";
import { freePort } from "./ports.ts";
import { isRoot, run, startServer } from "./process.ts";
import { tempDir } from "./temp.ts";
import { waitFor } from "./wait.ts";

export interface Postfix {
	/* SMTP with STARTTLS on 127.0.0.1; takes mail for any address that has a route. */
	port: number;
	url: string;
	caPath: string;
	log(): string;
	/* Tries everything in the queue again, now. */
	flush(): void;
	stop(): Promise<void>;
}

export interface PostfixOptions {
	/* Domain or address to where its mail goes: {"customer.example": "smtp:[127.0.0.1]:2525", "desk.example": "lmtp:inet:127.0.0.1:8024"}.
	 * "*" is everything else. */
	routes: Record<string, string>;
}

/* Why no Postfix of our own can run here; undefined when it can. Its master insists on root. */
export const noPostfix: string | undefined = !existsSync("/usr/sbin/postfix")
	? "skipped: Postfix is not installed"
	: isRoot
		? undefined
		: "skipped: a private Postfix needs root";

const SERVICES = `
pickup     unix n - n 60 1 pickup
cleanup    unix n - n - 0 cleanup
qmgr       unix n - n 1 1 qmgr
tlsmgr     unix - - n 1000? 1 tlsmgr
rewrite    unix - - n - - trivial-rewrite
bounce     unix - - n - 0 bounce
defer      unix - - n - 0 bounce
trace      unix - - n - 0 bounce
verify     unix - - n - 1 verify
flush      unix n - n 1000? 0 flush
proxymap   unix - - n - - proxymap
proxywrite unix - - n - 1 proxymap
smtp       unix - - n - - smtp
relay      unix - - n - - smtp
showq      unix n - n - - showq
error      unix - - n - - error
retry      unix - - n - - error
discard    unix - - n - - discard
lmtp       unix - - n - - lmtp
anvil      unix - - n - 1 anvil
scache     unix - - n - 1 scache
postlog    unix-dgram n - n - 1 postlogd
`;

/* A private Postfix that relays by the routes. Call it only where noPostfix is undefined. */
export async function startPostfix({ routes }: PostfixOptions): Promise<Postfix> {
	if (noPostfix) throw new Error(noPostfix);
	const dir = tempDir("postfix");
	const certificate: Certificate = makeCertificate();
	const port = await freePort();
	const [config, spool, data] = ["etc", "spool", "data"].map((name) => join(dir, name)) as [string, string, string];
	for (const path of [config, spool, data]) mkdirSync(path);
	const uid = Number(run(["id", "-u", "postfix"]));
	chownSync(data, uid, Number(run(["id", "-g", "postfix"])));
	chmodSync(data, 0o700);

	const domains = Object.keys(routes).filter((name) => name !== "*");
	const transports = Object.entries(routes).map(([to, where]) => `{ ${to} = ${where} }`);
	writeFileSync(
		join(config, "main.cf"),
		`compatibility_level = 3.6
queue_directory = ${spool}
data_directory = ${data}
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
mail_owner = postfix
setgid_group = postdrop
myhostname = mx.test.example
mydestination =
local_recipient_maps =
alias_maps =
alias_database =
mynetworks = 127.0.0.0/8
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
relay_domains = ${domains.join(" ")}
transport_maps = inline:{ ${transports.join(", ")} }
smtpd_relay_restrictions = permit_mynetworks, reject
smtpd_tls_cert_file = ${certificate.certPath}
smtpd_tls_key_file = ${certificate.keyPath}
smtpd_tls_security_level = may
smtp_dns_support_level = disabled
maillog_file = ${dir}/mail.log
maillog_file_prefixes = ${dir}
message_size_limit = 60000000
mailbox_size_limit = 0
minimal_backoff_time = 5s
maximal_backoff_time = 30s
queue_run_delay = 5s
max_idle = 5s
`,
	);
	writeFileSync(join(config, "master.cf"), `127.0.0.1:${port} inet n - n - - smtpd\n${SERVICES}`);
	const log = () => (existsSync(`${dir}/mail.log`) ? readFileSync(`${dir}/mail.log`, "utf8") : "");
	const postfix = (...args: string[]) => run(["/usr/sbin/postfix", "-c", config, ...args]);
	postfix("check");
	/* not "postfix start-fg": a shell would stand between us and the master */
	const server = startServer("Postfix", ["/usr/lib/postfix/sbin/master", "-c", config, "-d"], { env: { MAIL_CONFIG: config }, isMaster: true });
	await waitFor("Postfix", () => {
		if (server.ended) throw new Error(`${server.ended}\n${server.log}${log()}`);
		return /daemon started/.test(log());
	}, { timeoutMs: 20_000 });
	return {
		port,
		url: `smtp://127.0.0.1:${port}`,
		caPath: certificate.caPath,
		log,
		flush: () => void postfix("flush"),
		stop: () => server.stop(),
	};
}
