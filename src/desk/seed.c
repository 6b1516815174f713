#include "desk/seed.h"

#include "base/arena.h"
#include "base/rand.h"
#include "desk/can.h"
#include "desk/conversation.h"
#include "desk/defaults.h"
#include "desk/setting.h"
#include "desk/stage_time.h"
#include "desk/unique.h"
#include "store/schema.h"
#include "store/setting.h"
#include "text/json.h"
#include "text/mail_addr.h"

enum { MAX_OPTIONS_BYTES = 65536 };

/* "LOW=Low;HIGH=High" as the JSON that properties keep. */
static struct str options_json(struct ctx *c, const char *list)
{
	struct buf b;
	struct json j;
	int64_t order = 0;
	buf_init(&b, c->a, MAX_OPTIONS_BYTES);
	json_init(&j, &b);
	json_array_begin(&j);
	for (struct str rest = str_c(list); rest.n > 0;) {
		struct str label = str_cut(&rest, STR(";"));
		struct str value = str_cut(&label, STR("="));
		json_object_begin(&j);
		json_add_string(&j, "label", str_is_null(label) ? value : label);
		json_add_string(&j, "value", value);
		json_add_int(&j, "displayOrder", order++);
		json_add_bool(&j, "hidden", false);
		json_object_end(&j);
	}
	json_array_end(&j);
	return buf_str(&b);
}

static enum err seed_type(struct ctx *c, const struct default_type *d)
{
	TRY(object_type_put(c, &(struct object_type){
		.id = d->id,
		.type_id = str_c(d->type_id),
		.singular = str_c(d->singular),
		.plural = str_c(d->plural),
		.label = str_c(d->label),
		.label_property = str_c(d->label_property),
		.unique_property = str_c(d->unique_property),
		.created_property = str_c(d->created_property),
		.modified_property = str_c(d->modified_property),
		.default_properties = str_c(d->default_properties),
		.required_properties = str_c(d->required_properties),
		.default_pipeline = str_c(d->default_pipeline),
		.is_read_only = d->is_read_only,
	}));
	TRY(property_group_put(c, d->id, str_c(d->group), str_c(d->group_label), 0));
	const struct default_property *props = d->properties;
	for (size_t i = 0; props[i].name != NULL; i++) {
		struct property p = {
			.object_type = d->id,
			.name = str_c(props[i].name),
			.label = str_c(props[i].label),
			.description = STR(""),
			.type = str_c(props[i].type),
			.field_type = str_c(props[i].field_type),
			.group_name = str_c(d->group),
			.options = options_json(c, props[i].options),
			.kept_in = str_c(props[i].kept_in),
			.display_order = (int64_t)i,
			.is_read_only = (props[i].flags & READ_ONLY) != 0,
			.is_calculated = (props[i].flags & CALCULATED) != 0,
			.is_unique = (props[i].flags & UNIQUE) != 0,
		};
		TRY(property_put_built_in(c, &p));
	}
	return OK;
}

static enum err seed_types(struct ctx *c)
{
	for (size_t i = 0; i < default_type_n; i++)
		TRY(seed_type(c, &default_types[i]));
	return OK;
}

static struct str stage_metadata(struct ctx *c, const struct default_stage *d)
{
	const char *closed = d->is_closed ? "true" : "false";
	if (d->probability[0] == '\0')
		return str_fmt(c->a, "{\"ticketState\":\"%s\",\"isClosed\":\"%s\"}", d->is_closed ? "CLOSED" : "OPEN",
		               closed);
	return str_fmt(c->a, "{\"isClosed\":\"%s\",\"probability\":\"%s\"}", closed, d->probability);
}

static enum err seed_stages(struct ctx *c)
{
	int64_t order = 0;
	/* the wire's default stages were created at the epoch; 1 ms later, because 0 is "never" here */
	for (size_t i = 0; i < default_stage_n; i++) {
		const struct default_stage *d = &default_stages[i];
		if (i > 0 && d->object_type != d[-1].object_type)
			order = 0;
		TRY(pipeline_put(c, &(struct pipeline){.object_type = d->object_type, .id = str_c(d->pipeline_id),
		                                       .label = str_c(d->pipeline_label), .created_at = 1}));
		TRY(stage_put(c, &(struct stage){
			.object_type = d->object_type,
			.pipeline_id = str_c(d->pipeline_id),
			.id = str_c(d->id),
			.label = str_c(d->label),
			.display_order = order++,
			.is_closed = d->is_closed,
			.metadata = stage_metadata(c, d),
			.created_at = 1,
		}));
	}
	return OK;
}

static struct str type_singular(int64_t id)
{
	for (size_t i = 0; i < default_type_n; i++)
		if (default_types[i].id == id)
			return str_c(default_types[i].singular);
	return STR("");
}

static bool has_primary(const struct default_association *d)
{
	for (size_t i = 0; i < default_association_n; i++) {
		const struct default_association *other = &default_associations[i];
		if (other->is_primary && other->a == d->a && other->b == d->b)
			return true;
	}
	return false;
}

static enum err seed_association(struct ctx *c, const struct default_association *d, bool is_inverse)
{
	int64_t from = is_inverse ? d->b : d->a, to = is_inverse ? d->a : d->b;
	struct str name =
		str_fmt(c->a, STR_FMT "_to_" STR_FMT, STR_ARG(type_singular(from)), STR_ARG(type_singular(to)));
	/* where the primary type has the plain name on the wire, the plain link is called unlabeled */
	if (!d->is_primary && has_primary(d))
		name = str_cat(c->a, name, STR("_unlabeled"));
	return association_type_put(c, &(struct association_type){
		.type_id = is_inverse ? d->b_to_a : d->a_to_b,
		.inverse_id = is_inverse ? d->a_to_b : d->b_to_a,
		.from_type = from,
		.to_type = to,
		.name = name,
		.label = d->label[0] ? str_c(d->label) : STR_NULL,
		.category = STR("HUBSPOT_DEFINED"),
		.is_primary = d->is_primary,
	});
}

/* Also of stages that users made before there were such properties. */
static enum err seed_stage_times(struct ctx *c)
{
	struct pipeline *pipelines;
	struct object_type *types;
	size_t n, type_n;
	TRY(object_type_list(c, &types, &type_n));
	for (size_t t = 0; t < type_n; t++) {
		TRY(pipeline_list(c, types[t].id, &pipelines, &n));
		for (size_t i = 0; i < n; i++)
			TRY(stage_time_define_all(c, &pipelines[i]));
	}
	return OK;
}

enum err desk_seed(struct ctx *c)
{
	TRY(seed_types(c));
	TRY(seed_stages(c));
	TRY(seed_stage_times(c));
	for (size_t i = 0; i < default_association_n; i++) {
		TRY(seed_association(c, &default_associations[i], false));
		TRY(seed_association(c, &default_associations[i], true));
	}
	TRY(unique_seed(c));
	TRY(setting_put_once(c, SETTING_SIGN_KEY, rand_token(c->a, 32)));
	int64_t number;
	return definition_next(c, &number);
}

enum err desk_inbox_create(struct ctx *c, struct str name, struct str address, struct channel_account *out)
{
	struct inbox inbox = {.name = name, .type = STR("HELP_DESK")};
	struct channel_account account = {
		.channel_id = CHANNEL_EMAIL,
		.name = name,
		.address = str_lower(c->a, str_trim(address)),
		.pipeline_id = STR("0"),
		.stage_id = STR("1"),
		.is_active = true,
	};
	TRY(desk_can(c, CAN_ADMINISTER, NULL));
	if (!mail_addr_is_sendable(account.address))
		return fail_field(c, STR("address"), STR("INVALID_EMAIL"), "Email address " STR_FMT " is invalid",
		                  STR_ARG(str_head(address, 254)));
	TRY(inbox_insert(c, &inbox));
	account.inbox_id = inbox.id;
	TRY(channel_account_insert(c, &account));
	*out = account;
	return OK;
}
