/* What whole-program tests stand on: the real binary and real servers, each started on loopback ports of its own under a
 * temporary directory, and stopped with the test process, however that ends. */
export * from "./api.ts";
export * from "./bellhop.ts";
export * from "./browser.ts";
export * from "./certificate.ts";
export * from "./dovecot.ts";
export * from "./engines.ts";
export * from "./imap.ts";
export * from "./lmtp.ts";
export * from "./mime.ts";
export * from "./papers.ts";
export * from "./ports.ts";
export * from "./receiver.ts";
export * from "./postfix.ts";
export * from "./postgres.ts";
export * from "./process.ts";
export * from "./smtpSink.ts";
export * from "./temp.ts";
export * from "./wait.ts";
