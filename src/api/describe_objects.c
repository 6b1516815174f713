/* Objects, their search and their links. */

#include "api/describe_int.h"

#define OBJECTS  "/crm/v3/objects/{objectType}"
#define LINKS_V3 OBJECTS "/{objectId}/associations/{toObjectType}"
#define LINKS_V4 "/crm/v4/objects/{objectType}/{objectId}/associations"

/* clang-format off */
static const struct model_field object_fields[] = {
	NEED("id", "id", "the same as hs_object_id"),
	NEED("properties", "map", "values as strings; null where a property is not set"),
	NEED("createdAt", "time", "when it was made"),
	NEED("updatedAt", "time", "when it was changed last"),
	NEED("archived", "boolean", "is it in the recycle bin?"),
	MAY("archivedAt", "time", "since when"),
	MAY("propertiesWithHistory", "{[PropertyVersion]}", "newest first"),
	MAY("associations", "{LinkedIds}", "by the plural name of the other type"),
};
static const struct model_field property_version_fields[] = {
	NEED("value", "string", "the value from then on"),
	NEED("timestamp", "time", "since when"),
	NEED("sourceType", "string", "API, CRM_UI, EMAIL, …"),
	MAY("sourceId", "string", "which one"),
	MAY("updatedByUserId", "integer", "who, where it was a user"),
};
static const struct model_field linked_ids_fields[] = {
	NEED("results", "[LinkedId]", "the linked objects"),
	MAY("paging", "Paging", "where there are more"),
};
static const struct model_field linked_id_fields[] = {
	NEED("id", "id", "of the other object"),
	NEED("type", "string", "as ticket_to_contact"),
};
static const struct model_field upserted_fields[] = {
	NEED("id", "id", "of the object"),
	NEED("properties", "map", "values as strings"),
	NEED("createdAt", "time", "when it was made"),
	NEED("updatedAt", "time", "when it was changed last"),
	NEED("archived", "boolean", "false"),
	NEED("new", "boolean", "was it made by this call?"),
};
static const struct model_field object_create_fields[] = {
	NEED("properties", "map", "values as strings, numbers or booleans"),
	MAY("associations", "[NewLink]", "what it is linked to from the start"),
	MAY("objectWriteTraceId", "string", "in a batch: names this input in errors, and lets the others succeed"),
};
static const struct model_field new_link_fields[] = {
	NEED("to", "ObjectId", "the other object"),
	NEED("types", "[AssociationSpec]", "the types of the link"),
};
static const struct model_field object_id_fields[] = {
	NEED("id", "string", "an id, or a value of idProperty"),
};
static const struct model_field association_spec_fields[] = {
	NEED("associationCategory", "string", "HUBSPOT_DEFINED or USER_DEFINED"),
	NEED("associationTypeId", "integer", "as 16 for ticket to contact"),
};
static const struct model_field object_update_fields[] = {
	NEED("properties", "map", "the values that change; an empty string clears one"),
};
static const struct model_field object_batch_update_fields[] = {
	NEED("id", "string", "an id, or a value of idProperty"),
	MAY("idProperty", "string", "a property with unique values"),
	NEED("properties", "map", "the values that change"),
	MAY("objectWriteTraceId", "string", "names this input in errors"),
};
static const struct model_field object_batch_read_fields[] = {
	NEED("inputs", "[ObjectId]", "up to 100"),
	MAY("idProperty", "string", "a property with unique values that the ids are of"),
	MAY("properties", "[string]", "names of the properties to give"),
	MAY("propertiesWithHistory", "[string]", "names of those to give with their history"),
};
static const struct model_field merge_fields[] = {
	NEED("primaryObjectId", "id", "which one stays"),
	NEED("objectIdToMerge", "id", "which one it takes in; this id goes on meaning the other"),
};
static const struct model_field search_fields[] = {
	MAY("query", "string", "words; every one has to be found; up to 3,000 characters"),
	MAY("filterGroups", "[FilterGroup]", "up to 5, of which one has to fit; 18 filters in all"),
	MAY("filters", "[Filter]", "the same as one group"),
	MAY("sorts", "[any]", "one: {\"propertyName\", \"direction\"}, \"name\" or \"-name\"; else oldest first"),
	MAY("properties", "[string]", "names of the properties to give"),
	MAY("limit", "integer", "1 to 200; 10 where it is left out"),
	MAY("after", "string", "where to go on; 10,000 objects can be reached"),
};
static const struct model_field filter_group_fields[] = {
	NEED("filters", "[Filter]", "up to 6, which all have to fit"),
};
static const struct model_field filter_fields[] = {
	NEED("propertyName", "string", "a property, or associations.{objectType}"),
	NEED("operator", "string", "EQ NEQ LT LTE GT GTE BETWEEN IN NOT_IN HAS_PROPERTY NOT_HAS_PROPERTY CONTAINS_TOKEN NOT_CONTAINS_TOKEN"),
	MAY("value", "string", "what it is compared with"),
	MAY("highValue", "string", "the upper end of BETWEEN"),
	MAY("values", "[string]", "of IN and NOT_IN"),
};
static const struct model_field link_fields[] = {
	NEED("toObjectId", "id", "the other object"),
	NEED("associationTypes", "[AssociationType]", "every type of the link"),
};
static const struct model_field association_type_fields[] = {
	NEED("category", "string", "HUBSPOT_DEFINED or USER_DEFINED"),
	NEED("typeId", "integer", "of this direction"),
	MAY("label", "string", "null for the type that every link has"),
};
static const struct model_field labelled_link_fields[] = {
	NEED("fromObjectTypeId", "string", "as 0-5"),
	NEED("fromObjectId", "id", ""),
	NEED("toObjectTypeId", "string", ""),
	NEED("toObjectId", "id", ""),
	NEED("labels", "[string]", "the labels of the link"),
};
static const struct model_field default_link_fields[] = {
	NEED("from", "ObjectId", ""),
	NEED("to", "ObjectId", ""),
	NEED("associationSpec", "AssociationSpec", "the type that was set"),
};

static const struct model models[] = {
	MODEL("Object", "A ticket, contact, company, or an object of another type.", object_fields),
	MODEL("PropertyVersion", "A value that a property had.", property_version_fields),
	MODEL("LinkedIds", "Linked objects of one type.", linked_ids_fields),
	MODEL("LinkedId", "A linked object.", linked_id_fields),
	MODEL("UpsertedObject", "An object that was changed or made.", upserted_fields),
	MODEL("ObjectCreate", "A new object.", object_create_fields),
	MODEL("NewLink", "A link of a new object.", new_link_fields),
	MODEL("ObjectId", "Names an object.", object_id_fields),
	MODEL("AssociationSpec", "A type of a link.", association_spec_fields),
	MODEL("ObjectUpdate", "Changes of an object.", object_update_fields),
	MODEL("ObjectBatchUpdate", "Changes of one of several objects.", object_batch_update_fields),
	MODEL("ObjectBatchRead", "Which objects to read.", object_batch_read_fields),
	MODEL("Merge", "Two objects that are the same.", merge_fields),
	MODEL("Search", "What to look for; {} finds everything.", search_fields),
	MODEL("FilterGroup", "Filters that all have to fit.", filter_group_fields),
	MODEL("Filter", "A condition.", filter_fields),
	MODEL("Link", "A link to another object.", link_fields),
	MODEL("AssociationType", "A type of a link.", association_type_fields),
	MODEL("LabelledLink", "A link and its labels.", labelled_link_fields),
	MODEL("DefaultLink", "A link without label.", default_link_fields),
};

static const struct description descriptions[] = {
	{"GET " OBJECTS,                              PAGE " " WHICH,          NO_BODY,                          "Object", AS_LIST},
	{"POST " OBJECTS,                             NULL,                    "ObjectCreate", AS_IT_IS,         "Object", AS_IT_IS},
	{"POST " OBJECTS "/search",                   NULL,                    "Search", AS_IT_IS,               "Object", AS_FOUND},
	{"GET " OBJECTS "/{objectId}",                WHICH " idProperty",     NO_BODY,                          "Object", AS_IT_IS},
	{"PATCH " OBJECTS "/{objectId}",              "idProperty",            "ObjectUpdate", AS_IT_IS,         "Object", AS_IT_IS},
	{"POST " OBJECTS "/batch/create",             NULL,                    "ObjectCreate", AS_INPUTS,        "Object", AS_BATCH},
	{"POST " OBJECTS "/batch/read",               "archived",              "ObjectBatchRead", AS_IT_IS,      "Object", AS_BATCH},
	{"POST " OBJECTS "/batch/update",             NULL,                    "ObjectBatchUpdate", AS_INPUTS,   "Object", AS_BATCH},
	{"POST " OBJECTS "/batch/upsert",             NULL,                    "ObjectBatchUpdate", AS_INPUTS,   "UpsertedObject", AS_BATCH},
	{"POST " OBJECTS "/batch/archive",            NULL,                    "ObjectId", AS_INPUTS,            NO_ANSWER},
	{"POST " OBJECTS "/merge",                    NULL,                    "Merge", AS_IT_IS,                "Object", AS_IT_IS},
	{"GET " LINKS_V3,                             PAGE,                    NO_BODY,                          "LinkedId", AS_LIST},
	{"PUT " LINKS_V3 "/{toObjectId}/{associationTypeId}", NULL,            NO_BODY,                          "Object", AS_IT_IS},
	{"GET " LINKS_V4 "/{toObjectType}",           PAGE,                    NO_BODY,                          "Link", AS_LIST},
	{"PUT " LINKS_V4 "/default/{toObjectType}/{toObjectId}", NULL,         NO_BODY,                          "DefaultLink", AS_BATCH},
	{"PUT " LINKS_V4 "/{toObjectType}/{toObjectId}", NULL,                 "AssociationSpec", AS_ARRAY,      "LabelledLink", AS_IT_IS},
	{"GET /crm/v4/associations/{fromObjectType}/{toObjectType}/labels", NULL, NO_BODY,                       "AssociationType", AS_LIST},

	{"POST /desk/v1/objects/{objectType}/batch/restore", NULL,             "ObjectId", AS_INPUTS,            "Object", AS_BATCH},
	{"POST /desk/v1/objects/{objectType}/{objectId}/restore", NULL,        NO_BODY,                          "Object", AS_IT_IS},
};
/* clang-format on */

const struct chapter describe_objects = CHAPTER(models, descriptions);
