/* Who sees what of the library, and how it is found. A query is split as texts are, and each of its words may be a part of theirs. */

#include "desk/library_int.h"

#include "base/arena.h"
#include "base/buf.h"
#include "desk/can.h"
#include "text/fold.h"
#include "text/words.h"

/* first_n: what users without a seat see of a kind; -1: all that others see. */
static const struct {
	struct str name;
	int64_t first_n;
} kinds[LIBRARY_KIND_N] = {
	[LIBRARY_SNIPPET] = {STR("snippet"), 3},
	[LIBRARY_TEMPLATE] = {STR("template"), 5},
	[LIBRARY_DOCUMENT] = {STR("document"), 5},
	[LIBRARY_VIDEO] = {STR("video"), -1},
};

static const struct str sorts[LIBRARY_SORT_N] = {
	[LIBRARY_BY_NAME] = STR("name"),
	[LIBRARY_BY_USE] = STR("used"),
	[LIBRARY_BY_TIME] = STR("updated"),
	[LIBRARY_BY_HANDLE] = STR("match"),
};

struct str library_kind_name(enum library_kind kind)
{
	return kinds[kind].name;
}

enum err library_kind_read(struct ctx *c, struct str name, enum library_kind *out)
{
	for (int k = 0; k < LIBRARY_KIND_N; k++)
		if (str_eq(kinds[k].name, name)) {
			*out = (enum library_kind)k;
			return OK;
		}
	return fail(c, ERR_NOT_FOUND, "The library has nothing called " STR_FMT ".", STR_ARG(str_head(name, 50)));
}

enum err library_sort_read(struct ctx *c, struct str text, enum library_sort *out)
{
	for (int s = 0; s < LIBRARY_SORT_N; s++)
		if (text.n == 0 || str_eq(sorts[s], text)) {
			*out = (enum library_sort)s;
			return OK;
		}
	return fail_field(c, STR("sort"), STR("INVALID_OPTION"), "sort is name, used, updated or match.");
}

/* Who sees what ---------------------------------------------------------------------------------------------------------- */

struct library_sight library_sight(const struct ctx *c, enum library_kind kind)
{
	bool has_seat = c->who.seat != SEAT_VIEW_ONLY || c->who.role == ROLE_SUPER_ADMIN;
	return (struct library_sight){
		.user_id = c->who.user_id,
		.is_all = c->who.kind == ACTOR_SYSTEM,
		.first = has_seat ? -1 : kinds[kind].first_n,
	};
}

bool desk_may_make(const struct ctx *c)
{
	return c->who.user_id != 0 && desk_may(c, CAN_EDIT, NULL);
}

bool library_may_edit(const struct ctx *c, int64_t user_id)
{
	if (desk_may(c, CAN_ADMINISTER, NULL))
		return true;
	return user_id == c->who.user_id && desk_may_make(c);
}

enum err library_entries(struct ctx *c, const struct library_item *items, size_t n, struct library_entry **out)
{
	struct library_team *teams = NULL;
	size_t team_n = 0, next = 0;
	struct library_entry *entries = NEW_ARRAY(c->a, n, struct library_entry);
	int64_t *ids = NEW_ARRAY(c->a, n, int64_t);
	for (size_t i = 0; i < n; i++)
		ids[i] = items[i].id;
	TRY(library_team_list(c, ids, n, &teams, &team_n));
	int64_t *team_ids = NEW_ARRAY(c->a, team_n, int64_t);
	for (size_t i = 0; i < n; i++) {
		entries[i] = (struct library_entry){
			.item = items[i],
			.team_ids = team_ids + next,
			.may_edit = library_may_edit(c, items[i].user_id),
		};
		for (size_t k = 0; k < team_n; k++)
			if (teams[k].item_id == items[i].id)
				team_ids[next + entries[i].team_n++] = teams[k].team_id;
		next += entries[i].team_n;
	}
	*out = entries;
	return OK;
}

static enum err not_there(struct ctx *c)
{
	return fail(c, ERR_NOT_FOUND, "resource not found");
}

static enum err load(struct ctx *c, enum library_kind kind, struct str kind_name, int64_t id, struct library_entry *out)
{
	struct library_item item;
	struct library_entry *entries;
	struct library_sight sight = library_sight(c, kind);
	enum err e = library_item_see(c, &sight, kind_name, id, &item);
	if (e == ERR_NOT_FOUND)
		return not_there(c);
	TRY(e);
	TRY(library_entries(c, &item, 1, &entries));
	*out = entries[0];
	return item.archived_at == 0 || out->may_edit ? OK : not_there(c);
}

enum err desk_library(struct ctx *c, enum library_kind kind, int64_t id, struct library_entry *out)
{
	TRY(desk_can(c, CAN_VIEW, NULL));
	return load(c, kind, kinds[kind].name, id, out);
}

enum err library_load_any(struct ctx *c, int64_t id, enum library_kind *kind_out, struct library_entry *out)
{
	struct library_item item;
	TRY(desk_can(c, CAN_VIEW, NULL));
	enum err e = library_item_load(c, id, &item);
	if (e == ERR_NOT_FOUND)
		return not_there(c);
	TRY(e);
	TRY(library_kind_read(c, item.kind, kind_out));
	return load(c, *kind_out, item.kind, id, out);
}

/* Finding ---------------------------------------------------------------------------------------------------------------- */

static void add_escaped(struct buf *b, struct str text)
{
	for (size_t i = 0; i < text.n; i++) {
		if (text.p[i] == '%' || text.p[i] == '_' || text.p[i] == '!')
			buf_byte(b, '!');
		buf_byte(b, text.p[i]);
	}
}

/* "%word%", or "word%". */
static struct str pattern_of(struct ctx *c, struct str text, bool is_anywhere)
{
	struct buf b;
	buf_init(&b, c->a, 2 * text.n + 3);
	if (is_anywhere)
		buf_byte(&b, '%');
	add_escaped(&b, text);
	buf_byte(&b, '%');
	return buf_str(&b);
}

/* Words at the same position stand for one another. */
static size_t read_words(struct ctx *c, struct str query, struct library_like **out)
{
	struct token *tokens;
	size_t n, word_n = 0;
	words_split(c->a, query, WORDS_OF_QUERY, &tokens, &n);
	struct library_like *words = NEW_ARRAY(c->a, MAX_LIBRARY_QUERY_WORDS, struct library_like);
	struct str *patterns = NEW_ARRAY(c->a, n, struct str);
	for (size_t i = 0; i < n; i++) {
		bool is_next = i == 0 || tokens[i].position != tokens[i - 1].position;
		if (is_next && word_n == MAX_LIBRARY_QUERY_WORDS)
			break;
		if (is_next)
			words[word_n++].patterns = patterns + i;
		patterns[i] = pattern_of(c, tokens[i].text, true);
		words[word_n - 1].n++;
	}
	*out = words;
	return word_n;
}

enum err desk_library_list(struct ctx *c, const struct library_ask *ask, struct library_entry **out, size_t *n_out)
{
	struct library_like *words;
	struct library_item *items;
	struct str query = str_trim(ask->query);
	TRY(desk_can(c, CAN_VIEW, NULL));
	if (query.n > MAX_LIBRARY_QUERY_BYTES)
		return fail_field(c, STR("q"), STR("INVALID_LENGTH"), "q has at most %d bytes.", MAX_LIBRARY_QUERY_BYTES);
	struct library_find find = {
		.kind = kinds[ask->kind].name,
		.sight = library_sight(c, ask->kind),
		.folder_id = ask->folder_id,
		.user_id = ask->is_mine || (ask->is_archived && !desk_may(c, CAN_ADMINISTER, NULL)) ? c->who.user_id : 0,
		.is_archived = ask->is_archived,
		.sort = ask->sort,
		.begins = pattern_of(c, text_fold(c->a, query), false),
		.after_id = ask->after_id,
		.limit = ask->limit,
	};
	find.word_n = read_words(c, query, &words);
	find.words = words;
	*n_out = 0;
	if (query.n > 0 && find.word_n == 0) /* marks without letters: nothing has them */
		return OK;
	TRY(library_item_find(c, &find, &items, n_out));
	return library_entries(c, items, *n_out, out);
}
