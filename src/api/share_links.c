/* Links to items of the library for people outside, and their visits (desk/share_link.h): the same for every kind of item. */

#include "api/call.h"
#include "api/handlers.h"
#include "api/shapes.h"
#include "base/num.h"
#include "desk/share_link.h"
#include "text/json_read.h"

static void write_link(struct ctx *c, struct json *j, const struct share_link *l)
{
	json_object_begin(j);
	json_add_id(j, "id", l->id);
	json_add_id(j, "itemId", l->item_id);
	json_add_string(j, "kind", l->kind);
	json_add_string(j, "url", desk_share_url(c, l));
	json_add_string(j, "email", l->email);
	json_add_id(j, "contactId", l->contact_id);
	json_add_id(j, "ticketId", l->ticket_id);
	json_add_id(j, "userId", l->user_id);
	json_add_bool(j, "asksEmail", l->asks_email);
	json_add_bool(j, "mayDownload", l->may_download);
	json_add_bool(j, "isOpen", share_is_open(c, l));
	json_add_time(j, "expiresAt", l->expires_at);
	json_add_time(j, "revokedAt", l->revoked_at);
	json_add_int(j, "visitCount", l->visit_n);
	json_add_time(j, "lastVisitAt", l->last_visit_at);
	json_add_time(j, "createdAt", l->created_at);
	json_object_end(j);
}

/* The item of ?itemId= or of the body. */
static enum err read_item(struct ctx *c, struct str text, int64_t *out)
{
	if (!num_parse_id(text, out))
		return fail_field(c, STR("itemId"), STR("REQUIRED_FIELD"), "itemId is the id of an item of the library.");
	return OK;
}

static enum err read_id(struct ctx *c, const json_t *body, const char *name, int64_t *out)
{
	struct str text = json_scalar_text(c, json_object_get(body, name));
	*out = 0;
	if (text.n > 0 && !num_parse_id(text, out))
		return fail_field(c, str_c(name), STR("INVALID_LONG"), "%s is an id.", name);
	return OK;
}

/* Null and what is not there are what the caller says. */
static enum err read_expiry(struct ctx *c, const json_t *body, int64_t otherwise, int64_t *out)
{
	const json_t *value = json_object_get(body, "expiresAt");
	*out = value == NULL ? otherwise : 0;
	if (value == NULL || json_is_null(value))
		return OK;
	*out = json_get_time(body, "expiresAt");
	return *out > 0 ? OK : fail_field(c, STR("expiresAt"), STR("INVALID_DATE"), "expiresAt is a time, or null.");
}

/* -1: it is not there. A gate that somebody meant to set is not left out for the type of its value. */
static enum err read_switch(struct ctx *c, const json_t *body, const char *name, int *out)
{
	const json_t *value = json_object_get(body, name);
	*out = value == NULL ? -1 : json_is_true(value);
	if (value == NULL || json_is_boolean(value))
		return OK;
	return fail_field(c, str_c(name), STR("INVALID_BOOLEAN"), "%s is true or false.", name);
}

enum err api_share_links_list(struct ctx *c, const struct req *q, struct res *r)
{
	struct share_link *links;
	int64_t item_id;
	size_t n;
	TRY(read_item(c, req_query(c, q, "itemId"), &item_id));
	TRY(desk_share_list(c, item_id, &links, &n));
	res_list_begin(r);
	for (size_t i = 0; i < n; i++)
		write_link(c, &r->j, &links[i]);
	res_list_end(r, "after", STR_NULL);
	return OK;
}

enum err api_share_links_create(struct ctx *c, const struct req *q, struct res *r)
{
	struct share_in in = {.email = json_get_str(q->json, "email")};
	struct share_link l;
	int64_t item_id;
	int asks_email, may_download;
	TRY(read_switch(c, q->json, "asksEmail", &asks_email));
	TRY(read_switch(c, q->json, "mayDownload", &may_download));
	in.asks_email = asks_email > 0;
	in.may_download = may_download != 0;
	TRY(read_item(c, json_scalar_text(c, json_object_get(q->json, "itemId")), &item_id));
	TRY(read_id(c, q->json, "contactId", &in.contact_id));
	TRY(read_expiry(c, q->json, 0, &in.expires_at));
	TRY(desk_share_create(c, item_id, &in, &l));
	write_link(c, &r->j, &l);
	return OK;
}

enum err api_share_links_for_ticket(struct ctx *c, const struct req *q, struct res *r)
{
	struct share_link l;
	int64_t item_id, ticket_id;
	TRY(read_item(c, json_scalar_text(c, json_object_get(q->json, "itemId")), &item_id));
	TRY(req_id(c, q, "ticketId", &ticket_id));
	TRY(desk_share_for_ticket(c, item_id, ticket_id, &l));
	write_link(c, &r->j, &l);
	return OK;
}

enum err api_share_links_update(struct ctx *c, const struct req *q, struct res *r)
{
	struct share_change change;
	struct share_link l;
	int64_t id;
	TRY(read_switch(c, q->json, "asksEmail", &change.asks_email));
	TRY(read_switch(c, q->json, "mayDownload", &change.may_download));
	TRY(req_id(c, q, "linkId", &id));
	TRY(read_expiry(c, q->json, -1, &change.expires_at));
	TRY(desk_share_update(c, id, &change, &l));
	write_link(c, &r->j, &l);
	return OK;
}

enum err api_share_links_revoke(struct ctx *c, const struct req *q, struct res *r)
{
	struct share_link l;
	int64_t id;
	TRY(req_id(c, q, "linkId", &id));
	TRY(desk_share_revoke(c, id, &l));
	write_link(c, &r->j, &l);
	return OK;
}

/* Visits ------------------------------------------------------------------------------------------------------------ */

static void write_visit(struct json *j, const struct share_visit *v, const struct share_visits *all)
{
	json_object_begin(j);
	json_add_id(j, "id", v->id);
	json_add_id(j, "linkId", v->link_id);
	json_add_string(j, "email", v->email);
	json_add_time(j, "createdAt", v->created_at);
	json_add_time(j, "lastAt", v->last_at);
	json_add_int(j, "visibleMs", v->visible_ms);
	json_add_int(j, "downloadCount", v->download_n);
	json_key(j, "pages");
	json_array_begin(j);
	for (size_t i = 0; i < all->page_n; i++) {
		if (all->pages[i].visit_id != v->id)
			continue;
		json_object_begin(j);
		json_add_int(j, "page", all->pages[i].page);
		json_add_int(j, "visibleMs", all->pages[i].visible_ms);
		json_object_end(j);
	}
	json_array_end(j);
	json_object_end(j);
}

enum err api_share_visits_list(struct ctx *c, const struct req *q, struct res *r)
{
	struct share_visits v;
	struct str after = req_query(c, q, "after");
	int64_t item_id, limit, before = 0;
	TRY(read_item(c, req_query(c, q, "itemId"), &item_id));
	TRY(req_int(c, q, "limit", MAX_VISIT_PAGE, 1, MAX_VISIT_PAGE, &limit));
	if (after.n > 0 && !num_parse_id(after, &before))
		return fail_field(c, STR("after"), STR("INVALID_CURSOR"), "after is not one of this list.");
	TRY(desk_share_visits(c, item_id, before, limit + 1, &v));
	bool has_more = v.n > (size_t)limit;
	res_list_begin(r);
	for (size_t i = 0; i < v.n - has_more; i++)
		write_visit(&r->j, &v.visits[i], &v);
	res_list_end(r, "after", has_more ? str_fmt(c->a, "%lld", (long long)v.visits[limit - 1].id) : STR_NULL);
	return OK;
}
