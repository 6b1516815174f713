/* The chapters of the API's description, and what is the same in all of them. */

#include "api/describe_int.h"

#include "api/call.h"

static const struct chapter *const chapters[] = {
	&describe_desk,
	&describe_objects,
	&describe_links,
	&describe_definitions,
	&describe_conversations,
	&describe_custom_channels,
	&describe_people,
	&describe_files,
	&describe_records,
	&describe_composer,
	&describe_manage,
	&describe_webhooks,
	&describe_sending,
	&describe_notifications,
	&describe_quotes,
	&describe_library,
	&describe_articles,
	&describe_booking,
};
enum { CHAPTER_N = sizeof(chapters) / sizeof(chapters[0]) };

/* clang-format off */
static const struct {
	const char *name;
	const char *help;
} parameters[] = {
	{"objectType",            "a type by its plural, its singular or its id: tickets, ticket, 0-5"},
	{"toObjectType",          "the type of the other object"},
	{"fromObjectType",        "the type that links go out from"},
	{"objectId",              "an id, or a value of idProperty"},
	{"idProperty",            "a property with unique values that the id in the path is of, as email"},
	{"types",                 "types of objects, repeated or separated by commas"},
	{"limit",                 "how many results a page may have"},
	{"after",                 "paging.next.after of the page before"},
	{"properties",            "names of the properties to give; repeated, or separated by commas"},
	{"propertiesWithHistory", "names of those to give with every value they had"},
	{"associations",          "other types whose linked ids are to be given"},
	{"hapikey",               "the developer key of the app, in place of a token"},
	{"archived",              "true: those in the recycle bin, and no others"},
	{"mine",                  "true: only what one made oneself"},
	{"folderId",              "of what is in this folder; none: in no folder"},
};
/* clang-format on */

/* The first that fits; a route that is about links is among them wherever it begins. */
static const struct {
	struct str prefix;
	struct str area;
} areas[] = {
	{STR("/crm/v3/objects/"),     STR("Objects")},
	{STR("/crm/v3/properties/"),  STR("Properties")},
	{STR("/crm/v3/pipelines/"),   STR("Pipelines")},
	{STR("/crm/v3/owners"),       STR("Owners")},
	{STR("/crm/v3/lists"),        STR("Lists")},
	{STR("/crm-object-schemas/"), STR("Custom types")},
	{STR("/conversations/v3/custom-channels"), STR("Custom channels")},
	{STR("/conversations/"),      STR("Conversations")},
	{STR("/files/"),              STR("Files")},
	{STR("/settings/"),           STR("Users and teams")},
	{STR("/account-info/"),       STR("Account")},
	{STR("/webhooks/"),           STR("Webhooks")},
	{STR("/desk/v1/webhook-"),    STR("Webhooks")},
	{STR("/desk/v1/files"),       STR("Files")},
	{STR("/desk/v1/article"),     STR("Articles")},
	{STR("/desk/v1/teams"),       STR("Users and teams")},
	{STR("/desk/v1/tokens"),      STR("Users and teams")},
	{STR("/desk/v1/library"),     STR("Library")},
	{STR("/desk/v1/snippets"),    STR("Library")},
	{STR("/desk/v1/templates"),   STR("Library")},
	{STR("/oauth/"),              STR("OAuth")},
	{STR("/visitor-identification/"), STR("Visitors")},
	{STR("/desk/v1/"),            STR("The desk's own pages")},
};

struct str route_area(const struct route *route)
{
	struct str path = str_c(route->path);
	if (str_find(path, STR("/associations")) >= 0)
		return STR("Associations");
	for (size_t i = 0; i < sizeof(areas) / sizeof(areas[0]); i++)
		if (str_starts(path, areas[i].prefix))
			return areas[i].area;
	return STR("The program");
}

const struct description *description_of(const struct route *route)
{
	for (size_t i = 0; i < CHAPTER_N; i++)
		for (size_t k = 0; k < chapters[i]->description_n; k++) {
			const struct description *d = &chapters[i]->descriptions[k];
			struct str rest = str_c(d->route);
			struct str method = str_cut(&rest, STR(" "));
			if (str_eq(method, method_name(route->method)) && str_eq(rest, str_c(route->path)))
				return d;
		}
	return NULL;
}

const struct model *model_at(size_t i)
{
	for (size_t k = 0; k < CHAPTER_N; k++) {
		if (i < chapters[k]->model_n)
			return &chapters[k]->models[i];
		i -= chapters[k]->model_n;
	}
	return NULL;
}

const struct model *model_named(struct str name)
{
	const struct model *m;
	for (size_t i = 0; (m = model_at(i)) != NULL; i++)
		if (str_eq(str_c(m->name), name))
			return m;
	return NULL;
}

/* What the i-th half of a route has: first what all of them take, then what they give. */
static const struct shape *half(size_t i)
{
	return i < route_n ? routes[i].takes : routes[i - route_n].gives;
}

static bool is_first(size_t i)
{
	for (size_t k = 0; k < i; k++)
		if (half(k) == half(i))
			return false;
	return half(i) != NULL;
}

const struct shape *wire_shape_at(size_t i, bool *is_input_out)
{
	for (size_t k = 0; k < 2 * route_n; k++) {
		if (!is_first(k))
			continue;
		*is_input_out = k < route_n;
		if (i-- == 0)
			return half(k);
	}
	return NULL;
}

const struct shape *wire_shape_named(struct str name)
{
	for (size_t k = 0; k < 2 * route_n; k++)
		if (half(k) != NULL && str_eq(str_c(half(k)->name), name))
			return half(k);
	return NULL;
}

struct str wire_type(const struct field *f)
{
	static const struct str types[] = {
		[F_ID] = STR("id"),      [F_INT] = STR("integer"), [F_BOOL] = STR("boolean"), [F_TIME] = STR("time"),
		[F_STR] = STR("string"), [F_JSON] = STR("any"),    [F_BLOB] = STR("any"),
	};
	return types[f->type];
}

const char *parameter_help(struct str name)
{
	for (size_t i = 0; i < sizeof(parameters) / sizeof(parameters[0]); i++)
		if (str_eq(str_c(parameters[i].name), name))
			return parameters[i].help;
	return NULL;
}
