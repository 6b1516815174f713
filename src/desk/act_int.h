#pragma once

#include "desk/act.h"
#include "store/ticket_act.h"

/* Between act.c and the files of the kinds. A function that does looks at everything before it writes; where it refuses (4xx),
 * nothing is written. */

enum { MAX_ACT_BODY_BYTES = 512 << 10 };

/* Does it to one ticket and says what it takes to undo it. other_out: the other ticket that it is about. */
struct act_done {
	struct str body;
	int64_t other_id;
};
enum err act_set(struct ctx *c, const struct act_in *in, int64_t id, struct act_done *out);
enum err act_close(struct ctx *c, const struct act_in *in, int64_t id, struct act_done *out);
enum err act_set_undo(struct ctx *c, const struct ticket_act_row *row);
enum err act_snooze(struct ctx *c, const struct act_in *in, int64_t id, struct act_done *out);
enum err act_wake(struct ctx *c, const struct act_in *in, int64_t id, struct act_done *out);
enum err act_snooze_undo(struct ctx *c, const struct ticket_act_row *row);
enum err act_spam(struct ctx *c, const struct act_in *in, int64_t id, struct act_done *out);
enum err act_spam_undo(struct ctx *c, const struct ticket_act_row *row);
enum err act_block(struct ctx *c, const struct act_in *in, int64_t id, struct act_done *out);
enum err act_block_undo(struct ctx *c, const struct ticket_act_row *row);
enum err act_delete(struct ctx *c, const struct act_in *in, int64_t id, struct act_done *out);
enum err act_restore(struct ctx *c, const struct act_in *in, int64_t id, struct act_done *out);
enum err act_delete_undo(struct ctx *c, const struct ticket_act_row *row);
enum err act_restore_undo(struct ctx *c, const struct ticket_act_row *row);
enum err act_move(struct ctx *c, const struct act_in *in, int64_t id, struct act_done *out);
enum err act_move_undo(struct ctx *c, const struct ticket_act_row *row);
enum err act_follow(struct ctx *c, const struct act_in *in, int64_t id, struct act_done *out);
enum err act_follow_undo(struct ctx *c, const struct ticket_act_row *row);
enum err act_merge(struct ctx *c, const struct act_in *in, int64_t id, struct act_done *out);
enum err act_merge_undo(struct ctx *c, const struct ticket_act_row *row);
enum err act_split_undo(struct ctx *c, const struct ticket_act_row *row);

/* ERR_BAD_INPUT for what no ticket could be asked for. */
enum err act_check(struct ctx *c, const struct act_in *in);
/* A ticket that may be edited, locked. */
enum err act_ticket(struct ctx *c, int64_t id, struct object *out);
/* The row is written and announced. */
enum err act_ticket_save(struct ctx *c, struct object *ticket);
/* The row of an act that is made outside of desk_act(). */
enum err act_note(struct ctx *c, enum act_kind kind, const struct ticket_act_row *rows, size_t n, int64_t *act_id_out);
/* "It was changed meanwhile." */
enum err act_is_old(struct ctx *c);
/* Both conversations were cut anew: what is on screens of them is old. */
enum err act_threads_changed(struct ctx *c, int64_t ticket_id);
