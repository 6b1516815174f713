/* Keys of records (addresses and domains) are kept with every write; who works where is looked up by them. */

#include "desk/company_match.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/clock.h"
#include "base/num.h"
#include "desk/associate.h"
#include "desk/can.h"
#include "desk/env.h"
#include "desk/object_int.h"
#include "desk/setting.h"
#include "store/record_key.h"
#include "store/setting.h"
#include "text/json.h"
#include "text/json_read.h"

enum { CONTACTS_A_TURN = 50, MAX_SETTING_BYTES = 512 << 10, PRIMARY_COMPANY = 1, MAX_KEYS = 50 };

/* Addresses there tell nothing about where somebody works. */
static const struct str freemail[] = {
	STR("gmail.com"),   STR("googlemail.com"), STR("outlook.com"), STR("hotmail.com"), STR("hotmail.co.uk"), STR("hotmail.fr"),
	STR("hotmail.de"),  STR("live.com"),       STR("msn.com"),     STR("yahoo.com"),   STR("yahoo.co.uk"),   STR("yahoo.co.jp"),
	STR("yahoo.fr"),    STR("yahoo.de"),       STR("ymail.com"),   STR("icloud.com"),  STR("me.com"),        STR("mac.com"),
	STR("aol.com"),     STR("proton.me"),      STR("protonmail.com"), STR("pm.me"),    STR("gmx.com"),       STR("gmx.de"),
	STR("gmx.net"),     STR("gmx.at"),         STR("web.de"),      STR("t-online.de"), STR("freenet.de"),    STR("mail.com"),
	STR("mail.ru"),     STR("yandex.ru"),      STR("yandex.com"),  STR("qq.com"),      STR("163.com"),       STR("126.com"),
	STR("orange.fr"),   STR("wanadoo.fr"),     STR("free.fr"),     STR("laposte.net"), STR("sfr.fr"),        STR("libero.it"),
	STR("wp.pl"),       STR("o2.pl"),          STR("onet.pl"),     STR("interia.pl"),  STR("uol.com.br"),    STR("bol.com.br"),
	STR("terra.com.br"), STR("docomo.ne.jp"),  STR("ezweb.ne.jp"), STR("softbank.ne.jp"), STR("hinet.net"),  STR("comcast.net"),
	STR("verizon.net"), STR("att.net"),        STR("btinternet.com"), STR("zoho.com"), STR("fastmail.com"),  STR("hey.com"),
	STR("tutanota.com"), STR("tuta.io"),       STR("luukku.com"),  STR("kolumbus.fi"), STR("telia.com"),     STR("bluewin.ch"),
};

static bool is_in(const struct str *list, size_t n, struct str value)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(list[i], value))
			return true;
	return false;
}

struct str desk_domain_of(struct ctx *c, struct str text)
{
	struct str rest = str_lower(c->a, str_trim(text));
	int64_t scheme = str_find(rest, STR("://"));
	if (scheme >= 0)
		rest = str_skip(rest, (size_t)scheme + 3);
	rest = str_cut(&rest, STR("/"));
	rest = str_cut(&rest, STR(":"));
	if (str_starts(rest, STR("www.")))
		rest = str_skip(rest, 4);
	bool is_domain = rest.n > 0 && rest.n <= MAX_DOMAIN_BYTES && str_find_byte(rest, '.') > 0 && str_find_byte(rest, ' ') < 0 &&
	                 str_find_byte(rest, '@') < 0;
	return is_domain ? rest : STR("");
}

/* The setting ---------------------------------------------------------------------------------------------------------- */

static enum err load_setting(struct ctx *c, struct company_match *out)
{
	struct str text;
	json_t *value;
	*out = (struct company_match){.is_on = true};
	TRY(setting_load(c, SETTING_COMPANY_MATCH, &text));
	if (text.n == 0)
		return OK;
	TRY(json_parse(c, text, &value));
	const json_t *list = json_object_get(value, "excludedDomains");
	size_t n = json_array_size(list);
	out->is_on = json_get_bool(value, "isOn", true);
	out->excluded = NEW_ARRAY(c->a, n, struct str);
	for (size_t i = 0; i < n; i++)
		out->excluded[out->excluded_n++] = json_text(json_array_get(list, i));
	return OK;
}

enum err desk_company_match(struct ctx *c, struct company_match *out)
{
	TRY(desk_can(c, CAN_ADMINISTER, NULL));
	return load_setting(c, out);
}

enum err desk_company_match_set(struct ctx *c, const struct company_match *in)
{
	struct buf b;
	struct json j;
	TRY(desk_can(c, CAN_ADMINISTER, NULL));
	if (in->excluded_n > MAX_EXCLUDED_DOMAINS)
		return fail_field(c, STR("excludedDomains"), STR("TOO_MANY"), "At most %d domains may be left out.", MAX_EXCLUDED_DOMAINS);
	buf_init(&b, c->a, MAX_SETTING_BYTES);
	json_init(&j, &b);
	json_object_begin(&j);
	json_add_bool(&j, "isOn", in->is_on);
	json_key(&j, "excludedDomains");
	json_array_begin(&j);
	for (size_t i = 0; i < in->excluded_n; i++) {
		struct str domain = desk_domain_of(c, in->excluded[i]);
		if (domain.n == 0)
			return fail_field(c, STR("excludedDomains"), STR("INVALID_DOMAIN"), STR_FMT " is not a domain.",
			                  STR_ARG(str_head(in->excluded[i], 100)));
		json_str(&j, domain);
	}
	json_array_end(&j);
	json_object_end(&j);
	return setting_put(c, SETTING_COMPANY_MATCH, buf_str(&b));
}

/* Keys ----------------------------------------------------------------------------------------------------------------- */

static bool has_keys(const struct write *w)
{
	static const struct str about[] = {STR("email"), STR("hs_additional_emails"), STR("website"), STR("domain"),
	                                   STR("hs_additional_domains")};
	for (size_t i = 0; i < sizeof(about) / sizeof(about[0]); i++)
		if (write_has(w, about[i]))
			return true;
	return false;
}

/* Each part of "a; b, c". */
static struct str next_part(struct str *rest)
{
	size_t n = 0;
	while (n < rest->n && rest->p[n] != ';' && rest->p[n] != ',')
		n++;
	struct str part = str_trim(str_head(*rest, n));
	*rest = n < rest->n ? str_skip(*rest, n + 1) : STR_NULL;
	return part;
}

static enum err put_all(struct ctx *c, struct str kind, struct str list, int64_t id)
{
	size_t n = 0;
	for (struct str rest = list; !str_is_null(rest) && n < MAX_KEYS; n++) {
		struct str part = str_lower(c->a, next_part(&rest));
		struct str value = str_eq(kind, RECORD_KEY_EMAIL) ? part : desk_domain_of(c, part);
		if (value.n > 0)
			TRY(record_key_put(c, kind, value, id));
	}
	return OK;
}

static struct str domain_of_contact(struct ctx *c, const struct write *w)
{
	struct str domain = w->o.unique_key;
	str_cut(&domain, STR("@"));
	domain = desk_domain_of(c, domain);
	bool is_silent = domain.n == 0 || is_in(freemail, sizeof(freemail) / sizeof(freemail[0]), domain);
	return is_silent ? desk_domain_of(c, write_value(c, w, STR("website"))) : domain;
}

/* Only where there is somebody to link: most contacts need no job. */
static enum err match_later(struct ctx *c, const struct object *o, struct str wanted, const struct str *domains, size_t n)
{
	struct company_match setting;
	int64_t *ids;
	size_t found = 0;
	for (size_t i = 0; i < n && found == 0; i++)
		TRY(record_key_find(c, wanted, domains[i], 0, 1, &ids, &found));
	if (found == 0)
		return OK;
	TRY(load_setting(c, &setting));
	return setting.is_on ? job_add(c, &job_company_match, o->id, STR_NULL, 0) : OK;
}

enum err rule_keys(struct ctx *c, const struct write *w)
{
	bool is_contact = w->type->row.id == TYPE_CONTACT;
	struct str kind = is_contact ? RECORD_KEY_CONTACT : RECORD_KEY_COMPANY, *domains;
	size_t n;
	if ((!is_contact && w->type->row.id != TYPE_COMPANY) || !has_keys(w))
		return OK;
	if (!w->is_create)
		TRY(record_key_remove(c, w->o.id));
	if (is_contact) {
		TRY(put_all(c, RECORD_KEY_EMAIL, write_value(c, w, STR("hs_additional_emails")), w->o.id));
		TRY(put_all(c, kind, domain_of_contact(c, w), w->o.id));
	} else {
		TRY(put_all(c, kind, write_value(c, w, STR("domain")), w->o.id));
		TRY(put_all(c, kind, write_value(c, w, STR("hs_additional_domains")), w->o.id));
	}
	TRY(record_key_list(c, w->o.id, kind, MAX_KEYS, &domains, &n));
	return match_later(c, &w->o, is_contact ? RECORD_KEY_COMPANY : RECORD_KEY_CONTACT, domains, n);
}

/* Linking -------------------------------------------------------------------------------------------------------------- */

/* One who has a company, or was put into the bin meanwhile, stays as he is. */
static enum err link_one(struct ctx *c, int64_t contact_id, const struct object *company, struct link_work *work)
{
	struct association *links;
	struct object contact;
	size_t n;
	TRY(object_load_any(c, contact_id, &contact));
	TRY(association_list(c, contact.id, TYPE_COMPANY, 0, 1, &links, &n));
	if (contact.archived_at > 0 || n > 0)
		return OK;
	return desk_associate_also(c, &contact, company, PRIMARY_COMPANY, work);
}

static enum err link_all(struct ctx *c, const int64_t *contact_ids, size_t n, const struct object *company)
{
	struct link_pair *pairs = NEW_ARRAY(c->a, n, struct link_pair);
	struct link_work work = {0};
	for (size_t i = 0; i < n; i++)
		pairs[i] = (struct link_pair){contact_ids[i], company->id};
	TRY(desk_associate_lock(c, pairs, n));
	for (size_t i = 0; i < n; i++)
		TRY(link_one(c, contact_ids[i], company, &work));
	return desk_associate_done(c, &work);
}

static enum err match_contact(struct ctx *c, const struct object *contact, const struct company_match *setting)
{
	struct str *domains;
	struct object company;
	int64_t *ids;
	size_t n, found;
	TRY(record_key_list(c, contact->id, RECORD_KEY_CONTACT, MAX_KEYS, &domains, &n));
	for (size_t i = 0; i < n; i++) {
		if (is_in(setting->excluded, setting->excluded_n, domains[i]))
			continue;
		TRY(record_key_find(c, RECORD_KEY_COMPANY, domains[i], 0, 1, &ids, &found));
		if (found == 0)
			continue;
		TRY(object_load_any(c, ids[0], &company));
		return link_all(c, &contact->id, 1, &company);
	}
	return OK;
}

/* Some of the contacts of a company's domains; a next job does the rest. */
static enum err match_company(struct ctx *c, const struct object *company, const struct company_match *setting, int64_t after)
{
	struct str *domains;
	int64_t *ids, last = 0;
	size_t n, found;
	TRY(record_key_list(c, company->id, RECORD_KEY_COMPANY, MAX_KEYS, &domains, &n));
	for (size_t i = 0; i < n; i++) {
		if (is_in(setting->excluded, setting->excluded_n, domains[i]))
			continue;
		TRY(record_key_find(c, RECORD_KEY_CONTACT, domains[i], after, CONTACTS_A_TURN, &ids, &found));
		TRY(link_all(c, ids, found, company));
		if (found == CONTACTS_A_TURN && (last == 0 || ids[found - 1] < last))
			last = ids[found - 1];
	}
	if (last == 0)
		return OK;
	return job_add(c, &job_company_match, company->id, str_fmt(c->a, "%lld", (long long)last), 0);
}

static enum err match(struct ctx *c, void *arg)
{
	struct job *job = arg;
	struct company_match setting;
	struct object o;
	int64_t after = 0;
	TRY(load_setting(c, &setting));
	enum err e = object_load_any(c, job->about_id, &o);
	if (e == ERR_NOT_FOUND || (e == OK && (o.archived_at > 0 || !setting.is_on))) {
		fail_clear(c);
		return job_finish(c, job);
	}
	TRY(e);
	if (job->body.n > 0 && !num_parse_id(job->body, &after))
		after = 0;
	TRY(o.object_type == TYPE_CONTACT ? match_contact(c, &o, &setting) : match_company(c, &o, &setting, after));
	return job_finish(c, job);
}

static enum err run_match(struct ctx *c, struct job *job)
{
	return c->run->write(c->run->self, c, match, job);
}

const struct job_kind job_company_match = {
	.kind = "desk.company_match",
	.run = run_match,
	.lane = LANE_UPKEEP,
	.tries = 10,
	.back_off_ms = SECONDS(5),
};
