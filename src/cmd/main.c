/* bellhop: one program with subcommands. Each reads its flags by its table, does its work in one arena, and ends with one clear line
 * and a non-zero status when something is wrong. */

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/crypt.h"
#include "cmd/cmd.h"
#include "text/mime_parse.h"

enum { PROGRAM_ARENA_BYTES = 1 << 30 };

#define OF(member) offsetof(struct options, member)

#define FLAG_DATA   {"data", "DIR", NULL, "the data directory", OF(data), true}
#define FLAG_DB     {"db", "URL", NULL, "postgres://…; without it SQLite lives in the data directory", OF(db), false}

/* clang-format off */
static const struct flag init_flags[] = {
	FLAG_DATA,
	FLAG_DB,
	{"admin-email",    "EMAIL",    NULL, "who may do everything", OF(admin_email), true},
	{"admin-password", "PASSWORD", NULL, "at least 8 characters", OF(admin_password), true},
	{"inbox",          "ADDRESS",  NULL, "the inbox's address; support@ the domain of the admin's email", OF(inbox), false},
	{"demo",           NULL,       NULL, "also a second agent, five tickets in five languages and a small library", OF(demo), false},
};
static const struct flag serve_flags[] = {
	FLAG_DATA,
	FLAG_DB,
	{"http",       "HOST:PORT",        "127.0.0.1:8080", "where browsers and clients connect", OF(http), false},
	{"lmtp",       "HOST:PORT",        "127.0.0.1:8024", "where the mail server delivers; unix:/path; none: no listener", OF(lmtp), false},
	{"smtp",       "smtp://HOST:PORT", NULL, "the server that outgoing mail is given to; without it the setting counts", OF(smtp), false},
	{"public-url", "URL",              NULL, "how the desk is reached from outside; http:// and the --http address", OF(public_url), false},
	{"rate-10s",    "N",               NULL, "calls that a token may make in ten seconds; without it as many as it likes", OF(rate_10s), false},
	{"rate-day",    "N",               NULL, "calls that a token may make in a day", OF(rate_day), false},
	{"rate-search", "N",               NULL, "searches that all tokens together may make in a second", OF(rate_search), false},
	{"allow-internal", "NETWORKS",     NULL, "internal networks that webhooks and the like may call, as 10.1.0.0/16,::1; none", OF(allow_internal), false},
	{"trusted-proxies", "NETWORKS",    NULL, "proxies whose X-Forwarded-For says who asks, as 127.0.0.1,10.0.0.0/8; none", OF(trusted_proxies), false},
	{"max-upload-mb", "MB",            "512", "how large an uploaded file may be", OF(max_upload_mb), false},
};
static const struct flag token_flags[] = {
	FLAG_DATA,
	FLAG_DB,
	{"user",   "EMAIL",  NULL, "whose rights the token has", OF(user), true},
	{"scopes", "a,b",    "*",  "what it may be used for", OF(scopes), false},
	{"name",   "NAME",   "",   "what it is for", OF(name), false},
};
static const struct flag inbox_flags[] = {
	FLAG_DATA,
	FLAG_DB,
	{"name",  "NAME",    NULL, "what agents call it", OF(name), true},
	{"inbox", "ADDRESS", NULL, "the email address that it answers", OF(inbox), true},
};
static const struct flag user_flags[] = {
	FLAG_DATA,
	FLAG_DB,
	{"email",      "EMAIL",    NULL,    "", OF(email), true},
	{"password",   "PASSWORD", NULL,    "at least 8 characters", OF(password), true},
	{"first-name", "NAME",     "",      "", OF(first_name), false},
	{"last-name",  "NAME",     "",      "", OF(last_name), false},
	{"role",       "ROLE",     "agent", "viewer, agent, admin or super_admin", OF(role), false},
};
static const struct flag invite_flags[] = {
	FLAG_DATA,
	FLAG_DB,
	{"email",      "EMAIL",            NULL, "who is invited", OF(email), true},
	{"http",       "HOST:PORT",        "127.0.0.1:8080", "where the desk is served", OF(http), false},
	{"smtp",       "smtp://HOST:PORT", NULL, "as for serve", OF(smtp), false},
	{"public-url", "URL",              NULL, "how the desk is reached from outside", OF(public_url), false},
};
static const struct flag data_flags[] = {FLAG_DATA, FLAG_DB};

#define FLAGS(table) table, sizeof(table) / sizeof(table[0])

const struct command commands[] = {
	{"init",         "make the database, the default pipeline and one inbox; print an API token on the last line", FLAGS(init_flags), cmd_init},
	{"serve",        "answer browsers, clients and mail servers, until SIGTERM", FLAGS(serve_flags), cmd_serve},
	{"token create", "print a new API token", FLAGS(token_flags), cmd_token_create},
	{"inbox add",    "add an inbox with an email address", FLAGS(inbox_flags), cmd_inbox_add},
	{"user add",     "add a user", FLAGS(user_flags), cmd_user_add},
	{"user invite",  "print the link by which a user sets a password, or mail it where mail can be sent", FLAGS(invite_flags), cmd_user_invite},
	{"migrate",      "bring the database to this version, after taking a copy", FLAGS(data_flags), cmd_migrate},
	{"reindex",      "make the index of words anew, while the desk goes on serving", FLAGS(data_flags), cmd_reindex},
	{"check",        "check the database: statements, invariants, blobs", FLAGS(data_flags), cmd_check},
	{"doctor",       "look for what is missing or wrong around the desk", FLAGS(serve_flags), cmd_doctor},
	{"openapi",      "print the API as OpenAPI 3.1", NULL, 0, cmd_openapi},
	{"routes",       "print the API, one route per line", NULL, 0, cmd_routes},
};
/* clang-format on */
const size_t command_n = sizeof(commands) / sizeof(commands[0]);

static void print_usage(const struct command *cmd)
{
	printf("bellhop %s: %s\n", cmd->name, cmd->help);
	for (size_t i = 0; i < cmd->flag_n; i++) {
		const struct flag *f = &cmd->flags[i];
		printf("  --%s%s%s\n      %s%s%s%s%s\n", f->name, f->value ? " " : "", f->value ? f->value : "",
		       f->help, f->is_required ? " (required)" : "", f->otherwise && f->otherwise[0] ? " [" : "",
		       f->otherwise && f->otherwise[0] ? f->otherwise : "", f->otherwise && f->otherwise[0] ? "]" : "");
	}
}

static void print_help(void)
{
	printf("bellhop: a help desk in one program\n\n");
	for (size_t i = 0; i < command_n; i++)
		printf("  bellhop %-14s %s\n", commands[i].name, commands[i].help);
	printf("  bellhop %-14s %s\n  bellhop %-14s %s\n", "version", "print the version", "help [command]",
	       "this, or the flags of a command");
	printf("\nEvery flag may come from the environment: --public-url is BELLHOP_PUBLIC_URL.\n");
}

/* The command that the words begin with; word_n_out: how many of them name it. */
static const struct command *find_command(int argc, char **argv, int *word_n_out)
{
	for (size_t i = 0; i < command_n; i++) {
		struct str rest = str_c(commands[i].name);
		int n = 0;
		bool is_it = true;
		while (!str_is_null(rest) && is_it) {
			struct str word = str_cut(&rest, STR(" "));
			is_it = n < argc && str_eq(str_c(argv[n]), word);
			n++;
		}
		if (is_it) {
			*word_n_out = n;
			return &commands[i];
		}
	}
	return NULL;
}

static int help(int argc, char **argv)
{
	int n;
	const struct command *cmd = argc > 0 ? find_command(argc, argv, &n) : NULL;
	if (cmd != NULL)
		print_usage(cmd);
	else
		print_help();
	return argc > 0 && cmd == NULL ? 2 : 0;
}

static int run(const struct command *cmd, int argc, char **argv)
{
	struct arena *a = arena_open(PROGRAM_ARENA_BYTES);
	struct ctx c = {.a = a, .now = clock_ms(), .who = {.kind = ACTOR_SYSTEM}};
	struct options o;
	enum err e = options_read(&c, cmd->flags, cmd->flag_n, argc, argv, &o);
	bool is_usage = e != OK;
	if (e == OK)
		e = cmd->run(&c, &o);
	if (e != OK) {
		struct str rest = c.why.detail.n ? c.why.detail : err_sentence(e);
		struct str line = str_cut(&rest, STR("\n")); /* libraries add hints on further lines */
		fprintf(stderr, "bellhop %s: " STR_FMT "\n", cmd->name, STR_ARG(line));
		if (is_usage)
			fprintf(stderr, "bellhop help %s lists the flags\n", cmd->name);
	}
	arena_close(a);
	return e == OK ? 0 : is_usage ? 2 : 1;
}

int main(int argc, char **argv)
{
	int word_n = 0;
	crypt_start();
	mime_start();
	if (argc < 2 || strcmp(argv[1], "help") == 0 || strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0)
		return help(argc > 2 ? argc - 2 : 0, argv + 2);
	if (strcmp(argv[1], "version") == 0 || strcmp(argv[1], "--version") == 0) {
		printf("bellhop %s\n", BELLHOP_VERSION);
		return 0;
	}
	const struct command *cmd = find_command(argc - 1, argv + 1, &word_n);
	if (cmd == NULL) {
		fprintf(stderr, "bellhop: there is no command \"%s\"; `bellhop help` lists them\n", argv[1]);
		return 2;
	}
	for (int i = word_n + 1; i < argc; i++)
		if (strcmp(argv[i], "--help") == 0) {
			print_usage(cmd);
			return 0;
		}
	return run(cmd, argc - 1 - word_n, argv + 1 + word_n);
}
