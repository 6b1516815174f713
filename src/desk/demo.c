/* What a first visitor sees: a small hotel supplier's desk on an ordinary morning. The mails go the way that every mail goes, so the
 * demo shows nothing that the program does not do. */

#include "desk/seed.h"

#include "base/clock.h"
#include "desk/conversation.h"
#include "desk/demo_int.h"
#include "desk/people.h"

struct demo_mail {
	struct address from;
	struct str subject;
	struct str text;
	int minutes_ago;
	struct str reply; /* of an agent; null: it waits */
};

static const struct demo_mail demo_mails[] = {
	{
		{STR("Aleksandra Wójcik"), STR("a.wojcik@pensjonat-zrodlo.example")},
		STR("Reklamacja: pęknięte filiżanki w przesyłce 20418"),
		STR("Dzień dobry,\n\nwczoraj dotarła do nas przesyłka nr 20418. Z 48 filiżanek siedem jest pękniętych, a karton z jednej "
                    "strony był wgnieciony. Zdjęcia mogę dosłać od razu.\n\nProszę o informację, czy wyślą Państwo brakujące sztuki, czy "
                    "lepiej odliczyć je od faktury. W piątek mamy pełne obłożenie.\n\nPozdrawiam\nAleksandra Wójcik\nPensjonat Źródło"),
		340,
		STR("Dzień dobry Pani Aleksandro,\n\nprzepraszamy za uszkodzoną przesyłkę. Osiem filiżanek wyjdzie od nas jeszcze dziś, "
                    "kurier będzie u Państwa w czwartek przed południem. Zdjęcia prosimy dosłać w odpowiedzi na tę wiadomość.\n\n"
                    "Z pozdrowieniami\nNoor"),
	},
	{
		{STR("Mikko Lahtinen"), STR("mikko.lahtinen@majatalo-kuura.example")},
		STR("Laskun eräpäivä ja uusi laskutusosoite"),
		STR("Hei,\n\nyhtiömme nimi vaihtui kuun alussa, ja lasku 7731 tuli vielä vanhaan osoitteeseen. Voisitteko lähettää sen "
                    "uudelleen osoitteella Majatalo Kuura Oy, Satamakatu 4, 33200 Tampere?\n\nEräpäivä on jo perjantaina, joten tarvitsisimme "
                    "viikon lisää maksuaikaa.\n\nTerveisin\nMikko Lahtinen"),
		205,
		STR_NULL,
	},
	{
		{STR("佐藤 美咲"), STR("misaki.sato@yuki-ryokan.example")},
		STR("タオルの追加注文と納期について"),
		STR("お世話になっております。雪旅館の佐藤です。\n\n先日注文したバスタオル（白・60枚）に、同じものをあと20枚追加できますでしょうか。"
                    "来週の木曜日までに届くと大変助かります。\n\n難しい場合は、先に40枚だけでも発送していただけますと幸いです。\n\n"
                    "どうぞよろしくお願いいたします。\n佐藤 美咲"),
		95,
		STR_NULL,
	},
	{
		{STR("Camille Besson"), STR("camille.besson@auberge-du-lac.example")},
		STR("Distributeur de savon : la pompe se bloque"),
		STR("Bonjour,\n\nnous avons installé vos distributeurs muraux dans vingt-deux chambres en septembre. Sur cinq d'entre eux, la "
                    "pompe se bloque après quelques jours, même après un rinçage à l'eau chaude.\n\nExiste-t-il une pièce de rechange, ou "
                    "faut-il vous renvoyer les appareils ? Nos clients commencent à s'en plaindre à la réception.\n\nBien cordialement,\n"
                    "Camille Besson\nAuberge du Lac"),
		40,
		STR_NULL,
	},
	{
		{STR("Daniel Okafor"), STR("daniel@harbourviewrooms.example")},
		STR("Can we move Friday's delivery to the back entrance?"),
		STR("Hi there,\n\nour front entrance is closed for roof repairs until the 30th, so Friday's pallet has to come through the yard "
                    "on Mill Lane instead. The gate is 2.4 m wide; the driver can ring me on arrival and I will open it.\n\nIs that something "
                    "you can pass on to the carrier, or shall I call them myself?\n\nThanks,\nDaniel"),
		12,
		STR_NULL,
	},
};
enum { DEMO_MAIL_N = sizeof(demo_mails) / sizeof(demo_mails[0]) };

struct demo_work {
	struct user_in agent;
	struct str hash;
	struct actor who; /* the second agent */
	struct receive_in mails[DEMO_MAIL_N];
	struct channel_account account;
};

static enum err make_agent(struct ctx *c, struct demo_work *w)
{
	struct user u;
	struct owner owner;
	TRY(desk_user_create(c, &w->agent, w->hash, &u));
	TRY(owner_by_user(c, u.id, &owner));
	w->who = (struct actor){.kind = ACTOR_USER, .user_id = u.id, .owner_id = owner.id, .role = ROLE_AGENT};
	return OK;
}

static enum err answer(struct ctx *c, struct demo_work *w, int64_t ticket_id, struct str text)
{
	struct message sent;
	const struct actor before = c->who;
	c->who = w->who;
	enum err e = desk_reply(c, &(struct reply_in){.ticket_id = ticket_id, .text = text, .stage_id = STR("2"),
	                                              .client_type = STR("HUBSPOT")}, &sent);
	c->who = before;
	return e;
}

static enum err fill_desk(struct ctx *c, void *arg)
{
	struct demo_work *w = arg;
	int64_t now = c->now;
	struct demo_buyer buyer;
	TRY(make_agent(c, w));
	TRY(demo_records(c, &buyer));
	for (size_t i = 0; i < DEMO_MAIL_N; i++) {
		struct receive_out out;
		c->now = now - MINUTES(demo_mails[i].minutes_ago);
		w->mails[i].account = w->account;
		TRY(desk_receive(c, &w->mails[i], &out));
		c->now += MINUTES(25);
		if (!str_is_null(demo_mails[i].reply))
			TRY(answer(c, w, out.ticket_id, demo_mails[i].reply));
	}
	c->now = now;
	return demo_library(c, w->who.user_id, &buyer);
}

static enum err find_account(struct ctx *c, void *arg)
{
	struct demo_work *w = arg;
	struct channel_account *accounts;
	size_t n;
	TRY(desk_channel_account_list(c, &accounts, &n));
	if (n == 0)
		return fail(c, ERR_NOT_FOUND, "there is no inbox");
	w->account = accounts[0];
	return OK;
}

enum err desk_demo(struct ctx *c, struct str password)
{
	struct demo_work w = {.agent = {.password = password,
	                                .first_name = STR("Noor"),
	                                .last_name = STR("Haddad"),
	                                .role = ROLE_AGENT}};
	TRY(c->run->read(c->run->self, c, find_account, &w));
	struct str domain = w.account.address;
	str_cut(&domain, STR("@"));
	w.agent.email = str_cat(c->a, STR("noor@"), domain);
	const struct address to = {STR("Support"), w.account.address};
	TRY(desk_user_check(c, &w.agent, &w.hash));
	for (size_t i = 0; i < DEMO_MAIL_N; i++) {
		w.mails[i] = (struct receive_in){
			.from = demo_mails[i].from,
			.to = &to,
			.to_n = 1,
			.envelope_address = w.account.address,
			.subject = demo_mails[i].subject,
			.text = demo_mails[i].text,
			.mail_id = str_fmt(c->a, "demo-%zu@bellhop.invalid", i + 1),
		};
		TRY(desk_receive_prepare(c, &w.mails[i]));
	}
	return c->run->write(c->run->self, c, fill_desk, &w);
}
