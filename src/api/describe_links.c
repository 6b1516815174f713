/* Links in batches, what they may be, and static lists. */

#include "api/describe_int.h"

#define PAIRS_V4 "/crm/v4/associations/{fromObjectType}/{toObjectType}"
#define PAIRS_V3 "/crm/v3/associations/{fromObjectType}/{toObjectType}"
#define LIMITS   "/crm/v4/associations/definitions/configurations"
#define LISTS    "/crm/v3/lists"

/* clang-format off */
static const struct model_field fetch_fields[] = {
	NEED("id", "id", "whose links"),
	MAY("after", "string", "paging.next.after of this object's page before"),
};
static const struct model_field links_of_fields[] = {
	NEED("from", "ObjectId", "whose links"),
	NEED("to", "[Link]", "up to 500"),
	MAY("paging", "Paging", "where there are more"),
};
static const struct model_field named_links_fields[] = {
	NEED("from", "ObjectId", "whose links"),
	NEED("to", "[LinkedId]", "up to 500, an entry for each type"),
	MAY("paging", "Paging", "where there are more"),
};
static const struct model_field link_input_fields[] = {
	NEED("from", "ObjectId", ""),
	NEED("to", "ObjectId", ""),
	NEED("types", "[AssociationSpec]", "all the labels of the link; others go"),
};
static const struct model_field pair_fields[] = {
	NEED("from", "ObjectId", ""),
	NEED("to", "ObjectId", ""),
};
static const struct model_field pairs_fields[] = {
	NEED("from", "ObjectId", ""),
	NEED("to", "[ObjectId]", ""),
};
static const struct model_field named_link_fields[] = {
	NEED("from", "ObjectId", ""),
	NEED("to", "ObjectId", ""),
	NEED("type", "string", "the name of the type, as ticket_to_contact, or its id"),
};
static const struct model_field named_type_fields[] = {
	NEED("id", "id", "of the type"),
	NEED("name", "string", "as ticket_to_contact"),
};
static const struct model_field label_create_fields[] = {
	NEED("name", "string", "letters, digits and underscores"),
	NEED("label", "string", "how it reads; up to 250 bytes"),
	MAY("inverseLabel", "string", "how it reads from the other side; the same where it is left out"),
};
static const struct model_field label_update_fields[] = {
	NEED("associationTypeId", "integer", "which one"),
	NEED("label", "string", "how it reads"),
	MAY("inverseLabel", "string", "how it reads from the other side"),
};
static const struct model_field limit_fields[] = {
	NEED("category", "string", "HUBSPOT_DEFINED or USER_DEFINED"),
	NEED("typeId", "integer", "the type of the links"),
	MAY("label", "string", "of the type"),
	MAY("userEnforcedMaxToObjectIds", "integer", "how many objects an object may be linked to by it"),
};
static const struct model_field limit_input_fields[] = {
	NEED("typeId", "integer", "the type of the links"),
	NEED("category", "string", "HUBSPOT_DEFINED or USER_DEFINED"),
	NEED("maxToObjectIds", "integer", "1 to 50,000; of a label no more than of all links"),
};
static const struct model_field type_spec_fields[] = {
	NEED("typeId", "integer", "the type of the links"),
	NEED("category", "string", "HUBSPOT_DEFINED or USER_DEFINED"),
};

static const struct model_field report_asked_fields[] = {
	NEED("userId", "integer", "whom it is for"),
	NEED("userEmail", "string", ""),
	NEED("enqueueTime", "time", "when it was asked for"),
};
static const struct model_field report_fields[] = {
	NEED("id", "id", ""),
	NEED("askedAt", "time", ""),
	MAY("madeAt", "time", "not there yet while it is being made"),
	NEED("isComplete", "boolean", "false: there are more than 1,000 objects of a kind"),
	NEED("objects", "[LinkUsage]", "those that have 80% of what they may have"),
};
static const struct model_field usage_fields[] = {
	NEED("objectId", "id", ""),
	NEED("objectTypeId", "string", ""),
	NEED("toObjectTypeId", "string", "what it is linked to"),
	MAY("associationTypeId", "integer", "by which type of links, where that has a limit of its own"),
	MAY("label", "string", "of the type"),
	NEED("associations", "integer", "how many it has"),
	NEED("limit", "integer", "how many it may have"),
	NEED("percent", "integer", ""),
};

static const struct model_field list_create_fields[] = {
	NEED("name", "string", "up to 255 bytes; taken once among the lists of a type"),
	NEED("objectTypeId", "string", "what is on it, as 0-1"),
	NEED("processingType", "string", "MANUAL"),
	MAY("listFolderId", "integer", "0 is the root"),
};
static const struct model_field list_fields[] = {
	NEED("listId", "id", ""),
	NEED("listVersion", "integer", "grows when the list is renamed, archived or restored"),
	NEED("objectTypeId", "string", "what is on it"),
	NEED("name", "string", ""),
	NEED("processingType", "string", "MANUAL"),
	NEED("processingStatus", "string", "COMPLETE"),
	MAY("size", "integer", "how many are on it"),
	MAY("createdById", "id", "which user made it"),
	MAY("updatedById", "id", "which user changed it last"),
	MAY("createdAt", "time", ""),
	MAY("updatedAt", "time", ""),
};
static const struct model_field list_answer_fields[] = {
	NEED("list", "List", ""),
};
static const struct model_field list_updated_fields[] = {
	NEED("updatedList", "List", ""),
};
static const struct model_field lists_fields[] = {
	NEED("lists", "[List]", ""),
};
static const struct model_field list_search_fields[] = {
	MAY("query", "string", "what is in the name"),
	MAY("listIds", "[id]", "only these"),
	MAY("processingTypes", "[string]", "only these"),
	MAY("sort", "string", "HS_LIST_ID, HS_LIST_NAME, HS_LIST_SIZE, HS_CREATED_AT or HS_UPDATED_AT; behind a minus backwards"),
	MAY("offset", "integer", "where to begin"),
	MAY("count", "integer", "1 to 500; 20 where it is left out"),
};
static const struct model_field found_list_fields[] = {
	NEED("listId", "id", ""),
	NEED("listVersion", "integer", ""),
	NEED("objectTypeId", "string", ""),
	NEED("name", "string", ""),
	NEED("processingType", "string", "MANUAL"),
	NEED("processingStatus", "string", "COMPLETE"),
	NEED("additionalProperties", "map", "hs_list_size, hs_folder_id"),
};
static const struct model_field found_lists_fields[] = {
	NEED("total", "integer", "how many fit"),
	NEED("offset", "integer", "where the next page begins"),
	NEED("hasMore", "boolean", "is there one?"),
	NEED("lists", "[FoundList]", ""),
};
static const struct model_field list_filters_fields[] = {
	NEED("filterBranch", "any", "a static list has none"),
};
static const struct model_field conversion_fields[] = {
	NEED("listId", "id", ""),
	MAY("convertedAt", "time", "never, for a list that was made static"),
};
static const struct model_field conversion_time_fields[] = {
	NEED("conversionType", "string", "CONVERSION_DATE or INACTIVITY"),
};
static const struct model_field mapping_fields[] = {
	NEED("listId", "id", ""),
	NEED("legacyListId", "id", "the same"),
};
static const struct model_field mappings_fields[] = {
	NEED("legacyListIdsToIdsMapping", "[ListMapping]", ""),
	NEED("missingLegacyListIds", "[string]", "what is no list"),
};
static const struct model_field membership_change_fields[] = {
	MAY("recordIdsToAdd", "[id]", "up to 100,000 with the others"),
	MAY("recordIdsToRemove", "[id]", ""),
};
static const struct model_field membership_changed_fields[] = {
	NEED("recordsIdsAdded", "[id]", "who was not on it"),
	NEED("recordIdsRemoved", "[id]", "who was on it"),
	NEED("recordIdsMissing", "[id]", "what is no object of the type"),
};
static const struct model_field member_fields[] = {
	NEED("recordId", "id", ""),
	NEED("membershipTimestamp", "time", "since when"),
};
static const struct model_field on_list_fields[] = {
	NEED("listId", "id", ""),
	NEED("listVersion", "integer", ""),
	NEED("firstAddedTimestamp", "time", "since when"),
	NEED("lastAddedTimestamp", "time", "the same"),
};
static const struct model_field folder_create_fields[] = {
	NEED("name", "string", "up to 255 bytes"),
	MAY("parentFolderId", "string", "0 or nothing: the root"),
};
static const struct model_field folder_fields[] = {
	NEED("id", "integer", "0: the root"),
	NEED("parentFolderId", "integer", ""),
	MAY("name", "string", ""),
	MAY("userId", "integer", "who made it"),
	MAY("createdAt", "time", ""),
	MAY("updatedAt", "time", ""),
	NEED("childNodes", "[ListFolder]", "folders in it"),
	NEED("childLists", "[integer]", "lists in it"),
};
static const struct model_field folder_answer_fields[] = {
	NEED("folder", "ListFolder", ""),
};
static const struct model_field list_move_fields[] = {
	NEED("listId", "id", ""),
	NEED("newFolderId", "string", "0: the root"),
};

static const struct model models[] = {
	MODEL("LinkFetch", "Whose links to read.", fetch_fields),
	MODEL("LinksOfObject", "The links of an object.", links_of_fields),
	MODEL("NamedLinksOfObject", "The links of an object, by the names of their types.", named_links_fields),
	MODEL("LinkInput", "A link and its labels.", link_input_fields),
	MODEL("LinkPair", "Two objects.", pair_fields),
	MODEL("LinkPairs", "An object and others.", pairs_fields),
	MODEL("NamedLink", "A link of a named type.", named_link_fields),
	MODEL("NamedAssociationType", "A type of a link and its name.", named_type_fields),
	MODEL("LinkLabelCreate", "A new label.", label_create_fields),
	MODEL("LinkLabelUpdate", "What a label says from now on.", label_update_fields),
	MODEL("LinkLimit", "How many links an object may have.", limit_fields),
	MODEL("LinkLimitInput", "How many links an object may have.", limit_input_fields),
	MODEL("AssociationTypeSpec", "A type of a link.", type_spec_fields),
	MODEL("LinkReportAsked", "A report that is going to be made.", report_asked_fields),
	MODEL("LinkReport", "Objects that are near the limit of their links.", report_fields),
	MODEL("LinkUsage", "An object and how many links it has.", usage_fields),
	MODEL("ListCreate", "A new static list.", list_create_fields),
	MODEL("List", "A static list of objects of one type.", list_fields),
	MODEL("ListAnswer", "A list.", list_answer_fields),
	MODEL("ListUpdated", "A list as it is now.", list_updated_fields),
	MODEL("Lists", "Lists.", lists_fields),
	MODEL("ListSearch", "What to look for; {} finds all lists.", list_search_fields),
	MODEL("FoundList", "A list that was found.", found_list_fields),
	MODEL("FoundLists", "A page of lists.", found_lists_fields),
	MODEL("ListFilters", "What only lists of other kinds have.", list_filters_fields),
	MODEL("ListConversion", "When a list became static.", conversion_fields),
	MODEL("ListConversionTime", "When a list is to become static.", conversion_time_fields),
	MODEL("ListMapping", "A list's id, and the one it had before.", mapping_fields),
	MODEL("ListMappings", "The ids of lists.", mappings_fields),
	MODEL("MembershipChange", "Who comes, and who goes.", membership_change_fields),
	MODEL("MembershipChanged", "Who came, and who went.", membership_changed_fields),
	MODEL("ListMember", "Somebody on a list.", member_fields),
	MODEL("OnList", "A list that an object is on.", on_list_fields),
	MODEL("ListFolderCreate", "A new folder.", folder_create_fields),
	MODEL("ListFolder", "A folder of lists.", folder_fields),
	MODEL("ListFolderAnswer", "A folder, with all that is in it.", folder_answer_fields),
	MODEL("ListMove", "A list and its new folder.", list_move_fields),
};

static const struct description descriptions[] = {
	{"POST " PAIRS_V4 "/batch/read",              NULL,            "LinkFetch", AS_INPUTS,           "LinksOfObject", AS_BATCH},
	{"POST " PAIRS_V4 "/batch/create",            NULL,            "LinkInput", AS_INPUTS,           "LabelledLink", AS_BATCH},
	{"POST " PAIRS_V4 "/batch/associate/default", NULL,            "LinkPair", AS_INPUTS,            "DefaultLink", AS_BATCH},
	{"POST " PAIRS_V4 "/batch/archive",           NULL,            "LinkPairs", AS_INPUTS,           NO_ANSWER},
	{"POST " PAIRS_V4 "/batch/labels/archive",    NULL,            "LinkInput", AS_INPUTS,           NO_ANSWER},
	{"POST " PAIRS_V4 "/labels",                  NULL,            "LinkLabelCreate", AS_IT_IS,      "AssociationType", AS_LIST},
	{"PUT " PAIRS_V4 "/labels",                   NULL,            "LinkLabelUpdate", AS_IT_IS,      NO_ANSWER},
	{"GET " PAIRS_V3 "/types",                    NULL,            NO_BODY,                          "NamedAssociationType", AS_LIST},
	{"POST " PAIRS_V3 "/batch/read",              NULL,            "ObjectId", AS_INPUTS,            "NamedLinksOfObject", AS_BATCH},
	{"POST " PAIRS_V3 "/batch/create",            NULL,            "NamedLink", AS_INPUTS,           "NamedLink", AS_BATCH},
	{"POST " PAIRS_V3 "/batch/archive",           NULL,            "NamedLink", AS_INPUTS,           NO_ANSWER},
	{"GET " LIMITS "/all",                        NULL,            NO_BODY,                          "LinkLimit", AS_LIST},
	{"GET " LIMITS "/{fromObjectType}/{toObjectType}", NULL,       NO_BODY,                          "LinkLimit", AS_LIST},
	{"POST " LIMITS "/{fromObjectType}/{toObjectType}/batch/create", NULL, "LinkLimitInput", AS_INPUTS, "LinkLimit", AS_BATCH},
	{"POST " LIMITS "/{fromObjectType}/{toObjectType}/batch/update", NULL, "LinkLimitInput", AS_INPUTS, "LinkLimit", AS_BATCH},
	{"POST " LIMITS "/{fromObjectType}/{toObjectType}/batch/purge",  NULL, "AssociationTypeSpec", AS_INPUTS, NO_ANSWER},
	{"POST /crm/v4/associations/usage/high-usage-report/{userId}", NULL, NO_BODY,                    "LinkReportAsked", AS_IT_IS},
	{"GET /desk/v1/association-reports",          NULL,            NO_BODY,                          "LinkReport", AS_LIST},

	{"POST " LISTS,                               NULL,            "ListCreate", AS_IT_IS,           "ListAnswer", AS_IT_IS},
	{"GET " LISTS,                                "listIds",       NO_BODY,                          "Lists", AS_IT_IS},
	{"POST " LISTS "/search",                     NULL,            "ListSearch", AS_IT_IS,           "FoundLists", AS_IT_IS},
	{"GET " LISTS "/idmapping",                   "legacyListId",  NO_BODY,                          "ListMapping", AS_IT_IS},
	{"POST " LISTS "/idmapping",                  NULL,            "string", AS_ARRAY,               "ListMappings", AS_IT_IS},
	{"GET " LISTS "/object-type-id/{objectTypeId}/name/{listName}", NULL, NO_BODY,                   "ListAnswer", AS_IT_IS},
	{"GET " LISTS "/records/{objectTypeId}/{recordId}/memberships", NULL, NO_BODY,                   "OnList", AS_FOUND},
	{"GET " LISTS "/folders",                     "folderId",      NO_BODY,                          "ListFolderAnswer", AS_IT_IS},
	{"POST " LISTS "/folders",                    NULL,            "ListFolderCreate", AS_IT_IS,     "ListFolderAnswer", AS_IT_IS},
	{"PUT " LISTS "/folders/move-list",           NULL,            "ListMove", AS_IT_IS,             NO_ANSWER},
	{"PUT " LISTS "/folders/{folderId}/rename",   "newFolderName", NO_BODY,                          "ListFolderAnswer", AS_IT_IS},
	{"PUT " LISTS "/folders/{folderId}/move/{newParentFolderId}", NULL, NO_BODY,                     "ListFolderAnswer", AS_IT_IS},
	{"GET " LISTS "/{listId}",                    NULL,            NO_BODY,                          "ListAnswer", AS_IT_IS},
	{"PUT " LISTS "/{listId}/restore",            NULL,            NO_BODY,                          NO_ANSWER},
	{"PUT " LISTS "/{listId}/update-list-name",   "listName",      NO_BODY,                          "ListUpdated", AS_IT_IS},
	{"PUT " LISTS "/{listId}/update-list-filters", NULL,           "ListFilters", AS_IT_IS,          "ListUpdated", AS_IT_IS},
	{"GET " LISTS "/{listId}/schedule-conversion", NULL,           NO_BODY,                          "ListConversion", AS_IT_IS},
	{"PUT " LISTS "/{listId}/schedule-conversion", NULL,           "ListConversionTime", AS_IT_IS,   "ListConversion", AS_IT_IS},
	{"GET " LISTS "/{listId}/memberships",        PAGE " before",  NO_BODY,                          "ListMember", AS_FOUND},
	{"GET " LISTS "/{listId}/memberships/join-order", PAGE " before", NO_BODY,                       "ListMember", AS_FOUND},
	{"PUT " LISTS "/{listId}/memberships/add",    NULL,            "id", AS_ARRAY,                   "MembershipChanged", AS_IT_IS},
	{"PUT " LISTS "/{listId}/memberships/remove", NULL,            "id", AS_ARRAY,                   "MembershipChanged", AS_IT_IS},
	{"PUT " LISTS "/{listId}/memberships/add-and-remove", NULL,    "MembershipChange", AS_IT_IS,     "MembershipChanged", AS_IT_IS},
	{"PUT " LISTS "/{listId}/memberships/add-from/{sourceListId}", NULL, NO_BODY,                    NO_ANSWER},
};
/* clang-format on */

const struct chapter describe_links = CHAPTER(models, descriptions);
