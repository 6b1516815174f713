#include "text/ical.h"

#include <string.h>

#include "base/arena.h"
#include "base/test.h"

static struct ical_meeting meeting(void)
{
	static const struct ical_person people[] = {{STR("Zoë \"Z\" Müller\r\nATTENDEE:x"), STR("zoe+a@example.org")}};
	return (struct ical_meeting){
		.method = ICAL_REQUEST,
		.uid = STR("booking-7@desk.example.org"),
		.sequence = 3,
		.stamp_ms = 1795254600000, /* 2026-11-21T09:50:00Z */
		.start_ms = 1795512600000,
		.end_ms = 1795514400000,
		.summary = STR("Call; with, a \\ and\nlines"),
		.description = STR("\xe6\x97\xa5\xe6\x9c\xac\xe6\x97\xa5\xe6\x9c\xac\xe6\x97\xa5\xe6\x9c\xac\xe6\x97\xa5\xe6\x9c\xac\xe6\x97\xa5"
	                           "\xe6\x9c\xac\xe6\x97\xa5\xe6\x9c\xac\xe6\x97\xa5\xe6\x9c\xac\xe6\x97\xa5\xe6\x9c\xac\xe6\x97\xa5\xe6\x9c\xac"
	                           "\xe6\x97\xa5\xe6\x9c\xac\xe6\x97\xa5\xe6\x9c\xac\xe6\x97\xa5\xe6\x9c\xac\xe6\x97\xa5\xe6\x9c\xac\xe6\x97\xa5"),
		.location = STR("Room 1"),
		.url = STR("https://desk.example.org/booking/x"),
		.organizer = {STR("Help"), STR("help@example.org")},
		.attendees = people,
		.attendee_n = 1,
	};
}

static void an_invitation_has_what_the_rfc_asks_for(void **state)
{
	struct arena *a = arena_open(1 << 24);
	struct ical_meeting m = meeting();
	const char *text = str_z(a, ical_write(a, &m));
	static const char *const lines[] = {
		"BEGIN:VCALENDAR\r\n", "VERSION:2.0\r\n", "METHOD:REQUEST\r\n", "UID:booking-7@desk.example.org\r\n", "SEQUENCE:3\r\n",
		"DTSTAMP:20261121T095000Z\r\n", "DTSTART:20261124T093000Z\r\n", "DTEND:20261124T100000Z\r\n", "STATUS:CONFIRMED\r\n",
		"SUMMARY:Call\\; with\\, a \\\\ and\\nlines\r\n", "URL:https://desk.example.org/booking/x\r\n",
		"ORGANIZER;CN=\"Help\":mailto:help@example.org\r\n", "END:VEVENT\r\nEND:VCALENDAR\r\n"};
	(void)state;
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++)
		if (!strstr(text, lines[i]))
			fail_msg("%s is not in\n%s", lines[i], text);
	m.method = ICAL_CANCEL;
	text = str_z(a, ical_write(a, &m));
	assert_non_null(strstr(text, "METHOD:CANCEL\r\n"));
	assert_non_null(strstr(text, "STATUS:CANCELLED\r\n"));
	arena_close(a);
}

static void no_line_is_longer_than_75_bytes_none_is_cut_within_a_character_and_none_is_slipped_in(void **state)
{
	struct arena *a = arena_open(1 << 24);
	struct ical_meeting m = meeting();
	struct str rest = ical_write(a, &m);
	size_t attendee_n = 0;
	(void)state;
	while (rest.n > 0) {
		struct str line = str_cut(&rest, STR("\r\n"));
		assert_true(line.n <= 75);
		assert_true(str_find_byte(line, '\r') < 0 && str_find_byte(line, '\n') < 0);
		if (line.n > 1 && line.p[0] == ' ')
			assert_true(((unsigned char)line.p[1] & 0xc0) != 0x80);
		attendee_n += str_starts(line, STR("ATTENDEE"));
	}
	assert_int_equal(attendee_n, 1);
	m.url = STR("https://x/\r\nATTENDEE:mailto:y@z");
	m.uid = STR("7\r\nATTENDEE:mailto:y@z");
	assert_int_equal(str_find(ical_write(a, &m), STR("\nATTENDEE:")), -1);
	arena_close(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_invitation_has_what_the_rfc_asks_for),
		cmocka_unit_test(no_line_is_longer_than_75_bytes_none_is_cut_within_a_character_and_none_is_slipped_in),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
