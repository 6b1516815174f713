#pragma once

#include <stdbool.h>

#include "base/ctx.h"
#include "base/shape.h"

/* The people who work with the desk. Every user has an owner: the id that tickets carry is the owner's, the id that messages and
 * actors carry is the user's. */

struct user {
	int64_t id;
	struct str email; /* lower case */
	struct str first_name;
	struct str last_name;
	struct str password_hash;
	int64_t role; /* enum role */
	bool is_active;
	int64_t seat; /* enum seat */
	int64_t ticket_view; /* enum reach (store/access.h), as the next three */
	int64_t ticket_edit;
	int64_t ticket_delete;
	int64_t ticket_communicate;
	bool publishes_articles; /* beside those who administer */
	int64_t created_at;
	int64_t updated_at;
};
extern const struct shape user_shape;

/* ERR_CONFLICT when the email address is taken. */
enum err user_insert(struct ctx *c, struct user *u);
enum err user_load(struct ctx *c, int64_t id, struct user *out);
enum err user_by_email(struct ctx *c, struct str email, struct user *out);
enum err user_update(struct ctx *c, struct user *u);
/* Active users with id > after, by id. */
enum err user_list(struct ctx *c, int64_t after, int64_t limit, struct user **out, size_t *n_out);
/* The same, and those who are gone. */
enum err user_list_all(struct ctx *c, int64_t after, int64_t limit, struct user **out, size_t *n_out);
/* How many are active, and how many of them are super admins. */
enum err user_count(struct ctx *c, int64_t *active_out, int64_t *super_admins_out);
/* The active user with the lowest id who is super admin. */
enum err user_first_admin(struct ctx *c, struct user *out);

/* An owner with the user's name. */
struct owner {
	int64_t id;
	int64_t user_id;
	struct str email;
	struct str first_name;
	struct str last_name;
	int64_t created_at;
	int64_t updated_at;
	int64_t archived_at;
};
extern const struct shape owner_shape;

enum err owner_insert(struct ctx *c, int64_t user_id, int64_t *id_out);
/* archived_at 0: takes tickets again. */
enum err owner_set_archived(struct ctx *c, int64_t user_id, int64_t archived_at);
enum err owner_load(struct ctx *c, int64_t id, struct owner *out);
enum err owner_by_user(struct ctx *c, int64_t user_id, struct owner *out);
/* Owners with id > after, by id; email is null or the one wanted. */
enum err owner_list(struct ctx *c, struct str email, bool is_archived, int64_t after, int64_t limit, struct owner **out,
                    size_t *n_out);
