#include "desk/property.h"

#include "base/buf.h"
#include "base/clock.h"
#include "base/num.h"
#include "base/utf8.h"
#include "desk/calculate.h"
#include "text/json_props.h"
#include "text/mail_addr.h"

enum { MAX_OPTIONS_SHOWN = 20, MAX_PARTS = 1000 };

static enum err fault(struct ctx *c, const struct property_def *def, struct str code, struct str message)
{
	c->why.are_properties = true;
	return fail_field(c, def->row.name, code, STR_FMT, STR_ARG(message));
}

enum err property_unknown(struct ctx *c, struct str name)
{
	c->why.are_properties = true;
	return fail_field(c, name, STR("PROPERTY_DOESNT_EXIST"), "Property \"" STR_FMT "\" does not exist",
	                  STR_ARG(str_head(name, 200)));
}

enum err property_read_only(struct ctx *c, const struct property_def *def)
{
	return fault(c, def, STR("READ_ONLY_VALUE"),
	             str_fmt(c->a, "\"" STR_FMT "\" is a %s property; its value cannot be set.", STR_ARG(def->row.name),
	                     def->row.is_calculated ? "calculated" : "read only"));
}

static bool is_option(const struct property_def *def, struct str value)
{
	for (size_t i = 0; i < def->option_n; i++)
		if (str_eq(def->options[i].value, value))
			return true;
	return false;
}

static enum err not_an_option(struct ctx *c, const struct property_def *def, struct str value)
{
	struct str shown = STR("");
	for (size_t i = 0; i < def->option_n && i < MAX_OPTIONS_SHOWN; i++)
		shown = str_fmt(c->a, STR_FMT "%s" STR_FMT, STR_ARG(shown), i ? ", " : "",
		                STR_ARG(def->options[i].value));
	return fault(c, def, STR("INVALID_OPTION"),
	             str_fmt(c->a, STR_FMT " was not one of the allowed options: [" STR_FMT "%s]",
	                     STR_ARG(str_head(value, 100)), STR_ARG(shown),
	                     def->option_n > MAX_OPTIONS_SHOWN ? ", …" : ""));
}

static size_t count_bytes(struct str s, char byte)
{
	size_t n = 0;
	for (size_t i = 0; i < s.n; i++)
		n += s.p[i] == byte;
	return n;
}

/* "a;b" with each value once and none empty. */
static struct str unique_parts(struct ctx *c, struct str value)
{
	struct buf b;
	buf_init(&b, c->a, value.n + 1);
	for (struct str rest = value; !str_is_null(rest);) {
		struct str part = str_cut(&rest, STR(";"));
		bool is_there = part.n == 0;
		for (struct str seen = buf_str(&b); b.n > 0 && !is_there && !str_is_null(seen);)
			is_there = str_eq(str_cut(&seen, STR(";")), part);
		if (is_there)
			continue;
		if (b.n > 0)
			buf_byte(&b, ';');
		buf_add(&b, part);
	}
	return b.n > 0 ? buf_str(&b) : STR("");
}

struct str property_appended(struct ctx *c, const struct property_def *def, struct str is, struct str value)
{
	bool is_list = str_eq(def->row.type, STR("enumeration")) && str_eq(def->row.field_type, STR("checkbox"));
	if (!is_list || !str_starts(value, STR(";")) || is.n == 0)
		return value;
	return str_fmt(c->a, STR_FMT STR_FMT, STR_ARG(is), STR_ARG(value));
}

static enum err check_enumeration(struct ctx *c, const struct property_def *def, struct str value, struct str *out)
{
	bool is_list = str_eq(def->row.field_type, STR("checkbox"));
	if (is_list && count_bytes(value, ';') >= MAX_PARTS)
		return fault(c, def, STR("INVALID_LENGTH"), str_fmt(c->a, "There are more than %d values.", MAX_PARTS));
	if (is_list)
		value = *out = unique_parts(c, value);
	/* pipelines, stages, owners: their options are rows elsewhere, checked by desk/object.c */
	if (def->option_n == 0 && def->row.is_built_in)
		return OK;
	if (!is_list)
		return is_option(def, value) ? OK : not_an_option(c, def, value);
	for (struct str rest = value; !str_is_null(rest);) {
		struct str part = str_cut(&rest, STR(";"));
		if (part.n > 0 && !is_option(def, part))
			return not_an_option(c, def, part);
	}
	return OK;
}

static enum err check_number(struct ctx *c, const struct property_def *def, struct str value)
{
	if (num_is_decimal(value))
		return OK;
	return fault(c, def, STR("INVALID_LONG"),
	             str_fmt(c->a, STR_FMT " was not a valid number.", STR_ARG(str_head(value, 100))));
}

static enum err check_time(struct ctx *c, const struct property_def *def, struct str value, struct str *out)
{
	int64_t at;
	if (!time_parse(value, &at))
		return fault(c, def, STR("INVALID_DATE"),
		             str_fmt(c->a, STR_FMT " was not a valid date.", STR_ARG(str_head(value, 100))));
	struct str iso = time_iso(c->a, at);
	bool is_date = str_eq(def->row.type, STR("date"));
	/* a day that would be another one elsewhere is no day */
	if (is_date && !str_ends(iso, STR("T00:00:00.000Z")))
		return fault(c, def, STR("INVALID_DATE"),
		             str_fmt(c->a, STR_FMT " is at " STR_FMT " UTC, not midnight!", STR_ARG(str_head(value, 100)),
		                     STR_ARG(str_head(str_skip(iso, 11), 8))));
	*out = is_date ? str_head(iso, 10) : iso;
	return OK;
}

static enum err check_bool(struct ctx *c, const struct property_def *def, struct str value, struct str *out)
{
	if (str_eq_nocase(value, STR("true")) || str_eq_nocase(value, STR("false"))) {
		*out = str_lower(c->a, value);
		return OK;
	}
	return fault(c, def, STR("INVALID_BOOLEAN"),
	             str_fmt(c->a, STR_FMT " was not true or false.", STR_ARG(str_head(value, 100))));
}

static enum err check_string(struct ctx *c, const struct property_def *def, struct str value, struct str *out)
{
	if (!str_eq(def->row.name, STR("email")))
		return OK;
	struct str address = str_trim(value);
	if (!mail_addr_is_sendable(address))
		return fault(c, def, STR("INVALID_EMAIL"),
		             str_fmt(c->a, "Email address " STR_FMT " is invalid", STR_ARG(str_head(value, 254))));
	*out = str_lower(c->a, address);
	return OK;
}

enum err property_check(struct ctx *c, const struct property_def *def, struct str value, struct str *out)
{
	*out = value;
	if (value.n == 0)
		return OK;
	if (value.n > MAX_PROPERTY_BYTES || utf8_count(value) > MAX_PROPERTY_CHARS)
		return fault(c, def, STR("INVALID_LENGTH"),
		             str_fmt(c->a, "The value is longer than %d characters.", MAX_PROPERTY_CHARS));
	if (!utf8_is_valid(value) || str_find_byte(value, '\0') >= 0)
		return fault(c, def, STR("INVALID_STRING"), STR("The value has bytes that are not text."));
	if (str_eq(def->row.type, STR("enumeration")))
		return check_enumeration(c, def, value, out);
	if (str_eq(def->row.type, STR("number")))
		return check_number(c, def, value);
	if (str_starts(def->row.type, STR("date")))
		return check_time(c, def, value, out);
	if (str_eq(def->row.type, STR("bool")))
		return check_bool(c, def, value, out);
	return check_string(c, def, value, out);
}

struct str property_value(struct ctx *c, const struct object *o, const struct property_def *def)
{
	struct str value = STR_NULL;
	const struct field *f = def->column;
	if (def->is_read_time)
		return calculate_read(c, o, def);
	if (f == NULL) {
		props_get(o->props, def->row.name, c->a, &value);
		return value;
	}
	void *row = (void *)(uintptr_t)o;
	switch ((enum field_type)f->type) {
	case F_STR:
	case F_JSON:
	case F_BLOB:
		return *field_str(f, row);
	case F_BOOL:
		return *field_bool(f, row) ? STR("true") : STR("false");
	case F_TIME:
		return *field_int(f, row) ? time_iso(c->a, *field_int(f, row)) : STR_NULL;
	case F_ID:
	case F_INT:
		break;
	}
	return *field_int(f, row) ? str_fmt(c->a, "%lld", (long long)*field_int(f, row)) : STR_NULL;
}

bool property_set_column(struct object *o, const struct property_def *def, struct str value)
{
	const struct field *f = def->column;
	int64_t number = 0;
	if (f == NULL)
		return false;
	switch ((enum field_type)f->type) {
	case F_STR:
	case F_JSON:
	case F_BLOB:
		*field_str(f, o) = value.n || !(f->flags & F_NULL) ? (value.p ? value : STR("")) : STR_NULL;
		break;
	case F_BOOL:
		*field_bool(f, o) = str_eq(value, STR("true"));
		break;
	case F_TIME:
		*field_int(f, o) = value.n && time_parse(value, &number) ? number : 0;
		break;
	case F_ID:
	case F_INT:
		*field_int(f, o) = value.n && num_parse_int(value, &number) ? number : 0;
		break;
	}
	return true;
}
