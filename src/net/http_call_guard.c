/* Which addresses may be called. Every address becomes 16 bytes, IPv4 as ::ffff:a.b.c.d, and is held against a list of networks:
 * the registries of special addresses (RFC 6890 and what followed), and of IPv6 all that is not global unicast. An IPv4 address
 * inside of NAT64's prefix (RFC 6052) is judged by itself. */

#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>

#include "base/arena.h"
#include "base/num.h"
#include "net/http_call_int.h"

#define V4(a, b, c, d, n) {{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, (a), (b), (c), (d)}, 96 + (n)}

static const struct guard_net internal_v4[] = {
	V4(0, 0, 0, 0, 8),       /* this network; 0.0.0.0 reaches this machine */
	V4(10, 0, 0, 0, 8),      /* private */
	V4(100, 64, 0, 0, 10),   /* shared with a provider; metadata of some clouds */
	V4(127, 0, 0, 0, 8),     /* loopback */
	V4(169, 254, 0, 0, 16),  /* link-local; metadata of most clouds */
	V4(172, 16, 0, 0, 12),   /* private */
	V4(168, 63, 129, 16, 32), /* looks public, and is a cloud's host */
	V4(192, 0, 0, 0, 24),    /* protocol assignments */
	V4(192, 0, 2, 0, 24),    /* documentation */
	V4(192, 88, 99, 0, 24),  /* 6to4 relays */
	V4(192, 168, 0, 0, 16),  /* private */
	V4(198, 18, 0, 0, 15),   /* benchmarks */
	V4(198, 51, 100, 0, 24), /* documentation */
	V4(203, 0, 113, 0, 24),  /* documentation */
	V4(224, 0, 0, 0, 4),     /* multicast */
	V4(240, 0, 0, 0, 4),     /* reserved, broadcast */
};

static const struct guard_net global_v6 = {{0x20}, 3}, mapped_v4 = V4(0, 0, 0, 0, 0),
	nat64 = {{0x00, 0x64, 0xff, 0x9b}, 96};
static const struct guard_net internal_v6[] = {
	{{0x20, 0x01, 0x00}, 23},             /* protocol assignments, with Teredo */
	{{0x20, 0x01, 0x0d, 0xb8}, 32},       /* documentation */
	{{0x20, 0x02}, 16},                   /* 6to4: an IPv4 address inside */
	{{0x3f, 0xff, 0x00}, 20},             /* documentation */
};

static bool is_in(const struct guard_net *net, const unsigned char address[16])
{
	int whole = net->bits / 8, rest = net->bits % 8;
	if (memcmp(net->bytes, address, (size_t)whole) != 0)
		return false;
	unsigned mask = rest == 0 ? 0 : 0xffu << (8 - rest);
	return rest == 0 || (net->bytes[whole] & mask) == (address[whole] & mask);
}

static bool is_in_any(const struct guard_net *nets, size_t n, const unsigned char address[16])
{
	for (size_t i = 0; i < n; i++)
		if (is_in(&nets[i], address))
			return true;
	return false;
}

static void map_v4(const void *v4, unsigned char out[16])
{
	memcpy(out, mapped_v4.bytes, 16);
	memcpy(out + 12, v4, 4);
}

static bool is_public(const unsigned char address[16])
{
	unsigned char inner[16];
	if (is_in(&mapped_v4, address))
		return !is_in_any(internal_v4, sizeof(internal_v4) / sizeof(internal_v4[0]), address);
	if (is_in(&nat64, address)) {
		map_v4(address + 12, inner);
		return is_public(inner);
	}
	return is_in(&global_v6, address) && !is_in_any(internal_v6, sizeof(internal_v6) / sizeof(internal_v6[0]), address);
}

/* Below 1024 live services that could be talked to by accident in what looks like HTTP. */
static bool is_web_port(unsigned port)
{
	return port == 80 || port == 443 || port >= 1024;
}

bool http_guard_lets(const struct http_guard *guard, const struct sockaddr *address)
{
	unsigned char bytes[16];
	unsigned port;
	if (address->sa_family == AF_INET) {
		const struct sockaddr_in *in = (const struct sockaddr_in *)(const void *)address;
		map_v4(&in->sin_addr, bytes);
		port = ntohs(in->sin_port);
	} else if (address->sa_family == AF_INET6) {
		const struct sockaddr_in6 *in6 = (const struct sockaddr_in6 *)(const void *)address;
		memcpy(bytes, &in6->sin6_addr, 16);
		port = ntohs(in6->sin6_port);
	} else {
		return false;
	}
	if (is_in_any(guard->allowed, guard->allowed_n, bytes))
		return true;
	return is_web_port(port) && is_public(bytes);
}

static bool read_net(struct ctx *c, struct str text, struct guard_net *out)
{
	struct in_addr v4;
	int64_t bits = -1;
	struct str rest = text, host = str_cut(&rest, STR("/"));
	const char *name = str_z(c->a, host);
	if (!str_is_null(rest) && (!num_parse_int(rest, &bits) || bits < 0))
		return false;
	if (inet_pton(AF_INET, name, &v4) == 1) {
		map_v4(&v4, out->bytes);
		out->bits = 96 + (int)(bits < 0 ? 32 : bits);
		return bits <= 32;
	}
	out->bits = (int)(bits < 0 ? 128 : bits);
	return bits <= 128 && inet_pton(AF_INET6, name, out->bytes) == 1;
}

enum err http_guard_read(struct ctx *c, struct str list, struct http_guard *out)
{
	*out = (struct http_guard){0};
	for (struct str rest = list; !str_is_null(rest);) {
		struct str part = str_trim(str_cut(&rest, STR(",")));
		if (part.n == 0)
			continue;
		if (out->allowed_n == HTTP_CALL_MAX_ALLOWED)
			return fail(c, ERR_BAD_INPUT, "more than %d networks are allowed", HTTP_CALL_MAX_ALLOWED);
		if (part.n > 64 || !read_net(c, part, &out->allowed[out->allowed_n++]))
			return fail(c, ERR_BAD_INPUT, "\"" STR_FMT "\" is not an address or network like 10.1.0.0/16 or fd00::/8",
			            STR_ARG(str_head(part, 64)));
	}
	return OK;
}
