/* What stands around a record. Every list is bounded and newest first; what the asking user may not see is left out. */

#include "desk/record.h"

#include "base/arena.h"
#include "desk/associate.h"
#include "desk/can.h"

/* The newest that the asking user may see, MAX_LINKED and one more. What he may not see takes no place of theirs. */
static enum err load_visible(struct ctx *c, int64_t from_id, int64_t to_type, struct object *out, size_t *n_out)
{
	int64_t at = INT64_MAX, id = INT64_MAX;
	size_t n, scanned = 0;
	*n_out = 0;
	do {
		struct object *list;
		TRY(record_linked(c, from_id, to_type, at, id, MAX_LINKED + 1, &list, &n));
		for (size_t i = 0; i < n && *n_out <= MAX_LINKED; i++) {
			at = list[i].activity_at, id = list[i].id;
			if (desk_may(c, CAN_VIEW, &list[i]))
				out[(*n_out)++] = list[i];
		}
		scanned += n;
	} while (n > MAX_LINKED && *n_out <= MAX_LINKED && scanned < MAX_LINKED_SCANNED);
	return OK;
}

enum err desk_linked(struct ctx *c, const struct object *from, const struct type_def *to_type, struct linked *out)
{
	*out = (struct linked){0};
	TRY(desk_can(c, CAN_VIEW, from));
	out->objects = NEW_ARRAY(c->a, MAX_LINKED + 1, struct object);
	TRY(load_visible(c, from->id, to_type->row.id, out->objects, &out->n));
	out->has_more = out->n > MAX_LINKED;
	out->n = out->has_more ? MAX_LINKED : out->n;
	return record_labels(c, from->id, to_type->row.id, MAX_LINKED * MAX_TYPES_PER_LINK, &out->labels, &out->label_n);
}

/* Links that came and went --------------------------------------------------------------------------------------------- */

static enum err load_event(struct ctx *c, const struct object *o, struct link_event *e)
{
	int64_t other_id = e->row.from_id == o->id ? e->row.to_id : e->row.from_id;
	enum err found = object_load_any(c, other_id, &e->other);
	if (found == ERR_NOT_FOUND) {
		fail_clear(c);
		e->other = (struct object){0};
	} else {
		TRY(found);
	}
	found = desk_association_type(c, e->row.type_id, &e->type);
	e->is_type_gone = found == ERR_NOT_FOUND;
	if (e->is_type_gone)
		fail_clear(c);
	return e->is_type_gone ? OK : found;
}

enum err desk_link_history(struct ctx *c, const struct object *o, int64_t before, int64_t limit, struct link_event **out,
                           size_t *n_out)
{
	struct link_change_row *rows;
	size_t n;
	TRY(desk_can(c, CAN_VIEW, o));
	TRY(link_change_list(c, o->id, before, limit, &rows, &n));
	*out = NEW_ARRAY(c->a, n, struct link_event);
	for (size_t i = 0; i < n; i++) {
		(*out)[i].row = rows[i];
		TRY(load_event(c, o, &(*out)[i]));
		if (!desk_may(c, CAN_VIEW, &(*out)[i].other))
			(*out)[i].other = (struct object){0};
	}
	*n_out = n;
	return OK;
}

enum err desk_ticket_files(struct ctx *c, const struct object *ticket, struct attachment **out, size_t *n_out)
{
	TRY(desk_can(c, CAN_VIEW, ticket));
	return record_files(c, ticket->id, MAX_FILES_SHOWN, out, n_out);
}
