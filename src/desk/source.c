/* What came in, before it is understood: on disk first, then a row and a job in one transaction; after that the sender may
 * forget it. */

#include "desk/mail.h"

#include "base/arena.h"
#include "base/crypt.h"
#include "bus/event.h"
#include "desk/can.h"
#include "desk/conversation_int.h"
#include "desk/env.h"
#include "store/blob.h"

enum { MAX_HEADER_SCAN_BYTES = 256 << 10 };

/* The value of Message-ID in the head of a raw mail, as it stands there; null when there is none. */
static struct str raw_message_id(struct str head)
{
	for (struct str rest = head; !str_is_null(rest);) {
		struct str line = str_cut(&rest, STR("\n"));
		if (str_starts_nocase(line, STR("message-id:")))
			return str_trim(str_skip(line, 11));
	}
	return STR_NULL;
}

static struct str split_head(struct str raw, struct str *body)
{
	ptrdiff_t crlf = str_find(raw, STR("\r\n\r\n")), lf = str_find(raw, STR("\n\n"));
	size_t at = crlf >= 0 && (lf < 0 || crlf < lf) ? (size_t)crlf + 4 : lf >= 0 ? (size_t)lf + 2 : raw.n;
	*body = str_skip(raw, at);
	return str_head(raw, at < MAX_HEADER_SCAN_BYTES ? at : MAX_HEADER_SCAN_BYTES);
}

/* The same delivery, over whatever path and however often it is repeated, gives the same key: account, Message-ID and body. The
 * head is left out, because every path adds its own trace lines; without a Message-ID all bytes count. A service that uses
 * one id for different mails is told apart by the body. */
static struct str dedupe_key(struct ctx *c, const struct source_in *in)
{
	struct str body;
	struct str head = split_head(in->raw, &body);
	struct str id = raw_message_id(head);
	struct str hash = crypt_hash_hex(c->a, id.n ? body : in->raw);
	return crypt_hash_hex(c->a, str_fmt(c->a, "%lld\n" STR_FMT "\n" STR_FMT, (long long)in->channel_account_id,
	                                    STR_ARG(id), STR_ARG(hash)));
}

enum err desk_source_store(struct ctx *c, struct source_in *in)
{
	in->dedupe_key = dedupe_key(c, in);
	return blob_put(c, c->env->data_dir, in->raw, &in->blob);
}

enum err desk_source_note(struct ctx *c, const struct source_in *in, int64_t *id_out)
{
	struct mail_source s = {
		.received_at = c->now,
		.channel = in->channel,
		.channel_account_id = in->channel_account_id,
		.return_path = in->return_path,
		.address = in->address,
		.size_bytes = (int64_t)in->raw.n,
		.blob = in->blob,
		.dedupe_key = in->dedupe_key,
		.state = STR("NEW"),
		.is_first_sync = in->is_first_sync,
	};
	bool is_new;
	TRY(blob_hold(c, c->env->data_dir, s.blob, s.size_bytes));
	TRY(mail_source_insert(c, &s, &is_new));
	*id_out = s.id;
	return is_new ? job_add(c, &job_mail_parse, s.id, STR_NULL, 0) : OK;
}

enum err desk_source_load(struct ctx *c, int64_t id, struct mail_source *out)
{
	TRY(desk_can(c, CAN_ADMINISTER, NULL));
	return mail_source_load(c, id, out);
}

enum err desk_source_bytes(struct ctx *c, const struct mail_source *s, struct str *out)
{
	TRY(desk_can(c, CAN_ADMINISTER, NULL));
	return blob_get(c, c->env->data_dir, s->blob, out);
}

enum err desk_source_done(struct ctx *c, struct mail_source *s, struct str state, struct str decision)
{
	bool was_quiet = str_eq(state, STR("DONE")) && str_eq(s->state, STR("NEW"));
	s->state = state;
	s->decision = decision;
	TRY(mail_source_update(c, s));
	if (was_quiet)
		return OK;
	return bus_emit(c, EV_QUARANTINE_CHANGED, &(struct event_about){.about_id = s->id});
}

enum err desk_quarantine_list(struct ctx *c, int64_t before, int64_t limit, struct mail_source **out, size_t *n_out)
{
	struct mail_source *bad, *aside;
	size_t bad_n, aside_n, n = 0;
	TRY(desk_can(c, CAN_ADMINISTER, NULL));
	TRY(mail_source_list(c, STR("QUARANTINED"), before, limit, &bad, &bad_n));
	TRY(mail_source_list(c, STR("SET_ASIDE"), before, limit, &aside, &aside_n));
	struct mail_source *all = NEW_ARRAY(c->a, bad_n + aside_n, struct mail_source);
	for (size_t b = 0, s = 0; b + s < bad_n + aside_n && n < (size_t)limit;) {
		bool take_bad = s == aside_n || (b < bad_n && bad[b].id > aside[s].id);
		all[n++] = take_bad ? bad[b++] : aside[s++];
	}
	*out = all;
	*n_out = n;
	return OK;
}

enum err desk_quarantine_retry(struct ctx *c, int64_t id, struct mail_source *out)
{
	TRY(desk_can(c, CAN_ADMINISTER, NULL));
	TRY(mail_source_load(c, id, out));
	if (str_eq(out->state, STR("DONE")) || str_eq(out->state, STR("NEW")))
		return fail(c, ERR_CONFLICT, "This mail is not in quarantine.");
	/* a body says: as a ticket, even if a machine wrote it */
	struct str body = str_eq(out->state, STR("SET_ASIDE")) ? STR("{\"isForced\":true}") : STR_NULL;
	TRY(desk_source_done(c, out, STR("NEW"), STR_NULL));
	return job_add(c, &job_mail_parse, id, body, 0);
}

enum err desk_account_of_address(struct ctx *c, struct str address, struct channel_account *out)
{
	TRY(account_of_address(c, address, out));
	if (!out->is_active)
		return fail(c, ERR_NOT_FOUND, "resource not found");
	return OK;
}
