/* Comments, following, and what users are told. */

#include "api/describe_int.h"

/* clang-format off */
static const struct model_field mentionable_fields[] = {
	NEED("results", "[Mentionable]", "by name"),
	NEED("isComplete", "boolean", "there are no others, whatever is asked for"),
};
static const struct model_field user_fields[] = {
	NEED("id", "id", "for data-user-id"),
	NEED("name", "string", ""),
	NEED("email", "string", ""),
};
static const struct model_field following_fields[] = {
	NEED("isFollowing", "boolean", "you"),
	NEED("isMuted", "boolean", "you hear nothing of it but that it became yours, and what you asked to be reminded of"),
	MAY("remindAt", "time", "when you asked to be told of it"),
	MAY("reminderNote", "string", "what you wrote to yourself for then"),
	NEED("followers", "[Follower]", "the owner too, unless he said no"),
};
static const struct model_field follower_fields[] = {
	NEED("userId", "id", ""),
	NEED("name", "string", ""),
	NEED("isOwner", "boolean", "follows because the ticket is his"),
};
static const struct model_field notification_fields[] = {
	NEED("id", "id", ""),
	NEED("topic", "string", "why: ASSIGNED, MENTION, REMINDER, REPLY, COMMENT, SHARED, MEETING, FOLLOWED"),
	NEED("happening", "string", "what: COMMENTED, RECEIVED, SENT, ASSIGNED, MOVED, REMINDED, OPENED, MEETING_BOOKED, MEETING_MOVED, MEETING_CANCELED"),
	MAY("stageId", "string", "of MOVED: the stage it came to"),
	MAY("ticketId", "id", ""),
	MAY("itemId", "id", "the item of the library that it is of, instead of a ticket"),
	MAY("itemKind", "string", "document, video"),
	MAY("messageId", "id", "the message or comment"),
	MAY("actorUserId", "id", "the user who did it"),
	MAY("actorName", "string", "who did it"),
	NEED("subject", "string", "of the ticket; name of the item"),
	MAY("excerpt", "string", "how the message begins; your note of a reminder"),
	NEED("isGone", "boolean", "you may not see the ticket any more: nothing else is said of it"),
	NEED("asPopup", "boolean", "shown while one looks at the workspace"),
	NEED("inBrowser", "boolean", "shown by the browser while one does not"),
	NEED("createdAt", "time", ""),
	NEED("isRead", "boolean", ""),
};
static const struct model_field unread_fields[] = {
	NEED("count", "integer", "up to 100"),
	NEED("isCapped", "boolean", "there may be more"),
};
static const struct model_field settings_fields[] = {
	NEED("channels", "any", "what holds for you: {topic: {bell, popup, browser, email}}"),
	NEED("defaults", "any", "what holds for who has chosen nothing"),
	NEED("fixed", "any", "those that cannot be switched off: {topic: [channel]}"),
};
static const struct model_field defaults_fields[] = {
	MAY("ASSIGNED", "any", "{bell, popup, browser, email}: true or false each; what is left out stays"),
	MAY("MENTION", "any", ""),
	MAY("REMINDER", "any", "its bell stays on"),
	MAY("REPLY", "any", ""),
	MAY("COMMENT", "any", ""),
	MAY("SHARED", "any", ""),
	MAY("MEETING", "any", ""),
	MAY("FOLLOWED", "any", ""),
};
static const struct model models[] = {
	MODEL("MentionableList", "Whom one can mention.", mentionable_fields),
	MODEL("Mentionable", "A user who may see the ticket.", user_fields),
	MODEL("Following", "Who follows a ticket.", following_fields),
	MODEL("Follower", "A user who is told of what happens on it.", follower_fields),
	MODEL("Notification", "What you were told.", notification_fields),
	MODEL("UnreadCount", "How many you have not read.", unread_fields),
	MODEL("NotificationSettings", "Which channels are on for which topic.", settings_fields),
	MODEL("NotificationDefaults", "Which channels are on for users who have chosen nothing.", defaults_fields),
};
static const struct description descriptions[] = {
	{"POST /desk/v1/tickets/{ticketId}/comments",   NULL,                             NO_BODY, "TicketMessage", AS_IT_IS},
	{"PATCH /desk/v1/comments/{messageId}",         NULL,                             NO_BODY, "TicketMessage", AS_IT_IS},
	{"DELETE /desk/v1/comments/{messageId}",        NULL,                             NO_BODY, NO_ANSWER},
	{"GET /desk/v1/tickets/{ticketId}/mentionable", "query",                          NO_BODY, "MentionableList", AS_IT_IS},
	{"PUT /desk/v1/tickets/{ticketId}/follow",      NULL,                             NO_BODY, "Following", AS_IT_IS},
	{"DELETE /desk/v1/tickets/{ticketId}/follow",   NULL,                             NO_BODY, "Following", AS_IT_IS},
	{"PUT /desk/v1/tickets/{ticketId}/mute",        NULL,                             NO_BODY, "Following", AS_IT_IS},
	{"DELETE /desk/v1/tickets/{ticketId}/mute",     NULL,                             NO_BODY, "Following", AS_IT_IS},
	{"PUT /desk/v1/tickets/{ticketId}/reminder",    NULL,                             NO_BODY, "Following", AS_IT_IS},
	{"DELETE /desk/v1/tickets/{ticketId}/reminder", NULL,                             NO_BODY, "Following", AS_IT_IS},
	{"GET /desk/v1/notifications",                  "limit before after onlyUnread",  NO_BODY, "Notification", AS_LIST},
	{"GET /desk/v1/notifications/unread",           NULL,                             NO_BODY, "UnreadCount", AS_IT_IS},
	{"POST /desk/v1/notifications/read",            NULL,                             NO_BODY, "UnreadCount", AS_IT_IS},
	{"GET /desk/v1/notification-settings",          NULL,                             NO_BODY, "NotificationSettings", AS_IT_IS},
	{"PUT /desk/v1/notification-defaults",          NULL,                             "NotificationDefaults", AS_IT_IS, "NotificationSettings", AS_IT_IS},
};
/* clang-format on */

const struct chapter describe_notifications = CHAPTER(models, descriptions);
