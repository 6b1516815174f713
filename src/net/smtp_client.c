/* The configuration of a client, checked once, and its life. */

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/check.h"
#include "net/smtp_int.h"

enum { ARENA_BYTES = 64 << 10, MAX_SETTING_BYTES = 4096 };

static size_t on_body(char *bytes, size_t size, size_t n, void *arg)
{
	(void)bytes;
	(void)arg;
	return size * n;
}

/* An address, not a name that only begins like one ("127.0.0.1.example.com"). */
static bool is_loopback(const char *host)
{
	struct in_addr v4;
	if (str_eq_nocase(str_c(host), STR("localhost")) || strcmp(host, "[::1]") == 0)
		return true;
	return inet_pton(AF_INET, host, &v4) == 1 && ntohl(v4.s_addr) >> 24 == IN_LOOPBACKNET;
}

/* Takes the URL apart; only scheme, host and port may be there. */
static bool read_url(struct smtp_client *client, CURLU *url)
{
	char *scheme = NULL, *host = NULL, *other = NULL;
	bool is_good = curl_url_set(url, CURLUPART_URL, client->config.url.p, CURLU_NON_SUPPORT_SCHEME) == CURLUE_OK &&
	               curl_url_get(url, CURLUPART_SCHEME, &scheme, 0) == CURLUE_OK &&
	               curl_url_get(url, CURLUPART_HOST, &host, 0) == CURLUE_OK;
	static const CURLUPart unwanted[] = {CURLUPART_USER, CURLUPART_PASSWORD, CURLUPART_QUERY, CURLUPART_FRAGMENT};
	for (size_t i = 0; is_good && i < sizeof(unwanted) / sizeof(*unwanted); i++) {
		is_good = curl_url_get(url, unwanted[i], &other, 0) != CURLUE_OK;
		curl_free(other);
		other = NULL;
	}
	if (is_good && curl_url_get(url, CURLUPART_PATH, &other, 0) == CURLUE_OK)
		is_good = strcmp(other, "/") == 0;
	client->is_smtps = is_good && strcmp(scheme, "smtps") == 0;
	is_good = is_good && (client->is_smtps || strcmp(scheme, "smtp") == 0);
	client->is_loopback = is_good && is_loopback(host);
	curl_free(scheme);
	curl_free(host);
	curl_free(other);
	return is_good;
}

static enum err setup_url(struct ctx *c, struct smtp_client *client)
{
	CURLU *url = curl_url();
	check(url != NULL);
	bool is_good = read_url(client, url);
	struct str name = client->config.hostname;
	/* libcurl takes the path for our name in EHLO */
	if (is_good && name.n > 0)
		is_good =
			curl_url_set(url, CURLUPART_PATH, str_fmt(c->a, "/" STR_FMT, STR_ARG(name)).p, 0) == CURLUE_OK;
	char *whole = NULL;
	is_good = is_good && curl_url_get(url, CURLUPART_URL, &whole, CURLU_NON_SUPPORT_SCHEME) == CURLUE_OK;
	if (is_good)
		client->config.url = str_dup(client->a, str_c(whole));
	curl_free(whole);
	curl_url_cleanup(url);
	if (!is_good)
		return fail(c, ERR_BAD_INPUT, "smtp: \"" STR_FMT "\" is not smtp://HOST[:PORT] or smtps://HOST[:PORT]",
		            STR_ARG(client->config.url));
	return OK;
}

static enum err copy_setting(struct ctx *c, struct arena *a, struct str *setting, const char *name)
{
	bool is_odd = setting->n > MAX_SETTING_BYTES;
	for (size_t i = 0; i < setting->n; i++)
		is_odd |= (unsigned char)setting->p[i] < ' ';
	if (is_odd)
		return fail(c, ERR_BAD_INPUT, "smtp: the %s is too long or holds control characters", name);
	*setting = str_dup(a, *setting);
	return OK;
}

static enum err client_setup(struct ctx *c, struct smtp_client *client)
{
	struct smtp_config *config = &client->config;
	TRY(copy_setting(c, client->a, &config->url, "URL"));
	TRY(copy_setting(c, client->a, &config->hostname, "host name"));
	TRY(copy_setting(c, client->a, &config->user, "user name"));
	TRY(copy_setting(c, client->a, &config->password, "password"));
	TRY(copy_setting(c, client->a, &config->ca_file, "CA file"));
	if (!str_is_null(config->user) && str_is_null(config->password))
		config->password = STR("");
	if (config->connect_ms <= 0)
		config->connect_ms = SMTP_CONNECT_MS;
	if (config->total_ms <= 0)
		config->total_ms = SMTP_TOTAL_MS;
	return setup_url(c, client);
}

enum err smtp_client_open(struct ctx *c, const struct smtp_config *config, struct smtp_client **out)
{
	struct smtp_client *client = calloc(1, sizeof(*client));
	check(client != NULL);
	client->a = arena_open(ARENA_BYTES);
	client->config = *config;
	enum err e = client_setup(c, client);
	if (e != OK) {
		smtp_client_close(client);
		return e;
	}
	client->curl = curl_easy_init();
	check(client->curl != NULL);
	*out = client;
	return OK;
}

void smtp_client_close(struct smtp_client *client)
{
	if (client == NULL)
		return;
	if (client->curl != NULL) {
		/* the callbacks of the last call are gone by now */
		curl_easy_reset(client->curl);
		curl_easy_setopt(client->curl, CURLOPT_NOSIGNAL, 1L);
		curl_easy_setopt(client->curl, CURLOPT_SERVER_RESPONSE_TIMEOUT, (long)SMTP_QUIT_SECONDS);
		curl_easy_setopt(client->curl, CURLOPT_WRITEFUNCTION, on_body);
		curl_easy_cleanup(client->curl);
	}
	arena_close(client->a);
	free(client);
}
