#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/str.h"

/* The context of one unit of work (a request, a job, an incoming mail): its memory, its time, who does it, the transaction it
 * runs in, and why it failed. The first parameter of everything above text/. One thread at a time. */

struct arena;
struct ctx;
struct tx;  /* db/: the open transaction and its connection */
struct env; /* desk/env.h: what the running program knows (keys, definitions, public address) */
struct schema; /* desk/schema.h: definitions of types and properties */

/* A piece of work that runs inside one transaction. It may run again from the start after a serialisation failure, so its only
 * effects are rows. */
typedef enum err work_fn(struct ctx *c, void *arg);

/* Who runs work in transactions; cmd/ fills it with db_read and db_write, so that layers which may not see db/ can ask for one.
 * write returns when the commit is on disk. Neither may be called with a transaction open. */
struct runner {
	enum err (*read)(void *self, struct ctx *c, work_fn *fn, void *arg);
	enum err (*write)(void *self, struct ctx *c, work_fn *fn, void *arg);
	void *self;
};

/* Who acts. Everything is decided in desk/can.c from these; nobody else looks at them. */
enum actor_kind {
	ACTOR_NOBODY = 0, /* not signed in */
	ACTOR_SYSTEM,     /* jobs, the command line, the mail channel */
	ACTOR_USER,       /* signed in, or a bearer token that acts for a user */
	ACTOR_APP,        /* a connected program with its developer key: its own webhooks only */
};

enum role {
	ROLE_NONE = 0,
	ROLE_AGENT = 1,
	ROLE_SUPER_ADMIN = 2,
	ROLE_VIEWER = 3, /* sees and comments, changes nothing */
	ROLE_ADMIN = 4,  /* an agent who also changes settings, but not users, tokens and apps */
};

/* What a user is equipped for; super admins need none. */
enum seat {
	SEAT_SERVICE = 0,   /* everything that his role allows */
	SEAT_SALES = 1,     /* sees tickets and comments; works with the other records */
	SEAT_CORE = 2,      /* the same */
	SEAT_VIEW_ONLY = 3, /* changes nothing */
};

struct ticket_access; /* store/access.h */

struct actor {
	enum actor_kind kind;
	int64_t user_id;  /* 0 unless ACTOR_USER */
	int64_t owner_id; /* what hubspot_owner_id holds for this user */
	enum role role;
	enum seat seat;
	bool publishes_articles; /* without administering */
	const struct ticket_access *tickets; /* NULL: all tickets, with all that role and seat allow */
	struct str scopes; /* of a bearer token, comma separated; null: a session, all that the role may */
	int64_t session_id; /* 0 unless signed in by cookie */
	int64_t app_id;     /* 0 unless ACTOR_APP */
	int64_t token_id;   /* of the API token; 0: none */
	int64_t grant_id;   /* of the consent that the token of an app stands on; 0: none */
};

/* One input value that was not accepted. */
struct field_fault {
	struct field_fault *next;
	struct str field;   /* the wire name */
	struct str code;    /* as INVALID_OPTION, PROPERTY_DOESNT_EXIST; may be null */
	struct str message;
};

/* One entry of the error's context: {"ids": ["7"]}. */
struct fail_context {
	struct fail_context *next;
	struct str key;
	struct str value;
};

struct failure {
	enum err code;
	struct str detail; /* for the caller where the failure is his (4xx), for the log where it is ours (5xx) */
	struct str sub_category; /* null: none */
	struct str category; /* where it differs from err_category() */
	struct str policy;       /* the limit that was reached (ERR_TOO_MANY); null: none of the wire's */
	int64_t retry_after_s;   /* 0: as usual for the code */
	struct field_fault *fields; /* in the order they were found */
	struct fail_context *context;
	bool are_properties; /* the fields are properties of an object: the wire lists them in another form */
};

struct ctx {
	struct arena *a;
	int64_t now; /* unix ms; one unit of work has one time */
	struct actor who;
	struct tx *tx; /* NULL outside of a transaction */
	int64_t tx_n;  /* transactions that were opened in this context so far */
	bool tx_may_write;
	const struct runner *run;
	const struct env *env;
	const struct schema *schema; /* what desk/schema.c has looked up for this unit of work … */
	int64_t schema_tx_n;         /* … and the write transaction in which it was the newest */
	struct str request_id; /* in every log line and every error answer */
	struct failure why;
};

/* Records why and returns code: `return fail(c, ERR_TOO_BIG, "subject over %d", MAX);` */
enum err fail(struct ctx *c, enum err code, const char *fmt, ...) __attribute__((format(printf, 3, 4)));

/* Records that the value of one input field is not valid; returns ERR_BAD_INPUT. May be called for several fields in a row. */
enum err fail_field(struct ctx *c, struct str field, struct str code, const char *fmt, ...)
	__attribute__((format(printf, 4, 5)));

/* Adds {key: [value]} to the failure that is being reported; call it before fail(). */
void fail_context(struct ctx *c, struct str key, struct str value);

/* Forgets a failure that was expected and handled. */
void fail_clear(struct ctx *c);

/* Hands an error up unchanged. The only macro that returns. */
#define TRY(call)                        \
	do {                                 \
		enum err try_err_ = (call);      \
		if (try_err_ != OK)              \
			return try_err_;             \
	} while (0)
