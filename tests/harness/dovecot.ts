import { chownSync, mkdirSync, writeFileSync } from "node:fs";
import { userInfo } from "node:os";
import { join } from "node:path";
import { type Certificate, makeCertificate } from "./certificate.ts";
import { lmtpSend } from "./lmtp.ts";
import { freePort } from "./ports.ts";
import { isRoot, run, startServer } from "./process.ts";
import { tempDir } from "./temp.ts";
import { waitFor } from "./wait.ts";

export interface Dovecot {
	/* IMAP with STARTTLS, IMAP over TLS, and LMTP into the mailboxes; all on 127.0.0.1. */
	imapPort: number;
	imapsPort: number;
	lmtpPort: number;
	/* The authority that signed its certificate (PEM). */
	caPath: string;
	certificate: Certificate;
	users: Record<string, string>;
	log(): string;
	/* Puts a mail into a user's INBOX; throws when Dovecot refuses it. */
	deliver(user: string, data: string | Buffer): Promise<void>;
	/* doveadm with this server's configuration: doveadm("mailbox", "status", "-u", user, "all", "INBOX"). */
	doveadm(...args: string[]): string;
	/* The raw mails of a user's folder, in order. */
	mails(user: string, folder?: string): string[];
	/* Stops and starts it on the same ports, with the same mailboxes. */
	restart(): Promise<void>;
	stop(): Promise<void>;
}

/* A private Dovecot. User names are whole addresses, values their passwords. */
export async function startDovecot({ users }: { users: Record<string, string> }): Promise<Dovecot> {
	const dir = tempDir("dovecot");
	const certificate = makeCertificate();
	const [imapPort, imapsPort, lmtpPort] = [await freePort(), await freePort(), await freePort()];
	const me = userInfo();
	/* Dovecot does not give mail to root */
	const owner = isRoot ? { name: "mail", uid: Number(run(["id", "-u", "mail"])), gid: Number(run(["id", "-g", "mail"])) } : { name: me.username, uid: me.uid, gid: me.gid };
	const group = isRoot ? "mail" : run(["id", "-gn"]).trim();
	for (const name of ["run", "home"]) mkdirSync(join(dir, name));
	if (isRoot) chownSync(join(dir, "home"), owner.uid, owner.gid);
	writeFileSync(join(dir, "users"), Object.entries(users).map(([name, password]) => `${name}:{PLAIN}${password}\n`).join(""), { mode: 0o644 });

	const configPath = join(dir, "dovecot.conf");
	const asMe = (service: string) => `service ${service} {\n  chroot =\n  user = ${owner.name}\n}`;
	writeFileSync(
		configPath,
		`
base_dir = ${dir}/run
instance_name = test
log_path = ${dir}/dovecot.log
protocols = imap lmtp
listen = 127.0.0.1
ssl = yes
ssl_cert = <${certificate.certPath}
ssl_key = <${certificate.keyPath}
disable_plaintext_auth = yes
auth_mechanisms = plain login
auth_failure_delay = 0
first_valid_uid = 1
first_valid_gid = 1
mail_location = maildir:~/Maildir
mail_fsync = never
maildir_very_dirty_syncs = no
imap_idle_notify_interval = 20 s
login_trusted_networks =
passdb {
  driver = passwd-file
  args = username_format=%u ${dir}/users
}
userdb {
  driver = static
  args = uid=${owner.uid} gid=${owner.gid} home=${dir}/home/%u allow_all_users=yes
}
${isRoot ? "" : `default_internal_user = ${owner.name}\ndefault_internal_group = ${group}\ndefault_login_user = ${owner.name}\n${["anvil", "imap-login", "stats", "auth", "auth-worker", "dict"].map(asMe).join("\n")}`}
service imap-login {
  inet_listener imap {
    port = ${imapPort}
  }
  inet_listener imaps {
    port = ${imapsPort}
    ssl = yes
  }
}
service lmtp {
  inet_listener lmtp {
    address = 127.0.0.1
    port = ${lmtpPort}
  }
}
namespace inbox {
  inbox = yes
  separator = /
}
`,
	);
	const readLog = () => run(["sh", "-c", `cat ${dir}/dovecot.log 2> /dev/null || true`]);
	const start = async () => {
		const server = startServer("Dovecot", ["/usr/sbin/dovecot", "-F", "-c", configPath], { isMaster: true });
		await waitFor("Dovecot", async () => {
			if (server.ended) throw new Error(`${server.ended}\n${server.log}${readLog()}`);
			return /master: Info: Dovecot .* starting up/.test(readLog());
		});
		return server;
	};
	let server = await start();

	const doveadm = (...args: string[]) => run(["/usr/bin/doveadm", "-c", configPath, ...args]);
	return {
		imapPort,
		imapsPort,
		lmtpPort,
		caPath: certificate.caPath,
		certificate,
		users,
		log: readLog,
		doveadm,
		async deliver(user, data) {
			const { replies } = await lmtpSend(lmtpPort, { from: "sender@test.example", to: [user], data });
			if (replies[0]?.code !== 250) throw new Error(`Dovecot refused a mail: ${replies[0]?.code} ${replies[0]?.text}`);
		},
		mails(user, folder = "INBOX") {
			const out = doveadm("fetch", "-u", user, "text", "mailbox", folder);
			return out.split(/^text:\n/m).slice(1).map((text) => text.replace(/\f\n?$/, ""));
		},
		async restart() {
			await server.stop();
			run(["sh", "-c", `: > ${dir}/dovecot.log`]);
			server = await start();
		},
		stop: () => server.stop(),
	};
}
