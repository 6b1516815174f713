#pragma once

#include <stdbool.h>

#include "base/ctx.h"

/* What was done to tickets in one step, to tell it and to take it back: one act, and a row for each ticket it touched. What the
 * bodies hold is the business of desk/act*.c. */

struct ticket_act {
	int64_t id;
	struct str kind;
	int64_t user_id; /* 0: the desk itself */
	int64_t at;
	int64_t undone_at; /* 0: it stands */
};
enum err ticket_act_insert(struct ctx *c, struct ticket_act *act);
/* ERR_NOT_FOUND. */
enum err ticket_act_load(struct ctx *c, int64_t id, struct ticket_act *out);
enum err ticket_act_update(struct ctx *c, struct ticket_act *act);

struct ticket_act_row {
	int64_t act_id;
	int64_t ticket_id;
	int64_t other_id; /* the other ticket of a merge or a split; 0: none */
	struct str body;  /* JSON */
};
enum err ticket_act_row_insert(struct ctx *c, const struct ticket_act_row *row);
/* All of an act, by ticket. */
enum err ticket_act_rows(struct ctx *c, int64_t act_id, struct ticket_act_row **out, size_t *n_out);

/* The acts on a ticket, and those by which others were merged into it or split off from it, newest first. */
struct ticket_act_entry {
	int64_t act_id;
	struct str kind;
	int64_t user_id;
	int64_t at;
	int64_t undone_at;
	int64_t other_id;
	struct str other_label; /* what the other ticket is called; null: there is none */
	struct str body;
	bool is_other; /* the ticket is the other one: into which was merged, from which was split */
};
enum err ticket_act_list(struct ctx *c, int64_t ticket_id, int64_t limit, struct ticket_act_entry **out, size_t *n_out);
/* Merges and splits among them that still stand. */
enum err ticket_act_ties(struct ctx *c, int64_t ticket_id, int64_t limit, struct ticket_act_entry **out, size_t *n_out);
/* Of the ticket itself, of one kind, those that still stand. */
enum err ticket_act_standing(struct ctx *c, int64_t ticket_id, struct str kind, int64_t limit, struct ticket_act_entry **out,
                             size_t *n_out);

/* Those of before that time, up to limit of them. */
enum err ticket_act_sweep(struct ctx *c, int64_t before, int64_t limit, int64_t *removed_out);
