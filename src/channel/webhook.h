#pragma once

#include <stdbool.h>

#include "base/ctx.h"

/* Webhooks out: one thread reads events into deliveries, takes what is due, and has up to HTTP_CALL_MAX_IN_FLIGHT requests on
 * their way at once (net/http_call.h), so that a target that hangs holds up nobody but itself. It wakes on commits, and looks
 * every second for what is to be tried again. Requests are signed with the app's secret in the three ways of the wire:
 *
 *   X-HubSpot-Signature     hex SHA-256 of secret + body; X-HubSpot-Signature-Version: v1
 *   X-HubSpot-Signature-v2  hex SHA-256 of secret + method + address + body
 *   X-HubSpot-Signature-v3  base64 HMAC-SHA256, by the secret, of method + address + body + X-HubSpot-Request-Timestamp (ms)
 *
 * Closing gives what is on its way WEBHOOK_DRAIN_MS; what is cut off then is due again at the next start. */

enum { WEBHOOK_DRAIN_MS = 500 };

struct webhooks;

struct webhook_config {
	const struct runner *run;
	const struct env *env;
	bool is_only_process; /* what an earlier process had on its way is due again at once */
};

/* ERR_BAD_INPUT: --allow-internal cannot be read. */
enum err webhook_open(struct ctx *c, const struct webhook_config *config, struct webhooks **out);
/* Something was committed. Any thread. */
void webhook_wake(struct webhooks *w);
/* NULL is allowed. */
void webhook_close(struct webhooks *w);
