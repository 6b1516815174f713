#pragma once

#include <stdbool.h>

#include "base/ctx.h"
#include "desk/quote_sum.h"
#include "job/job.h"
#include "store/object.h"
#include "store/quote.h"
#include "text/quote_paper.h"

/* Quotes: what something costs, as a customer is told, and what he says to it. A quote is an object of the type quotes and its lines are
 * objects of the type line_items that it is linked with, so that the API, history, webhooks and search know them; these verbs write
 * them together.
 *
 *   DRAFT      can be changed, by these verbs and by whoever writes the objects
 *   PUBLISHED  has a number, and a link that nobody can guess. What the customer sees is kept as it is then; the quote, its line items
 *              and the links between them are locked
 *   ACCEPTED   by the customer, for ever
 *   DECLINED   by the customer
 *   EXPIRED    nobody answered in time
 *
 * Publishing a draft makes a version; recalling one that is not accepted makes it a draft again, whose link is dead. */

enum {
	MAX_QUOTE_TITLE_CHARS = 200,
	MAX_QUOTE_TEXT_CHARS = 10000, /* terms, comments, a description of a line */
	MAX_QUOTE_NAME_CHARS = 500,   /* of a line */
	MAX_ANSWER_NAME_CHARS = 200,
	MAX_ANSWER_REASON_CHARS = 2000,
	QUOTE_TOKEN_BYTES = 24,
	QUOTE_MAIL_DAYS = 30, /* that the confirmation of an answer waits for a relay */
	MAX_QUOTE_BODY_BYTES = 16 << 20,
	MAX_QUOTE_PDF_BYTES = 32 << 20,
};

#define QUOTE_DRAFT     STR("DRAFT")
#define QUOTE_PUBLISHED STR("PUBLISHED")
#define QUOTE_ACCEPTED  STR("ACCEPTED")
#define QUOTE_DECLINED  STR("DECLINED")
#define QUOTE_EXPIRED   STR("EXPIRED")
#define QUOTE_RECALLED  STR("RECALLED") /* of a version */

/* With whom it is linked: one of each. */
enum quote_link { QUOTE_CONTACT, QUOTE_COMPANY, QUOTE_DEAL, QUOTE_TICKET, QUOTE_LINK_N };
extern const char *const quote_link_names[QUOTE_LINK_N]; /* "contactId" … */
struct quote_linked {
	int64_t id; /* 0: nobody, or a ticket that the caller may not see */
	struct str label;
};

struct quote {
	struct object object;
	struct str state;
	struct quote_paper paper; /* of a draft as it is now, else as it was published */
	struct str fault; /* why a draft cannot be published; null: it can */
	struct quote_linked links[QUOTE_LINK_N];
	struct quote_version *versions; /* the newest first */
	size_t version_n;
};
enum err desk_quote(struct ctx *c, int64_t id, struct quote *out);

/* What is said of a draft; null strings, and NULL for the lines: stays. Strings of lines: as struct quote_numbers, and empty ones. */
struct quote_in {
	struct str title;
	struct str currency;
	struct str language;
	struct str expires_at; /* as properties take it, or a day, to its end on the desk's clocks; empty: never */
	struct str terms;
	struct str comments;
	int64_t links[QUOTE_LINK_N]; /* -1: stays; 0: none */
	const struct quote_paper_line *lines; /* id 0: a new one. Those that are not named go */
	size_t line_n;
	int64_t if_version; /* 0, or the version that the caller has seen */
};
/* The sender is who does it. ERR_BAD_INPUT names the field. */
enum err desk_quote_create(struct ctx *c, const struct quote_in *in, struct quote *out);
/* ERR_CONFLICT: it is no draft; ERR_STALE. */
enum err desk_quote_update(struct ctx *c, int64_t id, const struct quote_in *in, struct quote *out);
/* ERR_BAD_INPUT: something is missing, or wrong; ERR_CONFLICT: it is no draft. */
enum err desk_quote_publish(struct ctx *c, int64_t id, struct quote *out);
/* ERR_CONFLICT: it is a draft, or accepted. */
enum err desk_quote_recall(struct ctx *c, int64_t id, struct quote *out);
/* The PDF as it is seen now, outside of a transaction. */
enum err desk_quote_pdf(struct ctx *c, int64_t id, struct str *out);
struct str quote_url(struct ctx *c, struct str token);

/* Who has the link ----------------------------------------------------------------------------------------------------------- */

struct quote_seen {
	struct quote_version version;
	struct quote_paper paper;
	struct str state; /* of the version; EXPIRED as soon as its time is over, RECALLED also when the quote was deleted */
};
/* ERR_NOT_FOUND: it is no such link. */
enum err desk_quote_of_token(struct ctx *c, struct str token, struct quote_seen *out);
/* Notes when the customer saw it first, and tells the owner. */
enum err desk_quote_viewed(struct ctx *c, struct str token);
struct quote_answer {
	struct str token;
	bool is_accepted;
	struct str name;
	struct str reason;  /* of declining; may be empty */
	struct str address; /* where it comes from: kept as a keyed hash */
};
/* Once: the same answer again changes nothing, and any other answer to one that is not open any more neither; *out says what holds.
 * ERR_BAD_INPUT: no name. */
enum err desk_quote_answer(struct ctx *c, const struct quote_answer *in, struct quote_seen *out);
/* The PDF of a version: kept, or made anew; outside of a transaction. */
enum err desk_quote_version_pdf(struct ctx *c, const struct quote_version *v, struct str *out);

/* Jobs about a version: its PDF; its time is over; mails that an answer is confirmed by (in channel/mail_quote.c). */
extern const struct job_kind job_quote_pdf, job_quote_expire, job_quote_mail;
struct relay;
struct quote_mail {
	struct quote_seen seen;
	struct str to, to_name;
	struct str from, from_name;
	struct str url;
	struct str mail_id;
	struct str lang;
	bool is_to_buyer;
	bool is_settled; /* there is nothing to send */
};
/* What the job of that body has to send: "buyer" or "owner". */
enum err desk_quote_mail(struct ctx *c, const struct job *job, struct relay *relay, struct quote_mail *out);

/* Within other verbs --------------------------------------------------------------------------------------------------------- */

struct write;
/* Refuses (ERR_CONFLICT) what would change a quote that is no draft, or a line item of one. */
enum err quote_check_write(struct ctx *c, const struct write *w);
enum err quote_check_archive(struct ctx *c, const struct object *o);
enum err quote_check_link(struct ctx *c, const struct object *from, const struct object *to);
