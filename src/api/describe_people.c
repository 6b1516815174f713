/* Users, teams, the account, and what lets programs in. */

#include "api/describe_int.h"

#define USERS "/settings/v3/users"

/* clang-format off */
static const struct model_field user_fields[] = {
	NEED("id", "id", "of the user, not of the owner"),
	NEED("email", "string", ""),
	MAY("firstName", "string", ""),
	MAY("lastName", "string", ""),
	MAY("roleId", "string", "see roles"),
	MAY("roleIds", "[string]", ""),
	MAY("primaryTeamId", "id", ""),
	MAY("secondaryTeamIds", "[id]", ""),
	MAY("superAdmin", "boolean", ""),
	MAY("sendWelcomeEmail", "boolean", "was an invitation sent?"),
};
static const struct model_field role_fields[] = {
	NEED("id", "string", ""),
	NEED("name", "string", ""),
	NEED("requiresBillingWrite", "boolean", "false"),
};
static const struct model_field team_fields[] = {
	NEED("id", "id", ""),
	NEED("name", "string", ""),
	NEED("userIds", "[id]", "whose primary team it is"),
	NEED("secondaryUserIds", "[id]", "who belong to it too"),
};
static const struct model_field token_fields[] = {
	NEED("id", "id", ""),
	NEED("name", "string", ""),
	NEED("userId", "id", "whom it acts as"),
	NEED("scopes", "[string]", "what it may do"),
	NEED("createdAt", "time", ""),
	MAY("token", "string", "said once, when it is made"),
};
static const struct model_field account_fields[] = {
	NEED("portalId", "integer", ""),
	NEED("accountType", "string", ""),
	NEED("timeZone", "string", "as Europe/Helsinki"),
	NEED("companyCurrency", "string", "as EUR"),
	NEED("additionalCurrencies", "[string]", ""),
	NEED("utcOffset", "string", "now, as +02:00"),
	NEED("utcOffsetMilliseconds", "integer", ""),
	NEED("uiDomain", "string", "where the desk is"),
	NEED("dataHostingLocation", "string", ""),
};
static const struct model_field usage_fields[] = {
	NEED("name", "string", ""),
	MAY("usageLimit", "integer", "calls a day; null: no limit"),
	NEED("currentUsage", "integer", "calls of today"),
	NEED("collectedAt", "time", ""),
	NEED("fetchStatus", "string", ""),
	NEED("resetsAt", "time", ""),
};
static const struct model_field token_request_fields[] = {
	NEED("grant_type", "string", "authorization_code or refresh_token"),
	NEED("client_id", "string", "of the app"),
	NEED("client_secret", "string", ""),
	MAY("code", "string", "authorization_code: once, within ten minutes"),
	MAY("redirect_uri", "string", "authorization_code: the same as when the code was asked for"),
	MAY("refresh_token", "string", "refresh_token"),
};
static const struct model_field token_pair_fields[] = {
	NEED("access_token", "string", ""),
	NEED("refresh_token", "string", ""),
	NEED("expires_in", "integer", "seconds"),
	NEED("token_type", "string", "bearer"),
};
static const struct model_field token_info_fields[] = {
	NEED("token", "string", ""),
	NEED("user", "string", "the address of who consented"),
	NEED("user_id", "integer", ""),
	NEED("hub_id", "integer", ""),
	NEED("hub_domain", "string", "where the desk is"),
	NEED("scopes", "[string]", ""),
	NEED("token_type", "string", "access or refresh"),
	MAY("app_id", "integer", ""),
	MAY("client_id", "string", ""),
	MAY("expires_in", "integer", "seconds"),
};
static const struct model_field visitor_token_fields[] = {
	NEED("token", "string", "for twelve hours"),
};

static const struct model_field preference_fields[] = {
	MAY("language", "string", "of the workspace; null: the browser's"),
	MAY("undoSeconds", "integer", "how long a reply is held back before it leaves"),
	MAY("keymap", "object", "keys of one's own, by action"),
	MAY("singleKeys", "boolean", "single letters are shortcuts"),
};

static const struct model_field person_fields[] = {
	NEED("id", "id", ""),
	NEED("email", "string", ""),
	MAY("firstName", "string", ""),
	MAY("lastName", "string", ""),
	NEED("state", "string", "active, invited or deactivated"),
	NEED("role", "string", "viewer, agent, admin or super_admin"),
	NEED("seat", "string", "SERVICE, SALES, CORE or VIEW_ONLY"),
	NEED("ticketView", "string", "EVERYTHING, TEAM, OWNED, TEAM_AND_UNASSIGNED or OWNED_AND_UNASSIGNED"),
	NEED("ticketEdit", "string", "the same, or NONE"),
	NEED("ticketDelete", "string", "the same, or NONE"),
	NEED("ticketCommunicate", "string", "the same, or NONE"),
	NEED("publishesArticles", "boolean", "beside those who administer"),
	MAY("primaryTeamId", "id", ""),
	NEED("secondaryTeamIds", "[id]", ""),
};
static const struct model_field pipeline_access_fields[] = {
	NEED("pipelineId", "string", ""),
	NEED("userIds", "[id]", ""),
	NEED("teamIds", "[id]", "with neither it is open to all"),
};

static const struct model models[] = {
	MODEL("Person", "A user with seat and rights.", person_fields),
	MODEL("PipelineAccess", "Who sees the tickets of a pipeline.", pipeline_access_fields),
	MODEL("Preferences", "What a user likes, on every device.", preference_fields),
	MODEL("User", "Who may sign in to the desk.", user_fields),
	MODEL("Role", "What a user may do.", role_fields),
	MODEL("Team", "Users who work together.", team_fields),
	MODEL("Token", "A key to the API.", token_fields),
	MODEL("AccountDetails", "The desk as an account.", account_fields),
	MODEL("Usage", "How much the API was used today.", usage_fields),
	MODEL("TokenRequest", "What an app asks for.", token_request_fields),
	MODEL("TokenPair", "Tokens for an app.", token_pair_fields),
	MODEL("TokenInfo", "What a token is.", token_info_fields),
	MODEL("VisitorToken", "Says who the visitor is.", visitor_token_fields),
};

static const struct description descriptions[] = {
	{"GET " USERS,                   PAGE,         NO_BODY,                "User", AS_LIST},
	{"POST " USERS,                  NULL,         NO_BODY,                "User", AS_IT_IS},
	{"GET " USERS "/roles",          NULL,         NO_BODY,                "Role", AS_LIST},
	{"GET " USERS "/teams",          NULL,         NO_BODY,                "Team", AS_LIST},
	{"GET " USERS "/{userId}",       "idProperty", NO_BODY,                "User", AS_IT_IS},
	{"PUT " USERS "/{userId}",       "idProperty", NO_BODY,                "User", AS_IT_IS},
	{"DELETE " USERS "/{userId}",    "idProperty", NO_BODY,                NO_ANSWER},
	{"GET /desk/v1/users",           PAGE,         NO_BODY,                "Person", AS_LIST},
	{"PATCH /desk/v1/users/{userId}", NULL,        NO_BODY,                "Person", AS_IT_IS},
	{"GET /desk/v1/pipeline-access/{pipelineId}", NULL, NO_BODY,           "PipelineAccess", AS_IT_IS},
	{"PUT /desk/v1/pipeline-access/{pipelineId}", NULL, NO_BODY,           "PipelineAccess", AS_IT_IS},
	{"PATCH /desk/v1/profile",       NULL,         NO_BODY,                NO_ANSWER},
	{"POST /desk/v1/profile/password", NULL,       NO_BODY,                NO_ANSWER},
	{"GET /desk/v1/teams",           NULL,         NO_BODY,                "Team", AS_LIST},
	{"POST /desk/v1/teams",          NULL,         NO_BODY,                "Team", AS_IT_IS},
	{"GET /desk/v1/teams/{teamId}",  NULL,         NO_BODY,                "Team", AS_IT_IS},
	{"PATCH /desk/v1/teams/{teamId}", NULL,        NO_BODY,                "Team", AS_IT_IS},
	{"GET /desk/v1/tokens",          NULL,         NO_BODY,                "Token", AS_LIST},
	{"POST /desk/v1/tokens",         NULL,         NO_BODY,                "Token", AS_IT_IS},
	{"GET /desk/v1/tokens/{tokenId}", NULL,        NO_BODY,                "Token", AS_IT_IS},
	{"GET /desk/v1/preferences",     NULL,         NO_BODY,                "Preferences", AS_IT_IS},
	{"PATCH /desk/v1/preferences",   NULL,         "Preferences", AS_IT_IS, "Preferences", AS_IT_IS},
	{"GET /account-info/v3/details", NULL,         NO_BODY,                "AccountDetails", AS_IT_IS},
	{"GET /account-info/v3/api-usage/daily/private-apps", NULL, NO_BODY,   "Usage", AS_LIST},
	{"POST /oauth/v1/token",         NULL,         "TokenRequest", AS_FORM, "TokenPair", AS_IT_IS},
	{"GET /oauth/v1/access-tokens/{token}", NULL,  NO_BODY,                "TokenInfo", AS_IT_IS},
	{"GET /oauth/v1/refresh-tokens/{token}", NULL, NO_BODY,                "TokenInfo", AS_IT_IS},
	{"POST /visitor-identification/v3/tokens/create", NULL, NO_BODY,         "VisitorToken", AS_IT_IS},
};
/* clang-format on */

const struct chapter describe_people = CHAPTER(models, descriptions);
