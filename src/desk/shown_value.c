#include "desk/shown_value.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/clock.h"
#include "base/num.h"
#include "base/zone.h"
#include "desk/account.h"
#include "desk/object.h"
#include "desk/property.h"
#include "desk/schema.h"
#include "store/user.h"
#include "text/local.h"

enum { MAX_SHOWN_BYTES = 2 * MAX_PROPERTY_BYTES };

static struct str option_label(const struct property_def *def, struct str value)
{
	for (size_t i = 0; i < def->option_n; i++)
		if (str_eq(def->options[i].value, value))
			return def->options[i].label;
	return value;
}

/* "a;b" of checkboxes. */
static struct str option_labels(struct ctx *c, const struct property_def *def, struct str value)
{
	struct buf b;
	buf_init(&b, c->a, MAX_SHOWN_BYTES);
	for (struct str rest = value; !str_is_null(rest);) {
		struct str label = option_label(def, str_trim(str_cut(&rest, STR(";"))));
		if (b.n + label.n + 2 > MAX_SHOWN_BYTES)
			break;
		if (b.n > 0 && label.n > 0)
			buf_lit(&b, ", ");
		buf_add(&b, label);
	}
	return b.n > 0 ? buf_str(&b) : STR("");
}

/* What is not there any more is shown as its id. */
static enum err name_of(struct ctx *c, const struct object *o, struct str kept_in, struct str value, struct str *out)
{
	struct stage stage = {.label = value};
	struct pipeline pipeline = {.label = value};
	struct owner owner = {.first_name = value, .last_name = STR("")};
	int64_t id;
	enum err e = OK;
	if (str_eq(kept_in, STR("stage_id")))
		e = stage_anywhere(c, o->object_type, value, &stage);
	else if (str_eq(kept_in, STR("pipeline_id")))
		e = pipeline_load_any(c, o->object_type, value, &pipeline);
	else if (num_parse_id(value, &id))
		e = owner_load(c, id, &owner);
	*out = value;
	if (e == ERR_NOT_FOUND) {
		fail_clear(c);
		return OK;
	}
	TRY(e);
	if (str_eq(kept_in, STR("stage_id")))
		*out = stage.label;
	else if (str_eq(kept_in, STR("pipeline_id")))
		*out = pipeline.label;
	else
		*out = str_trim(str_fmt(c->a, STR_FMT " " STR_FMT, STR_ARG(owner.first_name), STR_ARG(owner.last_name)));
	if (out->n == 0)
		*out = owner.email.n > 0 ? owner.email : value;
	return OK;
}

/* A day is the same everywhere; an instant is a day on the desk's clocks. */
static enum err date_of(struct ctx *c, struct str value, bool is_instant, struct str *out)
{
	struct account account;
	int64_t at, offset = 0;
	*out = value;
	if (!time_parse(value, &at))
		return OK;
	TRY(desk_account(c, &account));
	if (is_instant && !zone_offset(c->a, account.time_zone, at, &offset))
		offset = 0;
	*out = local_time(c->a, account.language, at, offset, LOCAL_DATE);
	return OK;
}

enum err desk_shown_value(struct ctx *c, const struct object *o, const struct property_def *def, struct str *out)
{
	struct str value = property_value(c, o, def), kept_in = def->row.kept_in;
	*out = STR("");
	if (str_trim(value).n == 0)
		return OK;
	if (str_eq(kept_in, STR("stage_id")) || str_eq(kept_in, STR("pipeline_id")) || str_eq(kept_in, STR("owner_id")))
		return name_of(c, o, kept_in, value, out);
	if (str_eq(def->row.type, STR("date")) || str_eq(def->row.type, STR("datetime")))
		return date_of(c, value, str_eq(def->row.type, STR("datetime")), out);
	*out = def->option_n > 0 ? option_labels(c, def, value) : value;
	return OK;
}
