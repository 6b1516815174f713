#pragma once

#include "desk/erase.h"
#include "store/thread.h"

/* Between erase.c, which finds what belongs to a person, and erase_text.c, which takes him out of a row. */

struct person {
	int64_t contact_ids[MAX_PERSON_CONTACTS + 1]; /* his contact first, then what was merged into it; none when only an address is known */
	size_t contact_n;
	struct str addresses[MAX_PERSON_ADDRESSES]; /* lower case, each once */
	size_t address_n;
};

void person_add_address(struct ctx *c, struct person *p, struct str address);
bool person_has_address(const struct person *p, struct str address);

/* The text without his addresses; is_other_out says whether there were any. */
struct str erase_text(struct ctx *c, const struct person *p, struct str text, bool *is_other_out);

/* A message of his conversations, or one that he wrote in another one: nothing of it stays. */
enum err erase_whole_message(struct ctx *c, const struct message *m);
/* A message of another conversation. */
enum err erase_in_message(struct ctx *c, const struct person *p, const struct message *m);
/* A ticket of his becomes a shell. */
enum err erase_ticket(struct ctx *c, const struct type_def *t, struct object *ticket);
/* Another object loses his addresses. */
enum err erase_in_object(struct ctx *c, const struct person *p, struct object *o);
