/* Who asks. A proxy writes behind X-Forwarded-For whom it serves; whatever stood there before is anybody's. So the list is read from its
 * end, over all lines of that name: the first address that is no trusted proxy's is who asks. What is no address ends the list: the last
 * one that was understood counts, and where there is none, the proxy itself. */

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "net/http_serve_int.h"

void http_peer_of_connection(const struct http_serve *s, struct conn *conn, struct MHD_Connection *mhd)
{
	const union MHD_ConnectionInfo *info = MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
	const void *socket = info ? info->client_addr : NULL;
	if (socket == NULL || !address_of_socket(socket, conn->address))
		return;
	address_write(conn->address, conn->peer);
	conn->is_proxy = network_any_has(s->trusted.nets, s->trusted.n, conn->address);
}

/* Several lines of one name are one list (RFC 9110 section 5.3). */
static enum MHD_Result add_line(void *cls, enum MHD_ValueKind kind, const char *name, const char *value)
{
	struct buf *list = cls;
	(void)kind;
	if (value != NULL && str_eq_nocase(str_c(name), STR("X-Forwarded-For"))) {
		buf_lit(list, ",");
		buf_add(list, str_c(value));
	}
	return MHD_YES;
}

/* Takes the last part of a list off; "[::1]:8080" and "10.1.2.3:8080" lose what is not the address. */
static struct str cut_last(struct str *list)
{
	size_t from = list->n;
	while (from > 0 && list->p[from - 1] != ',')
		from--;
	struct str part = str_trim(str_skip(*list, from));
	*list = from > 0 ? str_head(*list, from - 1) : STR_NULL;
	ptrdiff_t colon = str_find_byte(part, ':'), bracket = str_find_byte(part, ']');
	if (part.n > 0 && part.p[0] == '[' && bracket > 0)
		return str_head(str_skip(part, 1), (size_t)bracket - 1);
	bool has_port = colon >= 0 && str_find_byte(str_skip(part, (size_t)colon + 1), ':') < 0;
	return has_port ? str_head(part, (size_t)colon) : part;
}

struct str http_peer_of_call(struct call *k)
{
	const struct network_list *trusted = &k->s->trusted;
	unsigned char address[ADDRESS_BYTES], before[ADDRESS_BYTES];
	struct buf b;
	if (!k->conn->is_proxy)
		return str_c(k->conn->peer);
	buf_init(&b, k->pub.a, 2 * HTTP_HEAD_BYTES);
	MHD_get_connection_values(k->mhd, MHD_HEADER_KIND, add_line, &b);
	memcpy(address, k->conn->address, ADDRESS_BYTES);
	for (struct str list = buf_str(&b); network_any_has(trusted->nets, trusted->n, address);) {
		if (str_is_null(list) || !address_read(cut_last(&list), before))
			break;
		memcpy(address, before, ADDRESS_BYTES);
	}
	char *room = arena_alloc(k->pub.a, INET6_ADDRSTRLEN);
	address_write(address, room);
	return str_c(room);
}
