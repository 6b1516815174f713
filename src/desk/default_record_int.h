#pragma once

/* For default_*.c: the properties that all activities and quotes have, kept by the desk. */

/* clang-format off */
#define RECORD_PROPERTIES \
	{"hs_createdate", "Create date", "datetime", "date", "created_at", READ_ONLY, ""}, \
	{"hs_lastmodifieddate", "Last modified date", "datetime", "date", "updated_at", READ_ONLY, ""}, \
	{"hs_object_id", "Record ID", "number", "number", "id", READ_ONLY, ""}, \
	{"hs_object_source", "Record creation source", "string", "text", "source", READ_ONLY, ""}, \
	{"hs_object_source_label", "Record source", "string", "text", "source", READ_ONLY, ""}, \
	{"hs_created_by_user_id", "Created by user ID", "number", "number", "created_by", READ_ONLY, ""}, \
	{"hs_updated_by_user_id", "Updated by user ID", "number", "number", "updated_by", READ_ONLY, ""}, \
	{"hs_unique_creation_key", "Unique creation key", "string", "text", "", 0, ""}
/* clang-format on */
