#include "desk/reply_token.h"

#include <string.h>

#include "base/arena.h"
#include "base/crypt.h"
#include "desk/env.h"

enum { ID_BYTES = 6, MAC_BYTES = 10, MAX_LOCAL_BYTES = 64 };

static ptrdiff_t last_byte(struct str s, char byte)
{
	const char *hit = s.n ? memrchr(s.p, byte, s.n) : NULL;
	return hit ? hit - s.p : -1;
}

/* Where the local part ends. The last @ counts: a quoted local part may hold one. */
static ptrdiff_t at_sign(struct str address)
{
	return last_byte(address, '@');
}

static struct str token_mac(struct ctx *c, struct str id)
{
	struct str purpose = str_cat(c->a, STR("reply-token:"), id);
	return str_head(crypt_mac(c->a, c->env->sign_key, purpose), MAC_BYTES);
}

struct str reply_token_add(struct ctx *c, struct str address, int64_t ticket_id)
{
	ptrdiff_t at = at_sign(address);
	char bytes[ID_BYTES];
	for (int i = 0; i < ID_BYTES; i++)
		bytes[i] = (char)(ticket_id >> (8 * (ID_BYTES - 1 - i)) & 255);
	struct str id = str_dup(c->a, (struct str){bytes, sizeof(bytes)});
	struct str token = crypt_base32(c->a, str_cat(c->a, id, token_mac(c, id)));
	if (at < 1 || ticket_id >> (8 * ID_BYTES) != 0 || (size_t)at + 2 + token.n > MAX_LOCAL_BYTES)
		return address;
	return str_fmt(c->a, STR_FMT "+t" STR_FMT STR_FMT, STR_ARG(str_head(address, (size_t)at)), STR_ARG(token),
	               STR_ARG(str_skip(address, (size_t)at)));
}

struct str reply_token_strip(struct ctx *c, struct str address)
{
	ptrdiff_t at = at_sign(address);
	if (at < 0)
		return address;
	struct str local = str_head(address, (size_t)at);
	ptrdiff_t plus = last_byte(local, '+');
	if (plus < 1)
		return address;
	return str_cat(c->a, str_head(local, (size_t)plus), str_skip(address, (size_t)at));
}

bool reply_token_read(struct ctx *c, struct str address, int64_t *ticket_id_out)
{
	struct str bytes;
	ptrdiff_t at = at_sign(address);
	struct str local = str_head(address, at < 0 ? 0 : (size_t)at);
	ptrdiff_t plus = last_byte(local, '+');
	struct str token = plus < 0 ? STR_NULL : str_skip(local, (size_t)plus + 1);
	if (token.n < 2 || (token.p[0] != 't' && token.p[0] != 'T'))
		return false;
	if (!crypt_from_base32(c->a, str_skip(token, 1), &bytes) || bytes.n != ID_BYTES + MAC_BYTES)
		return false;
	struct str id = str_head(bytes, ID_BYTES);
	if (!crypt_equal(str_skip(bytes, ID_BYTES), token_mac(c, id)))
		return false;
	int64_t ticket_id = 0;
	for (int i = 0; i < ID_BYTES; i++)
		ticket_id = ticket_id << 8 | (unsigned char)id.p[i];
	*ticket_id_out = ticket_id;
	return true;
}
