#include "api/scope.h"

#include "desk/object.h"

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
