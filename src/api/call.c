#include "api/call.h"

#include "base/arena.h"
#include "base/check.h"
#include "base/num.h"
#include "desk/schema.h"
#include "net/http_query.h"
#include "text/json_read.h"

enum { MAX_LIST_PARAMS = 1000 };

struct str req_param(const struct req *q, const char *name)
{
	for (size_t i = 0; i < q->param_n; i++)
		if (str_eq(q->params[i].name, str_c(name)))
			return q->params[i].value;
	check(!"the route has this parameter");
	return STR_NULL;
}

enum err req_id(struct ctx *c, const struct req *q, const char *name, int64_t *out)
{
	struct str value = req_param(q, name);
	if (num_parse_id(value, out))
		return OK;
	fail_context(c, STR("id"), str_head(value, 100));
	return fail(c, ERR_NOT_FOUND, "Object not found.  objectId are usually numeric.");
}

enum err req_type(struct ctx *c, const struct req *q, const char *name, const struct type_def **out)
{
	return schema_type(c, req_param(q, name), out);
}

struct str req_query(struct ctx *c, const struct req *q, const char *name)
{
	struct str value;
	return http_query_get(c->a, q->query, name, &value) ? value : STR_NULL;
}

enum err req_int(struct ctx *c, const struct req *q, const char *name, int64_t otherwise, int64_t min, int64_t max,
                 int64_t *out)
{
	struct str value = req_query(c, q, name);
	if (value.n == 0) {
		*out = otherwise;
		return OK;
	}
	if (!num_parse_int(value, out) || *out < min || *out > max)
		return fail_field(c, str_c(name), STR("INVALID_INTEGER"), "%s is a number from %lld to %lld.", name,
		                  (long long)min, (long long)max);
	return OK;
}

enum err req_bool(struct ctx *c, const struct req *q, const char *name, bool *out)
{
	struct str value = req_query(c, q, name);
	*out = str_eq_nocase(value, STR("true"));
	if (value.n > 0 && !*out && !str_eq_nocase(value, STR("false")))
		return fail_field(c, str_c(name), STR("INVALID_BOOLEAN"), "%s is true or false.", name);
	return OK;
}

static bool read_id(const json_t *value, int64_t *out)
{
	if (json_is_string(value))
		return num_parse_id(json_text(value), out);
	*out = json_is_integer(value) ? json_integer_value(value) : 0;
	return *out > 0;
}

enum err req_ids(struct ctx *c, const struct req *q, const char *name, size_t max, const int64_t **out, size_t *n_out)
{
	const json_t *list = json_object_get(q->json, name);
	size_t n = json_array_size(list), found = 0;
	*out = NULL;
	*n_out = 0;
	if (list == NULL || json_is_null(list))
		return OK;
	if (!json_is_array(list) || n > max)
		return fail_field(c, str_c(name), STR("INVALID_LIST"), "%s is a list of at most %zu ids.", name, max);
	int64_t *ids = NEW_ARRAY(c->a, n + 1, int64_t);
	for (size_t i = 0; i < n; i++) {
		size_t k = 0;
		if (!read_id(json_array_get(list, i), &ids[found]))
			return fail_field(c, str_c(name), STR("INVALID_LONG"), "%s is a list of ids.", name);
		while (ids[k] != ids[found])
			k++;
		found += k == found;
	}
	*out = ids;
	*n_out = found;
	return OK;
}

size_t req_list(struct ctx *c, const struct req *q, const char *name, struct str **out)
{
	struct str *values;
	size_t n = http_query_all(c->a, q->query, name, &values), found = 0;
	struct str *parts = NEW_ARRAY(c->a, MAX_LIST_PARAMS, struct str);
	for (size_t i = 0; i < n; i++)
		for (struct str rest = values[i]; !str_is_null(rest) && found < MAX_LIST_PARAMS;) {
			struct str part = str_trim(str_cut(&rest, STR(",")));
			if (part.n > 0)
				parts[found++] = part;
		}
	*out = parts;
	return found;
}

enum err res_give(struct res *r, const struct shape *shape, const void *row)
{
	json_row(&r->j, shape, row);
	return OK;
}

enum err res_nothing(struct res *r)
{
	r->content_type = STR_NULL;
	return OK;
}

void res_header(struct res *r, struct str name, struct str value)
{
	check(r->header_n < MAX_ANSWER_HEADERS);
	r->headers[r->header_n++] = (struct http_header){name, value};
}

void res_list_begin(struct res *r)
{
	json_object_begin(&r->j);
	json_key(&r->j, "results");
	json_array_begin(&r->j);
}

void res_list_end(struct res *r, const char *name, struct str cursor)
{
	json_array_end(&r->j);
	if (cursor.n > 0) {
		json_key(&r->j, "paging");
		json_object_begin(&r->j);
		json_key(&r->j, "next");
		json_object_begin(&r->j);
		json_add_string(&r->j, name, cursor);
		json_object_end(&r->j);
		json_object_end(&r->j);
	}
	json_object_end(&r->j);
}
