#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/ctx.h"

/* Networks, and who is in them. Every address is 16 bytes, IPv4 as ::ffff:a.b.c.d, so that an IPv4 client of an IPv6 socket is who he
 * is. */

struct sockaddr;

enum { ADDRESS_BYTES = 16, MAX_NETWORKS = 32 };

struct network {
	unsigned char bytes[ADDRESS_BYTES];
	int bits;
};

/* What an operator writes: "127.0.0.1, 10.1.0.0/16, fd00::/8". */
struct network_list {
	struct network nets[MAX_NETWORKS];
	size_t n;
};

#define NETWORK_V4(a, b, c, d, n) {{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, (a), (b), (c), (d)}, 96 + (n)}

/* ERR_BAD_INPUT with a sentence; null and empty are no networks. */
enum err network_list_read(struct ctx *c, struct str text, struct network_list *out);
bool network_has(const struct network *net, const unsigned char address[ADDRESS_BYTES]);
bool network_any_has(const struct network *nets, size_t n, const unsigned char address[ADDRESS_BYTES]);

void address_of_v4(const void *v4, unsigned char out[ADDRESS_BYTES]);
/* Of AF_INET and AF_INET6; false: of something else. */
bool address_of_socket(const struct sockaddr *socket, unsigned char out[ADDRESS_BYTES]);
/* "10.1.2.3", "::1"; false: it is no address. */
bool address_read(struct str text, unsigned char out[ADDRESS_BYTES]);
/* As it is written: room takes INET6_ADDRSTRLEN bytes. */
void address_write(const unsigned char address[ADDRESS_BYTES], char *room);
