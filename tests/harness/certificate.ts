import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "./process.ts";
import { tempDir } from "./temp.ts";

export interface Certificate {
	/* Paths of PEM files. */
	caPath: string;
	certPath: string;
	keyPath: string;
}

/* A certificate authority of its own and a server certificate of it, for localhost and 127.0.0.1 (or the names given). */
export function makeCertificate(names: string[] = ["DNS:localhost", "IP:127.0.0.1"]): Certificate {
	const dir = tempDir("tls");
	const at = (name: string) => join(dir, name);
	const openssl = (...args: string[]) => run(["openssl", ...args], { cwd: dir });
	const key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"];
	openssl("req", "-x509", ...key, "-keyout", "ca.key", "-out", "ca.pem", "-days", "30", "-subj", "/CN=Test authority",
		"-addext", "basicConstraints=critical,CA:TRUE", "-addext", "keyUsage=critical,keyCertSign,cRLSign");
	openssl("req", ...key, "-keyout", "server.key", "-out", "server.csr", "-subj", "/CN=localhost");
	writeFileSync(at("ext"), `subjectAltName=${names.join(",")}\nextendedKeyUsage=serverAuth\nbasicConstraints=CA:FALSE\n`);
	openssl("x509", "-req", "-in", "server.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-days", "30",
		"-extfile", "ext", "-out", "server.pem");
	return { caPath: at("ca.pem"), certPath: at("server.pem"), keyPath: at("server.key") };
}
