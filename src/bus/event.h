#pragma once

#include <stddef.h>
#include <stdint.h>

#include "base/ctx.h"

/* What happened, in the order it happened, written in the transaction of the change: a change without its event, or an event
 * without its change, cannot be. Reactions read events by id and keep the last id they have done; ids never appear behind one
 * that a reader has already seen, on both engines. */

struct sql_table;

enum event_kind {
#define EVENT(name, kind) name,
#include "bus/event.def"
#undef EVENT
	EVENT_KIND_N
};

struct event {
	int64_t id;
	struct str kind;
	int64_t at;
	int64_t user_id;    /* who did it; 0: the desk itself */
	int64_t about_id;   /* the object, mailbox or mail that it is about */
	int64_t ticket_id;  /* 0: none */
	int64_t message_id; /* 0: none */
	struct str body;    /* JSON for readers that need more; may be null */
};

/* What an event is about; members that do not apply stay 0. */
struct event_about {
	int64_t about_id;
	int64_t ticket_id;
	int64_t message_id;
	struct str body;
};

/* The kind's name: "ticket.created". */
struct str event_kind_name(enum event_kind kind);

/* Announces it; wakes the readers of every process when the transaction commits. */
enum err bus_emit(struct ctx *c, enum event_kind kind, const struct event_about *about);

/* Events with id > after, in order. */
enum err bus_list(struct ctx *c, int64_t after, int64_t limit, struct event **out, size_t *n_out);
/* The id of the newest event; 0: none yet. */
enum err bus_newest(struct ctx *c, int64_t *id_out);

/* The id of the oldest event that is kept; 0: none is. */
enum err bus_oldest(struct ctx *c, int64_t *id_out);
/* Removes up to limit of the oldest events, as far as they are from before that time. removed_out says how many. */
enum err bus_sweep(struct ctx *c, int64_t before, int64_t limit, int64_t *removed_out);

extern const struct sql_table event_sql;
