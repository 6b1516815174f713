#include "net/network.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>

#include "base/num.h"

enum { MAX_NETWORK_TEXT = 64 };

static const struct network mapped_v4 = NETWORK_V4(0, 0, 0, 0, 0);

bool network_has(const struct network *net, const unsigned char address[ADDRESS_BYTES])
{
	int whole = net->bits / 8, rest = net->bits % 8;
	if (memcmp(net->bytes, address, (size_t)whole) != 0)
		return false;
	unsigned mask = rest == 0 ? 0 : 0xffu << (8 - rest);
	return rest == 0 || (net->bytes[whole] & mask) == (address[whole] & mask);
}

bool network_any_has(const struct network *nets, size_t n, const unsigned char address[ADDRESS_BYTES])
{
	for (size_t i = 0; i < n; i++)
		if (network_has(&nets[i], address))
			return true;
	return false;
}

void address_of_v4(const void *v4, unsigned char out[ADDRESS_BYTES])
{
	memcpy(out, mapped_v4.bytes, ADDRESS_BYTES);
	memcpy(out + 12, v4, 4);
}

bool address_of_socket(const struct sockaddr *socket, unsigned char out[ADDRESS_BYTES])
{
	if (socket->sa_family == AF_INET)
		address_of_v4(&((const struct sockaddr_in *)(const void *)socket)->sin_addr, out);
	else if (socket->sa_family == AF_INET6)
		memcpy(out, &((const struct sockaddr_in6 *)(const void *)socket)->sin6_addr, ADDRESS_BYTES);
	return socket->sa_family == AF_INET || socket->sa_family == AF_INET6;
}

bool address_read(struct str text, unsigned char out[ADDRESS_BYTES])
{
	char name[MAX_NETWORK_TEXT];
	struct in_addr v4;
	if (text.n >= sizeof(name) || str_find_byte(text, '\0') >= 0)
		return false;
	memcpy(name, text.n ? text.p : "", text.n);
	name[text.n] = '\0';
	if (inet_pton(AF_INET, name, &v4) != 1)
		return inet_pton(AF_INET6, name, out) == 1;
	address_of_v4(&v4, out);
	return true;
}

void address_write(const unsigned char address[ADDRESS_BYTES], char *room)
{
	if (network_has(&mapped_v4, address))
		inet_ntop(AF_INET, address + 12, room, INET6_ADDRSTRLEN);
	else
		inet_ntop(AF_INET6, address, room, INET6_ADDRSTRLEN);
}

static bool read_network(struct str text, struct network *out)
{
	int64_t bits = -1;
	struct str rest = text, host = str_cut(&rest, STR("/"));
	bool is_v4 = str_find_byte(host, ':') < 0;
	if (!str_is_null(rest) && (!num_parse_int(rest, &bits) || bits < 0))
		return false;
	int most = is_v4 ? 32 : 128;
	if (bits > most || !address_read(host, out->bytes))
		return false;
	out->bits = (is_v4 ? 96 : 0) + (bits < 0 ? most : (int)bits);
	return true;
}

enum err network_list_read(struct ctx *c, struct str text, struct network_list *out)
{
	*out = (struct network_list){.n = 0};
	for (struct str rest = text; !str_is_null(rest);) {
		struct str part = str_trim(str_cut(&rest, STR(",")));
		if (part.n == 0)
			continue;
		if (out->n == MAX_NETWORKS)
			return fail(c, ERR_BAD_INPUT, "at most %d networks can be named", MAX_NETWORKS);
		if (!read_network(part, &out->nets[out->n++]))
			return fail(c, ERR_BAD_INPUT, "\"" STR_FMT "\" is not an address or network like 10.1.0.0/16 or fd00::/8",
			            STR_ARG(str_head(part, MAX_NETWORK_TEXT)));
	}
	return OK;
}
