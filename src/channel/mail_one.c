#include "channel/mail_one.h"

#include "desk/env.h"
#include "desk/mail.h"
#include "job/job.h"
#include "net/smtp_call.h"
#include "text/mime_write.h"

enum err mail_send_one(struct ctx *c, const struct relay *relay, const struct mail_out *mail)
{
	struct smtp_client *client;
	struct smtp_result result = {0};
	struct str bytes;
	const struct smtp_config config = {
		.url = relay->url,
		.hostname = c->env->mail_host,
		.user = relay->username.n ? relay->username : STR_NULL,
		.password = relay->password,
	};
	TRY(mime_write(c, mail, &bytes));
	TRY(smtp_client_open(c, &config, &client));
	const struct smtp_mail sent = {.from = mail->from.address, .to = &mail->to[0].address, .to_n = 1, .data = bytes};
	enum err e = smtp_call(c, client, &sent, &result);
	smtp_client_close(client);
	return e;
}

enum err mail_wait_for_relay(struct ctx *c, struct job *job)
{
	return job_again_at(c, job, c->now + RELAY_WAIT_MS, STR("no outgoing mail server is set"));
}
