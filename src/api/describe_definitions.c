/* Properties, pipelines, and who owns what. */

#include "api/describe_int.h"

#define PROPERTIES "/crm/v3/properties/{objectType}"
#define SCHEMAS    "/crm-object-schemas/v3/schemas"
#define PIPELINES  "/crm/v3/pipelines/{objectType}"

/* clang-format off */
static const struct model_field property_fields[] = {
	NEED("name", "string", "in the API"),
	NEED("label", "string", "on pages"),
	NEED("type", "string", "string, number, date, datetime, enumeration, bool or phone_number"),
	NEED("fieldType", "string", "text, textarea, number, date, select, radio, checkbox, booleancheckbox, …"),
	NEED("groupName", "string", "the group it stands in"),
	NEED("description", "string", ""),
	NEED("options", "[PropertyOption]", "of an enumeration"),
	MAY("displayOrder", "integer", "-1: behind the others"),
	MAY("calculated", "boolean", "does the desk keep it?"),
	MAY("externalOptions", "boolean", "are the options objects, as owners?"),
	MAY("hasUniqueValue", "boolean", "has every object another value?"),
	MAY("hidden", "boolean", ""),
	MAY("hubspotDefined", "boolean", "is it built in?"),
	MAY("formField", "boolean", "may forms ask for it?"),
	MAY("archived", "boolean", ""),
	MAY("createdAt", "time", ""),
	MAY("updatedAt", "time", ""),
	MAY("modificationMetadata", "any", "what of it may be changed"),
};
static const struct model_field property_option_fields[] = {
	NEED("label", "string", ""),
	NEED("value", "string", ""),
	MAY("displayOrder", "integer", ""),
	MAY("hidden", "boolean", "no longer offered, and still valid"),
	MAY("description", "string", ""),
};
static const struct model_field property_create_fields[] = {
	NEED("name", "string", "small letters, digits and _; begins with a letter"),
	NEED("label", "string", ""),
	NEED("type", "string", ""),
	NEED("fieldType", "string", ""),
	NEED("groupName", "string", ""),
	MAY("description", "string", ""),
	MAY("options", "[PropertyOption]", "of an enumeration"),
	MAY("displayOrder", "integer", ""),
	MAY("hasUniqueValue", "boolean", ""),
	MAY("hidden", "boolean", ""),
	MAY("formField", "boolean", ""),
};
static const struct model_field property_update_fields[] = {
	MAY("label", "string", ""),
	MAY("type", "string", ""),
	MAY("fieldType", "string", ""),
	MAY("groupName", "string", ""),
	MAY("description", "string", ""),
	MAY("options", "[PropertyOption]", "all of them; objects keep the value of one that is left out"),
	MAY("displayOrder", "integer", ""),
	MAY("hidden", "boolean", ""),
	MAY("formField", "boolean", ""),
};
static const struct model_field property_name_fields[] = {
	NEED("name", "string", ""),
};
static const struct model_field property_names_fields[] = {
	NEED("inputs", "[PropertyName]", "up to 100"),
	MAY("archived", "boolean", ""),
};
static const struct model_field property_group_fields[] = {
	NEED("name", "string", ""),
	NEED("label", "string", ""),
	MAY("displayOrder", "integer", ""),
	MAY("archived", "boolean", ""),
};
static const struct model_field pipeline_fields[] = {
	NEED("id", "string", ""),
	NEED("label", "string", ""),
	NEED("displayOrder", "integer", ""),
	NEED("stages", "[Stage]", ""),
	NEED("createdAt", "time", ""),
	NEED("updatedAt", "time", ""),
	NEED("archived", "boolean", ""),
};
static const struct model_field pipeline_in_fields[] = {
	NEED("label", "string", ""),
	NEED("displayOrder", "integer", ""),
	NEED("stages", "[StageIn]", "at least one"),
	MAY("pipelineId", "string", "an id of your choice"),
};
static const struct model_field pipeline_patch_fields[] = {
	MAY("label", "string", ""),
	MAY("displayOrder", "integer", ""),
	MAY("archived", "boolean", "false: back from the recycle bin"),
};
static const struct model_field stage_fields[] = {
	NEED("id", "string", ""),
	NEED("label", "string", ""),
	NEED("displayOrder", "integer", ""),
	NEED("metadata", "map", "ticketState: OPEN or CLOSED; probability for deals"),
	NEED("createdAt", "time", ""),
	NEED("updatedAt", "time", ""),
	NEED("archived", "boolean", ""),
	MAY("writePermissions", "string", ""),
};
static const struct model_field stage_in_fields[] = {
	NEED("label", "string", "unique in its pipeline"),
	NEED("displayOrder", "integer", ""),
	MAY("metadata", "map", ""),
	MAY("stageId", "string", "an id of your choice"),
};
static const struct model_field stage_patch_fields[] = {
	MAY("label", "string", ""),
	MAY("displayOrder", "integer", ""),
	MAY("metadata", "map", ""),
	MAY("archived", "boolean", "false: back from the recycle bin"),
};
static const struct model_field pipeline_rules_in_fields[] = {
	MAY("entryStageIds", "[string]", "where people may begin; none: everywhere"),
	MAY("forbidsSkipping", "boolean", "must people pass every stage?"),
	MAY("forbidsGoingBack", "boolean", ""),
	MAY("stages", "[StageDemands]", "a stage that is not named requires nothing"),
};
static const struct model_field pipeline_rules_fields[] = {
	NEED("pipelineId", "string", ""),
	NEED("entryStageIds", "[string]", "where people may begin; none: everywhere"),
	NEED("forbidsSkipping", "boolean", ""),
	NEED("forbidsGoingBack", "boolean", ""),
	NEED("stages", "[StageDemands]", "all of them"),
};
static const struct model_field stage_demands_fields[] = {
	NEED("stageId", "string", ""),
	NEED("requiredProperties", "[string]", "what has to be set in this stage"),
};
static const struct model_field property_rule_in_fields[] = {
	NEED("property", "string", "the one that decides"),
	NEED("values", "[string]", "where it has one of these"),
	MAY("shownProperties", "[string]", "these are shown"),
	MAY("requiredProperties", "[string]", "and these have to be set"),
};
static const struct model_field property_rule_fields[] = {
	NEED("id", "id", ""),
	NEED("property", "string", "the one that decides"),
	NEED("values", "[string]", "where it has one of these"),
	NEED("shownProperties", "[string]", "these are shown; those that are required too"),
	NEED("requiredProperties", "[string]", "and these have to be set"),
	NEED("createdAt", "time", ""),
	NEED("updatedAt", "time", ""),
};
static const struct model_field audit_fields[] = {
	NEED("identifier", "string", "the pipeline or stage"),
	NEED("action", "string", "CREATE, UPDATE, DELETE"),
	NEED("portalId", "integer", ""),
	MAY("timestamp", "time", ""),
	MAY("fromUserId", "integer", "who did it"),
	MAY("rawObject", "any", "what it was afterwards"),
};
static const struct model_field owner_fields[] = {
	NEED("id", "id", "what hubspot_owner_id holds; not the user's id"),
	NEED("type", "string", "PERSON"),
	MAY("email", "string", ""),
	MAY("firstName", "string", ""),
	MAY("lastName", "string", ""),
	MAY("userId", "integer", "null once the user is gone"),
	MAY("userIdIncludingInactive", "integer", ""),
	NEED("createdAt", "time", ""),
	NEED("updatedAt", "time", ""),
	NEED("archived", "boolean", ""),
	MAY("teams", "[OwnerTeam]", ""),
};
static const struct model_field owner_team_fields[] = {
	NEED("id", "id", ""),
	NEED("name", "string", ""),
	NEED("primary", "boolean", ""),
};
static const struct model_field schema_fields[] = {
	NEED("id", "string", ""),
	NEED("name", "string", "in the API"),
	NEED("objectTypeId", "string", "as 2-1001"),
	NEED("fullyQualifiedName", "string", "as p1_machine"),
	NEED("labels", "any", "singular, plural"),
	MAY("description", "string", ""),
	NEED("requiredProperties", "[string]", "what a new object has to have"),
	NEED("searchableProperties", "[string]", "what the query of a search looks at"),
	MAY("primaryDisplayProperty", "string", "what names an object"),
	NEED("secondaryDisplayProperties", "[string]", ""),
	NEED("properties", "[Property]", ""),
	NEED("associations", "[SchemaAssociation]", "what its objects may be linked to"),
	MAY("archived", "boolean", ""),
	MAY("createdAt", "time", ""),
	MAY("updatedAt", "time", ""),
};
static const struct model_field schema_create_fields[] = {
	NEED("name", "string", "letters, digits and _; for good"),
	NEED("labels", "any", "singular, plural"),
	NEED("properties", "[PropertyCreate]", "groupName may be left out"),
	NEED("requiredProperties", "[string]", ""),
	NEED("associatedObjects", "[string]", "types, as CONTACT or 0-5"),
	MAY("primaryDisplayProperty", "string", ""),
	MAY("secondaryDisplayProperties", "[string]", ""),
	MAY("searchableProperties", "[string]", ""),
	MAY("description", "string", ""),
};
static const struct model_field schema_patch_fields[] = {
	MAY("labels", "any", "singular, plural"),
	MAY("requiredProperties", "[string]", ""),
	MAY("searchableProperties", "[string]", ""),
	MAY("primaryDisplayProperty", "string", ""),
	MAY("secondaryDisplayProperties", "[string]", ""),
	MAY("description", "string", ""),
	MAY("clearDescription", "boolean", ""),
};
static const struct model_field schema_association_fields[] = {
	NEED("id", "string", ""),
	NEED("fromObjectTypeId", "string", ""),
	NEED("toObjectTypeId", "string", ""),
	MAY("name", "string", ""),
	MAY("createdAt", "time", ""),
	MAY("updatedAt", "time", ""),
};
static const struct model_field schema_association_create_fields[] = {
	NEED("fromObjectTypeId", "string", ""),
	NEED("toObjectTypeId", "string", ""),
	MAY("name", "string", ""),
};

static const struct model_field create_form_fields[] = {
	NEED("fields", "[CreateFormField]", "in order; subject, hs_pipeline and hs_pipeline_stage are always among them"),
	MAY("mayEdit", "boolean", "who asks may change it"),
};
static const struct model_field create_form_field_fields[] = {
	NEED("name", "string", "of a ticket's property"),
	MAY("isRequired", "boolean", "has to be filled in"),
	MAY("isFixed", "boolean", "always there and required"),
};

static const struct model models[] = {
	MODEL("CreateForm", "What is asked of people who create a ticket.", create_form_fields),
	MODEL("CreateFormField", "One of its fields.", create_form_field_fields),
	MODEL("Property", "What objects of a type can have.", property_fields),
	MODEL("PropertyOption", "A value of an enumeration.", property_option_fields),
	MODEL("PropertyCreate", "A new property.", property_create_fields),
	MODEL("PropertyUpdate", "Changes of a property.", property_update_fields),
	MODEL("PropertyName", "Names a property.", property_name_fields),
	MODEL("PropertyNames", "Names properties.", property_names_fields),
	MODEL("PropertyGroup", "Properties that stand together.", property_group_fields),
	MODEL("Pipeline", "Stages that tickets or deals go through.", pipeline_fields),
	MODEL("PipelineIn", "A pipeline with all its stages.", pipeline_in_fields),
	MODEL("PipelinePatch", "Changes of a pipeline.", pipeline_patch_fields),
	MODEL("Stage", "A status of tickets, or a stage of deals.", stage_fields),
	MODEL("StageIn", "A stage.", stage_in_fields),
	MODEL("StagePatch", "Changes of a stage.", stage_patch_fields),
	MODEL("PipelineRulesIn", "What a pipeline asks of people.", pipeline_rules_in_fields),
	MODEL("PipelineRules", "What a pipeline asks of people.", pipeline_rules_fields),
	MODEL("StageDemands", "What a stage requires.", stage_demands_fields),
	MODEL("PropertyRuleIn", "Properties that depend on another one.", property_rule_in_fields),
	MODEL("PropertyRule", "Properties that depend on another one.", property_rule_fields),
	MODEL("Audit", "A change of a pipeline or stage.", audit_fields),
	MODEL("Owner", "Who can own objects.", owner_fields),
	MODEL("OwnerTeam", "A team of an owner.", owner_team_fields),
	MODEL("Schema", "A type that a user defined.", schema_fields),
	MODEL("SchemaCreate", "A new type.", schema_create_fields),
	MODEL("SchemaPatch", "Changes of a type.", schema_patch_fields),
	MODEL("SchemaAssociation", "What objects of a type may be linked to.", schema_association_fields),
	MODEL("SchemaAssociationCreate", "Another type to link to.", schema_association_create_fields),
};

static const struct description descriptions[] = {
	{"GET " PROPERTIES "/groups",                 "archived",              NO_BODY,                          "PropertyGroup", AS_LIST},
	{"POST " PROPERTIES "/groups",                NULL,                    "PropertyGroup", AS_IT_IS,        "PropertyGroup", AS_IT_IS},
	{"GET " PROPERTIES "/groups/{groupName}",     NULL,                    NO_BODY,                          "PropertyGroup", AS_IT_IS},
	{"PATCH " PROPERTIES "/groups/{groupName}",   NULL,                    "PropertyGroup", AS_IT_IS,        "PropertyGroup", AS_IT_IS},
	{"POST " PROPERTIES "/batch/create",          NULL,                    "PropertyCreate", AS_INPUTS,      "Property", AS_BATCH},
	{"POST " PROPERTIES "/batch/read",            NULL,                    "PropertyNames", AS_IT_IS,        "Property", AS_BATCH},
	{"POST " PROPERTIES "/batch/archive",         NULL,                    "PropertyName", AS_INPUTS,        NO_ANSWER},
	{"GET " PROPERTIES,                           "archived properties",   NO_BODY,                          "Property", AS_LIST},
	{"POST " PROPERTIES,                          NULL,                    "PropertyCreate", AS_IT_IS,       "Property", AS_IT_IS},
	{"GET " PROPERTIES "/{propertyName}",         "archived",              NO_BODY,                          "Property", AS_IT_IS},
	{"PATCH " PROPERTIES "/{propertyName}",       NULL,                    "PropertyUpdate", AS_IT_IS,       "Property", AS_IT_IS},
	{"GET " PIPELINES,                            NULL,                    NO_BODY,                          "Pipeline", AS_LIST},
	{"POST " PIPELINES,                           NULL,                    "PipelineIn", AS_IT_IS,           "Pipeline", AS_IT_IS},
	{"GET " PIPELINES "/{pipelineId}",            NULL,                    NO_BODY,                          "Pipeline", AS_IT_IS},
	{"PUT " PIPELINES "/{pipelineId}",            "validateReferencesBeforeDelete validateDealStageUsagesBeforeDelete", "PipelineIn", AS_IT_IS, "Pipeline", AS_IT_IS},
	{"PATCH " PIPELINES "/{pipelineId}",          "validateReferencesBeforeDelete validateDealStageUsagesBeforeDelete", "PipelinePatch", AS_IT_IS, "Pipeline", AS_IT_IS},
	{"DELETE " PIPELINES "/{pipelineId}",         "validateReferencesBeforeDelete validateDealStageUsagesBeforeDelete", NO_BODY, NO_ANSWER},
	{"GET " PIPELINES "/{pipelineId}/audit",      NULL,                    NO_BODY,                          "Audit", AS_LIST},
	{"GET " PIPELINES "/{pipelineId}/stages",     NULL,                    NO_BODY,                          "Stage", AS_LIST},
	{"POST " PIPELINES "/{pipelineId}/stages",    NULL,                    "StageIn", AS_IT_IS,              "Stage", AS_IT_IS},
	{"GET " PIPELINES "/{pipelineId}/stages/{stageId}", NULL,              NO_BODY,                          "Stage", AS_IT_IS},
	{"PUT " PIPELINES "/{pipelineId}/stages/{stageId}", NULL,              "StageIn", AS_IT_IS,              "Stage", AS_IT_IS},
	{"PATCH " PIPELINES "/{pipelineId}/stages/{stageId}", NULL,            "StagePatch", AS_IT_IS,           "Stage", AS_IT_IS},
	{"GET " PIPELINES "/{pipelineId}/stages/{stageId}/audit", NULL,        NO_BODY,                          "Audit", AS_LIST},
	{"GET /desk/v1/pipelines/{objectType}/{pipelineId}/rules", NULL,       NO_BODY,                          "PipelineRules", AS_IT_IS},
	{"PUT /desk/v1/pipelines/{objectType}/{pipelineId}/rules", NULL,       "PipelineRulesIn", AS_IT_IS,      "PipelineRules", AS_IT_IS},
	{"GET /desk/v1/forms/create-ticket",          NULL,                    NO_BODY,                          "CreateForm", AS_IT_IS},
	{"PUT /desk/v1/forms/create-ticket",          NULL,                    "CreateForm", AS_IT_IS,           "CreateForm", AS_IT_IS},
	{"GET /desk/v1/property-rules/{objectType}",  NULL,                    NO_BODY,                          "PropertyRule", AS_LIST},
	{"POST /desk/v1/property-rules/{objectType}", NULL,                    "PropertyRuleIn", AS_IT_IS,       "PropertyRule", AS_IT_IS},
	{"PUT /desk/v1/property-rules/{objectType}/{ruleId}", NULL,            "PropertyRuleIn", AS_IT_IS,       "PropertyRule", AS_IT_IS},
	{"GET /crm/v3/owners",                        "email limit after archived", NO_BODY,                     "Owner", AS_LIST},
	{"GET /crm/v3/owners/{ownerId}",              "idProperty archived",   NO_BODY,                          "Owner", AS_IT_IS},

	{"GET " SCHEMAS,                                "archived", NO_BODY,                             "Schema", AS_LIST},
	{"POST " SCHEMAS,                               NULL,       "SchemaCreate", AS_IT_IS,            "Schema", AS_IT_IS},
	{"GET " SCHEMAS "/{objectType}",                NULL,       NO_BODY,                             "Schema", AS_IT_IS},
	{"PATCH " SCHEMAS "/{objectType}",              NULL,       "SchemaPatch", AS_IT_IS,             "Schema", AS_IT_IS},
	{"DELETE " SCHEMAS "/{objectType}",             "archived", NO_BODY,                             NO_ANSWER},
	{"POST " SCHEMAS "/{objectType}/associations",  NULL,       "SchemaAssociationCreate", AS_IT_IS, "SchemaAssociation", AS_IT_IS},
};
/* clang-format on */

const struct chapter describe_definitions = CHAPTER(models, descriptions);
