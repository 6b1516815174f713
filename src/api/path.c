#include "api/path.h"

#include "api/api.h"
#include "net/http_query.h"

struct version {
	struct str name;
	struct str readings[MAX_READINGS];
	size_t reading_n;
};
static const struct version versions[] = {
	{STR("v3"), {STR("v3")}, 1},
	{STR("v4"), {STR("v4")}, 1},
	{STR("2025-09"), {STR("v4"), STR("v3")}, 2},
	{STR("2026-03"), {STR("v4"), STR("v3")}, 2},
	{STR("2026-09"), {STR("v4"), STR("v3")}, 2},
};

/* First segments that are called otherwise before a third one: /crm/v3/schemas. */
struct alias {
	struct str first, third, instead;
};
static const struct alias aliases[] = {
	{STR("crm"), STR("schemas"), STR("crm-object-schemas")},
};

static const struct version *find_version(struct str name)
{
	for (size_t i = 0; i < sizeof(versions) / sizeof(versions[0]); i++)
		if (str_eq(versions[i].name, name))
			return &versions[i];
	return NULL;
}

static void place_version(struct path *p)
{
	p->reading_n = 1;
	p->readings[0] = STR_NULL;
	if (p->n < 2)
		return;
	const struct version *v = find_version(p->segments[1]);
	if (v == NULL && p->n > 2 && (v = find_version(p->segments[2])) != NULL) {
		p->segments[2] = p->segments[1];
		p->segments[1] = v->name;
	}
	p->readings[0] = p->segments[1];
	if (v == NULL)
		return;
	p->reading_n = v->reading_n;
	for (size_t i = 0; i < v->reading_n; i++)
		p->readings[i] = v->readings[i];
}

static void place_alias(struct path *p)
{
	for (size_t i = 0; i < sizeof(aliases) / sizeof(aliases[0]) && p->n > 2; i++)
		if (str_eq(p->segments[0], aliases[i].first) && str_eq(p->segments[2], aliases[i].third))
			p->segments[0] = aliases[i].instead;
}

bool path_cut(struct str text, struct path *out)
{
	out->n = out->reading_n = 0;
	for (struct str rest = text; !str_is_null(rest);) {
		struct str part = str_cut(&rest, STR("/"));
		if (part.n == 0)
			continue;
		if (out->n == MAX_SEGMENTS)
			return false;
		out->segments[out->n++] = part;
	}
	return true;
}

bool path_read(struct arena *a, struct str text, struct path *out)
{
	if (!path_cut(text, out))
		return false;
	for (size_t i = 0; i < out->n; i++)
		if (!http_segment(a, out->segments[i], &out->segments[i]))
			return false;
	place_version(out);
	place_alias(out);
	return true;
}

static bool has_version(const struct path *p)
{
	return (p->n > 1 && find_version(p->segments[1]) != NULL) || (p->n > 2 && find_version(p->segments[2]) != NULL);
}

bool api_owns(struct str text)
{
	static const struct {
		struct str first;
		struct str second;    /* null: whatever it is */
		bool is_shared; /* with pages of the workspace: ours are those with a version */
	} roots[] = {
		{.first = STR("crm")},
		{.first = STR("crm-object-schemas")},
		{.first = STR("conversations")},
		{.first = STR("webhooks")},
		{.first = STR("settings"), .is_shared = true},
		{.first = STR("account-info")},
		{.first = STR("oauth"), .second = STR("v1")},
		{.first = STR("visitor-identification")},
		{.first = STR("desk"), .second = STR("v1")},
		{.first = STR("files")},
		{.first = STR("healthz")},
		{.first = STR("openapi.json")},
		{.first = STR("docs"), .second = STR("api")},
	};
	struct path p;
	/* what is too long is refused by whom it belongs to */
	(void)path_cut(text, &p);
	for (size_t i = 0; p.n > 0 && i < sizeof(roots) / sizeof(roots[0]); i++) {
		if (!str_eq(p.segments[0], roots[i].first))
			continue;
		if (str_is_null(roots[i].second) || (p.n > 1 && str_eq(p.segments[1], roots[i].second)))
			return !roots[i].is_shared || has_version(&p);
	}
	return false;
}
