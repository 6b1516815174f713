/* Mails above a UID, in windows of UIDs so that no answer of the server grows with the mailbox: first which UIDs there are (UID
 * SEARCH, or UID FETCH where that is refused), then fifty at a time their flags, date and size, then each mail by
 * itself. What the server says is checked, not believed: UIDs outside of the window or said twice, sizes that are wrong, mails
 * that are gone, mails that it refuses to hand over. */

#include <stdio.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/buf.h"
#include "net/imap_int.h"

enum {
	WINDOW_UIDS = 5000,  /* 11 bytes each stay below IMAP_MAX_LINE_BYTES */
	MAX_UIDS = 20000,    /* kept of an answer that is longer; the rest is asked for again */
	BATCH_UIDS = 50,
	SET_BYTES = BATCH_UIDS * 11,
	ARENA_BYTES = 4 << 20, /* of a window */
};

struct uids {
	uint32_t *p;
	size_t n;
	uint32_t from;
	uint32_t to;   /* UIDs above it are of no interest, for now */
	bool is_cut;   /* to was lowered */
};

static int by_uid(const void *x, const void *y)
{
	uint32_t a = *(const uint32_t *)x, b = *(const uint32_t *)y;
	return (a > b) - (a < b);
}

static void uids_sort(struct uids *u)
{
	size_t kept = 0;
	qsort(u->p, u->n, sizeof(*u->p), by_uid);
	for (size_t i = 0; i < u->n; i++)
		if (kept == 0 || u->p[kept - 1] != u->p[i])
			u->p[kept++] = u->p[i];
	u->n = kept;
}

/* When there is no more room the lower half stays, and everything above it waits for another window. */
static void uids_add(struct uids *u, uint32_t uid)
{
	if (uid < u->from || uid > u->to)
		return;
	if (u->n == MAX_UIDS) {
		uids_sort(u);
		if (u->n > MAX_UIDS / 2) {
			u->n = MAX_UIDS / 2;
			u->to = u->p[u->n - 1];
			u->is_cut = true;
		}
		if (uid > u->to)
			return;
	}
	u->p[u->n++] = uid;
}

static void on_search(void *self, const struct imap_response *r)
{
	uint32_t uid;
	if (!str_eq_nocase(r->name, STR("SEARCH")))
		return;
	for (const struct imap_value *one = r->values; one != NULL; one = one->next)
		if (one->kind == IMAP_ATOM && imap_number(one->text, &uid))
			uids_add(self, uid);
}

/* The UID of a FETCH response, or 0. */
static uint32_t uid_of(const struct imap_response *r)
{
	uint32_t uid;
	if (!str_eq_nocase(r->name, STR("FETCH")))
		return 0;
	const struct imap_value *value = imap_attr(r->values, STR("UID"));
	return value != NULL && imap_number(value->text, &uid) ? uid : 0;
}

static void on_uid(void *self, const struct imap_response *r)
{
	uids_add(self, uid_of(r));
}

static enum err list(struct ctx *c, struct imap *imap, struct uids *u)
{
	struct imap_answer answer;
	char range[32];
	if (u->to == UINT32_MAX)
		snprintf(range, sizeof(range), "%u:*", u->from);
	else
		snprintf(range, sizeof(range), "%u:%u", u->from, u->to);
	if (!imap->is_search_refused) {
		TRY(imap_command(c, imap, str_fmt(c->a, "UID SEARCH UID %s", range), on_search, u, &answer));
		if (answer.is_ok)
			return OK;
		imap->is_search_refused = true;
		u->n = 0;
	}
	TRY(imap_command(c, imap, str_fmt(c->a, "UID FETCH %s (UID)", range), on_uid, u, &answer));
	if (!answer.is_ok)
		return fail(c, ERR_OUTSIDE, "imap: the server does not tell its UIDs: " STR_FMT, STR_ARG(answer.text));
	return OK;
}

struct batch {
	struct imap_mail mails[BATCH_UIDS]; /* by UID */
	bool is_there[BATCH_UIDS];
	size_t n;
};

static unsigned flags_of(const struct imap_value *list)
{
	static const struct {
		struct str name;
		unsigned flag;
	} rows[] = {
		{{"\\Seen", 5}, IMAP_SEEN},       {{"\\Answered", 9}, IMAP_ANSWERED}, {{"\\Flagged", 8}, IMAP_FLAGGED},
		{{"\\Draft", 6}, IMAP_DRAFT},     {{"\\Deleted", 8}, IMAP_DELETED},
	};
	unsigned flags = 0;
	for (const struct imap_value *one = list ? list->first : NULL; one != NULL; one = one->next)
		for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
			if (str_eq_nocase(one->text, rows[i].name))
				flags |= rows[i].flag;
	return flags;
}

static void on_meta(void *self, const struct imap_response *r)
{
	struct batch *b = self;
	uint32_t uid = uid_of(r);
	const struct imap_value *flags = imap_attr(r->values, STR("FLAGS"));
	const struct imap_value *date = imap_attr(r->values, STR("INTERNALDATE"));
	const struct imap_value *size = imap_attr(r->values, STR("RFC822.SIZE"));
	uint32_t bytes;
	for (size_t i = 0; i < b->n; i++) {
		struct imap_mail *mail = &b->mails[i];
		if (mail->uid != uid)
			continue;
		b->is_there[i] = true;
		if (flags != NULL)
			mail->flags = flags_of(flags);
		if (date != NULL)
			imap_date(date->text, &mail->internal_date_ms);
		if (size != NULL && imap_number(size->text, &bytes))
			mail->size_bytes = bytes;
	}
}

static enum err ask_meta(struct ctx *c, struct imap *imap, struct batch *b, struct imap_answer *out)
{
	struct buf set;
	buf_init(&set, c->a, SET_BYTES);
	for (size_t i = 0; i < b->n; i++) {
		if (i > 0)
			buf_byte(&set, ',');
		buf_int(&set, b->mails[i].uid);
		b->is_there[i] = false;
	}
	struct str line =
		str_fmt(c->a, "UID FETCH " STR_FMT " (UID FLAGS INTERNALDATE RFC822.SIZE)", STR_ARG(buf_str(&set)));
	return imap_command(c, imap, line, on_meta, b, out);
}

struct body {
	struct imap_mail *mail;
	struct str attr; /* BODY[] or BODY[HEADER] */
	imap_fn *fn;
	void *self;
	bool is_done;
	enum err err; /* of fn */
};

static struct str header_of(struct str raw)
{
	ptrdiff_t end = str_find(raw, STR("\r\n\r\n"));
	return end < 0 ? raw : str_head(raw, (size_t)end + 4);
}

/* The mail is handed on while its bytes are in the reader's buffer, in the middle of the command. */
static void on_body(void *self, const struct imap_response *r)
{
	struct body *b = self;
	if (b->is_done || uid_of(r) != b->mail->uid)
		return;
	const struct imap_value *value = imap_attr(r->values, b->attr);
	if (value == NULL || value->kind != IMAP_STRING)
		return;
	b->mail->raw = value->text;
	if (value->is_cut) {
		b->mail->content = IMAP_HEADER_ONLY;
		b->mail->raw = header_of(value->text);
	}
	b->is_done = true;
	b->err = b->fn(b->self, b->mail);
}

/* The server named the mail and did not hand it over. Is it gone, or will it not? */
static enum err report_unreadable(struct ctx *c, struct imap *imap, struct imap_mail *mail, struct str why, imap_fn *fn,
                                  void *self)
{
	struct batch again = {.mails = {*mail}, .n = 1};
	struct imap_answer answer;
	TRY(ask_meta(c, imap, &again, &answer));
	if (answer.is_ok && !again.is_there[0])
		return OK;
	mail->content = IMAP_UNREADABLE;
	mail->raw = STR("");
	mail->why = why.n ? why : STR("The server hands over no content");
	return fn(self, mail);
}

static enum err fetch_one(struct ctx *c, struct imap *imap, struct imap_mail *mail, imap_fn *fn, void *self)
{
	struct imap_answer answer;
	struct body b = {.mail = mail, .attr = STR("BODY[]"), .fn = fn, .self = self};
	const char *part = "BODY.PEEK[]";
	if (mail->size_bytes > imap->config.max_message_bytes) {
		mail->content = IMAP_HEADER_ONLY;
		b.attr = STR("BODY[HEADER]");
		part = "BODY.PEEK[HEADER]";
	}
	TRY(imap_command(c, imap, str_fmt(c->a, "UID FETCH %u (UID %s)", mail->uid, part), on_body, &b, &answer));
	if (b.is_done)
		return b.err;
	return report_unreadable(c, imap, mail, answer.is_ok ? STR_NULL : answer.text, fn, self);
}

static enum err fetch_batch(struct ctx *c, struct imap *imap, struct batch *b, imap_fn *fn, void *self)
{
	struct imap_answer answer;
	TRY(ask_meta(c, imap, b, &answer));
	for (size_t i = 0; i < b->n; i++) {
		struct imap_mail *mail = &b->mails[i];
		if (!answer.is_ok && !b->is_there[i]) {
			/* perhaps one of the fifty is what the server chokes on */
			struct batch alone = {.mails = {*mail}, .n = 1};
			struct imap_answer single;
			TRY(ask_meta(c, imap, &alone, &single));
			*mail = alone.mails[0];
			b->is_there[i] = alone.is_there[0] || !single.is_ok;
		}
		if (b->is_there[i] && !(mail->flags & IMAP_DELETED))
			TRY(fetch_one(c, imap, mail, fn, self));
	}
	return OK;
}

/* Each batch has a small context of its own, so that a long catch-up takes no more memory than a short one. */
static enum err fetch_window(struct ctx *c, struct imap *imap, const struct uids *u, imap_fn *fn, void *self)
{
	struct batch *b = NEW(c->a, struct batch);
	for (size_t at = 0; at < u->n;) {
		*b = (struct batch){0};
		while (b->n < BATCH_UIDS && at < u->n)
			b->mails[b->n++].uid = u->p[at++];
		struct ctx turn = *c;
		turn.a = arena_open(ARENA_BYTES);
		turn.why = (struct failure){0};
		enum err e = fetch_batch(&turn, imap, b, fn, self);
		if (e != OK && turn.why.code == e)
			e = fail(c, e, STR_FMT, STR_ARG(turn.why.detail));
		arena_close(turn.a);
		TRY(e);
	}
	return OK;
}

enum err imap_fetch_since(struct ctx *c, struct imap *imap, uint32_t last_uid, imap_fn *fn, void *self)
{
	struct uids u = {.p = NEW_ARRAY(c->a, MAX_UIDS, uint32_t), .from = last_uid};
	bool has_more = last_uid < UINT32_MAX;
	imap->has_news = false;
	while (has_more) {
		u.from++;
		u.n = 0;
		u.is_cut = false;
		/* the last window is open, so that what arrived since the folder was opened is in it */
		bool is_last = imap->uidnext == 0 || (uint64_t)u.from + WINDOW_UIDS >= imap->uidnext;
		u.to = is_last ? UINT32_MAX : u.from + WINDOW_UIDS - 1;
		TRY(list(c, imap, &u));
		uids_sort(&u);
		TRY(fetch_window(c, imap, &u, fn, self));
		has_more = !is_last || u.is_cut;
		u.from = u.to;
	}
	return OK;
}
