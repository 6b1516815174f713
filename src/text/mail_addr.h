#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"

/* Addresses of mail: what strangers write into From and To (RFC 5322 with its obsolete forms, RFC 6532, RFC 2047),
 * and what we may give to an SMTP server (RFC 5321, 6531). Reading is lenient and cannot fail; sending is strict.
 * Linear time, no recursion: a header of 80,000 nested groups, which ends other parsers, is read up to a limit. */

struct arena;

enum {
	MAX_ADDRESSES = 1000,    /* of one list */
	MAX_ADDRESS_COLONS = 1000, /* of one header: groups */
	MAX_ADDRESS_BYTES = 320, /* read; longer ones are left out */
	MAX_SEND_ADDRESS_BYTES = 254,
	MAX_SEND_LOCAL_BYTES = 64,
};

struct mail_addr {
	struct str name;    /* decoded, one line; empty when there is none */
	struct str address; /* local@domain, domain in lower case; the local part is quoted only where it has to be */
};

struct mail_addrs {
	struct mail_addr *list;
	size_t n;
	size_t room_n;
	bool is_cut; /* there were more, or longer ones, than the limits allow */
};

/* Adds the addresses of one header value to *out, which starts zeroed: several To fields make one list. Groups are
 * opened up, comments serve as names where nothing else does, entries without an @ are passed over. */
void mail_addr_parse(struct arena *a, struct str value, struct mail_addrs *out);

/* May this be a recipient of SMTP? Strict: a Mailbox of RFC 5321 section 4.1.2 (with RFC 6531's UTF-8) within its
 * sizes; no blanks, comments, CR, LF or NUL. Says nothing about whether it exists. */
bool mail_addr_is_sendable(struct str address);

/* The address as servers want it: an international domain in its ASCII form (IDNA). The null string when it is not
 * sendable. A local part in UTF-8 stays as it is, and needs a server with SMTPUTF8. */
struct str mail_addr_wire(struct arena *a, struct str address);

/* name <address> for a header, by mail_addr_wire and RFC 2047: no CR, LF or NUL whatever name holds, never a second
 * address. May be folded at any blank. The null string when the address is not sendable. */
struct str mail_addr_format(struct arena *a, struct str name, struct str address);

/* Letter, digit or one of !#$%&'*+-/=?^_`{|}~, or a byte of UTF-8: atext of RFC 5322 with RFC 6532. */
bool mail_addr_is_atext(char byte);
