/* libcurl speaks; we listen. Its result code alone does not tell a recipient refused from a connection broken behind the final
 * dot, so the conversation is followed: commands through the debug callback, reply lines through the header callback, content by
 * counting what was written to the socket. From this a step and a reply per recipient remain, and those decide.
 *
 * A kept connection may have been closed by the server meanwhile. When the first command on it gets no answer, or 421, the call is
 * made once more on a new one; nothing has been sent by then. */

#include "net/smtp_call.h"

#include <string.h>

#include "base/arena.h"
#include "base/check.h"
#include "base/clock.h"
#include "base/utf8.h"
#include "net/smtp_int.h"

enum { MAX_ADDRESS_BYTES = 320 };

/* One attempt. */
struct talk {
	struct ctx *c;
	const struct smtp_client *client;
	const struct smtp_mail *mail;
	struct smtp_result *out;
	size_t rcpt_n;          /* RCPT commands so far */
	size_t given_bytes;     /* of the content, to libcurl */
	size_t written_bytes;   /* of the content with stuffed dots, to the socket */
	size_t stuffed_bytes;   /* what that will be at the end */
	bool has_reply;         /* to the command of the present step */
	bool is_over;           /* libcurl has said QUIT: what is answered to that decides nothing */
	char reply[SMTP_MAX_REPLY_BYTES];
	size_t reply_n;
	int64_t heard_ms;       /* when the last byte went either way */
	char curl_error[CURL_ERROR_SIZE];
};

static void enter(struct talk *t, enum smtp_step step)
{
	t->out->step = step;
	t->has_reply = false;
	t->reply_n = 0;
}

static void on_command(struct talk *t, struct str line)
{
	/* an answer to a challenge is base64, and may look like any command */
	if (t->has_reply && t->out->code == 334)
		return;
	if (str_starts(line, STR("MAIL "))) {
		enter(t, SMTP_STEP_SENDER);
	} else if (str_starts(line, STR("RCPT "))) {
		enter(t, SMTP_STEP_RECIPIENT);
		t->rcpt_n++;
	} else if (str_starts(line, STR("DATA"))) {
		enter(t, SMTP_STEP_DATA);
	} else if (str_starts(line, STR("EHLO")) || str_starts(line, STR("HELO")) ||
	           str_starts(line, STR("STARTTLS"))) {
		enter(t, SMTP_STEP_HELLO);
	} else if (str_starts(line, STR("AUTH "))) {
		enter(t, SMTP_STEP_LOGIN);
	} else if (str_starts(line, STR("QUIT"))) {
		t->is_over = true;
	}
}

static void on_written(struct talk *t, size_t n)
{
	if (t->out->step == SMTP_STEP_DATA)
		enter(t, SMTP_STEP_CONTENT);
	t->written_bytes += n;
	if (t->out->step == SMTP_STEP_CONTENT && t->written_bytes >= t->stuffed_bytes)
		enter(t, SMTP_STEP_END);
}

static int on_debug(CURL *curl, curl_infotype kind, char *bytes, size_t n, void *arg)
{
	struct talk *t = arg;
	if (kind != CURLINFO_TEXT)
		t->heard_ms = clock_monotonic_ms();
	if (kind == CURLINFO_HEADER_OUT)
		on_command(t, (struct str){bytes, n});
	if (t->is_over)
		curl_easy_setopt(curl, CURLOPT_SERVER_RESPONSE_TIMEOUT, (long)SMTP_QUIT_SECONDS);
	if (kind == CURLINFO_DATA_OUT)
		on_written(t, n);
	return 0;
}

static int code_of(struct str line)
{
	for (size_t i = 0; i < 3; i++)
		if (i >= line.n || line.p[i] < '0' || line.p[i] > '9')
			return 0;
	return (line.p[0] - '0') * 100 + (line.p[1] - '0') * 10 + (line.p[2] - '0');
}

/* The last line of a reply is there. */
static void on_reply(struct talk *t, int code)
{
	struct smtp_result *out = t->out;
	out->code = code;
	out->reply = utf8_clean(t->c->a, str_dup(t->c->a, (struct str){t->reply, t->reply_n}));
	t->has_reply = true;
	t->reply_n = 0;
	if (out->step == SMTP_STEP_RECIPIENT && t->rcpt_n <= t->mail->to_n)
		out->recipients[t->rcpt_n - 1] = (struct smtp_rcpt){.code = code, .reply = out->reply};
}

static void reply_add(struct talk *t, struct str text)
{
	size_t room = sizeof(t->reply) - t->reply_n;
	struct str part = str_head(text, room);
	if (part.n > 0)
		memcpy(t->reply + t->reply_n, part.p, part.n);
	t->reply_n += part.n;
}

/* A line of a reply: "250-SIZE 100" or, the last one, "250 OK". */
static size_t on_line(char *bytes, size_t size, size_t n, void *arg)
{
	struct talk *t = arg;
	struct str line = str_trim((struct str){bytes, size * n});
	int code = code_of(line);
	if (code == 0 || t->is_over)
		return size * n;
	if (t->reply_n > 0)
		reply_add(t, STR(" "));
	reply_add(t, t->reply_n > 0 ? str_skip(line, 4) : line);
	if (line.n == 3 || line.p[3] == ' ')
		on_reply(t, code);
	return size * n;
}

static size_t on_read(char *room, size_t size, size_t n, void *arg)
{
	struct talk *t = arg;
	struct str part = str_head(str_skip(t->mail->data, t->given_bytes), size * n);
	if (part.n > 0)
		memcpy(room, part.p, part.n);
	t->given_bytes += part.n;
	return part.n;
}

static size_t on_body(char *bytes, size_t size, size_t n, void *arg)
{
	(void)bytes;
	(void)arg;
	return size * n;
}

/* libcurl's own low-speed limit would also count the time a server may take behind the final dot. */
static int on_progress(void *arg, curl_off_t a, curl_off_t b, curl_off_t x, curl_off_t y)
{
	struct talk *t = arg;
	const struct smtp_config *config = &t->client->config;
	(void)a, (void)b, (void)x, (void)y;
	if (config->is_stopping != NULL && config->is_stopping(config->self))
		return 1;
	return t->out->step != SMTP_STEP_END && clock_monotonic_ms() - t->heard_ms > SMTP_STALL_MS;
}

/* A reply that asks for a login or refuses it (RFC 4954 section 6) is about us, not about the mail. */
static bool is_about_login(int code)
{
	return code == 530 || code == 534 || code == 535 || code == 538;
}

static enum err verdict_of(int code)
{
	if (code / 100 == 2)
		return OK;
	return code / 100 == 5 && !is_about_login(code) ? ERR_REFUSED : ERR_OUTSIDE;
}

/* The verdict for everybody who was not refused at RCPT. */
static enum err verdict_of_rest(const struct talk *t)
{
	const struct smtp_result *out = t->out;
	switch (out->step) {
	case SMTP_STEP_SENDER:
	case SMTP_STEP_DATA:
		return t->has_reply && verdict_of(out->code) == ERR_REFUSED ? ERR_REFUSED : ERR_OUTSIDE;
	case SMTP_STEP_END:
		return t->has_reply ? verdict_of(out->code) : ERR_OUTSIDE;
	case SMTP_STEP_CONNECT:
	case SMTP_STEP_HELLO:
	case SMTP_STEP_LOGIN:
	case SMTP_STEP_RECIPIENT:
	case SMTP_STEP_CONTENT:
		break;
	}
	return ERR_OUTSIDE;
}

static enum err judge(struct talk *t)
{
	struct smtp_result *out = t->out;
	enum err rest = verdict_of_rest(t);
	enum err all = ERR_REFUSED;
	for (size_t i = 0; i < t->mail->to_n; i++) {
		struct smtp_rcpt *rcpt = &out->recipients[i];
		bool is_refused = rcpt->code != 0 && rcpt->code / 100 != 2;
		if (is_refused)
			rcpt->err = verdict_of(rcpt->code);
		else
			*rcpt = (struct smtp_rcpt){rest, t->has_reply ? out->code : 0,
			                           t->has_reply ? out->reply : STR_NULL};
		if (rcpt->err == OK)
			all = OK;
		if (rcpt->err == ERR_OUTSIDE && all == ERR_REFUSED)
			all = ERR_OUTSIDE;
	}
	out->is_sent_maybe = out->step == SMTP_STEP_END && !t->has_reply;
	return all;
}

static const char *step_name(enum smtp_step step)
{
	static const char *const names[] = {
		[SMTP_STEP_CONNECT] = "connecting", [SMTP_STEP_HELLO] = "EHLO", [SMTP_STEP_LOGIN] = "login",
		[SMTP_STEP_SENDER] = "MAIL", [SMTP_STEP_RECIPIENT] = "RCPT", [SMTP_STEP_DATA] = "DATA",
		[SMTP_STEP_CONTENT] = "the content", [SMTP_STEP_END] = "the final dot",
	};
	return names[step];
}

static enum err report(struct talk *t, CURLcode rc)
{
	enum err e = judge(t);
	if (e == OK)
		return OK;
	const char *where = step_name(t->out->step);
	if (t->has_reply && t->out->code >= 400)
		return fail(t->c, e, "smtp: %s: " STR_FMT, where, STR_ARG(t->out->reply));
	return fail(t->c, e, "smtp: %s: %s", where, t->curl_error[0] ? t->curl_error : curl_easy_strerror(rc));
}

/* Lines that begin with a dot get one more. */
static size_t stuffed_size(struct str data)
{
	size_t dots = str_starts(data, STR("."));
	for (struct str rest = data;;) {
		ptrdiff_t at = str_find(rest, STR("\r\n."));
		if (at < 0)
			return data.n + dots;
		dots++;
		rest = str_skip(rest, (size_t)at + 2);
	}
}

static void setup_mail(struct smtp_client *client, struct talk *t, struct curl_slist *to)
{
	CURL *curl = client->curl;
	curl_easy_setopt(curl, CURLOPT_MAIL_FROM, str_z(t->c->a, t->mail->from));
	curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, to);
	curl_easy_setopt(curl, CURLOPT_MAIL_RCPT_ALLLOWFAILS, 1L);
	curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
	curl_easy_setopt(curl, CURLOPT_INFILESIZE_LARGE, (curl_off_t)t->mail->data.n);
	curl_easy_setopt(curl, CURLOPT_READFUNCTION, on_read);
	curl_easy_setopt(curl, CURLOPT_READDATA, t);
	curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, on_body);
	curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, on_line);
	curl_easy_setopt(curl, CURLOPT_HEADERDATA, t);
	curl_easy_setopt(curl, CURLOPT_VERBOSE, 1L);
	curl_easy_setopt(curl, CURLOPT_DEBUGFUNCTION, on_debug);
	curl_easy_setopt(curl, CURLOPT_DEBUGDATA, t);
	curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
	curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, on_progress);
	curl_easy_setopt(curl, CURLOPT_XFERINFODATA, t);
	curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, t->curl_error);
}

static long tls_level(const struct smtp_client *client)
{
	if (client->is_smtps || client->config.tls == SMTP_TLS_REQUIRED)
		return CURLUSESSL_ALL;
	if (client->is_loopback)
		return CURLUSESSL_NONE;
	return str_is_null(client->config.user) ? CURLUSESSL_TRY : CURLUSESSL_ALL;
}

static void setup_server(struct smtp_client *client)
{
	CURL *curl = client->curl;
	const struct smtp_config *config = &client->config;
	curl_easy_reset(curl); /* keeps the connection */
	curl_easy_setopt(curl, CURLOPT_URL, config->url.p);
	curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
	curl_easy_setopt(curl, CURLOPT_PROXY, ""); /* none, whatever the environment says */
	curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(curl, CURLOPT_USE_SSL, tls_level(client));
	curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, 1L);
	curl_easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, 2L);
	curl_easy_setopt(curl, CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2);
	if (!str_is_null(config->ca_file)) {
		curl_easy_setopt(curl, CURLOPT_CAINFO, config->ca_file.p);
		curl_easy_setopt(curl, CURLOPT_CAPATH, NULL);
	}
	if (!str_is_null(config->user)) {
		curl_easy_setopt(curl, CURLOPT_USERNAME, config->user.p);
		curl_easy_setopt(curl, CURLOPT_PASSWORD, config->password.p);
		/* else libcurl takes GSSAPI where it is offered and the user name has an "@", and gives up when that fails */
		curl_easy_setopt(curl, CURLOPT_LOGIN_OPTIONS, "AUTH=PLAIN;AUTH=LOGIN");
	}
	curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, (long)config->connect_ms);
	curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, (long)config->total_ms);
	curl_easy_setopt(curl, CURLOPT_SERVER_RESPONSE_TIMEOUT, (long)(config->total_ms / 1000 + 1));
	curl_easy_setopt(curl, CURLOPT_TCP_KEEPALIVE, 1L);
}

static struct curl_slist *recipients_of(struct ctx *c, const struct smtp_mail *mail)
{
	struct curl_slist *list = NULL;
	for (size_t i = 0; i < mail->to_n; i++) {
		struct curl_slist *longer = curl_slist_append(list, str_z(c->a, mail->to[i]));
		check(longer != NULL);
		list = longer;
	}
	return list;
}

static CURLcode attempt(struct smtp_client *client, struct talk *t, bool is_fresh)
{
	struct smtp_rcpt *recipients = t->out->recipients;
	memset(recipients, 0, t->mail->to_n * sizeof(*recipients));
	*t->out = (struct smtp_result){.recipients = recipients};
	*t = (struct talk){.c = t->c, .client = client, .mail = t->mail, .out = t->out,
	                   .stuffed_bytes = stuffed_size(t->mail->data), .heard_ms = clock_monotonic_ms()};
	struct curl_slist *to = recipients_of(t->c, t->mail);
	setup_server(client);
	setup_mail(client, t, to);
	curl_easy_setopt(client->curl, CURLOPT_FRESH_CONNECT, is_fresh ? 1L : 0L);
	CURLcode rc = curl_easy_perform(client->curl);
	curl_easy_setopt(client->curl, CURLOPT_MAIL_RCPT, NULL);
	curl_slist_free_all(to);
	return rc;
}

/* Did a kept connection turn out to be dead, before anything was said on it? */
static bool was_stale(const struct smtp_client *client, const struct talk *t, CURLcode rc)
{
	long connects = 1;
	curl_easy_getinfo(client->curl, CURLINFO_NUM_CONNECTS, &connects);
	if (rc == CURLE_OK || connects != 0 || t->out->step > SMTP_STEP_SENDER)
		return false;
	return !t->has_reply || t->out->code == 421;
}

static enum err check_address(struct ctx *c, struct str address)
{
	bool is_odd = address.n == 0 || address.n > MAX_ADDRESS_BYTES || !utf8_is_valid(address) ||
	              str_find_byte(address, '@') < 1;
	for (size_t i = 0; i < address.n; i++) {
		unsigned char byte = (unsigned char)address.p[i];
		is_odd |= byte <= ' ' || byte == 0x7f || byte == '<' || byte == '>';
	}
	if (is_odd)
		return fail(c, ERR_BAD_INPUT, "smtp: this address cannot be sent to: " STR_FMT,
		            STR_ARG(str_head(address, MAX_ADDRESS_BYTES)));
	return OK;
}

/* A bare CR or LF would let the content speak to the server (SMTP smuggling). */
static enum err check_lines(struct ctx *c, struct str data)
{
	for (size_t i = 0; i < data.n; i++) {
		if (data.p[i] != '\r' && data.p[i] != '\n')
			continue;
		if (data.p[i] == '\n' || i + 1 == data.n || data.p[i + 1] != '\n')
			return fail(c, ERR_BAD_INPUT, "smtp: a bare CR or LF at byte %zu of the mail", i);
		i++;
	}
	return OK;
}

static enum err check_mail(struct ctx *c, const struct smtp_mail *mail)
{
	if (mail->to_n == 0 || mail->to_n > SMTP_MAX_RECIPIENTS)
		return fail(c, ERR_BAD_INPUT, "smtp: %zu recipients, 1 to %d can be sent to", mail->to_n,
		            SMTP_MAX_RECIPIENTS);
	if (mail->data.n == 0)
		return fail(c, ERR_BAD_INPUT, "smtp: the mail is empty");
	if (mail->from.n > 0)
		TRY(check_address(c, mail->from));
	for (size_t i = 0; i < mail->to_n; i++)
		TRY(check_address(c, mail->to[i]));
	return check_lines(c, mail->data);
}

enum err smtp_call(struct ctx *c, struct smtp_client *client, const struct smtp_mail *mail, struct smtp_result *out)
{
	*out = (struct smtp_result){0};
	TRY(check_mail(c, mail));
	out->recipients = NEW_ARRAY(c->a, mail->to_n, struct smtp_rcpt);
	struct talk t = {.c = c, .mail = mail, .out = out};
	CURLcode rc = attempt(client, &t, false);
	if (was_stale(client, &t, rc))
		rc = attempt(client, &t, true);
	enum err e = report(&t, rc);
	curl_easy_setopt(client->curl, CURLOPT_ERRORBUFFER, NULL);
	return e;
}
