/* The same conversation at once and in pieces must give the same replies and the same mails, and no mail holds a bare CR or LF.
 * The first byte of the input says how long the pieces are. */

#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/check.h"
#include "net/lmtp_proto.h"

enum { MAX_MAIL = 3000, MAX_SAID = 1 << 20, ARENA_BYTES = 8 << 20 };

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

static void take_replies(struct lmtp_proto *p, struct buf *said)
{
	struct str waiting = lmtp_proto_replies(p);
	buf_add(said, waiting);
	lmtp_proto_sent(p, waiting.n);
}

static void answer_mail(struct lmtp_proto *p, struct buf *mails)
{
	const struct lmtp_mail *mail = lmtp_proto_mail(p);
	struct lmtp_reply replies[LMTP_MAX_RECIPIENTS];
	check(mail->recipients_n > 0 && mail->recipients_n <= LMTP_MAX_RECIPIENTS && mail->data.n <= MAX_MAIL);
	buf_add(mails, mail->return_path);
	for (size_t i = 0; i < mail->recipients_n; i++) {
		check(mail->recipients[i].n > 0 && mail->recipients[i].n <= LMTP_MAX_ADDRESS_BYTES);
		buf_add(mails, mail->recipients[i]);
		replies[i] = (struct lmtp_reply){250, "2.0.0", mail->recipients[i]};
	}
	for (size_t i = 0; i < mail->data.n; i++) {
		if (mail->data.p[i] == '\n')
			check(i > 0 && mail->data.p[i - 1] == '\r');
		if (mail->data.p[i] == '\r')
			check(i + 1 < mail->data.n && mail->data.p[i + 1] == '\n');
	}
	buf_add(mails, mail->data);
	lmtp_proto_answer_mail(p, replies);
}

static void converse(struct str input, size_t piece, struct buf *said, struct buf *mails)
{
	struct lmtp_proto *p = lmtp_proto_open(STR("desk.test"), MAX_MAIL);
	enum lmtp_event event = LMTP_MORE;
	while (input.n > 0 && event != LMTP_CLOSE) {
		struct str rest = str_head(input, piece);
		input = str_skip(input, rest.n);
		do {
			rest = str_skip(rest, lmtp_proto_feed(p, rest, &event));
			take_replies(p, said);
			if (event == LMTP_RCPT) {
				bool is_odd = lmtp_proto_asked(p).n & 1;
				struct lmtp_reply reply = {is_odd ? 250 : 550, is_odd ? "2.1.5" : "5.1.1", STR("so")};
				lmtp_proto_answer_rcpt(p, &reply);
			}
			if (event == LMTP_MAIL)
				answer_mail(p, mails);
		} while (event != LMTP_CLOSE && (rest.n > 0 || event != LMTP_MORE));
		take_replies(p, said);
	}
	lmtp_proto_close(p);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	if (n < 1)
		return 0;
	struct str input = {(const char *)bytes + 1, n - 1};
	struct arena *a = arena_open(ARENA_BYTES);
	struct buf said[2], mails[2];
	for (int i = 0; i < 2; i++) {
		buf_init(&said[i], a, MAX_SAID);
		buf_init(&mails[i], a, MAX_SAID);
		converse(input, i == 0 ? input.n : 1u + bytes[0] % 61, &said[i], &mails[i]);
	}
	check(str_eq(buf_str(&said[0]), buf_str(&said[1])));
	check(str_eq(buf_str(&mails[0]), buf_str(&mails[1])));
	arena_close(a);
	return 0;
}
