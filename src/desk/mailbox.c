/* Connected IMAP mailboxes. Their passwords are kept encrypted under the key of the data directory, and sent to
 * another machine under TLS only. One program at a time watches a mailbox: it has a lease on it. */

#include "desk/mail.h"

#include "base/crypt.h"
#include "bus/event.h"
#include "desk/can.h"
#include "desk/conversation.h"
#include "desk/env.h"

enum { MAX_HOST_BYTES = 253, MAX_USERNAME_BYTES = 320, MAX_FOLDER_BYTES = 500 };

/* This machine, by an address that no name service can point elsewhere: 127.example.org may be any. */
static bool is_loopback(struct str host)
{
	if (!str_starts(host, STR("127.")))
		return str_eq(host, STR("localhost")) || str_eq(host, STR("::1"));
	for (size_t i = 0; i < host.n; i++)
		if (host.p[i] != '.' && (host.p[i] < '0' || host.p[i] > '9'))
			return false;
	return true;
}

static bool is_host(struct str host)
{
	if (host.n == 0 || host.n > MAX_HOST_BYTES)
		return false;
	for (size_t i = 0; i < host.n; i++) {
		char byte = host.p[i];
		bool is_fine = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
		               (byte >= '0' && byte <= '9') || byte == '.' || byte == '-' || byte == ':' || byte == '_';
		if (!is_fine)
			return false;
	}
	return true;
}

static bool has_control(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] < ' ')
			return true;
	return false;
}

static enum err check_mailbox(struct ctx *c, const struct mailbox_in *in)
{
	bool is_secure = str_eq(in->security, STR("tls")) || str_eq(in->security, STR("starttls"));
	if (!is_host(in->host))
		fail_field(c, STR("host"), STR("INVALID_HOST"), "The host is a name like imap.example.org.");
	if (in->port < 1 || in->port > 65535)
		fail_field(c, STR("port"), STR("INVALID_INTEGER"), "The port is a number from 1 to 65535.");
	if (!is_secure && !str_eq(in->security, STR("none")))
		fail_field(c, STR("security"), STR("INVALID_OPTION"), "The security is one of: tls, starttls, none.");
	if (str_eq(in->security, STR("none")) && !is_loopback(in->host))
		fail_field(
			c, STR("security"), STR("INVALID_OPTION"),
			"Without encryption the password would be readable on the way; only this machine itself may be reached so.");
	if (in->username.n == 0 || in->username.n > MAX_USERNAME_BYTES || has_control(in->username))
		fail_field(c, STR("username"), STR("REQUIRED_FIELD"), "The user name is missing or not valid.");
	if (in->folder.n == 0 || in->folder.n > MAX_FOLDER_BYTES || has_control(in->folder))
		fail_field(c, STR("folder"), STR("REQUIRED_FIELD"),
		           "The folder is missing or not valid; most mailboxes call it INBOX.");
	return c->why.code;
}

static enum err account_of_inbox(struct ctx *c, int64_t inbox_id, struct channel_account *out)
{
	struct channel_account *accounts;
	size_t n;
	TRY(channel_account_list(c, &accounts, &n));
	for (size_t i = 0; i < n; i++)
		if (accounts[i].inbox_id == inbox_id && accounts[i].channel_id == CHANNEL_EMAIL) {
			*out = accounts[i];
			return OK;
		}
	return fail_field(c, STR("inboxId"), STR("NOT_FOUND"), "There is no inbox %lld with an email address.",
	                  (long long)inbox_id);
}

static void fill(struct ctx *c, const struct mailbox_in *in, struct mailbox *m)
{
	m->host = in->host;
	m->port = in->port;
	m->security = in->security;
	m->username = in->username;
	m->folder = in->folder;
	m->ca_file = in->ca_file.n ? in->ca_file : STR_NULL;
	m->is_active = in->is_active;
	m->state = STR("new");
	m->last_error = STR_NULL;
	if (!str_is_null(in->password))
		m->password_sealed = crypt_seal(c->a, c->env->seal_key, in->password);
}

static enum err announce(struct ctx *c, int64_t id)
{
	return bus_emit(c, EV_MAILBOX_CHANGED, &(struct event_about){.about_id = id});
}

enum err desk_mailbox_create(struct ctx *c, const struct mailbox_in *in, struct mailbox *out)
{
	struct channel_account account = {0};
	TRY(desk_can(c, CAN_ADMINISTER, NULL));
	TRY(check_mailbox(c, in));
	if (in->password.n == 0)
		return fail_field(c, STR("password"), STR("REQUIRED_FIELD"), "The password is missing.");
	TRY(account_of_inbox(c, in->inbox_id, &account));
	struct mailbox m = {.channel_account_id = account.id};
	fill(c, in, &m);
	TRY(mailbox_insert(c, &m));
	*out = m;
	return announce(c, m.id);
}

enum err desk_mailbox_load(struct ctx *c, int64_t id, struct mailbox *out)
{
	TRY(desk_can(c, CAN_ADMINISTER, NULL));
	return mailbox_load(c, id, out);
}

enum err desk_mailbox_update(struct ctx *c, int64_t id, const struct mailbox_in *in, struct mailbox *out)
{
	struct mailbox m;
	TRY(desk_mailbox_load(c, id, &m));
	TRY(check_mailbox(c, in));
	bool is_elsewhere =
		!str_eq(m.host, in->host) || !str_eq(m.username, in->username) || !str_eq(m.folder, in->folder);
	fill(c, in, &m);
	if (is_elsewhere)
		m.uid_validity = m.last_uid = 0;
	TRY(mailbox_update(c, &m));
	*out = m;
	return announce(c, id);
}

enum err desk_mailbox_remove(struct ctx *c, int64_t id)
{
	TRY(desk_can(c, CAN_ADMINISTER, NULL));
	TRY(mailbox_remove(c, id));
	return announce(c, id);
}

enum err desk_mailbox_list(struct ctx *c, struct mailbox **out, size_t *n_out)
{
	TRY(desk_can(c, CAN_ADMINISTER, NULL));
	return mailbox_list(c, out, n_out);
}

enum err desk_mailbox_password(struct ctx *c, const struct mailbox *m, struct str *out)
{
	TRY(desk_can(c, CAN_ADMINISTER, NULL));
	if (!crypt_unseal(c->a, c->env->seal_key, m->password_sealed, out))
		return fail(c, ERR_REFUSED,
		            "The stored password was not sealed by the key of this data directory. Enter it again.");
	return OK;
}

enum err desk_mailbox_note(struct ctx *c, int64_t id, struct str state, struct str why)
{
	TRY(mailbox_note_state(c, id, state, why));
	return announce(c, id);
}

enum err desk_mailbox_note_uid(struct ctx *c, int64_t id, int64_t uid_validity, int64_t last_uid)
{
	return mailbox_note_uid(c, id, uid_validity, last_uid);
}

enum err desk_mailbox_lease(struct ctx *c, int64_t id, int64_t held_until, int64_t until, bool *is_mine_out)
{
	return mailbox_lease(c, id, held_until, until, is_mine_out);
}
