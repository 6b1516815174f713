/* A desk, a browser, and the way that its mails take: to a sink, at once or, as in the world, through a mail server. */
import { type Bellhop, type Browser, launchBrowser, noPostfix, type Postfix, type SmtpSink, startBellhop, startPostfix, startSmtpSink } from "../harness/index.ts";

export interface MailDesk {
	bellhop: Bellhop;
	browser: Browser;
	sink: SmtpSink;
	postfix: Postfix | undefined;
}

/* isReal: Postfix takes the mails of the desk and hands them to the sink; where it cannot run, the sink takes them itself. */
export async function startMailDesk(engine: Bellhop["engine"], { isReal = false, browserArgs = [] as string[] } = {}): Promise<MailDesk> {
	const sink = await startSmtpSink();
	const postfix = isReal && !noPostfix ? await startPostfix({ routes: { "*": `smtp:[127.0.0.1]:${sink.port}` } }) : undefined;
	const [bellhop, browser] = await Promise.all([startBellhop({ engine, args: ["--smtp", (postfix ?? sink).url] }), launchBrowser(browserArgs)]);
	return { bellhop, browser, sink, postfix };
}

/* Also of one that did not start whole. */
export async function stopMailDesk(desk: Partial<MailDesk> | undefined) {
	await desk?.browser?.close();
	await desk?.bellhop?.stop();
	await desk?.postfix?.stop();
	await desk?.sink?.stop();
}
