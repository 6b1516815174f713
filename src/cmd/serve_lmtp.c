/* LMTP as a part of `bellhop serve`: mails become rows before they are acknowledged; what they say is read later, as a job. */

#include "base/log.h"
#include "channel/mail_in.h"
#include "cmd/serve_int.h"
#include "desk/mail.h"
#include "net/lmtp_serve.h"

static enum err rcpt(void *self, struct ctx *c, struct str address)
{
	int64_t account_id;
	serve_fill_ctx(self, c);
	enum err e = mail_in_account(c, address, &account_id);
	if (e == ERR_NOT_FOUND)
		return fail(c, e, "No inbox has this address");
	return e;
}

static enum err deliver(void *self, struct ctx *c, const struct lmtp_mail *mail, enum err *result)
{
	serve_fill_ctx(self, c);
	for (size_t i = 0; i < mail->recipients_n; i++) {
		struct mail_in in = {
			.channel = STR("lmtp"),
			.return_path = mail->return_path,
			.address = mail->recipients[i],
			.raw = mail->data,
		};
		result[i] = mail_in_account(c, in.address, &in.channel_account_id);
		if (result[i] == OK)
			result[i] = mail_in_take(c, &in);
		if (result[i] != OK)
			log_failure(c, result[i], STR("lmtp: deliver"));
	}
	return OK;
}

enum err serve_open_lmtp(struct ctx *c, struct server *s)
{
	const struct lmtp_config config = {
		.listen = s->app.o.lmtp,
		.hostname = s->app.env.mail_host.n ? s->app.env.mail_host : STR("localhost"),
		.max_message_bytes = MAX_INCOMING_BYTES,
		.run = &s->app.run,
		.rcpt = rcpt,
		.deliver = deliver,
		.self = s,
	};
	if (str_eq(s->app.o.lmtp, STR("none")))
		return OK;
	return lmtp_serve_open(c, &config, &s->lmtp);
}
