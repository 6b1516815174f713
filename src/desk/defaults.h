#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "desk/schema.h"

/* The tables behind desk_seed(). Lists are separated by blanks ("a|b": one of them is enough), options by semicolons. */

struct default_type {
	int64_t id;
	const char *type_id, *singular, *plural, *label;
	const char *label_property, *unique_property, *created_property, *modified_property;
	const char *default_properties, *required_properties, *default_pipeline;
	const char *group, *group_label; /* of its built-in properties */
};
extern const struct default_type default_types[];
extern const size_t default_type_n;

enum default_property_flags { READ_ONLY = 1, CALCULATED = 2, UNIQUE = 4 };

struct default_property {
	const char *name, *label, *type, *field_type;
	const char *kept_in; /* a column of object; "": props */
	int flags;
	const char *options; /* "VALUE=Label;…" */
};
extern const struct default_property default_ticket_properties[];
extern const size_t default_ticket_property_n;
extern const struct default_property default_contact_properties[];
extern const size_t default_contact_property_n;
extern const struct default_property default_company_properties[];
extern const size_t default_company_property_n;

struct default_stage {
	int64_t object_type;
	const char *pipeline_id, *pipeline_label, *id, *label;
	bool is_closed;
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
