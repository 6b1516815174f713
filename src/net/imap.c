/* Opening, the folder, and waiting. Connecting and signing in are in imap_login.c. */

#include "net/imap.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/check.h"
#include "base/clock.h"
#include "net/imap_int.h"

enum {
	ARENA_BYTES = 64 << 10,
	MAX_SETTING_BYTES = 1024,
	SPARE_BYTES = 64 << 10, /* for literals beside the mail */
};

/* An address, not a name that only begins like one ("127.0.0.1.example.com"). host ends with NUL. */
static bool is_loopback(struct str host)
{
	struct in_addr v4;
	if (str_eq_nocase(host, STR("localhost")) || str_eq(host, STR("::1")))
		return true;
	return inet_pton(AF_INET, host.p, &v4) == 1 && ntohl(v4.s_addr) >> 24 == IN_LOOPBACKNET;
}

/* A host name or address; nothing that would be more in a URL. */
static bool is_host(struct str host)
{
	for (size_t i = 0; i < host.n; i++) {
		unsigned char byte = (unsigned char)host.p[i];
		bool is_good = (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') ||
		               (byte >= 'A' && byte <= 'Z') || byte == '.' || byte == '-' || byte == ':' ||
		               byte == '_' || byte >= 0x80;
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
	if (!imap_folder(imap->a, config->folder.n ? config->folder : STR("INBOX"), &folder) ||
	    folder.n > MAX_SETTING_BYTES)
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
		e = imap_sign_in(c, imap);
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
		return fail(c, ERR_NOT_FOUND, "imap: the folder " STR_FMT " cannot be opened: " STR_FMT,
		            STR_ARG(imap->config.folder), STR_ARG(answer.text));
	if (state.uidvalidity == 0)
		return fail(c, ERR_OUTSIDE, "imap: the server gives its folder no UIDVALIDITY");
	imap->uidnext = state.uidnext;
	*out = state;
	return OK;
}

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
