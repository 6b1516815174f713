#pragma once

#include <stdbool.h>

#include "base/ctx.h"
#include "base/shape.h"

/* The definitions behind objects: types, properties and their groups, pipelines and stages, association types. A type is a row;
 * no code knows how many there are. The built-in rows come from desk/defaults*.c; users add their own. */

/* The number of the newest change of definitions; and, in the transaction of a change, the next one, which nobody else gets. Two
 * transactions that change definitions run one after the other. */
enum err definition_number(struct ctx *c, int64_t *out);
enum err definition_next(struct ctx *c, int64_t *out);

/* The id is the number behind the hyphen of the type id for built-in types ("0-5": 5). */
struct object_type {
	int64_t id;
	struct str type_id;
	struct str singular;
	struct str plural;
	struct str label;
	struct str label_property;      /* what names an object in lists; empty: made from first and last name or email */
	struct str unique_property;     /* kept in unique_key; empty: none */
	struct str created_property;    /* createdate or hs_createdate */
	struct str modified_property;   /* lastmodifieddate or hs_lastmodifieddate */
	struct str default_properties;  /* answered when none are asked for; separated by blanks */
	struct str required_properties; /* on create; separated by blanks; "a|b" is one of them */
	struct str default_pipeline;    /* empty: the type has no pipelines */
	bool is_read_only;              /* the desk alone writes its objects */
	struct str plural_label;        /* label is of one */
	struct str description;
	struct str secondary_properties;  /* shown beside the label; separated by blanks */
	struct str searchable_properties; /* where the words of a query are looked for; separated by blanks */
	bool is_custom;                   /* defined by users */
	int64_t created_by; /* users; 0 of built-in types */
	int64_t updated_by;
	int64_t created_at;
	int64_t updated_at;
	int64_t archived_at;
};
/* Inserts a built-in type, or changes what is not for users to change. */
enum err object_type_put(struct ctx *c, const struct object_type *t);
/* Inserts a type of users, or changes what is not part of its name. */
enum err object_type_save(struct ctx *c, const struct object_type *t);
enum err object_type_list(struct ctx *c, struct object_type **out, size_t *n_out);
enum err object_type_load(struct ctx *c, int64_t id, struct object_type *out);
/* In a write that makes an object of the type: until it ends the type is not archived. ERR_NOT_FOUND when it is. */
enum err object_type_hold(struct ctx *c, int64_t id);
/* For who archives it: waits for those who make objects, and nobody does any more until the transaction ends. */
enum err object_type_lock(struct ctx *c, int64_t id, struct object_type *out);
/* Removes an archived type without objects for good: with its properties, groups, rules, pipelines, lists
 * and association types. */
enum err object_type_remove(struct ctx *c, int64_t id);

struct property {
	int64_t object_type;
	struct str name;
	struct str label;
	struct str description;
	struct str type;       /* string number date datetime enumeration bool phone_number */
	struct str field_type; /* text textarea number date select radio checkbox booleancheckbox file … */
	struct str group_name;
	struct str options;    /* JSON: [{label, value, displayOrder, hidden}] */
	struct str kept_in;    /* the column of object it is kept in; empty: in props */
	int64_t display_order;
	bool is_read_only;
	bool is_calculated;
	bool is_hidden;
	bool is_unique;
	bool is_built_in;
	bool is_form_field;
	int64_t created_at;
	int64_t updated_at;
	int64_t archived_at;
};
/* Inserts the built-in property unless the type has one of that name. */
enum err property_put_built_in(struct ctx *c, struct property *p);
/* All that are not archived, by type and display order. */
enum err property_list(struct ctx *c, struct property **out, size_t *n_out);
/* Those of one type, archived or not, by display order. */
enum err property_list_of(struct ctx *c, int64_t object_type, bool is_archived, struct property **out, size_t *n_out);
/* ERR_NOT_FOUND; archived ones are found. */
enum err property_load(struct ctx *c, int64_t object_type, struct str name, struct property *out);
/* Inserts it, or replaces the one of that name. */
enum err property_save(struct ctx *c, struct property *p);

struct property_group {
	int64_t object_type;
	struct str name;
	struct str label;
	int64_t display_order;
	int64_t archived_at;
};
/* Inserts it unless it is there. */
enum err property_group_put(struct ctx *c, int64_t object_type, struct str name, struct str label, int64_t display_order);
enum err property_group_list(struct ctx *c, int64_t object_type, struct property_group **out, size_t *n_out);
/* ERR_NOT_FOUND; archived ones are found. */
enum err property_group_load(struct ctx *c, int64_t object_type, struct str name, struct property_group *out);
enum err property_group_save(struct ctx *c, struct property_group *g);

struct pipeline {
	int64_t object_type;
	struct str id;
	struct str label;
	int64_t display_order;
	int64_t created_at;
	int64_t updated_at;
	int64_t archived_at;
	/* what people have to keep to on their way: desk/stage_rule.h */
	struct str entry_stages; /* ids separated by blanks; empty: every stage */
	bool forbids_skipping;
	bool forbids_going_back;
	/* what the desk does by itself: desk/automation.h; empty: nothing */
	struct str sent_stage;
	struct str received_stage;
	bool keeps_close_date;
};
/* Inserts it unless it is there. */
enum err pipeline_put(struct ctx *c, const struct pipeline *p);
/* ERR_NOT_FOUND also when it is archived. */
enum err pipeline_load(struct ctx *c, int64_t object_type, struct str id, struct pipeline *out);
/* Archived ones are found. */
enum err pipeline_load_any(struct ctx *c, int64_t object_type, struct str id, struct pipeline *out);
/* Inserts it, or replaces the one of that id. */
enum err pipeline_save(struct ctx *c, const struct pipeline *p);
enum err pipeline_list(struct ctx *c, int64_t object_type, struct pipeline **out, size_t *n_out);

struct stage {
	int64_t object_type;
	struct str pipeline_id;
	struct str id;
	struct str label;
	int64_t display_order;
	bool is_closed;
	struct str metadata; /* JSON object of strings: {"ticketState": "OPEN", "isClosed": "false"} */
	int64_t created_at;
	int64_t updated_at;
	int64_t archived_at;
	struct str demands; /* names of properties without which nobody brings an object there; separated by blanks */
};
enum err stage_put(struct ctx *c, const struct stage *s);
enum err stage_load(struct ctx *c, int64_t object_type, struct str pipeline_id, struct str id, struct stage *out);
/* The same in a write that puts an object there: until it ends the stage stays as it is. */
enum err stage_hold(struct ctx *c, int64_t object_type, struct str pipeline_id, struct str id, struct stage *out);
/* For who archives it: waits for those who put objects there, and nobody does any more until the transaction ends. */
enum err stage_lock(struct ctx *c, const struct stage *s);
/* Archived ones are found; one, and all of a pipeline. */
enum err stage_load_any(struct ctx *c, int64_t object_type, struct str pipeline_id, struct str id, struct stage *out);
enum err stage_list_of(struct ctx *c, int64_t object_type, struct str pipeline_id, struct stage **out, size_t *n_out);
/* In whatever pipeline of the type, archived ones last. */
enum err stage_anywhere(struct ctx *c, int64_t object_type, struct str id, struct stage *out);
enum err stage_save(struct ctx *c, const struct stage *s);
/* Objects that are there and not archived, at most so many; and does an inbox put new tickets there? */
enum err stage_users(struct ctx *c, const struct stage *s, int64_t most, int64_t **ids_out, size_t *n_out);
enum err stage_is_of_inbox(struct ctx *c, const struct stage *s, bool *out);
/* The stages of every pipeline of the type, by pipeline and display order. */
enum err stage_list(struct ctx *c, int64_t object_type, struct stage **out, size_t *n_out);

/* One change of a pipeline, or of a stage. */
struct pipeline_change {
	int64_t id;
	int64_t object_type;
	struct str pipeline_id;
	struct str stage_id; /* null: of the pipeline itself */
	struct str action;   /* CREATE, UPDATE or DELETE, as on the wire */
	int64_t at;
	int64_t user_id;
	struct str body; /* JSON: what it was afterwards */
};
enum err pipeline_change_insert(struct ctx *c, struct pipeline_change *change);
/* Newest first. */
enum err pipeline_change_list(struct ctx *c, int64_t object_type, struct str pipeline_id, struct str stage_id, int64_t limit,
                              struct pipeline_change **out, size_t *n_out);

struct association_type {
	int64_t type_id;
	int64_t inverse_id;
	int64_t from_type;
	int64_t to_type;
	struct str name; /* ticket_to_contact */
	struct str label; /* null where it has none */
	struct str category; /* HUBSPOT_DEFINED or USER_DEFINED, as on the wire */
	bool is_primary;
	int64_t max_to_objects; /* that an object is linked to by this type, as a user has set it; 0: he has not */
};
extern const struct shape association_type_shape;
enum err association_type_put(struct ctx *c, const struct association_type *t);
/* All, by id. */
enum err association_type_all(struct ctx *c, struct association_type **out, size_t *n_out);
enum err association_type_load(struct ctx *c, int64_t type_id, struct association_type *out);
/* The unlabelled type between two types in this direction. */
enum err association_type_default(struct ctx *c, int64_t from_type, int64_t to_type, struct association_type *out);
enum err association_type_list(struct ctx *c, int64_t from_type, int64_t to_type, struct association_type **out, size_t *n_out);
/* From and to a type of objects. */
enum err association_type_list_of(struct ctx *c, int64_t object_type, struct association_type **out, size_t *n_out);
/* An object of from_type (archived or not) that is linked with one of to_type; ERR_NOT_FOUND. */
enum err association_type_user(struct ctx *c, int64_t from_type, int64_t to_type, int64_t *id_out);
/* One direction. */
enum err association_type_remove(struct ctx *c, int64_t type_id);
