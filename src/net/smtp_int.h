#pragma once

#include <curl/curl.h>

#include "net/smtp_call.h"

/* What smtp_call.c and smtp_client.c share. */

enum { SMTP_QUIT_SECONDS = 1 }; /* how long an answer to QUIT is waited for */

struct smtp_client {
	struct arena *a;
	CURL *curl;
	struct smtp_config config;
	bool is_loopback;
	bool is_smtps;
};
