#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#undef fail     /* ours is a function */
#undef fail_msg /* and cmocka's calls it */
#define fail_msg(...) (print_error(__VA_ARGS__), print_error("\n"), _fail(__FILE__, __LINE__))

#include <netinet/in.h>
#include <pwd.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/clock.h"
#include "net/imap.h"

/* The client against a real Dovecot with a certificate of its own, on free ports, in a directory that goes away. */

enum { START_MS = 15000 };

/* ---- Dovecot ---- */

struct dovecot {
	struct arena *a;
	char dir[32];
	pid_t pid;
	int imap_port, imaps_port;
	struct str ca;
	int mails_n;
};

static int free_port(void)
{
	struct sockaddr_in name = {.sin_family = AF_INET, .sin_addr = {htonl(INADDR_LOOPBACK)}};
	socklen_t n = sizeof(name);
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	assert_int_equal(bind(fd, (struct sockaddr *)&name, sizeof(name)), 0);
	getsockname(fd, (struct sockaddr *)&name, &n);
	close(fd);
	return ntohs(name.sin_port);
}

static void run(struct dovecot *d, const char *command)
{
	if (system(str_fmt(d->a, "cd %s && { %s; } >>out 2>&1", d->dir, command).p) != 0)
		fail_msg("%s", command);
}

/* Dovecot wants to be started as root, with its own users for its processes; anybody else runs everything as himself. */
static void write_config(struct dovecot *d)
{
	bool is_root = geteuid() == 0;
	struct passwd *me = getpwuid(geteuid());
	struct str users = is_root ? STR("") : str_fmt(d->a, "default_login_user = %s\ndefault_internal_user = %s\n"
		"default_internal_group = \n", me->pw_name, me->pw_name);
	FILE *f = fopen(str_fmt(d->a, "%s/dovecot.conf", d->dir).p, "w");
	assert_non_null(f);
	fprintf(f, "protocols = imap\nbase_dir = %s/run\nstate_dir = %s/state\nlog_path = %s/log\n%s", d->dir, d->dir,
	        d->dir, users.p);
	fprintf(f, "ssl = yes\nssl_cert = <%s/cert.pem\nssl_key = <%s/key.pem\ndisable_plaintext_auth = yes\n", d->dir,
	        d->dir);
	fprintf(f, "auth_mechanisms = plain login\nfirst_valid_uid = 1\nfirst_valid_gid = 0\nauth_failure_delay = 0\n");
	fprintf(f, "mail_location = maildir:%s/mail\npassdb {\n driver = static\n args = password=secret\n}\n", d->dir);
	fprintf(f, "userdb {\n driver = static\n args = uid=%u gid=%u home=%s/mail\n}\n", is_root ? 65534 : geteuid(),
	        is_root ? 65534 : getegid(), d->dir);
	fprintf(f, "service imap-login {\n chroot =\n inet_listener imap {\n  address = 127.0.0.1\n  port = %d\n }\n",
	        d->imap_port);
	fprintf(f, " inet_listener imaps {\n  address = 127.0.0.1\n  port = %d\n  ssl = yes\n }\n}\n", d->imaps_port);
	fprintf(f, "service anvil {\n chroot =\n}\nservice stats {\n chroot =\n}\n");
	fclose(f);
}

static bool answers(int port)
{
	struct sockaddr_in to = {
		.sin_family = AF_INET, .sin_port = htons((uint16_t)port), .sin_addr = {htonl(INADDR_LOOPBACK)}};
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	bool is_there = connect(fd, (struct sockaddr *)&to, sizeof(to)) == 0;
	close(fd);
	return is_there;
}

static void dovecot_start(struct dovecot *d)
{
	d->pid = fork();
	if (d->pid == 0) {
		/* a group of its own, to be ended at once; and not to outlive a test that crashes */
		setpgid(0, 0);
		prctl(PR_SET_PDEATHSIG, SIGTERM);
		execl("/usr/sbin/dovecot", "/usr/sbin/dovecot", "-F", "-c", str_fmt(d->a, "%s/dovecot.conf", d->dir).p,
		      (char *)NULL);
		_exit(127);
	}
	int64_t until_ms = clock_monotonic_ms() + START_MS;
	while (!answers(d->imap_port) || !answers(d->imaps_port)) {
		if (clock_monotonic_ms() > until_ms)
			fail_msg("Dovecot does not start, see %s/log", d->dir);
		usleep(50 * 1000);
	}
}

static void dovecot_stop(struct dovecot *d)
{
	kill(-d->pid, SIGTERM);
	waitpid(d->pid, NULL, 0);
}

static bool dovecot_open(struct dovecot *d)
{
	*d = (struct dovecot){.a = arena_open(8 << 20), .dir = "/tmp/imap-test-XXXXXX"};
	if (access("/usr/sbin/dovecot", X_OK) != 0 || access("/usr/bin/openssl", X_OK) != 0) {
		print_message("skipped: no Dovecot\n");
		arena_close(d->a);
		return false;
	}
	assert_non_null(mkdtemp(d->dir));
	chmod(d->dir, 0755);
	d->imap_port = free_port();
	d->imaps_port = free_port();
	d->ca = str_fmt(d->a, "%s/cert.pem", d->dir);
	run(d,
	    "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -keyout key.pem -out cert.pem"
	    " -subj /CN=localhost -addext subjectAltName=DNS:localhost");
	run(d,
	    "mkdir -p run state mail/cur mail/new mail/tmp; if [ $(id -u) = 0 ]; then chown -R 65534:65534 mail; fi");
	write_config(d);
	dovecot_start(d);
	return true;
}

static void dovecot_close(struct dovecot *d)
{
	dovecot_stop(d);
	run(d, "rm -rf run state mail");
	assert_int_equal(system(str_fmt(d->a, "rm -r %s", d->dir).p), 0);
	arena_close(d->a);
}

/* A mail as a delivery agent leaves it: written aside, then moved to new/. */
static void put_mail(struct dovecot *d, struct str raw)
{
	struct str name = str_fmt(d->a, "1700000000.%d.test", ++d->mails_n);
	FILE *f = fopen(str_fmt(d->a, "%s/mail/tmp/%s", d->dir, name.p).p, "w");
	assert_non_null(f);
	assert_int_equal(fwrite(raw.p, 1, raw.n, f), raw.n);
	fclose(f);
	run(d, str_fmt(d->a, "if [ $(id -u) = 0 ]; then chown 65534:65534 mail/tmp/%s; fi; mv mail/tmp/%s mail/new/",
	               name.p, name.p)
	               .p);
}

/* ---- the client ---- */

struct box {
	struct arena *a;
	struct ctx c;
	struct imap_config config;
	struct imap *imap;
	struct imap_state state;
	struct buf got;
	uint32_t last_uid;
	int64_t last_date_ms;
	int n;
};

static void box_open(struct box *b, const struct dovecot *d)
{
	*b = (struct box){.a = arena_open(32 << 20)};
	b->c.a = b->a;
	buf_init(&b->got, b->a, 8 << 20);
	b->config = (struct imap_config){.host = STR("localhost"), .port = d->imaps_port, .security = IMAP_TLS,
	                                 .username = STR("desk@x.test"), .password = STR("secret"), .ca_file = d->ca,
	                                 .idle_ms = 15000, .connect_ms = 10000, .max_message_bytes = 1 << 20};
}

static void box_close(struct box *b)
{
	imap_close(b->imap);
	arena_close(b->a);
}

static enum err take(void *self, const struct imap_mail *mail)
{
	struct box *b = self;
	buf_fmt(&b->got, "[%u:", mail->uid);
	buf_add(&b->got, mail->raw);
	buf_lit(&b->got, "]");
	b->last_uid = mail->uid;
	b->last_date_ms = mail->internal_date_ms;
	b->n++;
	return OK;
}

static void must(struct box *b, enum err e)
{
	if (e != OK)
		fail_msg("%s: " STR_FMT, err_name(e), STR_ARG(b->c.why.detail));
}

static void connect_box(struct box *b)
{
	must(b, imap_open(&b->c, &b->config, -1, &b->imap));
	must(b, imap_select(&b->c, b->imap, &b->state));
}

static void mails_come_whole_and_once(void **state)
{
	(void)state;
	struct dovecot d;
	struct box b;
	if (!dovecot_open(&d))
		return;
	static const struct str mails[] = {
		{"Subject: one\r\n\r\nhello\r\n", 23}, {"Subject: two\r\n\r\n\xff\xc3(\")\\{5}\r\n", 27}, {"no header at all", 16},
	};
	for (size_t i = 0; i < 3; i++)
		put_mail(&d, mails[i]);
	box_open(&b, &d);
	connect_box(&b);
	assert_int_equal(b.state.exists, 3);
	must(&b, imap_fetch_since(&b.c, b.imap, 0, take, &b));
	assert_int_equal(b.n, 3);
	assert_true(str_find(buf_str(&b.got), STR("[1:Subject: one\r\n\r\nhello\r\n]")) >= 0);
	assert_true(str_find(buf_str(&b.got), STR("\r\n\r\n\xff\xc3(\")\\{5}\r\n]")) >= 0);
	assert_true(b.last_date_ms > 1600000000000);
	must(&b, imap_fetch_since(&b.c, b.imap, b.last_uid, take, &b));
	assert_int_equal(b.n, 3);
	/* nothing was marked as read on the server */
	imap_close(b.imap);
	b.imap = NULL;
	run(&d, "! ls mail/cur mail/new | grep ':2,.*S'");
	box_close(&b);
	dovecot_close(&d);
}

static void a_new_mail_is_pushed(void **state)
{
	(void)state;
	struct dovecot d;
	struct box b;
	if (!dovecot_open(&d))
		return;
	box_open(&b, &d);
	connect_box(&b);
	must(&b, imap_fetch_since(&b.c, b.imap, 0, take, &b));
	for (int i = 0; i < 3; i++) {
		pid_t pid = fork();
		if (pid == 0) {
			usleep(300 * 1000);
			put_mail(&d, STR("Subject: pushed\r\n\r\nx\r\n"));
			_exit(0);
		}
		d.mails_n++;
		int64_t begin_ms = clock_monotonic_ms();
		/* Dovecot may speak up once more for the mail before */
		for (int tries = 0; b.n <= i && tries < 3; tries++) {
			must(&b, imap_idle(&b.c, b.imap));
			must(&b, imap_fetch_since(&b.c, b.imap, b.last_uid, take, &b));
		}
		assert_int_equal(b.n, i + 1);
		assert_true(clock_monotonic_ms() - begin_ms < 10000);
		waitpid(pid, NULL, 0);
	}
	box_close(&b);
	dovecot_close(&d);
}

static void a_new_uidvalidity_is_told(void **state)
{
	(void)state;
	struct dovecot d;
	struct box b;
	if (!dovecot_open(&d))
		return;
	put_mail(&d, STR("Subject: one\r\n\r\nhello\r\n"));
	box_open(&b, &d);
	connect_box(&b);
	uint32_t before = b.state.uidvalidity;
	imap_close(b.imap);
	connect_box(&b);
	assert_int_equal(b.state.uidvalidity, before);
	imap_close(b.imap);
	b.imap = NULL;
	sleep(1); /* UIDVALIDITY is a time in seconds */
	run(&d, "rm -f mail/dovecot* mail/.dovecot*");
	connect_box(&b);
	assert_true(b.state.uidvalidity != 0 && b.state.uidvalidity != before);
	box_close(&b);
	dovecot_close(&d);
}

static void logins_and_certificates_are_checked(void **state)
{
	(void)state;
	struct dovecot d;
	struct box b;
	if (!dovecot_open(&d))
		return;
	box_open(&b, &d);
	b.config.password = STR("wrong");
	assert_int_equal(imap_open(&b.c, &b.config, -1, &b.imap), ERR_REFUSED);
	assert_true(str_find(b.c.why.detail, STR("AUTHENTICATIONFAILED")) > 0);

	b.config.password = STR("secret");
	b.config.ca_file = STR_NULL;
	assert_int_equal(imap_open(&b.c, &b.config, -1, &b.imap), ERR_OUTSIDE);
	assert_true(str_find_nocase(b.c.why.detail, STR("certificate")) > 0);

	b.config.ca_file = d.ca;
	b.config.host = STR("127.0.0.1"); /* not in the certificate */
	assert_int_equal(imap_open(&b.c, &b.config, -1, &b.imap), ERR_OUTSIDE);
	assert_true(str_find_nocase(b.c.why.detail, STR("certificate")) > 0);

	b.config.host = STR("localhost");
	b.config.security = IMAP_STARTTLS;
	b.config.port = d.imap_port;
	connect_box(&b);
	imap_close(b.imap);
	b.imap = NULL;

	b.config.folder = STR("Nowhere");
	must(&b, imap_open(&b.c, &b.config, -1, &b.imap));
	assert_int_equal(imap_select(&b.c, b.imap, &b.state), ERR_NOT_FOUND);
	box_close(&b);
	dovecot_close(&d);
}

static void a_server_that_goes_away_is_noticed_and_found_again(void **state)
{
	(void)state;
	struct dovecot d;
	struct box b;
	if (!dovecot_open(&d))
		return;
	put_mail(&d, STR("Subject: one\r\n\r\nhello\r\n"));
	box_open(&b, &d);
	connect_box(&b);
	must(&b, imap_fetch_since(&b.c, b.imap, 0, take, &b));
	dovecot_stop(&d);
	int64_t begin_ms = clock_monotonic_ms();
	assert_int_equal(imap_idle(&b.c, b.imap), ERR_OUTSIDE);
	assert_true(clock_monotonic_ms() - begin_ms < 10000);
	imap_close(b.imap);
	b.imap = NULL;
	assert_int_equal(imap_open(&b.c, &b.config, -1, &b.imap), ERR_OUTSIDE);
	put_mail(&d, STR("Subject: two\r\n\r\nhello\r\n"));
	dovecot_start(&d);
	connect_box(&b);
	must(&b, imap_fetch_since(&b.c, b.imap, b.last_uid, take, &b));
	assert_int_equal(b.n, 2);
	assert_true(str_ends(buf_str(&b.got), STR("[2:Subject: two\r\n\r\nhello\r\n]")));
	box_close(&b);
	dovecot_close(&d);
}

static void a_big_mail_comes_whole_and_a_bigger_one_as_its_header(void **state)
{
	(void)state;
	struct dovecot d;
	struct box b;
	if (!dovecot_open(&d))
		return;
	struct buf big;
	buf_init(&big, d.a, 900 << 10);
	buf_lit(&big, "Subject: big\r\n\r\n");
	while (big.n < 800 << 10)
		buf_lit(&big, "0123456789012345678901234567890123456789012345678901234567890123456789\r\n");
	put_mail(&d, buf_str(&big));
	put_mail(&d, STR("Subject: after\r\n\r\nhello\r\n"));
	box_open(&b, &d);
	connect_box(&b);
	must(&b, imap_fetch_since(&b.c, b.imap, 0, take, &b));
	struct str want =
		str_cat(b.a, str_cat(b.a, STR("[1:"), buf_str(&big)), STR("][2:Subject: after\r\n\r\nhello\r\n]"));
	assert_true(str_eq(buf_str(&b.got), want));
	imap_close(b.imap);
	b.config.max_message_bytes = 1000;
	connect_box(&b);
	buf_init(&b.got, b.a, 1 << 20);
	must(&b, imap_fetch_since(&b.c, b.imap, 0, take, &b));
	assert_string_equal(str_z(b.a, buf_str(&b.got)), "[1:Subject: big\r\n\r\n][2:Subject: after\r\n\r\nhello\r\n]");
	box_close(&b);
	dovecot_close(&d);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(mails_come_whole_and_once),
		cmocka_unit_test(a_new_mail_is_pushed),
		cmocka_unit_test(a_new_uidvalidity_is_told),
		cmocka_unit_test(logins_and_certificates_are_checked),
		cmocka_unit_test(a_server_that_goes_away_is_noticed_and_found_again),
		cmocka_unit_test(a_big_mail_comes_whole_and_a_bigger_one_as_its_header),
	};
	signal(SIGPIPE, SIG_IGN);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
