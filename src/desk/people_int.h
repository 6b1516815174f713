#pragma once

#include "desk/people.h"

/* For the files about people in desk/. */

struct bearer;

/* Who a session or token speaks for. */
enum err actor_of_bearer(struct ctx *c, const struct bearer *b, struct actor *out);

/* ERR_BAD_INPUT that names the field. */
enum err people_check_name(struct ctx *c, const char *field, struct str name);
enum err people_check_email(struct ctx *c, struct str email);
enum err people_check_password(struct ctx *c, struct str password);

/* Taken first by everybody who changes users, teams or tokens, so that what is counted (the last super admin, a team's name) stays
 * true until the transaction ends. */
enum err people_lock(struct ctx *c);

/* All sessions of the user, and their streams. */
enum err people_end_sessions(struct ctx *c, int64_t user_id);
