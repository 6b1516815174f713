/* Which addresses may be called. Every address is held against a list of networks (net/network.h):
 * the registries of special addresses (RFC 6890 and what followed), and of IPv6 all that is not global unicast. An IPv4 address
 * inside of NAT64's prefix (RFC 6052) is judged by itself. */

#include <netinet/in.h>

#include "net/http_call_int.h"

static const struct network internal_v4[] = {
	NETWORK_V4(0, 0, 0, 0, 8),       /* this network; 0.0.0.0 reaches this machine */
	NETWORK_V4(10, 0, 0, 0, 8),      /* private */
	NETWORK_V4(100, 64, 0, 0, 10),   /* shared with a provider; metadata of some clouds */
	NETWORK_V4(127, 0, 0, 0, 8),     /* loopback */
	NETWORK_V4(169, 254, 0, 0, 16),  /* link-local; metadata of most clouds */
	NETWORK_V4(172, 16, 0, 0, 12),   /* private */
	NETWORK_V4(168, 63, 129, 16, 32), /* looks public, and is a cloud's host */
	NETWORK_V4(192, 0, 0, 0, 24),    /* protocol assignments */
	NETWORK_V4(192, 0, 2, 0, 24),    /* documentation */
	NETWORK_V4(192, 88, 99, 0, 24),  /* 6to4 relays */
	NETWORK_V4(192, 168, 0, 0, 16),  /* private */
	NETWORK_V4(198, 18, 0, 0, 15),   /* benchmarks */
	NETWORK_V4(198, 51, 100, 0, 24), /* documentation */
	NETWORK_V4(203, 0, 113, 0, 24),  /* documentation */
	NETWORK_V4(224, 0, 0, 0, 4),     /* multicast */
	NETWORK_V4(240, 0, 0, 0, 4),     /* reserved, broadcast */
};

static const struct network global_v6 = {{0x20}, 3}, mapped_v4 = NETWORK_V4(0, 0, 0, 0, 0),
	nat64 = {{0x00, 0x64, 0xff, 0x9b}, 96};
static const struct network internal_v6[] = {
	{{0x20, 0x01, 0x00}, 23},             /* protocol assignments, with Teredo */
	{{0x20, 0x01, 0x0d, 0xb8}, 32},       /* documentation */
	{{0x20, 0x02}, 16},                   /* 6to4: an IPv4 address inside */
	{{0x3f, 0xff, 0x00}, 20},             /* documentation */
};

static bool is_public(const unsigned char address[16])
{
	unsigned char inner[16];
	if (network_has(&mapped_v4, address))
		return !network_any_has(internal_v4, sizeof(internal_v4) / sizeof(internal_v4[0]), address);
	if (network_has(&nat64, address)) {
		address_of_v4(address + 12, inner);
		return is_public(inner);
	}
	return network_has(&global_v6, address) && !network_any_has(internal_v6, sizeof(internal_v6) / sizeof(internal_v6[0]), address);
}

/* Below 1024 live services that could be talked to by accident in what looks like HTTP. */
static bool is_web_port(unsigned port)
{
	return port == 80 || port == 443 || port >= 1024;
}

bool http_guard_lets(const struct http_guard *guard, const struct sockaddr *address)
{
	unsigned char bytes[ADDRESS_BYTES];
	if (!address_of_socket(address, bytes))
		return false;
	unsigned port = ntohs(address->sa_family == AF_INET ? ((const struct sockaddr_in *)(const void *)address)->sin_port
	                                                    : ((const struct sockaddr_in6 *)(const void *)address)->sin6_port);
	if (network_any_has(guard->allowed.nets, guard->allowed.n, bytes))
		return true;
	return is_web_port(port) && is_public(bytes);
}

enum err http_guard_read(struct ctx *c, struct str list, struct http_guard *out)
{
	return network_list_read(c, list, &out->allowed);
}
