/* The mails that confirm an answer: to the customer who accepted, and to the owner of the quote. */

#include "base/arena.h"
#include "base/clock.h"
#include "desk/account.h"
#include "desk/conversation_int.h"
#include "desk/env.h"
#include "desk/mail.h"
#include "desk/notify.h"
#include "desk/quote_int.h"
#include "store/user.h"
#include "text/mail_addr.h"
#include "text/person_name.h"

static enum err owner_reads(struct ctx *c, const struct object *quote, struct quote_mail *m, bool *wants)
{
	struct owner owner;
	struct notify_matrix matrix;
	TRY(owner_load(c, quote->owner_id, &owner));
	TRY(desk_notify_matrix(c, owner.user_id, &matrix));
	TRY(desk_language_of(c, owner.user_id, &m->lang));
	m->to = owner.email;
	m->to_name = person_name(c->a, owner.first_name, owner.last_name);
	m->url = str_fmt(c->a, STR_FMT "/library/quotes/%lld", STR_ARG(c->env->public_url), (long long)quote->id);
	*wants = owner.archived_at == 0 && matrix.is_on[TOPIC_QUOTE][NOTIFY_EMAIL];
	return OK;
}

static enum err fill(struct ctx *c, const struct job *job, struct relay *relay, struct quote_mail *m)
{
	struct object quote;
	struct channel_account from;
	bool is_wanted = true, is_ours;
	TRY(quote_version_load(c, job->about_id, &m->seen.version));
	TRY(object_load(c, TYPE_QUOTE, m->seen.version.quote_id, &quote));
	TRY(quote_paper_read(c, m->seen.version.body, &m->seen.paper));
	m->seen.state = m->seen.version.state;
	TRY(email_account_in_use(c, &from));
	m->is_to_buyer = str_eq(job->body, STR("buyer"));
	if (m->is_to_buyer) {
		m->to = m->seen.paper.buyer.email;
		m->to_name = m->seen.paper.buyer.name;
		m->url = quote_url(c, m->seen.version.token);
		m->lang = m->seen.paper.lang;
	} else {
		TRY(owner_reads(c, &quote, m, &is_wanted));
	}
	TRY(is_own_address(c, m->to, &is_ours));
	m->from = from.address;
	m->from_name = from.name;
	m->mail_id = str_fmt(c->a, "quote.%lld.%s" STR_FMT, (long long)m->seen.version.id, m->is_to_buyer ? "buyer" : "owner",
	                     STR_ARG(str_skip(from.address, (size_t)str_find_byte(from.address, '@'))));
	bool is_too_late = !relay->is_configured && m->seen.version.answered_at < c->now - DAYS(QUOTE_MAIL_DAYS);
	m->is_settled = is_too_late || !is_wanted || is_ours || !mail_addr_is_sendable(m->to);
	return OK;
}

enum err desk_quote_mail(struct ctx *c, const struct job *job, struct relay *relay, struct quote_mail *out)
{
	struct quote_mail m = {.is_settled = true};
	TRY(desk_relay(c, relay));
	enum err e = fill(c, job, relay, &m);
	if (e == ERR_NOT_FOUND) {
		fail_clear(c); /* the quote is gone, nobody owns it, or there is no address of ours */
		m.is_settled = true;
		e = OK;
	}
	TRY(e);
	*out = m;
	return OK;
}
