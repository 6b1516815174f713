/* libcurl connects and signs in with CONNECT_ONLY; AUTH PLAIN and LOGIN first, and where the server has neither, whatever libcurl
 * finds on a second connection, down to the LOGIN command. Its result code alone would not tell a wrong password from a server that
 * is ill, so the last line the server said is kept (RFC 5530 codes). */

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>

#include "base/utf8.h"
#include "net/imap_int.h"

enum {
	LAST_LINE_BYTES = 512,
	KEEPALIVE_SECONDS = 30, /* a dead peer is noticed within a minute, also while waiting */
	KEEPALIVE_STEP_SECONDS = 10,
	UNACKED_MS = 30 * 1000,
};

/* What is seen of libcurl's own conversation. */
struct greeting {
	struct imap *imap;
	char last[LAST_LINE_BYTES]; /* line of the server */
	size_t last_n;
	bool has_tried_login;
	char curl_error[CURL_ERROR_SIZE];
};

static size_t on_line(char *bytes, size_t size, size_t n, void *arg)
{
	struct greeting *g = arg;
	struct str line = str_head(str_trim((struct str){bytes, size * n}), sizeof(g->last));
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
	if (kind == CURLINFO_HEADER_OUT)
		g->has_tried_login |= str_find(text, STR(" AUTHENTICATE ")) >= 0 || str_find(text, STR(" LOGIN ")) >= 0;
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
	struct str url = str_fmt(c->a, "%s://%s" STR_FMT "%s:%d", config->security == IMAP_TLS ? "imaps" : "imap",
	                         is_v6 ? "[" : "", STR_ARG(config->host), is_v6 ? "]" : "", config->port);
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
		return fail(c, ERR_OUTSIDE, "imap: %s: %s", host,
		            g->curl_error[0] ? g->curl_error : curl_easy_strerror(rc));
	if (!g->has_tried_login)
		return fail(c, ERR_REFUSED, "imap: %s allows no login by password", host);
	if (imap_is_temporary(code_of(said)))
		return fail(c, ERR_OUTSIDE, "imap: %s cannot sign in at the moment: " STR_FMT, host, STR_ARG(said));
	return fail(c, ERR_REFUSED, "imap: %s denies the login of " STR_FMT ": " STR_FMT, host,
	            STR_ARG(imap->config.username), STR_ARG(said));
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

enum err imap_sign_in(struct ctx *c, struct imap *imap)
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
