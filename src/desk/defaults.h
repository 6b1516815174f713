#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "desk/schema.h"

/* The tables behind desk_seed(). Lists are separated by blanks ("a|b": one of them is enough), options by semicolons. */

/* Built-in types that no rule is tied to; the others are in desk/schema.h. */
enum {
	TYPE_DEAL = 3,
	TYPE_PRODUCT = 7,
	TYPE_LINE_ITEM = 8,
	TYPE_QUOTE = 14,
	TYPE_COMMUNICATION = 18,
	TYPE_FEEDBACK = 19,
	TYPE_TASK = 27,
	TYPE_NOTE = 46,
	TYPE_MEETING = 47,
	TYPE_CALL = 48,
	TYPE_EMAIL = 49,
};

enum default_property_flags { READ_ONLY = 1, CALCULATED = 2, UNIQUE = 4 };

struct default_property {
	const char *name, *label, *type, *field_type;
	const char *kept_in; /* a column of object; "": props */
	int flags;
	const char *options; /* "VALUE=Label;…" */
};
/* The last row of each has no name. */
extern const struct default_property default_ticket_properties[], default_contact_properties[],
	default_company_properties[];
extern const struct default_property default_deal_properties[], default_product_properties[],
	default_line_item_properties[];
extern const struct default_property default_quote_properties[], default_communication_properties[];
extern const struct default_property default_feedback_properties[], default_task_properties[],
	default_note_properties[];
extern const struct default_property default_meeting_properties[], default_call_properties[],
	default_email_properties[];

struct default_type {
	int64_t id;
	const char *type_id, *singular, *plural, *label;
	const char *label_property, *unique_property, *created_property, *modified_property;
	const char *default_properties, *required_properties, *default_pipeline;
	const char *group, *group_label; /* of its built-in properties */
	const struct default_property *properties;
	bool is_read_only; /* callers read it only */
};
extern const struct default_type default_types[];
extern const size_t default_type_n;

struct default_stage {
	int64_t object_type;
	const char *pipeline_id, *pipeline_label, *id, *label;
	bool is_closed;
	const char *probability; /* of a deal's stage; "": it tells whether tickets are open instead */
};
extern const struct default_stage default_stages[];
extern const size_t default_stage_n;

struct default_association {
	int64_t a, b;
	int64_t a_to_b, b_to_a;
	const char *label; /* "": unlabelled */
	bool is_primary;
};
extern const struct default_association default_associations[];
extern const size_t default_association_n;
