/* How items of the library are made, changed, archived and brought back. All of it happens one after the other (library_lock): so that
 * what must be there once, or at most so often, is. */

#include "desk/library_int.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "bus/event.h"
#include "desk/can.h"
#include "store/team.h"
#include "text/fold.h"
#include "text/one_line.h"
#include "text/words.h"

enum { MAX_KEPT_WORDS_BYTES = 8 * MAX_LIBRARY_WORDS_BYTES };

static bool has_control(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] < ' ' || s.p[i] == 0x7f)
			return true;
	return false;
}

enum err library_check_name(struct ctx *c, struct str name)
{
	if (name.n == 0)
		return fail_field(c, STR("name"), STR("REQUIRED_FIELD"), "It needs a name.");
	if (utf8_count(name) > MAX_LIBRARY_NAME_CHARS || !utf8_is_valid(name) || has_control(name))
		return fail_field(c, STR("name"), STR("INVALID_LENGTH"), "A name has at most %d characters, on one line.",
		                  MAX_LIBRARY_NAME_CHARS);
	return OK;
}

static enum err check_audience(struct ctx *c, const struct library_entry *e)
{
	struct str audience = e->item.audience;
	bool is_teams = str_eq(audience, STR("TEAMS"));
	if (!is_teams && !str_eq(audience, STR("PRIVATE")) && !str_eq(audience, STR("EVERYONE")))
		return fail_field(c, STR("audience"), STR("INVALID_OPTION"), "audience is PRIVATE, TEAMS or EVERYONE.");
	if (is_teams && e->team_n == 0)
		return fail_field(c, STR("teamIds"), STR("REQUIRED_FIELD"), "Name the teams that it is for.");
	for (size_t i = 0; is_teams && i < e->team_n; i++) {
		struct team team;
		enum err err = team_load(c, e->team_ids[i], &team);
		if (err == ERR_NOT_FOUND) {
			fail_clear(c);
			return fail_field(c, STR("teamIds"), STR("INVALID_TEAM_ID"), "There is no team with the id %lld.",
			                  (long long)e->team_ids[i]);
		}
		TRY(err);
	}
	return OK;
}

static enum err check_folder(struct ctx *c, const struct library_item *item)
{
	struct library_folder f;
	if (item->folder_id == 0)
		return OK;
	enum err e = library_folder_load(c, item->folder_id, &f);
	if (e == OK && str_eq(f.kind, item->kind))
		return OK;
	if (e != OK && e != ERR_NOT_FOUND)
		return e;
	fail_clear(c);
	return fail_field(c, STR("folderId"), STR("NOT_FOUND"), "There is no folder %lld.", (long long)item->folder_id);
}

/* Of those that he sees: what others keep for themselves must not be told by a refusal. */
static enum err check_handle(struct ctx *c, enum library_kind kind, const struct library_item *item)
{
	struct library_item *others;
	struct library_sight sight = library_sight(c, kind);
	size_t n;
	if (item->handle.n == 0)
		return OK;
	TRY(library_item_by_handle(c, &sight, item->kind, item->handle, &others, &n));
	for (size_t i = 0; i < n; i++)
		if (others[i].id != item->id)
			return fail_field(c, STR("shortcut"), STR("DUPLICATE"), "#" STR_FMT " is the shortcut of \"" STR_FMT "\".",
			                  STR_ARG(item->handle), STR_ARG(others[i].name));
	return OK;
}

/* All words of name, handle and text, between blanks. */
static struct str words_of(struct ctx *c, const struct library_item *item, struct str text)
{
	struct token *tokens;
	struct buf b;
	size_t n;
	struct str all = str_fmt(c->a, STR_FMT "\n" STR_FMT "\n" STR_FMT, STR_ARG(item->name), STR_ARG(item->handle),
	                         STR_ARG(utf8_head(text, MAX_LIBRARY_WORDS_BYTES)));
	words_split(c->a, all, WORDS_OF_TEXT, &tokens, &n);
	buf_init(&b, c->a, MAX_KEPT_WORDS_BYTES);
	buf_byte(&b, ' ');
	for (size_t i = 0; i < n && b.n + tokens[i].text.n < MAX_KEPT_WORDS_BYTES; i++) {
		buf_add(&b, tokens[i].text);
		buf_byte(&b, ' ');
	}
	return buf_str(&b);
}

static void put(struct str *to, struct str value)
{
	if (!str_is_null(value))
		*to = value;
}

static enum err take(struct ctx *c, enum library_kind kind, const struct library_in *in, const struct library_own *own,
                     struct library_entry *e)
{
	struct library_item *item = &e->item;
	put(&item->name, has_control(str_trim(in->name)) ? in->name : one_line(c->a, in->name));
	put(&item->audience, in->audience);
	if (in->team_ids != NULL) {
		e->team_ids = in->team_ids;
		e->team_n = in->team_n;
	}
	if (!str_eq(item->audience, STR("TEAMS")))
		e->team_n = 0;
	if (in->folder_id >= 0)
		item->folder_id = in->folder_id;
	TRY(library_check_name(c, item->name));
	TRY(check_audience(c, e));
	TRY(check_folder(c, item));
	item->name_key = text_fold(c->a, item->name);
	item->handle = str_is_null(own->handle) ? STR("") : text_fold(c->a, own->handle);
	item->words = words_of(c, item, own->text);
	return check_handle(c, kind, item);
}

static enum err tell(struct ctx *c, const struct library_entry *e)
{
	return bus_emit(c, EV_LIBRARY_CHANGED, &(struct event_about){.about_id = e->item.id});
}

enum err desk_library_make(struct ctx *c, enum library_kind kind, const struct library_in *in, const struct library_own *own,
                           struct library_entry *out)
{
	int64_t n;
	TRY(desk_can(c, CAN_EDIT, NULL));
	if (!desk_may_make(c))
		return fail(c, ERR_NOT_ALLOWED, "Only users have a library.");
	TRY(library_lock(c));
	TRY(library_item_count(c, library_kind_name(kind), &n));
	if (n >= MAX_LIBRARY_ITEMS)
		return fail(c, ERR_CONFLICT, "The library has at most %d of these.", MAX_LIBRARY_ITEMS);
	*out = (struct library_entry){
		.item = {.kind = library_kind_name(kind), .audience = STR("PRIVATE"), .user_id = c->who.user_id},
		.may_edit = true,
	};
	TRY(take(c, kind, in, own, out));
	TRY(library_item_insert(c, &out->item));
	TRY(library_team_set(c, out->item.id, out->team_ids, out->team_n));
	return tell(c, out);
}

static enum err not_his(struct ctx *c)
{
	return fail(c, ERR_NOT_ALLOWED, "It is changed by who made it, and by administrators.");
}

enum err desk_library_edit(struct ctx *c, enum library_kind kind, int64_t id, struct library_entry *out)
{
	TRY(library_lock(c));
	TRY(desk_library(c, kind, id, out));
	if (!out->may_edit)
		return not_his(c);
	return out->item.archived_at ? fail(c, ERR_CONFLICT, "It is in the archive: restore it first.") : OK;
}

enum err desk_library_keep(struct ctx *c, const struct library_in *in, const struct library_own *own, struct library_entry *entry)
{
	enum library_kind kind;
	TRY(library_kind_read(c, entry->item.kind, &kind));
	if (in->if_updated_at != 0 && in->if_updated_at != entry->item.updated_at)
		return fail(c, ERR_STALE, "Somebody else changed it meanwhile.");
	/* nobody takes what others use for its owner alone */
	if (str_eq(in->audience, STR("PRIVATE")) && entry->item.user_id != c->who.user_id)
		return fail_field(c, STR("audience"), STR("NOT_ALLOWED"), "Only who made it makes it private.");
	TRY(take(c, kind, in, own, entry));
	TRY(library_item_update(c, &entry->item));
	TRY(library_team_set(c, entry->item.id, entry->team_ids, entry->team_n));
	return tell(c, entry);
}

static enum err set_archived(struct ctx *c, int64_t id, int64_t archived_at)
{
	enum library_kind kind;
	struct library_entry e;
	TRY(library_lock(c));
	TRY(library_load_any(c, id, &kind, &e));
	if (!e.may_edit)
		return not_his(c);
	if ((e.item.archived_at != 0) == (archived_at != 0))
		return OK;
	if (archived_at == 0)
		TRY(check_handle(c, kind, &e.item));
	e.item.archived_at = archived_at;
	TRY(library_item_update(c, &e.item));
	return tell(c, &e);
}

enum err desk_library_archive(struct ctx *c, int64_t id)
{
	return set_archived(c, id, c->now);
}

enum err desk_library_restore(struct ctx *c, int64_t id)
{
	return set_archived(c, id, 0);
}

enum err desk_library_use(struct ctx *c, int64_t id)
{
	enum library_kind kind;
	struct library_entry e;
	TRY(library_lock(c));
	TRY(library_load_any(c, id, &kind, &e));
	if (e.item.archived_at != 0)
		return fail(c, ERR_NOT_FOUND, "resource not found");
	TRY(desk_can(c, CAN_COMMENT, NULL));
	TRY(library_item_use(c, id));
	return tell(c, &e);
}
