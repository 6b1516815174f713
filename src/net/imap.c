/* Opening, the folder, and waiting.
 *
 * libcurl connects and signs in with CONNECT_ONLY; AUTH PLAIN and LOGIN first, and where the server has neither, whatever libcurl
 * finds on a second connection, down to the LOGIN command. Its result code alone would not tell a wrong password from a server that is ill, so the last line the
 * server said is kept (RFC 5530 codes). */

#include "net/imap.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "base/arena.h"
#include "base/check.h"
#include "base/clock.h"
#include "base/utf8.h"
#include "net/imap_int.h"

enum {
	ARENA_BYTES = 64 << 10,
	MAX_SETTING_BYTES = 1024,
	LAST_LINE_BYTES = 512,
	SPARE_BYTES = 64 << 10,     /* for literals beside the mail */
	KEEPALIVE_SECONDS = 30,     /* a dead peer is noticed within a minute, also while waiting */
	KEEPALIVE_STEP_SECONDS = 10,
	UNACKED_MS = 30 * 1000,
	DONE_MS = 10 * 1000,        /* to end IDLE */
};

/* ---- signing in ---- */

/* What is seen of libcurl's own conversation. */
struct greeting {
	struct imap *imap;
	char last[LAST_LINE_BYTES]; /* line of the server */
	size_t last_n;
	bool has_tried_login;
	bool is_over; /* libcurl has said LOGOUT: what is answered to that is of no interest */
	char curl_error[CURL_ERROR_SIZE];
};

static size_t on_line(char *bytes, size_t size, size_t n, void *arg)
{
	struct greeting *g = arg;
	struct str line = str_head(str_trim((struct str){bytes, size * n}), sizeof(g->last));
	if (g->is_over)
		return size * n;
	if (line.n > 0)
		memcpy(g->last, line.p, line.n);
	g->last_n = line.n;
	return size * n;
}

static int on_debug(CURL *curl, curl_infotype kind, char *bytes, size_t n, void *arg)
{
	struct greeting *g = arg;
	struct str text = {bytes, n};
	(void)curl;
	if (kind != CURLINFO_HEADER_OUT)
		return 0;
	g->has_tried_login |= str_find(text, STR(" AUTHENTICATE ")) >= 0 || str_find(text, STR(" LOGIN ")) >= 0;
	g->is_over |= str_find(text, STR(" LOGOUT")) >= 0;
	return 0;
}

static int on_progress(void *arg, curl_off_t a, curl_off_t b, curl_off_t x, curl_off_t y)
{
	struct greeting *g = arg;
	(void)a, (void)b, (void)x, (void)y;
	struct pollfd fd = {.fd = g->imap->stop_fd, .events = POLLIN};
	return poll(&fd, 1, 0) > 0;
}

static int on_socket(void *arg, curl_socket_t fd, curlsocktype purpose)
{
	(void)arg;
	(void)purpose;
	unsigned unacked_ms = UNACKED_MS;
	setsockopt(fd, IPPROTO_TCP, TCP_USER_TIMEOUT, &unacked_ms, sizeof(unacked_ms));
	return CURL_SOCKOPT_OK;
}

static void setup_transport(struct imap *imap, struct greeting *g)
{
	const struct imap_config *config = &imap->config;
	CURL *curl = imap->curl;
	curl_easy_setopt(curl, CURLOPT_CONNECT_ONLY, 1L);
	curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "imap,imaps");
	curl_easy_setopt(curl, CURLOPT_PROXY, ""); /* none, whatever the environment says */
	curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(curl, CURLOPT_USE_SSL, config->security == IMAP_PLAIN ? CURLUSESSL_NONE : CURLUSESSL_ALL);
	curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, 1L);
	curl_easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, 2L);
	curl_easy_setopt(curl, CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2);
	if (!str_is_null(config->ca_file)) {
		curl_easy_setopt(curl, CURLOPT_CAINFO, config->ca_file.p);
		curl_easy_setopt(curl, CURLOPT_CAPATH, NULL);
	}
	curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, (long)config->connect_ms);
	curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, (long)config->connect_ms);
	curl_easy_setopt(curl, CURLOPT_TCP_KEEPALIVE, 1L);
	curl_easy_setopt(curl, CURLOPT_TCP_KEEPIDLE, (long)KEEPALIVE_SECONDS);
	curl_easy_setopt(curl, CURLOPT_TCP_KEEPINTVL, (long)KEEPALIVE_STEP_SECONDS);
	curl_easy_setopt(curl, CURLOPT_SOCKOPTFUNCTION, on_socket);
	curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, on_line);
	curl_easy_setopt(curl, CURLOPT_HEADERDATA, g);
	curl_easy_setopt(curl, CURLOPT_VERBOSE, 1L);
	curl_easy_setopt(curl, CURLOPT_DEBUGFUNCTION, on_debug);
	curl_easy_setopt(curl, CURLOPT_DEBUGDATA, g);
	curl_easy_setopt(curl, CURLOPT_NOPROGRESS, imap->stop_fd < 0 ? 1L : 0L);
	curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, on_progress);
	curl_easy_setopt(curl, CURLOPT_XFERINFODATA, g);
	curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, g->curl_error);
}

static CURLcode sign_in(struct ctx *c, struct imap *imap, struct greeting *g, const char *how)
{
	const struct imap_config *config = &imap->config;
	bool is_v6 = str_find_byte(config->host, ':') >= 0;
	struct str url = str_fmt(c->a, "%s://%s" STR_FMT "%s:%d", config->security == IMAP_TLS ? "imaps" : "imap", is_v6 ? "[" : "",
	                         STR_ARG(config->host), is_v6 ? "]" : "", config->port);
	*g = (struct greeting){.imap = imap};
	curl_easy_reset(imap->curl);
	setup_transport(imap, g);
	curl_easy_setopt(imap->curl, CURLOPT_URL, url.p);
	curl_easy_setopt(imap->curl, CURLOPT_USERNAME, config->username.p);
	curl_easy_setopt(imap->curl, CURLOPT_PASSWORD, config->password.p);
	curl_easy_setopt(imap->curl, CURLOPT_LOGIN_OPTIONS, how);
	return curl_easy_perform(imap->curl);
}

/* "A002 NO [UNAVAILABLE] text": the code. */
static struct str code_of(struct str line)
{
	ptrdiff_t from = str_find_byte(line, '[');
	struct str rest = str_skip(line, from < 0 ? line.n : (size_t)from + 1);
	ptrdiff_t end = str_find_byte(rest, ']');
	return end < 0 ? STR_NULL : str_head(rest, (size_t)end);
}

static enum err sign_in_failure(struct ctx *c, const struct imap *imap, const struct greeting *g, CURLcode rc)
{
	struct str said = utf8_clean(c->a, (struct str){g->last, g->last_n});
	const char *host = imap->config.host.p;
	if (rc == CURLE_ABORTED_BY_CALLBACK)
		return fail(c, ERR_BUSY, "imap: told to stop");
	if (rc != CURLE_LOGIN_DENIED)
		return fail(c, ERR_OUTSIDE, "imap: %s: %s", host, g->curl_error[0] ? g->curl_error : curl_easy_strerror(rc));
	if (!g->has_tried_login)
		return fail(c, ERR_REFUSED, "imap: %s allows no login by password", host);
	if (imap_is_temporary(code_of(said)))
		return fail(c, ERR_OUTSIDE, "imap: %s cannot sign in at the moment: " STR_FMT, host, STR_ARG(said));
	return fail(c, ERR_REFUSED, "imap: %s denies the login of " STR_FMT ": " STR_FMT, host, STR_ARG(imap->config.username),
	            STR_ARG(said));
}

static void on_capability(void *self, const struct imap_response *r)
{
	struct imap *imap = self;
	if (!str_eq_nocase(r->name, STR("CAPABILITY")))
		return;
	for (const struct imap_value *one = r->values; one != NULL; one = one->next)
		if (str_eq_nocase(one->text, STR("IDLE")))
			imap->has_idle = true;
}

static enum err connect_and_sign_in(struct ctx *c, struct imap *imap)
{
	struct greeting g;
	struct imap_answer answer;
	/* else libcurl takes GSSAPI where it is offered and the user name has an "@", and gives up when that fails */
	CURLcode rc = sign_in(c, imap, &g, "AUTH=PLAIN;AUTH=LOGIN");
	if (rc == CURLE_LOGIN_DENIED && !g.has_tried_login)
		rc = sign_in(c, imap, &g, NULL);
	/* g goes away; libcurl is not to write there any more */
	curl_easy_setopt(imap->curl, CURLOPT_ERRORBUFFER, NULL);
	curl_easy_setopt(imap->curl, CURLOPT_VERBOSE, 0L);
	curl_easy_setopt(imap->curl, CURLOPT_DEBUGFUNCTION, NULL);
	curl_easy_setopt(imap->curl, CURLOPT_HEADERFUNCTION, NULL);
	curl_easy_setopt(imap->curl, CURLOPT_HEADERDATA, NULL);
	curl_easy_setopt(imap->curl, CURLOPT_NOPROGRESS, 1L);
	if (rc != CURLE_OK)
		return sign_in_failure(c, imap, &g, rc);
	rc = curl_easy_getinfo(imap->curl, CURLINFO_ACTIVESOCKET, &imap->fd);
	if (rc != CURLE_OK || imap->fd == CURL_SOCKET_BAD)
		return fail(c, ERR_OUTSIDE, "imap: the connection is gone");
	return imap_command(c, imap, STR("CAPABILITY"), on_capability, imap, &answer);
}

/* ---- configuration ---- */

static bool is_loopback(struct str host)
{
	return str_eq_nocase(host, STR("localhost")) || str_starts(host, STR("127.")) || str_eq(host, STR("::1"));
}

/* A host name or address; nothing that would be more in a URL. */
static bool is_host(struct str host)
{
	for (size_t i = 0; i < host.n; i++) {
		unsigned char byte = (unsigned char)host.p[i];
		bool is_good = (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
		               byte == '.' || byte == '-' || byte == ':' || byte == '_' || byte >= 0x80;
		if (!is_good)
			return false;
	}
	return host.n > 0;
}

static enum err copy_setting(struct ctx *c, struct arena *a, struct str *setting, const char *name)
{
	bool is_odd = setting->n > MAX_SETTING_BYTES;
	for (size_t i = 0; i < setting->n; i++)
		is_odd |= (unsigned char)setting->p[i] < ' ';
	if (is_odd)
		return fail(c, ERR_BAD_INPUT, "imap: the %s is too long or holds control characters", name);
	*setting = str_dup(a, *setting);
	return OK;
}

static void fill_default(int64_t *setting, int64_t value)
{
	if (*setting <= 0)
		*setting = value;
}

static enum err copy_config(struct ctx *c, struct imap *imap)
{
	struct imap_config *config = &imap->config;
	struct str folder;
	TRY(copy_setting(c, imap->a, &config->host, "host"));
	TRY(copy_setting(c, imap->a, &config->username, "user name"));
	TRY(copy_setting(c, imap->a, &config->password, "password"));
	TRY(copy_setting(c, imap->a, &config->ca_file, "CA file"));
	if (!is_host(config->host) || config->port < 0 || config->port > 65535)
		return fail(c, ERR_BAD_INPUT, "imap: the server has to be a host name and a port");
	if (config->security == IMAP_PLAIN && !is_loopback(config->host))
		return fail(c, ERR_BAD_INPUT, "imap: without TLS only this machine can be asked");
	if (config->username.n == 0 || str_is_null(config->password))
		return fail(c, ERR_BAD_INPUT, "imap: user name and password are needed");
	if (!imap_folder(imap->a, config->folder.n ? config->folder : STR("INBOX"), &folder) || folder.n > MAX_SETTING_BYTES)
		return fail(c, ERR_BAD_INPUT, "imap: this cannot be the name of a folder");
	config->folder = folder;
	if (config->port == 0)
		config->port = config->security == IMAP_TLS ? 993 : 143;
	fill_default(&config->max_message_bytes, IMAP_MAX_MESSAGE_BYTES);
	fill_default(&config->connect_ms, IMAP_CONNECT_MS);
	fill_default(&config->quiet_ms, IMAP_QUIET_MS);
	fill_default(&config->idle_ms, IMAP_IDLE_MS);
	fill_default(&config->poll_ms, IMAP_POLL_MS);
	return OK;
}

enum err imap_open(struct ctx *c, const struct imap_config *config, int stop_fd, struct imap **out)
{
	struct imap *imap = calloc(1, sizeof(*imap));
	check(imap != NULL);
	imap->a = arena_open(ARENA_BYTES);
	imap->config = *config;
	imap->stop_fd = stop_fd;
	imap->fd = CURL_SOCKET_BAD;
	enum err e = copy_config(c, imap);
	if (e == OK) {
		imap->proto = imap_proto_open((size_t)imap->config.max_message_bytes + SPARE_BYTES);
		imap->curl = curl_easy_init();
		check(imap->curl != NULL);
		e = connect_and_sign_in(c, imap);
	}
	if (e != OK) {
		imap_close(imap);
		return e;
	}
	*out = imap;
	return OK;
}

void imap_close(struct imap *imap)
{
	if (imap == NULL)
		return;
	size_t n;
	if (imap->fd != CURL_SOCKET_BAD)
		curl_easy_send(imap->curl, "bye LOGOUT\r\n", 12, &n);
	curl_easy_cleanup(imap->curl);
	imap_proto_close(imap->proto);
	arena_close(imap->a);
	free(imap);
}

/* ---- the folder ---- */

static void on_select(void *self, const struct imap_response *r)
{
	struct imap_state *state = self;
	struct str value = r->code;
	struct str name = str_cut(&value, STR(" "));
	uint32_t number;
	if (str_eq_nocase(r->name, STR("EXISTS")) && r->number >= 0 && r->number <= UINT32_MAX)
		state->exists = (uint32_t)r->number;
	if (!imap_number(value, &number))
		return;
	if (str_eq_nocase(name, STR("UIDVALIDITY")))
		state->uidvalidity = number;
	if (str_eq_nocase(name, STR("UIDNEXT")))
		state->uidnext = number;
}

enum err imap_select(struct ctx *c, struct imap *imap, struct imap_state *out)
{
	struct imap_state state = {0};
	struct imap_answer answer;
	struct str line = str_cat(c->a, STR("EXAMINE "), imap->config.folder);
	TRY(imap_command(c, imap, line, on_select, &state, &answer));
	if (!answer.is_ok && imap_is_temporary(answer.code))
		return fail(c, ERR_OUTSIDE, "imap: the folder cannot be opened: " STR_FMT, STR_ARG(answer.text));
	if (!answer.is_ok)
		return fail(c, ERR_NOT_FOUND, "imap: the folder " STR_FMT " cannot be opened: " STR_FMT, STR_ARG(imap->config.folder),
		            STR_ARG(answer.text));
	if (state.uidvalidity == 0)
		return fail(c, ERR_OUTSIDE, "imap: the server gives its folder no UIDVALIDITY");
	imap->uidnext = state.uidnext;
	*out = state;
	return OK;
}

/* ---- waiting ---- */

/* Waits until something new, until_ms, or the server's own end of IDLE. */
static enum err wait_in_idle(struct ctx *c, struct imap *imap, struct str tag, int64_t until_ms, bool *is_over_out)
{
	*is_over_out = false;
	while (!imap->has_news) {
		const struct imap_response *r;
		TRY(imap_next(c, imap, until_ms, &r));
		if (r == NULL)
			return OK;
		*is_over_out = str_eq(r->tag, tag);
		if (*is_over_out) {
			/* NO or BAD: offered and not meant; from now on we ask */
			imap->has_idle = str_eq_nocase(r->name, STR("OK"));
			return OK;
		}
	}
	return OK;
}

static enum err idle(struct ctx *c, struct imap *imap, int64_t until_ms)
{
	struct imap_answer answer;
	struct str tag = imap_tag(c, imap);
	bool is_over;
	TRY(imap_send(c, imap, str_cat(c->a, tag, STR(" IDLE"))));
	TRY(wait_in_idle(c, imap, tag, until_ms, &is_over));
	if (is_over)
		return OK;
	TRY(imap_send(c, imap, STR("DONE")));
	return imap_answer(c, imap, tag, NULL, NULL, &answer);
}

static enum err pause_until(struct ctx *c, struct imap *imap, int64_t until_ms)
{
	while (!imap->has_news) {
		const struct imap_response *r;
		TRY(imap_next(c, imap, until_ms, &r));
		if (r == NULL)
			return OK;
	}
	return OK;
}

enum err imap_idle(struct ctx *c, struct imap *imap)
{
	int64_t until_ms = clock_monotonic_ms() + imap->config.idle_ms;
	struct imap_answer answer;
	while (!imap->has_news && clock_monotonic_ms() < until_ms) {
		if (imap->has_idle) {
			TRY(idle(c, imap, until_ms));
			continue;
		}
		int64_t next_ms = clock_monotonic_ms() + imap->config.poll_ms;
		TRY(pause_until(c, imap, next_ms < until_ms ? next_ms : until_ms));
		TRY(imap_command(c, imap, STR("NOOP"), NULL, NULL, &answer));
	}
	return OK;
}
