#include "desk/share_int.h"

#include "base/arena.h"
#include "base/clock.h"
#include "base/crypt.h"
#include "base/rand.h"
#include "bus/event.h"
#include "desk/access.h"
#include "desk/can.h"
#include "desk/conversation.h"
#include "desk/env.h"
#include "desk/library.h"
#include "desk/schema.h"
#include "store/object.h"
#include "text/mail_addr.h"

static const struct share_kind kinds[] = {
	{STR("DOCUMENT"), "/d/", LIBRARY_DOCUMENT},
	{STR("VIDEO"), "/v/", LIBRARY_VIDEO},
};
enum { KIND_N = sizeof(kinds) / sizeof(kinds[0]) };

const struct share_kind *share_kind_by_name(struct str name)
{
	for (size_t i = 0; i < KIND_N; i++)
		if (str_eq(kinds[i].name, name))
			return &kinds[i];
	return NULL;
}

const struct share_kind *share_kind_of_item(struct str library_kind)
{
	for (size_t i = 0; i < KIND_N; i++)
		if (str_eq(library_kind_name((enum library_kind)kinds[i].library_kind), library_kind))
			return &kinds[i];
	return NULL;
}

struct str share_token_hash(struct ctx *c, struct str token)
{
	return crypt_hash_hex(c->a, token);
}

/* The item, as who asks sees it. */
static enum err see_item(struct ctx *c, int64_t item_id, struct library_entry *out)
{
	struct library_item item;
	TRY(library_item_load(c, item_id, &item));
	const struct share_kind *kind = share_kind_of_item(item.kind);
	if (kind == NULL)
		return fail(c, ERR_NOT_FOUND, "resource not found");
	return desk_library(c, (enum library_kind)kind->library_kind, item_id, out);
}

static enum err announce(struct ctx *c, const struct share_link *l)
{
	return bus_emit(c, EV_SHARE_CHANGED, &(struct event_about){.about_id = l->item_id});
}

/* Making and changing ----------------------------------------------------------------------------------------------- */

static enum err read_email(struct ctx *c, struct str email, struct str *out)
{
	*out = str_lower(c->a, str_trim(email));
	if (out->n == 0)
		*out = STR_NULL;
	else if (!mail_addr_is_sendable(*out))
		return fail_field(c, STR("email"), STR("INVALID_EMAIL"), "\"" STR_FMT "\" is not an email address.", STR_ARG(*out));
	return OK;
}

static enum err check_expiry(struct ctx *c, int64_t expires_at)
{
	if (expires_at != 0 && expires_at <= c->now)
		return fail_field(c, STR("expiresAt"), STR("INVALID_DATE"), "A link expires at a time to come.");
	return OK;
}

static enum err check_room(struct ctx *c, int64_t item_id)
{
	int64_t n;
	TRY(share_link_count(c, item_id, &n));
	if (n >= MAX_SHARE_LINKS)
		return fail(c, ERR_CONFLICT, "There are %d links to this already.", MAX_SHARE_LINKS);
	return OK;
}

static enum err insert(struct ctx *c, const struct library_entry *item, const struct share_in *in, struct share_link *out)
{
	struct str token = rand_token(c->a, SHARE_TOKEN_BYTES);
	*out = (struct share_link){
		.kind = share_kind_of_item(item->item.kind)->name,
		.item_id = item->item.id,
		.token_hash = share_token_hash(c, token),
		.sealed_token = crypt_seal(c->a, c->env->seal_key, token),
		.user_id = c->who.user_id,
		.email = in->email,
		.contact_id = in->contact_id,
		.ticket_id = in->ticket_id,
		.asks_email = in->asks_email,
		.may_download = in->may_download,
		.expires_at = in->expires_at,
	};
	TRY(share_link_insert(c, out));
	return announce(c, out);
}

static enum err check_contact(struct ctx *c, int64_t contact_id)
{
	struct object contact;
	if (contact_id == 0)
		return OK;
	enum err e = object_load(c, TYPE_CONTACT, contact_id, &contact);
	if (e != ERR_NOT_FOUND)
		return e;
	fail_clear(c);
	return fail_field(c, STR("contactId"), STR("NOT_FOUND"), "There is no contact %lld.", (long long)contact_id);
}

enum err desk_share_create(struct ctx *c, int64_t item_id, const struct share_in *in, struct share_link *out)
{
	struct library_entry item;
	struct share_in wish = *in;
	TRY(desk_can(c, CAN_EDIT, NULL));
	TRY(see_item(c, item_id, &item));
	TRY(read_email(c, in->email, &wish.email));
	TRY(check_expiry(c, in->expires_at));
	TRY(check_contact(c, in->contact_id));
	if (in->ticket_id != 0)
		TRY(desk_see_ticket(c, in->ticket_id));
	TRY(check_room(c, item_id));
	return insert(c, &item, &wish, out);
}

/* Whom a reply on this ticket goes to; null: nobody that is known. */
static enum err find_recipient(struct ctx *c, int64_t ticket_id, struct share_in *out)
{
	struct reply_defaults d;
	struct object ticket;
	TRY(object_load(c, TYPE_TICKET, ticket_id, &ticket));
	TRY(desk_can(c, CAN_REPLY, &ticket));
	TRY(desk_reply_defaults(c, &ticket, 0, &d));
	if (d.to_n > 0 && mail_addr_is_sendable(d.to[0].address))
		out->email = str_lower(c->a, d.to[0].address);
	out->contact_id = ticket.contact_id;
	return OK;
}

enum err desk_share_for_ticket(struct ctx *c, int64_t item_id, int64_t ticket_id, struct share_link *out)
{
	struct library_entry item;
	struct share_in in = {.ticket_id = ticket_id, .may_download = true};
	TRY(see_item(c, item_id, &item));
	TRY(find_recipient(c, ticket_id, &in));
	enum err e = in.email.n ? share_link_for(c, item_id, c->who.user_id, ticket_id, in.email, out) : ERR_NOT_FOUND;
	if (e != ERR_NOT_FOUND)
		return e;
	fail_clear(c);
	TRY(check_room(c, item_id));
	return insert(c, &item, &in, out);
}

/* One that the caller may change. */
static enum err load_to_change(struct ctx *c, int64_t id, struct share_link *out)
{
	struct library_entry item;
	TRY(desk_can(c, CAN_EDIT, NULL));
	TRY(share_link_lock(c, id));
	TRY(share_link_load(c, id, out));
	TRY(see_item(c, out->item_id, &item));
	if (out->user_id != c->who.user_id && !item.may_edit)
		return fail(c, ERR_NOT_ALLOWED, "This link is somebody else's.");
	return OK;
}

enum err desk_share_update(struct ctx *c, int64_t id, const struct share_change *change, struct share_link *out)
{
	struct share_link l;
	TRY(load_to_change(c, id, &l));
	if (l.revoked_at != 0)
		return fail(c, ERR_CONFLICT, "This link was revoked. Make a new one.");
	if (change->expires_at >= 0) {
		TRY(check_expiry(c, change->expires_at));
		l.expires_at = change->expires_at;
	}
	l.asks_email = change->asks_email >= 0 ? change->asks_email : l.asks_email;
	l.may_download = change->may_download >= 0 ? change->may_download : l.may_download;
	TRY(share_link_update(c, &l));
	*out = l;
	return announce(c, out);
}

enum err desk_share_revoke(struct ctx *c, int64_t id, struct share_link *out)
{
	struct share_link l;
	TRY(load_to_change(c, id, &l));
	if (l.revoked_at == 0) {
		l.revoked_at = c->now;
		l.sealed_token = STR(""); /* nobody needs it any more */
		TRY(share_link_update(c, &l));
		TRY(announce(c, &l));
	}
	*out = l;
	return OK;
}

/* Reading ----------------------------------------------------------------------------------------------------------- */

enum err desk_share_list(struct ctx *c, int64_t item_id, struct share_link **out, size_t *n_out)
{
	struct library_entry item;
	TRY(desk_can(c, CAN_EDIT, NULL));
	TRY(see_item(c, item_id, &item));
	return share_link_list(c, item_id, MAX_SHARE_LINKS, out, n_out);
}

struct str desk_share_url(struct ctx *c, const struct share_link *l)
{
	struct str token;
	if (l->sealed_token.n == 0 || !crypt_unseal(c->a, c->env->seal_key, l->sealed_token, &token))
		return STR_NULL;
	return str_fmt(c->a, STR_FMT "%s" STR_FMT, STR_ARG(c->env->public_url), share_kind_by_name(l->kind)->path, STR_ARG(token));
}

bool share_is_open(const struct ctx *c, const struct share_link *l)
{
	return l->revoked_at == 0 && (l->expires_at == 0 || l->expires_at > c->now);
}

struct str share_token_in(struct str path)
{
	for (size_t i = 0; i < KIND_N; i++) {
		struct str begin = str_c(kinds[i].path), rest = str_skip(path, begin.n);
		if (str_starts(path, begin))
			return str_cut(&rest, STR("/"));
	}
	return STR_NULL;
}

enum err desk_share_visits(struct ctx *c, int64_t item_id, int64_t before, int64_t limit, struct share_visits *out)
{
	struct library_entry item;
	struct share_visits v;
	TRY(desk_can(c, CAN_EDIT, NULL));
	TRY(see_item(c, item_id, &item));
	TRY(share_visit_list(c, item_id, before ? before : INT64_MAX, limit, &v.visits, &v.n));
	int64_t *ids = NEW_ARRAY(c->a, v.n, int64_t);
	for (size_t i = 0; i < v.n; i++)
		ids[i] = v.visits[i].id;
	TRY(share_visit_page_list(c, ids, v.n, &v.pages, &v.page_n));
	*out = v;
	return OK;
}

enum err desk_share_sweep(struct ctx *c, int64_t *removed_out)
{
	return share_visit_sweep(c, c->now - DAYS((int64_t)VISIT_DAYS), VISITS_AT_ONCE, removed_out);
}
