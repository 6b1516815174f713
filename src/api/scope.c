#include "api/scope.h"

#include "api/call.h"
#include "base/buf.h"
#include "desk/object.h"
#include "desk/token.h"
#include "text/json_read.h"

static bool has_scope(struct str scopes, struct str wanted)
{
	if (str_is_null(scopes))
		return true;
	for (struct str rest = scopes; !str_is_null(rest);) {
		struct str scope = str_trim(str_cut(&rest, STR(",")));
		if (str_eq(scope, STR("*")) || str_eq(scope, wanted))
			return true;
	}
	return false;
}

static enum err need(struct ctx *c, struct str scope)
{
	if (has_scope(c->who.scopes, scope))
		return OK;
	fail_context(c, STR("requiredGranularScopes"), scope);
	return fail(c, ERR_MISSING_SCOPE, "This token hasn't been granted all required scopes to make this call.");
}

enum err scope_need(struct ctx *c, const char *scope)
{
	return scope == NULL ? OK : need(c, str_c(scope));
}

enum err scope_need_type(struct ctx *c, const struct type_def *t, bool is_write)
{
	if (str_is_null(c->who.scopes))
		return OK;
	if (t->row.id == TYPE_TICKET)
		return need(c, STR("tickets"));
	if (t->row.is_custom)
		return need(c, is_write ? STR("crm.objects.custom.write") : STR("crm.objects.custom.read"));
	return need(c,
	            str_fmt(c->a, "crm.objects." STR_FMT ".%s", STR_ARG(t->row.plural), is_write ? "write" : "read"));
}

enum err scope_need_links(struct ctx *c, const struct link_in *links, size_t n)
{
	if (has_scope(c->who.scopes, STR("*")))
		return OK;
	for (size_t i = 0; i < n; i++) {
		const struct type_def *t;
		enum err e = desk_object_type(c, links[i].to_id, &t);
		if (e == ERR_NOT_FOUND) {
			/* the desk refuses it, in its own words */
			fail_clear(c);
			continue;
		}
		TRY(e);
		TRY(scope_need_type(c, t, true));
	}
	return OK;
}

enum err req_scopes(struct ctx *c, const struct req *q, struct str *out)
{
	const json_t *list = json_object_get(q->json, "scopes");
	struct buf b;
	buf_init(&b, c->a, MAX_SCOPES_BYTES);
	if (!json_is_array(list))
		return fail_field(c, STR("scopes"), STR("INVALID_LIST"), "scopes is a list of names.");
	for (size_t i = 0; i < json_array_size(list); i++) {
		struct str scope = json_text(json_array_get(list, i));
		if (scope.n == 0 || str_find_byte(scope, ',') >= 0)
			return fail_field(c, STR("scopes"), STR("INVALID_SCOPE"), "scopes is a list of names.");
		if (i > 0)
			buf_byte(&b, ',');
		buf_add(&b, scope);
	}
	if (buf_is_full(&b))
		return fail_field(c, STR("scopes"), STR("INVALID_LENGTH"), "Scopes are at most %d bytes.",
		                  MAX_SCOPES_BYTES);
	*out = buf_str(&b);
	return OK;
}

void res_add_scopes(struct json *j, struct str scopes)
{
	json_key(j, "scopes");
	json_array_begin(j);
	for (struct str rest = scopes; !str_is_null(rest);) {
		struct str scope = str_cut(&rest, STR(","));
		if (scope.n > 0)
			json_str(j, scope);
	}
	json_array_end(j);
}
