/* What somebody may see, as filters: so the indexes that begin with an owner are found for them as for those that people ask for. */

#include "store/search_int.h"

#include "base/arena.h"
#include "base/check.h"
#include "store/access.h"

static void add(struct search_group *g, enum search_op op)
{
	check(g->n < MAX_GROUP_ROOM + MAX_ACCESS_FILTERS);
	g->filters[g->n++] = (struct search_filter){
		.what = {.column = op == SEARCH_OWNED ? shape_field(&object_shape, STR("owner_id")) : NULL},
		.op = op,
	};
}

void search_limit(struct ctx *c, const struct search *s, struct search *out)
{
	static const struct search_group all = {0};
	const struct ticket_access *a = s->access;
	size_t n = s->group_n > 0 ? s->group_n : 1;
	*out = *s;
	if (a == NULL)
		return;
	struct search_group *groups = NEW_ARRAY(c->a, 2 * n, struct search_group);
	out->group_n = 0;
	for (size_t i = 0; i < n; i++) {
		const struct search_group *from = s->group_n > 0 ? &s->groups[i] : &all;
		for (int is_shared = 0; is_shared < (a->view == REACH_ALL ? 1 : 2); is_shared++) {
			struct search_group *to = &groups[out->group_n++];
			*to = *from;
			if (a->view != REACH_ALL)
				add(to, is_shared ? SEARCH_SHARED : SEARCH_OWNED);
			if (a->closed_n > 0)
				add(to, SEARCH_IN_OPEN_PIPELINE);
		}
	}
	out->groups = groups;
}
