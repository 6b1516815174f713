#include "desk/stage_time.h"

#include "base/arena.h"
#include "base/clock.h"
#include "base/num.h"
#include "desk/object_int.h"
#include "text/json_props.h"

enum { FIRST_DISPLAY_ORDER = 1000 };

#define ENTERED    "hs_v2_date_entered_"
#define EXITED     "hs_v2_date_exited_"
#define LATEST     "hs_v2_latest_time_in_"
#define CUMULATIVE "hs_v2_cumulative_time_in_"
#define TIME_IN    "hs_time_in_"

static const struct {
	const char *prefix;
	const char *label;
	bool is_time;
} family[] = {
	{ENTERED, "Date entered", true},           {EXITED, "Date exited", true},
	{LATEST, "Latest time in", false},         {CUMULATIVE, "Cumulative time in", false},
	{"hs_date_entered_", "Date entered (legacy)", true}, {"hs_date_exited_", "Date exited (legacy)", true},
	{TIME_IN, "Time in (legacy)", false},
};
enum { FAMILY_N = sizeof(family) / sizeof(family[0]) };

static struct str named(struct ctx *c, const char *prefix, struct str stage_id)
{
	return str_cat(c->a, str_c(prefix), stage_id);
}

/* Definitions ------------------------------------------------------------------------------------------------------- */

/* They stand in the group of the property that holds the stage; null: the type has none. */
static enum err group_of(struct ctx *c, int64_t object_type, struct str *out)
{
	struct property *rows;
	size_t n;
	*out = STR_NULL;
	TRY(property_list_of(c, object_type, false, &rows, &n));
	for (size_t i = 0; i < n; i++)
		if (str_eq(rows[i].kept_in, STR("stage_id")))
			*out = rows[i].group_name;
	return OK;
}

static enum err define(struct ctx *c, const struct stage *s, struct str pipeline_label, struct str group)
{
	for (size_t i = 0; i < FAMILY_N; i++) {
		struct property p = {
			.object_type = s->object_type,
			.name = named(c, family[i].prefix, s->id),
			.label = str_fmt(c->a, "%s \"" STR_FMT " (" STR_FMT ")\"", family[i].label, STR_ARG(s->label),
			                 STR_ARG(pipeline_label)),
			.description = STR(""),
			.type = family[i].is_time ? STR("datetime") : STR("number"),
			.field_type = family[i].is_time ? STR("date") : STR("calculation_read_time"),
			.group_name = group,
			.options = STR("[]"),
			.kept_in = STR(""),
			.display_order = FIRST_DISPLAY_ORDER + (int64_t)i,
			.is_read_only = true,
			.is_calculated = true,
			.is_built_in = true,
			.created_at = s->created_at,
			.updated_at = c->now,
			.archived_at = s->archived_at,
		};
		TRY(property_save(c, &p));
	}
	return OK;
}

enum err stage_time_define(struct ctx *c, const struct stage *s, struct str pipeline_label)
{
	struct str group;
	TRY(group_of(c, s->object_type, &group));
	return str_is_null(group) ? OK : define(c, s, pipeline_label, group);
}

enum err stage_time_define_all(struct ctx *c, const struct pipeline *p)
{
	struct str group;
	struct stage *stages;
	size_t n;
	TRY(group_of(c, p->object_type, &group));
	TRY(stage_list_of(c, p->object_type, p->id, &stages, &n));
	for (size_t i = 0; i < n && !str_is_null(group); i++)
		TRY(define(c, &stages[i], p->label, group));
	return OK;
}

/* Keeping ----------------------------------------------------------------------------------------------------------- */

static int64_t time_in(struct ctx *c, const struct object *o, const char *prefix, struct str stage_id)
{
	struct str value;
	int64_t at;
	if (!props_get(o->props, named(c, prefix, stage_id), c->a, &value))
		return 0;
	return time_parse(value, &at) ? at : 0;
}

static int64_t ended_ms(struct ctx *c, const struct object *o, struct str stage_id)
{
	struct str value;
	int64_t ms;
	return props_get(o->props, named(c, CUMULATIVE, stage_id), c->a, &value) && num_parse_int(value, &ms) ? ms : 0;
}

/* The history has the stage itself. */
static enum err note(struct ctx *c, struct write *w, const char *prefix, struct str stage_id, struct str value)
{
	return write_keep(c, w, named(c, prefix, stage_id), value, true);
}

static enum err leave(struct ctx *c, struct write *w, struct str stage_id)
{
	struct str now = time_iso(c->a, c->now);
	int64_t entered_at = time_in(c, &w->before, ENTERED, stage_id);
	TRY(note(c, w, EXITED, stage_id, now));
	TRY(note(c, w, "hs_date_exited_", stage_id, now));
	/* one that was there before its stage had such properties */
	if (entered_at == 0)
		return OK;
	int64_t ms = ended_ms(c, &w->before, stage_id) + (c->now > entered_at ? c->now - entered_at : 0);
	return note(c, w, CUMULATIVE, stage_id, str_fmt(c->a, "%lld", (long long)ms));
}

enum err rule_stage_times(struct ctx *c, struct write *w)
{
	struct str now = time_iso(c->a, c->now);
	if (!w->is_create && w->before.stage_id.n > 0)
		TRY(leave(c, w, w->before.stage_id));
	TRY(note(c, w, ENTERED, w->o.stage_id, now));
	return note(c, w, "hs_date_entered_", w->o.stage_id, now);
}

/* Reading ----------------------------------------------------------------------------------------------------------- */

bool stage_time_is_read(struct str property)
{
	return str_starts(property, STR(TIME_IN)) || str_starts(property, STR(LATEST)) ||
	       str_starts(property, STR(CUMULATIVE));
}

static struct str stage_of(struct str property)
{
	const struct str prefixes[] = {STR(TIME_IN), STR(LATEST), STR(CUMULATIVE)};
	for (size_t i = 0; i < sizeof(prefixes) / sizeof(prefixes[0]); i++)
		if (str_starts(property, prefixes[i]))
			return str_skip(property, prefixes[i].n);
	return STR_NULL;
}

struct str stage_time_value(struct ctx *c, const struct object *o, struct str property)
{
	struct str stage_id = stage_of(property);
	int64_t entered_at = time_in(c, o, ENTERED, stage_id), exited_at = time_in(c, o, EXITED, stage_id);
	bool is_there = str_eq(o->stage_id, stage_id);
	if (entered_at == 0)
		return STR_NULL;
	int64_t end_at = is_there ? c->now : exited_at;
	int64_t ms = end_at > entered_at ? end_at - entered_at : 0;
	if (!str_starts(property, STR(LATEST)))
		ms = ended_ms(c, o, stage_id) + (is_there ? ms : 0);
	return str_fmt(c->a, "%lld", (long long)ms);
}
