-- When an agent works, for whoever wants a meeting with him: a zone, hours of a week, days off (JSON). Without a row: what desk/availability.h
-- says.
CREATE TABLE availability (
	user_id BIGINT PRIMARY KEY REFERENCES desk_user (id),
	time_zone TEXT NOT NULL,
	hours TEXT NOT NULL,
	days_off TEXT NOT NULL,
	updated_at BIGINT NOT NULL
);

-- A public page where meetings are booked: of an agent, or (team_id not 0) of a team. An archived one keeps its slug.
CREATE TABLE booking_page (
	id @id,
	slug TEXT NOT NULL,
	title TEXT NOT NULL,
	description TEXT NOT NULL,
	lengths TEXT NOT NULL,
	buffer_before BIGINT NOT NULL,
	buffer_after BIGINT NOT NULL,
	notice_minutes BIGINT NOT NULL,
	ahead_days BIGINT NOT NULL,
	max_per_day BIGINT NOT NULL,
	location TEXT NOT NULL,
	confirmation TEXT NOT NULL,
	is_active SMALLINT NOT NULL,
	user_id BIGINT NOT NULL,
	team_id BIGINT NOT NULL,
	created_at BIGINT NOT NULL,
	updated_at BIGINT NOT NULL,
	archived_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX booking_page_by_slug ON booking_page (slug);

-- A meeting that a customer booked with an agent (user_id). busy_from and busy_to are its times with the page's buffers. Who booked stays
-- known here after his contact is another. state: SCHEDULED, CANCELED.
CREATE TABLE booking (
	id @id,
	page_id BIGINT NOT NULL REFERENCES booking_page (id),
	user_id BIGINT NOT NULL REFERENCES desk_user (id),
	contact_id BIGINT NOT NULL,
	meeting_id BIGINT NOT NULL,
	ticket_id BIGINT NOT NULL,
	token TEXT NOT NULL,
	name TEXT NOT NULL,
	email TEXT NOT NULL,
	note TEXT NOT NULL,
	language TEXT NOT NULL,
	time_zone TEXT NOT NULL,
	start_at BIGINT NOT NULL,
	end_at BIGINT NOT NULL,
	busy_from BIGINT NOT NULL,
	busy_to BIGINT NOT NULL,
	sequence BIGINT NOT NULL,
	state TEXT NOT NULL,
	created_at BIGINT NOT NULL,
	updated_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX booking_by_token ON booking (token);
-- nobody meets two people at once, whatever else goes wrong
CREATE UNIQUE INDEX booking_by_start ON booking (user_id, start_at) WHERE state = 'SCHEDULED';
CREATE INDEX booking_upcoming ON booking (start_at, id) WHERE state = 'SCHEDULED';
CREATE INDEX booking_by_page ON booking (page_id, start_at, id);
CREATE INDEX booking_by_user ON booking (user_id, created_at);
CREATE INDEX booking_by_email ON booking (email, start_at);
CREATE INDEX booking_by_contact ON booking (contact_id);
CREATE INDEX booking_by_meeting ON booking (meeting_id);
