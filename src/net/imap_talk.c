/* Bytes over libcurl's connection, and commands. libcurl may hold decrypted bytes that poll() does not know of, so everything is taken
 * out of it before anybody waits. */

#include <errno.h>
#include <poll.h>
#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "net/imap_int.h"

/* Waits for the socket or the order to stop. */
static enum err wait_for(struct ctx *c, struct imap *imap, short events, int64_t until_ms, bool *is_late_out)
{
	int64_t left_ms = until_ms - clock_monotonic_ms();
	*is_late_out = left_ms <= 0;
	if (*is_late_out)
		return OK;
	struct pollfd fds[] = {
		{.fd = imap->fd, .events = events},
		{.fd = imap->stop_fd, .events = POLLIN},
	};
	int n = poll(fds, 2, left_ms > INT32_MAX ? INT32_MAX : (int)left_ms);
	if (n < 0 && errno != EINTR)
		return fail(c, ERR_OUTSIDE, "imap: poll: %s", strerror(errno));
	if (n > 0 && fds[1].revents != 0)
		return fail(c, ERR_BUSY, "imap: told to stop");
	return OK;
}

/* Fills the empty input; leaves it empty when until_ms came first. */
static enum err receive(struct ctx *c, struct imap *imap, int64_t until_ms)
{
	for (bool is_late = false; !is_late;) {
		size_t n = 0;
		CURLcode rc = curl_easy_recv(imap->curl, imap->in, sizeof(imap->in), &n);
		if (rc == CURLE_OK && n == 0)
			return fail(c, ERR_OUTSIDE, "imap: the server closed the connection");
		imap->unread = (struct str){imap->in, n};
		if (rc == CURLE_OK)
			return OK;
		if (rc != CURLE_AGAIN)
			return fail(c, ERR_OUTSIDE, "imap: reading: %s", curl_easy_strerror(rc));
		TRY(wait_for(c, imap, POLLIN, until_ms, &is_late));
	}
	return OK;
}

static void notice(struct imap *imap, const struct imap_response *r)
{
	if (r->number < 0 || r->number > UINT32_MAX || !str_eq(r->tag, STR("*")))
		return;
	if (str_eq_nocase(r->name, STR("EXISTS"))) {
		imap->exists = (uint32_t)r->number;
		imap->has_news = true;
	}
	if (str_eq_nocase(r->name, STR("EXPUNGE")) && imap->exists > 0)
		imap->exists--;
}

enum err imap_next(struct ctx *c, struct imap *imap, int64_t until_ms, const struct imap_response **out)
{
	*out = NULL;
	for (;;) {
		enum imap_event event = IMAP_MORE;
		if (imap->unread.n > 0)
			imap->unread = str_skip(imap->unread, imap_proto_feed(imap->proto, imap->unread, &event));
		if (event == IMAP_BROKEN)
			return fail(c, ERR_OUTSIDE, "imap: the server sent a line over %d bytes", IMAP_MAX_LINE_BYTES);
		if (event == IMAP_RESPONSE)
			break;
		if (imap->unread.n > 0)
			continue;
		TRY(receive(c, imap, until_ms));
		if (imap->unread.n == 0)
			return OK;
	}
	*out = imap_proto_response(imap->proto);
	notice(imap, *out);
	if (str_eq((*out)->tag, STR("*")) && str_eq_nocase((*out)->name, STR("BYE")))
		return fail(c, ERR_OUTSIDE, "imap: the server says goodbye: " STR_FMT, STR_ARG((*out)->text));
	return OK;
}

enum err imap_send(struct ctx *c, struct imap *imap, struct str line)
{
	struct str rest = str_cat(c->a, line, STR("\r\n"));
	int64_t until_ms = clock_monotonic_ms() + imap->config.quiet_ms;
	while (rest.n > 0) {
		size_t n = 0;
		CURLcode rc = curl_easy_send(imap->curl, rest.p, rest.n, &n);
		rest = str_skip(rest, n);
		if (rc == CURLE_OK)
			continue;
		if (rc != CURLE_AGAIN)
			return fail(c, ERR_OUTSIDE, "imap: writing: %s", curl_easy_strerror(rc));
		bool is_late;
		TRY(wait_for(c, imap, POLLOUT, until_ms, &is_late));
		if (is_late)
			return fail(c, ERR_OUTSIDE, "imap: the server does not read");
	}
	return OK;
}

struct str imap_tag(struct ctx *c, struct imap *imap)
{
	return str_fmt(c->a, "b%u", ++imap->tag);
}

enum err imap_answer(struct ctx *c, struct imap *imap, struct str tag, imap_untagged_fn *fn, void *self,
                     struct imap_answer *out)
{
	int64_t end_ms = clock_monotonic_ms() + IMAP_COMMAND_MS;
	for (;;) {
		const struct imap_response *r;
		int64_t until_ms = clock_monotonic_ms() + imap->config.quiet_ms;
		TRY(imap_next(c, imap, until_ms < end_ms ? until_ms : end_ms, &r));
		if (r == NULL)
			return fail(c, ERR_OUTSIDE, "imap: the server does not answer");
		if (str_eq(r->tag, tag)) {
			*out = (struct imap_answer){
				.is_ok = str_eq_nocase(r->name, STR("OK")),
				.code = str_dup(c->a, r->code),
				.text = str_dup(c->a, r->text),
			};
			return OK;
		}
		if (fn != NULL && str_eq(r->tag, STR("*")) && !r->is_malformed)
			fn(self, r);
		if (clock_monotonic_ms() >= end_ms)
			return fail(c, ERR_OUTSIDE, "imap: the server does not come to an end");
	}
}

enum err imap_command(struct ctx *c, struct imap *imap, struct str line, imap_untagged_fn *fn, void *self,
                      struct imap_answer *out)
{
	struct str tag = imap_tag(c, imap);
	TRY(imap_send(c, imap, str_fmt(c->a, STR_FMT " " STR_FMT, STR_ARG(tag), STR_ARG(line))));
	return imap_answer(c, imap, tag, fn, self, out);
}

bool imap_is_temporary(struct str code)
{
	static const struct str codes[] = {{"UNAVAILABLE", 11}, {"INUSE", 5}, {"SERVERBUG", 9}, {"LIMIT", 5}, {"THROTTLED", 9}};
	for (size_t i = 0; i < sizeof(codes) / sizeof(*codes); i++)
		if (str_starts_nocase(code, codes[i]))
			return true;
	return false;
}
