/* Booking pages, bookings and working hours. */

#include "api/describe_int.h"

/* clang-format off */
static const struct model_field page_fields[] = {
	NEED("id", "id", ""),
	NEED("slug", "string", "of its address"),
	NEED("url", "string", "where customers book; with ticketId: signed for that ticket"),
	NEED("title", "string", ""),
	NEED("description", "string", ""),
	NEED("location", "string", "where one meets"),
	NEED("confirmation", "string", "what customers read when they have booked"),
	NEED("lengths", "any", "minutes, the shortest first"),
	NEED("bufferBefore", "integer", "minutes that stay free before a meeting"),
	NEED("bufferAfter", "integer", "and behind it"),
	NEED("noticeMinutes", "integer", "no meeting sooner than that"),
	NEED("aheadDays", "integer", "none later than that"),
	NEED("maxPerDay", "integer", "with one agent; 0: any number"),
	NEED("isActive", "boolean", "takes bookings"),
	NEED("userId", "id", "whose it is; of a team's: who made it"),
	MAY("teamId", "id", "the team whose members take turns"),
	NEED("hostName", "string", "the agent or team"),
	NEED("mayEdit", "boolean", "you may change it"),
	NEED("createdAt", "time", ""),
	NEED("updatedAt", "time", ""),
};
static const struct model_field slot_fields[] = {
	NEED("startAt", "time", ""),
	NEED("endAt", "time", ""),
};
static const struct model_field booking_fields[] = {
	NEED("id", "id", ""),
	NEED("bookingPageId", "id", ""),
	NEED("pageTitle", "string", ""),
	NEED("userId", "id", "the agent"),
	NEED("hostName", "string", "his name"),
	NEED("contactId", "id", "who booked"),
	NEED("meetingId", "id", "the meeting among the objects"),
	MAY("ticketId", "id", "the ticket that the link was in"),
	NEED("name", "string", "as who booked gave it"),
	NEED("email", "string", ""),
	NEED("note", "string", ""),
	NEED("timeZone", "string", "of who booked"),
	NEED("startAt", "time", ""),
	NEED("endAt", "time", ""),
	NEED("state", "string", "SCHEDULED, CANCELED"),
	NEED("mayChange", "boolean", "you may move or cancel it"),
	NEED("createdAt", "time", ""),
};
static const struct model_field span_fields[] = {
	NEED("weekday", "integer", "0 is Monday"),
	NEED("fromMinute", "integer", "of the local day"),
	NEED("toMinute", "integer", "may pass 1440: the night belongs to the day it began"),
};
static const struct model_field availability_fields[] = {
	NEED("userId", "id", ""),
	NEED("timeZone", "string", "Europe/Berlin"),
	NEED("hours", "[WorkingHours]", "by weekday"),
	NEED("daysOff", "[string]", "2026-12-24"),
	NEED("isDefault", "boolean", "nothing was set: Monday to Friday, 9:00 to 17:00, in the zone of the account"),
};
static const struct model_field zone_fields[] = {
	NEED("results", "[string]", "by name"),
};
static const struct model models[] = {
	MODEL("BookingPage", "A public page where meetings are booked.", page_fields),
	MODEL("BookingSlot", "A time that is free.", slot_fields),
	MODEL("Booking", "A meeting that a customer booked.", booking_fields),
	MODEL("WorkingHours", "Hours of one day.", span_fields),
	MODEL("Availability", "When an agent works.", availability_fields),
	MODEL("TimeZones", "Zones to choose from.", zone_fields),
};
static const struct description descriptions[] = {
	{"GET /desk/v1/booking-pages",                          "ticketId",                  NO_BODY, "BookingPage", AS_LIST},
	{"POST /desk/v1/booking-pages",                         NULL,                        NO_BODY, "BookingPage", AS_IT_IS},
	{"GET /desk/v1/booking-pages/{bookingPageId}",          "ticketId",                  NO_BODY, "BookingPage", AS_IT_IS},
	{"PATCH /desk/v1/booking-pages/{bookingPageId}",        NULL,                        NO_BODY, "BookingPage", AS_IT_IS},
	{"POST /desk/v1/booking-pages/{bookingPageId}/restore", NULL,                        NO_BODY, "BookingPage", AS_IT_IS},
	{"GET /desk/v1/booking-pages/{bookingPageId}/slots",    "minutes from days",         NO_BODY, "BookingSlot", AS_LIST},
	{"GET /desk/v1/bookings",                               "bookingPageId limit after", NO_BODY, "Booking", AS_LIST},
	{"GET /desk/v1/bookings/{bookingId}/slots",             "from days",                 NO_BODY, "BookingSlot", AS_LIST},
	{"POST /desk/v1/bookings/{bookingId}/cancel",           NULL,                        NO_BODY, "Booking", AS_IT_IS},
	{"POST /desk/v1/bookings/{bookingId}/move",             NULL,                        NO_BODY, "Booking", AS_IT_IS},
	{"GET /desk/v1/availability",                           "userId",                    NO_BODY, "Availability", AS_IT_IS},
	{"PUT /desk/v1/availability",                           "userId",                    NO_BODY, "Availability", AS_IT_IS},
	{"GET /desk/v1/time-zones",                             NULL,                        NO_BODY, "TimeZones", AS_IT_IS},
};
/* clang-format on */

const struct chapter describe_booking = CHAPTER(models, descriptions);
