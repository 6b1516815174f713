#pragma once

#include "base/ctx.h"
#include "desk/schema.h"
#include "store/object.h"
#include "store/property_rule.h"

/* What people have to keep to when they write to objects.
 *
 * A stage may demand properties: nobody brings an object there, or takes one of them away while it is there, unless they are set.
 * Where a property has one of the values of a rule, other properties may be demanded alike. ERR_BAD_INPUT names all that are missing
 * in the error's context ("properties").
 *
 * A pipeline may say in which of its stages objects begin, that no stage is skipped, and that none goes back. This holds for agents,
 * and not for those who may administer.
 *
 * None of it holds for the desk itself: mail that comes in, jobs and merges are never held up. Reading needs CAN_VIEW, changing
 * CAN_ADMINISTER. */

enum { MAX_DEMANDS = 50, MAX_PROPERTY_RULES = 200, MAX_RULE_VALUES = 100 };

/* A list of names or ids. */
struct names {
	const struct str *names;
	size_t n;
};

struct stage_demands {
	struct str stage_id;
	struct names properties;
};

struct pipeline_rules_in {
	struct names entry_stages; /* none: every stage */
	bool forbids_skipping;
	bool forbids_going_back;
	const struct stage_demands *stages; /* those that are not named demand nothing */
	size_t stage_n;
};

/* Replaces the rules of a pipeline. They are read with it: desk/pipeline.h. */
enum err desk_pipeline_set_rules(struct ctx *c, const struct type_def *t, struct str pipeline_id,
                                 const struct pipeline_rules_in *in);

struct property_rule_in {
	struct str property;
	struct names values;
	struct names shows;
	struct names demands;
};
enum err desk_property_rule_list(struct ctx *c, const struct type_def *t, const struct property_rule **out, size_t *n_out);
enum err desk_property_rule_create(struct ctx *c, const struct type_def *t, const struct property_rule_in *in,
                                   struct property_rule *out);
/* ERR_NOT_FOUND */
enum err desk_property_rule_replace(struct ctx *c, const struct type_def *t, int64_t id,
                                    const struct property_rule_in *in, struct property_rule *out);
enum err desk_property_rule_remove(struct ctx *c, const struct type_def *t, int64_t id);

/* A stage that an object might be moved to, as the one who asks would find it. */
struct stage_choice {
	struct stage stage;
	bool may_move; /* also true for the stage where it is */
	struct names demands;
	struct names missing;
};
/* The stages of the object's pipeline. */
enum err desk_stage_choices(struct ctx *c, const struct object *o, struct stage_choice **out, size_t *n_out);

/* Is the name or id in such a list? */
bool stage_rule_has(struct str list, struct str name);
/* The names in such a list that the type has now, and ids that are stages of the pipeline. */
struct names stage_rule_properties(struct ctx *c, const struct type_def *t, struct str list);
struct names stage_rule_stages(struct ctx *c, struct str list, const struct stage *stages, size_t n);
