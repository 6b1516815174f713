#include "desk/text_token.h"

#include "base/arena.h"
#include "base/buf.h"
#include "desk/associate.h"
#include "desk/object.h"
#include "desk/schema.h"
#include "desk/shown_value.h"
#include "store/user.h"

#define MARK_BEGIN STR("[[MISSING ")
#define MARK_END   STR("]]")

enum { MAX_NAMED_BYTES = 300 };

/* What a token is about --------------------------------------------------------------------------------- */

/* The first object of a type that an object is linked to; id 0: none, or none that may be seen. */
static enum err first_linked(struct ctx *c, const struct object *from, const struct type_def *type, struct object *out)
{
	struct association *links;
	size_t n;
	*out = (struct object){0};
	TRY(desk_association_list(c, from, type->row.id, 0, 1, &links, &n));
	if (n == 0)
		return OK;
	enum err e = desk_object_load(c, type, links[0].to_id, false, out);
	if (e != ERR_NOT_FOUND && e != ERR_NOT_ALLOWED)
		return e;
	fail_clear(c);
	*out = (struct object){0};
	return OK;
}

static enum err contact_of(struct ctx *c, const struct object *about, struct object *out)
{
	const struct type_def *type = schema_type_by_id(c, TYPE_CONTACT);
	*out = (struct object){0};
	if (about->object_type != TYPE_TICKET)
		return first_linked(c, about, type, out);
	if (about->contact_id == 0)
		return OK;
	enum err e = desk_object_load(c, type, about->contact_id, false, out);
	if (e != ERR_NOT_FOUND && e != ERR_NOT_ALLOWED)
		return e;
	fail_clear(c);
	*out = (struct object){0};
	return OK;
}

static enum err company_of(struct ctx *c, const struct object *about, const struct type_def *type, struct object *out)
{
	struct object contact;
	TRY(first_linked(c, about, type, out));
	if (out->id != 0)
		return OK;
	TRY(contact_of(c, about, &contact));
	return contact.id ? first_linked(c, &contact, type, out) : OK;
}

static enum err find_object(struct ctx *c, const struct object *about, struct str word, const struct type_def **type,
                            struct object *out)
{
	TRY(schema_type(c, word, type));
	*out = (struct object){0};
	if ((*type)->row.id == about->object_type) {
		*out = *about;
		return OK;
	}
	if (str_eq(word, STR("ticket"))) /* the mail that is being written has none yet */
		return OK;
	if (str_eq(word, STR("contact")))
		return contact_of(c, about, out);
	if (str_eq(word, STR("company")))
		return company_of(c, about, *type, out);
	return first_linked(c, about, *type, out);
}

/* Values ---------------------------------------------------------------------------------------------------------------- */

static enum err fill_sender(struct ctx *c, struct str property, struct filled_token *t, bool *is_one)
{
	struct user u = {0};
	if (c->who.user_id != 0)
		TRY(user_load(c, c->who.user_id, &u));
	const struct {
		struct str name, label, value;
	} rows[] = {
		{STR("firstname"), STR("First name"), u.first_name},
		{STR("lastname"), STR("Last name"), u.last_name},
		{STR("email"), STR("Email"), u.email},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (str_eq(rows[i].name, property)) {
			t->label = rows[i].label;
			t->value = rows[i].value;
			*is_one = true;
		}
	return OK;
}

static bool is_object_word(struct str word)
{
	return str_eq(word, STR("contact")) || str_eq(word, STR("company")) || str_eq(word, STR("deal")) ||
	       str_eq(word, STR("ticket"));
}

static enum err fill(struct ctx *c, const struct object *about, struct str name, struct filled_token *t, bool *is_one)
{
	const struct type_def *type;
	struct object o;
	struct str property = name;
	struct str word = str_cut(&property, STR("."));
	*is_one = false;
	*t = (struct filled_token){.name = name, .value = STR("")};
	if (str_is_null(property))
		return OK;
	if (str_eq(word, STR("sender")))
		return fill_sender(c, property, t, is_one);
	if (!is_object_word(word))
		return OK;
	TRY(find_object(c, about, word, &type, &o));
	const struct property_def *def = schema_property(type, property);
	if (def == NULL)
		return OK;
	*is_one = true;
	t->label = def->row.label;
	return o.id != 0 ? desk_shown_value(c, &o, def, &t->value) : OK;
}

enum err desk_text_tokens(struct ctx *c, const struct object *about, const struct str *names, size_t n,
                          struct filled_token **out, size_t *n_out)
{
	if (n > MAX_TEXT_TOKENS)
		return fail_field(c, STR("names"), STR("TOO_MANY"), "At most %d tokens at once.", MAX_TEXT_TOKENS);
	struct filled_token *list = NEW_ARRAY(c->a, n, struct filled_token);
	size_t filled_n = 0;
	for (size_t i = 0; i < n; i++) {
		bool is_one;
		TRY(fill(c, about, names[i], &list[filled_n], &is_one));
		filled_n += is_one;
	}
	*out = list;
	*n_out = filled_n;
	return OK;
}

/* Marks ----------------------------------------------------------------------------------------------------------------- */

static bool find_mark(struct str line, struct str *name)
{
	ptrdiff_t at = str_find(line, MARK_BEGIN);
	if (at < 0 || str_starts(str_trim(line), STR(">")))
		return false;
	struct str rest = str_skip(line, (size_t)at + MARK_BEGIN.n);
	ptrdiff_t end = str_find(rest, MARK_END);
	if (end < 1)
		return false;
	*name = str_head(rest, (size_t)end);
	return true;
}

enum err text_token_check(struct ctx *c, struct str text)
{
	struct str rest = text, name;
	while (!str_is_null(rest)) {
		struct str line = str_cut(&rest, STR("\n"));
		if (find_mark(line, &name))
			return fail_field(c, STR("text"), STR("MISSING_TOKEN"), "A value is missing: " STR_FMT ". Fill it in before you send.",
			                  STR_ARG(str_head(name, MAX_NAMED_BYTES)));
	}
	return OK;
}
