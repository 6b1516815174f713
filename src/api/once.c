#include "api/once.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "api/call.h"
#include "base/arena.h"
#include "base/check.h"
#include "base/crypt.h"
#include "desk/kept_answer.h"

enum { HASH_CHARS = 64, MAX_HEADER_BYTES = 8 << 10 };

struct once {
	pthread_mutex_t lock;
	char running[MAX_RUNNING_KEYS][HASH_CHARS];
	size_t n;
};

struct once *once_open(struct arena *a)
{
	struct once *o = NEW(a, struct once);
	pthread_mutex_init(&o->lock, NULL);
	return o;
}

void once_close(struct once *o)
{
	pthread_mutex_destroy(&o->lock);
}

enum err once_read(struct ctx *c, const struct req *q, struct once_key *out)
{
	struct str key = http_header(q->http, "Idempotency-Key");
	*out = (struct once_key){.key = STR_NULL};
	if (str_is_null(key) || !(q->route->flags & R_WRITE) || c->who.kind == ACTOR_NOBODY)
		return OK;
	bool is_printable = key.n > 0 && key.n <= MAX_KEY_BYTES;
	for (size_t i = 0; i < key.n && is_printable; i++)
		is_printable = key.p[i] >= ' ' && key.p[i] <= '~';
	if (!is_printable)
		return fail_field(c, STR("Idempotency-Key"), STR("INVALID_LENGTH"),
		                  "An Idempotency-Key is 1 to %d printable characters.", MAX_KEY_BYTES);
	const struct http_call *http = q->http;
	struct str target = str_fmt(c->a, STR_FMT " " STR_FMT "?" STR_FMT "\n", STR_ARG(http->method),
	                            STR_ARG(http->path), STR_ARG(http->query));
	out->key = key;
	out->request = crypt_hash_hex(
		c->a, str_cat(c->a, crypt_hash_hex(c->a, target), crypt_hash_hex(c->a, http->body)));
	return OK;
}

static size_t find(const struct once *o, struct str running)
{
	size_t i = 0;
	while (i < o->n && memcmp(o->running[i], running.p, HASH_CHARS) != 0)
		i++;
	return i;
}

enum err once_begin(struct ctx *c, struct once *o, struct once_key *k)
{
	if (str_is_null(k->key) || !str_is_null(k->running))
		return OK;
	struct str hash = crypt_hash_hex(c->a, str_fmt(c->a, STR_FMT " " STR_FMT, STR_ARG(desk_caller(c)), STR_ARG(k->key)));
	check(hash.n == HASH_CHARS);
	pthread_mutex_lock(&o->lock);
	bool is_running = find(o, hash) < o->n, is_full = o->n == MAX_RUNNING_KEYS;
	if (!is_running && !is_full)
		memcpy(o->running[o->n++], hash.p, HASH_CHARS);
	pthread_mutex_unlock(&o->lock);
	if (is_running)
		return fail(c, ERR_CONFLICT, "A request with the Idempotency-Key \"" STR_FMT "\" is still running.",
		            STR_ARG(k->key));
	if (is_full)
		return fail(c, ERR_BUSY, "%d writes with keys are running", MAX_RUNNING_KEYS);
	k->running = hash;
	return OK;
}

void once_end(struct once *o, struct once_key *k)
{
	if (str_is_null(k->running))
		return;
	pthread_mutex_lock(&o->lock);
	size_t i = find(o, k->running);
	check(i < o->n);
	memmove(o->running[i], o->running[--o->n], HASH_CHARS);
	pthread_mutex_unlock(&o->lock);
	k->running = STR_NULL;
}

static void put_headers(struct res *r, struct str headers)
{
	for (struct str rest = headers; !str_is_null(rest);) {
		struct str value = str_cut(&rest, STR("\n"));
		struct str name = str_cut(&value, STR(": "));
		if (name.n > 0 && value.n > 0)
			res_header(r, name, value);
	}
}

enum err once_find(struct ctx *c, const struct once_key *k, struct res *r, bool *is_done_out)
{
	struct kept_answer_out kept;
	*is_done_out = false;
	if (str_is_null(k->key))
		return OK;
	enum err e = desk_kept_answer_find(c, &(struct kept_answer_in){k->key, k->request}, &kept);
	if (e == ERR_NOT_FOUND) {
		fail_clear(c);
		return OK;
	}
	TRY(e);
	if (str_is_null(kept.body))
		return fail(c, ERR_CONFLICT,
		            "The request with the Idempotency-Key \"" STR_FMT "\" was done; its answer was not kept.",
		            STR_ARG(k->key));
	*is_done_out = true;
	r->status = (int)kept.status;
	r->raw = kept.body;
	if (kept.body.n == 0)
		r->content_type = STR_NULL;
	put_headers(r, kept.headers);
	res_header(r, STR("Idempotency-Replayed"), STR("true"));
	return OK;
}

enum err once_keep(struct ctx *c, const struct once_key *k, const struct req *q, const struct res *r)
{
	struct buf b;
	if (str_is_null(k->key))
		return OK;
	buf_init(&b, c->a, MAX_HEADER_BYTES);
	for (size_t i = 0; i < r->header_n; i++) {
		if (str_eq(r->headers[i].name, STR("Set-Cookie")))
			continue;
		buf_add(&b, r->headers[i].name);
		buf_lit(&b, ": ");
		buf_add(&b, r->headers[i].value);
		buf_byte(&b, '\n');
	}
	struct kept_answer_out answer = {
		.status = r->status,
		.headers = str_dup(c->a, buf_str(&b)),
		.body = q->route->flags & R_SECRET ? STR_NULL : buf_str(&r->body),
	};
	return desk_kept_answer_put(c, &(struct kept_answer_in){k->key, k->request}, &answer);
}
