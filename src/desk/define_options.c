/* The options of a property as callers give them, checked and put into the one form they are kept in. */

#include "desk/define_int.h"

#include "text/json.h"
#include "text/json_read.h"

enum { MAX_OPTION_BYTES = 1000, MAX_OPTIONS_BYTES = 8 << 20 };

static enum err fault(struct ctx *c, struct str code, struct str message)
{
	return fail_field(c, STR("options"), code, STR_FMT, STR_ARG(message));
}

bool define_options_are_fixed(const struct property *p)
{
	return p->is_built_in && (p->is_read_only || p->kept_in.n > 0 || !str_eq(p->type, STR("enumeration"))) &&
	       !str_eq(p->kept_in, STR("priority"));
}

static enum err check_option(struct ctx *c, const json_t *list, size_t at)
{
	const json_t *option = json_array_get(list, at);
	struct str value = json_get_str(option, "value"), label = json_get_str(option, "label");
	if (!json_is_object(option) || str_trim(value).n == 0 || str_trim(label).n == 0)
		return fault(c, STR("INVALID_OPTION"), STR("Every option has a label and a value."));
	if (value.n > MAX_OPTION_BYTES || label.n > MAX_OPTION_BYTES)
		return fault(c, STR("INVALID_LENGTH"),
		             str_fmt(c->a, "An option is longer than %d bytes.", MAX_OPTION_BYTES));
	/* it separates the values of checkboxes */
	if (str_find_byte(value, ';') >= 0)
		return fault(c, STR("INVALID_OPTION"), STR("The value of an option has no semicolon."));
	for (size_t i = 0; i < at; i++)
		if (str_eq(json_get_str(json_array_get(list, i), "value"), value))
			return fault(
				c, STR("DUPLICATE_OPTION"),
				str_fmt(c->a, "The option " STR_FMT " comes twice.", STR_ARG(str_head(value, 100))));
	return OK;
}

static void write_option(struct json *j, const json_t *option, size_t at)
{
	json_object_begin(j);
	json_add_string(j, "label", json_get_str(option, "label"));
	json_add_string(j, "value", json_get_str(option, "value"));
	json_add_string(j, "description", json_get_str(option, "description"));
	json_add_int(j, "displayOrder", json_get_int(option, "displayOrder", (int64_t)at));
	json_add_bool(j, "hidden", json_get_bool(option, "hidden", false));
	json_object_end(j);
}

/* A yes or no has these two, under whatever labels. */
static enum err check_bool(struct ctx *c, const json_t *list)
{
	struct str first = json_get_str(json_array_get(list, 0), "value"),
		   second = json_get_str(json_array_get(list, 1), "value");
	bool is_pair = json_array_size(list) == 2 && ((str_eq(first, STR("true")) && str_eq(second, STR("false"))) ||
	                                              (str_eq(first, STR("false")) && str_eq(second, STR("true"))));
	return is_pair ? OK : fault(c, STR("INVALID_OPTION"), STR("The options of a bool are true and false."));
}

enum err define_options(struct ctx *c, const struct property *p, struct str given, struct str *out)
{
	struct buf b;
	struct json j;
	json_t *list;
	bool is_bool = str_eq(p->type, STR("bool"));
	if (str_is_null(given) || str_eq(given, STR("[]")))
		given = is_bool ? STR("[{\"label\":\"True\",\"value\":\"true\"},{\"label\":\"False\",\"value\":\"false\"}]")
		                : STR("[]");
	TRY(json_parse(c, given, &list));
	size_t n = json_array_size(list);
	if (!json_is_array(list) || n > MAX_OPTIONS)
		return fault(c, STR("INVALID_OPTION"), str_fmt(c->a, "options is a list of at most %d.", MAX_OPTIONS));
	if (n > 0 && !is_bool && !str_eq(p->type, STR("enumeration")))
		return fault(c, STR("INVALID_OPTION"),
		             STR("Only properties of type enumeration and bool have options."));
	if (is_bool)
		TRY(check_bool(c, list));
	buf_init(&b, c->a, MAX_OPTIONS_BYTES);
	json_init(&j, &b);
	json_array_begin(&j);
	for (size_t i = 0; i < n; i++) {
		TRY(check_option(c, list, i));
		write_option(&j, json_array_get(list, i), i);
	}
	json_array_end(&j);
	if (buf_is_full(&b))
		return fail(c, ERR_TOO_BIG, "All options together are longer than %d bytes.", MAX_OPTIONS_BYTES);
	*out = buf_str(&b);
	return OK;
}
