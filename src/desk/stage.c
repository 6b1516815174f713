/* Stages of pipelines, and what pipelines share with them: ids, labels, what is noted of changes. */

#include "base/num.h"
#include "base/utf8.h"
#include "desk/can.h"
#include "desk/define.h"
#include "desk/definitions.h"
#include "desk/stage_int.h"
#include "desk/stage_time.h"
#include "text/json.h"
#include "text/json_read.h"

enum {
	MAX_METADATA = 20,
	MAX_METADATA_BYTES = 200,
	MAX_BODY_BYTES = 64 << 10,
	MAX_USERS_TOLD = 10,
	FIRST_MADE_ID = 1000
};

enum err pipeline_not_there(struct ctx *c, const char *what, struct str id)
{
	fail_clear(c);
	fail_context(c, STR("id"), str_head(id, 200));
	return fail(c, ERR_NOT_FOUND, "%s \"" STR_FMT "\" does not exist", what, STR_ARG(str_head(id, 200)));
}

enum err pipeline_check_label(struct ctx *c, struct str label)
{
	if (str_is_null(label))
		return fail(c, ERR_BAD_INPUT,
		            "Invalid input JSON on line 1, column 1. Some required fields were not set: [label]");
	if (str_trim(label).n > 0 && label.n <= MAX_LABEL_BYTES && utf8_is_valid(label) &&
	    str_find_byte(label, '\0') < 0)
		return OK;
	return fail_field(c, STR("label"), STR("INVALID_LENGTH"), "label has 1 to %d bytes of text.", MAX_LABEL_BYTES);
}

static bool is_id(struct str id)
{
	for (size_t i = 0; i < id.n; i++) {
		char b = id.p[i];
		if (!((b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z') || (b >= '0' && b <= '9') || b == '_' ||
		      b == '-'))
			return false;
	}
	return id.n > 0 && id.n <= MAX_STAGE_ID_BYTES;
}

/* Of a stage or of a pipeline, archived or not. */
static enum err is_taken(struct ctx *c, int64_t object_type, struct str id, bool *out)
{
	struct stage s;
	struct pipeline p;
	enum err e = stage_anywhere(c, object_type, id, &s);
	if (e == ERR_NOT_FOUND)
		e = pipeline_load_any(c, object_type, id, &p);
	if (e != OK && e != ERR_NOT_FOUND)
		return e;
	fail_clear(c);
	*out = e == OK;
	return OK;
}

enum err stage_new_id(struct ctx *c, int64_t object_type, struct str wanted, struct str *out)
{
	bool is_used = true;
	int64_t number;
	if (wanted.n > 0 && !is_id(wanted))
		return fail_field(c, STR("id"), STR("INVALID_ID"), "An id has letters, digits, - and _, at most %d.",
		                  MAX_STAGE_ID_BYTES);
	*out = wanted;
	while (wanted.n == 0 && is_used) {
		TRY(definition_next(c, &number));
		*out = str_fmt(c->a, "%lld", (long long)(FIRST_MADE_ID + number));
		TRY(is_taken(c, object_type, *out, &is_used));
	}
	return OK;
}

/* Metadata ---------------------------------------------------------------------------------------------------------- */

static bool is_ours(const char *key)
{
	return str_eq(str_c(key), STR("ticketState")) || str_eq(str_c(key), STR("isClosed")) ||
	       str_eq(str_c(key), STR("probability"));
}

static enum err check_metadata(struct ctx *c, json_t *given)
{
	const char *key;
	json_t *value;
	if (!json_is_object(given) || json_object_size(given) > MAX_METADATA)
		return fail_field(c, STR("metadata"), STR("INVALID_TYPE"), "metadata is an object of at most %d texts.",
		                  MAX_METADATA);
	json_object_foreach(given, key, value) if (
		str_is_null(json_scalar_text(c, value)) || json_scalar_text(c, value).n > MAX_METADATA_BYTES ||
		str_c(key).n > MAX_METADATA_BYTES) return fail_field(c, STR("metadata"), STR("INVALID_TYPE"),
	                                                             "A value of metadata is text of at most %d bytes.",
	                                                             MAX_METADATA_BYTES);
	return OK;
}

/* Tickets say whether they are closed by ticketState, deals by a probability of 0 or 1, others by isClosed. */
static enum err read_state(struct ctx *c, const struct type_def *t, const json_t *given, struct stage *s)
{
	struct str state = json_scalar_text(c, json_object_get(given, "ticketState"));
	struct str probability = json_scalar_text(c, json_object_get(given, "probability"));
	struct str closed = json_scalar_text(c, json_object_get(given, "isClosed"));
	if (t->row.id == TYPE_TICKET && state.n > 0) {
		if (!str_eq(state, STR("OPEN")) && !str_eq(state, STR("CLOSED")))
			return fail_field(c, STR("metadata"), STR("INVALID_OPTION"), "ticketState is OPEN or CLOSED.");
		s->is_closed = str_eq(state, STR("CLOSED"));
		return OK;
	}
	if (t->row.id != TYPE_TICKET && probability.n > 0) {
		if (!num_is_decimal(probability))
			return fail_field(c, STR("metadata"), STR("INVALID_OPTION"),
			                  "probability is a number from 0.0 to 1.0.");
		bool is_lost = str_eq(probability, STR("0")) || str_eq(probability, STR("0.0"));
		s->is_closed = is_lost || str_eq(probability, STR("1")) || str_eq(probability, STR("1.0"));
		return OK;
	}
	if (closed.n > 0)
		s->is_closed = str_eq_nocase(closed, STR("true"));
	return OK;
}

static struct str metadata_json(struct ctx *c, const struct type_def *t, json_t *given, const struct stage *s)
{
	struct buf b;
	struct json j;
	const char *key;
	json_t *value;
	buf_init(&b, c->a, MAX_BODY_BYTES);
	json_init(&j, &b);
	json_object_begin(&j);
	if (t->row.id == TYPE_TICKET)
		json_add_string(&j, "ticketState", s->is_closed ? STR("CLOSED") : STR("OPEN"));
	json_add_string(&j, "isClosed", s->is_closed ? STR("true") : STR("false"));
	if (t->row.id != TYPE_TICKET)
		json_add_string(&j, "probability", json_scalar_text(c, json_object_get(given, "probability")));
	json_object_foreach(given, key, value) {
		if (is_ours(key))
			continue;
		json_key_str(&j, str_c(key));
		json_str(&j, json_scalar_text(c, value));
	}
	json_object_end(&j);
	return buf_str(&b);
}

enum err stage_take(struct ctx *c, const struct type_def *t, const struct stage_in *in, struct stage *s)
{
	json_t *given;
	bool was_closed = s->is_closed, is_new = str_is_null(s->label);
	if (!str_is_null(in->label) || is_new)
		s->label = in->label;
	TRY(pipeline_check_label(c, s->label));
	if (in->display_order != NULL)
		s->display_order = *in->display_order;
	s->updated_at = c->now;
	if (str_is_null(in->metadata) && !is_new)
		return OK;
	TRY(json_parse(c, str_is_null(in->metadata) ? STR("{}") : in->metadata, &given));
	TRY(check_metadata(c, given));
	TRY(read_state(c, t, given, s));
	s->metadata = metadata_json(c, t, given, s);
	return was_closed != s->is_closed && !is_new ? stage_check_unused(c, s) : OK;
}

enum err stage_check_label(struct ctx *c, const struct stage *s, const struct stage *others, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (others[i].archived_at == 0 && !str_eq(others[i].id, s->id) &&
		    str_eq_nocase(others[i].label, s->label))
			return fail(c, ERR_CONFLICT,
			            "A stage labelled \"" STR_FMT "\" already exists in this pipeline.",
			            STR_ARG(s->label));
	return OK;
}

enum err stage_check_unused(struct ctx *c, const struct stage *s)
{
	int64_t *ids;
	size_t n;
	bool is_of_inbox = false;
	/* mail that comes in is not kept waiting by what is refused anyway */
	if (s->object_type == TYPE_TICKET)
		TRY(stage_is_of_inbox(c, s, &is_of_inbox));
	if (!is_of_inbox)
		TRY(stage_lock(c, s));
	TRY(stage_users(c, s, MAX_USERS_TOLD, &ids, &n));
	if (n == 0 && !is_of_inbox)
		return OK;
	fail_context(c, STR("stageIds"), s->id);
	for (size_t i = 0; i < n; i++)
		fail_context(c, STR("objectIds"), str_fmt(c->a, "%lld", (long long)ids[i]));
	c->why.sub_category = STR("PipelineError.STAGE_ID_IN_USE");
	return fail(c, ERR_BAD_INPUT, "Stage \"" STR_FMT "\" is in use%s.", STR_ARG(s->id),
	            n > 0 ? "" : " by an inbox");
}

/* Keeping ----------------------------------------------------------------------------------------------------------- */

enum err pipeline_note(struct ctx *c, int64_t object_type, struct str pipeline_id, struct str stage_id,
                       const char *action, struct str label, int64_t display_order, struct str metadata)
{
	struct buf b;
	struct json j;
	buf_init(&b, c->a, MAX_BODY_BYTES);
	json_init(&j, &b);
	json_object_begin(&j);
	json_add_string(&j, "id", str_is_null(stage_id) ? pipeline_id : stage_id);
	json_add_string(&j, "label", label);
	json_add_int(&j, "displayOrder", display_order);
	json_add_raw(&j, "metadata", metadata);
	json_object_end(&j);
	return pipeline_change_insert(c, &(struct pipeline_change){
		.object_type = object_type,
		.pipeline_id = pipeline_id,
		.stage_id = stage_id,
		.action = str_c(action),
		.at = c->now,
		.user_id = c->who.user_id,
		.body = buf_str(&b),
	});
}

enum err stage_keep(struct ctx *c, const struct stage *s, const char *action)
{
	struct pipeline p;
	TRY(stage_save(c, s));
	TRY(pipeline_load_any(c, s->object_type, s->pipeline_id, &p));
	TRY(stage_time_define(c, s, p.label));
	return pipeline_note(c, s->object_type, s->pipeline_id, s->id, action, s->label, s->display_order, s->metadata);
}

/* Verbs ------------------------------------------------------------------------------------------------------------- */

static enum err need_pipeline(struct ctx *c, int64_t object_type, struct str id)
{
	struct pipeline p;
	enum err e = pipeline_load(c, object_type, id, &p);
	return e == ERR_NOT_FOUND ? pipeline_not_there(c, "Pipeline", id) : e;
}

enum err desk_stage_load(struct ctx *c, int64_t object_type, struct str pipeline_id, struct str id, struct stage *out)
{
	TRY(desk_can(c, CAN_VIEW, NULL));
	TRY(need_pipeline(c, object_type, pipeline_id));
	enum err e = stage_load(c, object_type, pipeline_id, id, out);
	return e == ERR_NOT_FOUND ? pipeline_not_there(c, "Stage", id) : e;
}

static size_t count_live(const struct stage *stages, size_t n)
{
	size_t live = 0;
	for (size_t i = 0; i < n; i++)
		live += stages[i].archived_at == 0;
	return live;
}

enum err desk_stage_create(struct ctx *c, const struct type_def *t, struct str pipeline_id, const struct stage_in *in,
                           struct stage *out)
{
	struct stage s = {.object_type = t->row.id, .pipeline_id = pipeline_id, .created_at = c->now}, other, *others;
	size_t n;
	TRY(desk_can(c, CAN_ADMINISTER, NULL));
	TRY(definitions_lock(c));
	TRY(need_pipeline(c, t->row.id, pipeline_id));
	TRY(stage_list_of(c, t->row.id, pipeline_id, &others, &n));
	if (count_live(others, n) >= MAX_STAGES)
		return fail(c, ERR_BAD_INPUT, "A pipeline has at most %d stages.", MAX_STAGES);
	TRY(stage_new_id(c, t->row.id, in->id, &s.id));
	enum err e = stage_anywhere(c, t->row.id, s.id, &other);
	if (e == OK && (other.archived_at == 0 || !str_eq(other.pipeline_id, pipeline_id)))
		return fail(c, ERR_CONFLICT, "A stage with the id \"" STR_FMT "\" already exists.", STR_ARG(s.id));
	if (e != OK && e != ERR_NOT_FOUND)
		return e;
	fail_clear(c);
	s.display_order = (int64_t)count_live(others, n);
	TRY(stage_take(c, t, in, &s));
	TRY(stage_check_label(c, &s, others, n));
	TRY(stage_keep(c, &s, "CREATE"));
	*out = s;
	return definitions_changed(c);
}

static enum err load_one(struct ctx *c, int64_t object_type, struct str pipeline_id, struct str id, struct stage *out)
{
	TRY(need_pipeline(c, object_type, pipeline_id));
	enum err e = stage_load_any(c, object_type, pipeline_id, id, out);
	return e == ERR_NOT_FOUND ? pipeline_not_there(c, "Stage", id) : e;
}

enum err desk_stage_update(struct ctx *c, const struct type_def *t, struct str pipeline_id, struct str id,
                           const struct stage_in *in, struct stage *out)
{
	struct stage s, *others;
	size_t n;
	TRY(desk_can(c, CAN_ADMINISTER, NULL));
	TRY(definitions_lock(c));
	TRY(load_one(c, t->row.id, pipeline_id, id, &s));
	if (s.archived_at > 0 && !in->is_restored)
		return pipeline_not_there(c, "Stage", id);
	TRY(stage_list_of(c, t->row.id, pipeline_id, &others, &n));
	if (s.archived_at > 0 && count_live(others, n) >= MAX_STAGES)
		return fail(c, ERR_BAD_INPUT, "A pipeline has at most %d stages.", MAX_STAGES);
	s.archived_at = 0;
	TRY(stage_take(c, t, in, &s));
	TRY(stage_check_label(c, &s, others, n));
	TRY(stage_keep(c, &s, "UPDATE"));
	*out = s;
	return definitions_changed(c);
}

enum err desk_stage_archive(struct ctx *c, const struct type_def *t, struct str pipeline_id, struct str id)
{
	struct stage s, *others;
	size_t n;
	TRY(desk_can(c, CAN_ADMINISTER, NULL));
	TRY(definitions_lock(c));
	TRY(load_one(c, t->row.id, pipeline_id, id, &s));
	if (s.archived_at > 0)
		return OK;
	TRY(stage_check_unused(c, &s));
	TRY(stage_list_of(c, t->row.id, pipeline_id, &others, &n));
	if (count_live(others, n) == 1)
		return fail(c, ERR_BAD_INPUT, "A pipeline has at least one stage.");
	s.archived_at = s.updated_at = c->now;
	TRY(stage_keep(c, &s, "DELETE"));
	return definitions_changed(c);
}
