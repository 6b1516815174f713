/* The whole API on one screen. From this table come matching, 405 answers, authentication and scopes, OpenAPI, `bellhop routes`
 * and the permission tests. */

#include "api/call.h"
#include "api/handlers.h"
#include "api/scope.h"
#include "api/shapes.h"
#include "desk/conversation.h"

#define OBJECTS       "/crm/v3/objects/{objectType}"
#define PROPERTIES    "/crm/v3/properties/{objectType}"
#define PIPELINES     "/crm/v3/pipelines/{objectType}"
#define SCHEMAS       "/crm-object-schemas/v3/schemas"
#define LINKS_V4      "/crm/v4/objects/{objectType}/{objectId}/associations"
#define CONVERSATIONS "/conversations/v3/conversations"

/* clang-format off */
const struct route routes[] = {
	/* method path                                                                    who        flags     run                           takes                gives                  status scope                         help */
	{GET,    OBJECTS,                                                                   P_AGENT,   0,        api_objects_list,             NULL,                NULL,                  200, SCOPE_OF_TYPE,                 "Objects of a type, by id."},
	{POST,   OBJECTS,                                                                   P_AGENT,   R_WRITE,  api_objects_create,           NULL,                NULL,                  201, SCOPE_OF_TYPE,                 "Create an object with properties and associations."},
	{POST,   OBJECTS "/search",                                                         P_AGENT,   R_SLOW,   api_objects_search,           NULL,                NULL,                  200, SCOPE_OF_TYPE,                 "Search: filterGroups, query, sorts; 200 a page, the first 10,000."},
	{GET,    OBJECTS "/{objectId}",                                                     P_AGENT,   0,        api_objects_read,             NULL,                NULL,                  200, SCOPE_OF_TYPE,                 "One object."},
	{PATCH,  OBJECTS "/{objectId}",                                                     P_AGENT,   R_WRITE,  api_objects_update,           NULL,                NULL,                  200, SCOPE_OF_TYPE,                 "Change properties. If-Match: the version that was read."},
	{DELETE, OBJECTS "/{objectId}",                                                     P_AGENT,   R_WRITE,  api_objects_archive,          NULL,                NULL,                  204, SCOPE_OF_TYPE,                 "Into the recycle bin."},
	{POST,  OBJECTS "/batch/create",                                                    P_AGENT,   R_WRITE,  api_batch_create,             NULL,                NULL,                  201, SCOPE_OF_TYPE,                 "Create up to 100."},
	{POST,  OBJECTS "/batch/read",                                                      P_AGENT,   0,        api_batch_read,               NULL,                NULL,                  200, SCOPE_OF_TYPE,                 "Read up to 100 by id or unique property."},
	{POST,  OBJECTS "/batch/update",                                                    P_AGENT,   R_WRITE,  api_batch_update,             NULL,                NULL,                  200, SCOPE_OF_TYPE,                 "Change up to 100."},
	{POST,  OBJECTS "/batch/upsert",                                                    P_AGENT,   R_WRITE,  api_batch_upsert,             NULL,                NULL,                  200, SCOPE_OF_TYPE,                 "Change those that exist by a unique property, create the others."},
	{POST,  OBJECTS "/batch/archive",                                                   P_AGENT,   R_WRITE,  api_batch_archive,            NULL,                NULL,                  204, SCOPE_OF_TYPE,                 "Put up to 100 into the recycle bin."},
	{POST,   OBJECTS "/merge",                                                            P_AGENT,   R_WRITE,  api_objects_merge,            NULL,                NULL,                  200, SCOPE_OF_TYPE,                 "Make two objects one."},
	{GET,    OBJECTS "/{objectId}/associations/{toObjectType}",                         P_AGENT,   0,        api_associations_list_v3,     NULL,                NULL,                  200, SCOPE_OF_TYPE,                 "Linked objects of a type."},
	{PUT,    OBJECTS "/{objectId}/associations/{toObjectType}/{toObjectId}/{associationTypeId}",    P_AGENT, R_WRITE, api_associations_put_v3,    NULL,    NULL,                  200, SCOPE_OF_TYPE,                 "Link two objects."},
	{DELETE, OBJECTS "/{objectId}/associations/{toObjectType}/{toObjectId}/{associationTypeId}",    P_AGENT, R_WRITE, api_associations_remove_v3, NULL,    NULL,                  204, SCOPE_OF_TYPE,                 "Remove one type of link."},

	{GET,    LINKS_V4 "/{toObjectType}",                                                P_AGENT,   0,        api_associations_list,        NULL,                NULL,                  200, SCOPE_OF_TYPE,                 "Linked objects of a type, with the types of each link."},
	{PUT,    LINKS_V4 "/default/{toObjectType}/{toObjectId}",                           P_AGENT,   R_WRITE,  api_associations_put_default, NULL,                NULL,                  200, SCOPE_OF_TYPE,                 "Link two objects without a label."},
	{PUT,    LINKS_V4 "/{toObjectType}/{toObjectId}",                                   P_AGENT,   R_WRITE,  api_associations_put,         NULL,                NULL,                  201, SCOPE_OF_TYPE,                 "Set the labels between two objects."},
	{DELETE, LINKS_V4 "/{toObjectType}/{toObjectId}",                                   P_AGENT,   R_WRITE,  api_associations_remove,      NULL,                NULL,                  204, SCOPE_OF_TYPE,                 "Remove all links between two objects."},
	{GET,    "/crm/v4/associations/{fromObjectType}/{toObjectType}/labels",             P_AGENT,   0,        api_association_labels,       NULL,                NULL,                  200, SCOPE_OF_TYPE,                 "Types of links between two types of objects."},

	{GET,    PROPERTIES "/groups",                                                      P_AGENT,   0,        api_groups_list,              NULL,                NULL,                  200, SCOPE_OF_TYPE,                 "Groups of properties."},
	{POST,   PROPERTIES "/groups",                                                      P_ADMIN,   R_WRITE,  api_groups_create,            NULL,                NULL,                  201, SCOPE_OF_TYPE,                 "Make a group."},
	{GET,    PROPERTIES "/groups/{groupName}",                                          P_AGENT,   0,        api_groups_read,              NULL,                NULL,                  200, SCOPE_OF_TYPE,                 "One group."},
	{PATCH,  PROPERTIES "/groups/{groupName}",                                          P_ADMIN,   R_WRITE,  api_groups_update,            NULL,                NULL,                  200, SCOPE_OF_TYPE,                 "Change its label or place."},
	{DELETE, PROPERTIES "/groups/{groupName}",                                          P_ADMIN,   R_WRITE,  api_groups_archive,           NULL,                NULL,                  204, SCOPE_OF_TYPE,                 "Archive a group without properties."},
	{POST,   PROPERTIES "/batch/create",                                                P_ADMIN,   R_WRITE,  api_properties_batch_create,  NULL,                NULL,                  201, SCOPE_OF_TYPE,                 "Make up to 100; 207 when some are refused."},
	{POST,   PROPERTIES "/batch/read",                                                  P_AGENT,   0,        api_properties_batch_read,    NULL,                NULL,                  200, SCOPE_OF_TYPE,                 "Up to 100 by name."},
	{POST,   PROPERTIES "/batch/archive",                                               P_ADMIN,   R_WRITE,  api_properties_batch_archive, NULL,                NULL,                  204, SCOPE_OF_TYPE,                 "Archive up to 100, or none."},
	{GET,    PROPERTIES,                                                                P_AGENT,   0,        api_properties_list,          NULL,                NULL,                  200, SCOPE_OF_TYPE,                 "Properties of a type."},
	{POST,   PROPERTIES,                                                                P_ADMIN,   R_WRITE,  api_properties_create,        NULL,                NULL,                  201, SCOPE_OF_TYPE,                 "Make a property."},
	{GET,    PROPERTIES "/{propertyName}",                                              P_AGENT,   0,        api_properties_read,          NULL,                NULL,                  200, SCOPE_OF_TYPE,                 "One property."},
	{PATCH,  PROPERTIES "/{propertyName}",                                              P_ADMIN,   R_WRITE,  api_properties_update,        NULL,                NULL,                  200, SCOPE_OF_TYPE,                 "Change its label, options and the like."},
	{DELETE, PROPERTIES "/{propertyName}",                                              P_ADMIN,   R_WRITE,  api_properties_archive,       NULL,                NULL,                  204, SCOPE_OF_TYPE,                 "Archive it; its values stay."},

	{GET,    SCHEMAS,                                                                    P_AGENT,   0,        api_schemas_list,             NULL,                NULL,                  200, "crm.schemas.custom.read",     "Types that users have defined."},
	{POST,   SCHEMAS,                                                                    P_ADMIN,   R_WRITE,  api_schemas_create,           NULL,                NULL,                  201, "crm.schemas.custom.write",    "Define a type, with properties and associations."},
	{GET,    SCHEMAS "/{objectType}",                                                    P_AGENT,   0,        api_schemas_read,             NULL,                NULL,                  200, "crm.schemas.custom.read",     "One type, built-in ones too."},
	{PATCH,  SCHEMAS "/{objectType}",                                                    P_ADMIN,   R_WRITE,  api_schemas_update,           NULL,                NULL,                  200, "crm.schemas.custom.write",    "Change labels, shown, required and searched properties."},
	{DELETE, SCHEMAS "/{objectType}",                                                    P_ADMIN,   R_WRITE,  api_schemas_archive,          NULL,                NULL,                  204, "crm.schemas.custom.write",    "Archive a type without objects; archived=true: for good."},
	{POST,   SCHEMAS "/{objectType}/associations",                                       P_ADMIN,   R_WRITE,  api_schemas_link,             NULL,                NULL,                  201, "crm.schemas.custom.write",    "Let objects of two types be linked."},
	{DELETE, SCHEMAS "/{objectType}/associations/{associationIdentifier}",               P_ADMIN,   R_WRITE,  api_schemas_unlink,           NULL,                NULL,                  204, "crm.schemas.custom.write",    "Remove a type of links that is not in use."},

	{GET,    PIPELINES,                                                                P_AGENT,   0,        api_pipelines_list,           NULL,                NULL,                  200, SCOPE_OF_TYPE,                 "Pipelines with their stages."},
	{POST,   PIPELINES,                                                                 P_ADMIN,   R_WRITE,  api_pipelines_create,         NULL,                NULL,                  201, SCOPE_OF_TYPE,                 "Make a pipeline with its stages."},
	{GET,    PIPELINES "/{pipelineId}",                                                 P_AGENT,   0,        api_pipelines_read,           NULL,                NULL,                  200, SCOPE_OF_TYPE,                 "One pipeline."},
	{PUT,    PIPELINES "/{pipelineId}",                                                 P_ADMIN,   R_WRITE,  api_pipelines_replace,        NULL,                NULL,                  200, SCOPE_OF_TYPE,                 "Put another in its place, stages and all."},
	{PATCH,  PIPELINES "/{pipelineId}",                                                 P_ADMIN,   R_WRITE,  api_pipelines_update,         NULL,                NULL,                  200, SCOPE_OF_TYPE,                 "Change its label or place."},
	{DELETE, PIPELINES "/{pipelineId}",                                                 P_ADMIN,   R_WRITE,  api_pipelines_archive,        NULL,                NULL,                  204, SCOPE_OF_TYPE,                 "Archive it, when nothing is in it."},
	{GET,    PIPELINES "/{pipelineId}/audit",                                           P_AGENT,   0,        api_pipelines_audit,          NULL,                NULL,                  200, SCOPE_OF_TYPE,                 "Who changed it."},
	{GET,    PIPELINES "/{pipelineId}/stages",                                          P_AGENT,   0,        api_stages_list,              NULL,                NULL,                  200, SCOPE_OF_TYPE,                 "Its stages."},
	{POST,   PIPELINES "/{pipelineId}/stages",                                          P_ADMIN,   R_WRITE,  api_stages_create,            NULL,                NULL,                  201, SCOPE_OF_TYPE,                 "Make a stage."},
	{GET,    PIPELINES "/{pipelineId}/stages/{stageId}",                                P_AGENT,   0,        api_stages_read,              NULL,                NULL,                  200, SCOPE_OF_TYPE,                 "One stage."},
	{PUT,    PIPELINES "/{pipelineId}/stages/{stageId}",                                P_ADMIN,   R_WRITE,  api_stages_replace,           NULL,                NULL,                  200, SCOPE_OF_TYPE,                 "Change it as a whole."},
	{PATCH,  PIPELINES "/{pipelineId}/stages/{stageId}",                                P_ADMIN,   R_WRITE,  api_stages_update,            NULL,                NULL,                  200, SCOPE_OF_TYPE,                 "Change label, place or state."},
	{DELETE, PIPELINES "/{pipelineId}/stages/{stageId}",                                P_ADMIN,   R_WRITE,  api_stages_archive,           NULL,                NULL,                  204, SCOPE_OF_TYPE,                 "Archive it, when nothing is in it."},
	{GET,    PIPELINES "/{pipelineId}/stages/{stageId}/audit",                          P_AGENT,   0,        api_stages_audit,             NULL,                NULL,                  200, SCOPE_OF_TYPE,                 "Who changed it."},
	{GET,    "/crm/v3/owners",                                                          P_AGENT,   0,        api_owners_list,              NULL,                NULL,                  200, "crm.objects.owners.read",     "Owners."},
	{GET,    "/crm/v3/owners/{ownerId}",                                                P_AGENT,   0,        api_owners_read,              NULL,                NULL,                  200, "crm.objects.owners.read",     "One owner; idProperty=userId finds it by user."},

	{GET,    CONVERSATIONS "/inboxes",                                                  P_AGENT,   0,        api_inboxes_list,             NULL,                NULL,                  200, "conversations.read",          "Inboxes."},
	{GET,    CONVERSATIONS "/inboxes/{inboxId}",                                        P_AGENT,   0,        api_inboxes_read,             NULL,                NULL,                  200, "conversations.read",          "One inbox."},
	{GET,    CONVERSATIONS "/channels",                                                 P_AGENT,   0,        api_channels_list,            NULL,                NULL,                  200, "conversations.read",          "Channels."},
	{GET,    CONVERSATIONS "/channels/{channelId}",                                     P_AGENT,   0,        api_channels_read,            NULL,                NULL,                  200, "conversations.read",          "One channel."},
	{GET,    CONVERSATIONS "/channel-accounts",                                         P_AGENT,   0,        api_channel_accounts_list,    NULL,                NULL,                  200, "conversations.read",          "Channel accounts, of a channel or an inbox."},
	{GET,    CONVERSATIONS "/channel-accounts/{channelAccountId}",                      P_AGENT,   0,        api_channel_accounts_read,    NULL,                NULL,                  200, "conversations.read",          "One channel account."},
	{GET,    CONVERSATIONS "/threads",                                                  P_AGENT,   0,        api_threads_list,             NULL,                NULL,                  200, "conversations.read",          "Threads, ascending."},
	{GET,    CONVERSATIONS "/threads/{threadId}",                                       P_AGENT,   0,        api_threads_read,             NULL,                NULL,                  200, "conversations.read",          "One thread."},
	{PATCH,  CONVERSATIONS "/threads/{threadId}",                                       P_AGENT,   R_WRITE,  api_threads_update,           NULL,                NULL,                  200, "conversations.write",         "Open, close or restore a thread."},
	{DELETE, CONVERSATIONS "/threads/{threadId}",                                       P_AGENT,   R_WRITE,  api_threads_archive,          NULL,                NULL,                  204, "conversations.write",         "Into the trash."},
	{PUT,    CONVERSATIONS "/threads/{threadId}/assignee",                              P_AGENT,   R_WRITE,  api_threads_assign,           NULL,                NULL,                  200, "conversations.write",         "Assign the ticket of a thread to an agent."},
	{POST,   CONVERSATIONS "/threads/{threadId}/assignee",                              P_AGENT,   R_WRITE,  api_threads_assign,           NULL,                NULL,                  200, "conversations.write",         "The same."},
	{DELETE, CONVERSATIONS "/threads/{threadId}/assignee",                              P_AGENT,   R_WRITE,  api_threads_unassign,         NULL,                NULL,                  204, "conversations.write",         "Assign it to nobody."},
	{GET,    CONVERSATIONS "/threads/{threadId}/messages",                              P_AGENT,   0,        api_messages_list,            NULL,                NULL,                  200, "conversations.read",          "Messages of a thread, oldest first."},
	{POST,   CONVERSATIONS "/threads/{threadId}/messages",                              P_AGENT,   R_WRITE,  api_messages_send,            NULL,                NULL,                  201, "conversations.write",         "Send a message, or add a comment."},
	{GET,    CONVERSATIONS "/threads/{threadId}/messages/{messageId}",                  P_AGENT,   0,        api_messages_read,            NULL,                NULL,                  200, "conversations.read",          "One message."},
	{GET,    CONVERSATIONS "/threads/{threadId}/messages/{messageId}/original-content", P_AGENT,   0,        api_messages_original,        NULL,                NULL,                  200, "conversations.read",          "Its text and HTML in full."},

	{POST,   "/desk/v1/session",                                                        P_ANYBODY, R_SLOW,   api_session_open,             &session_in_shape,   NULL,                  201, NULL,                          "Sign in; sets the session cookie."},
	{GET,    "/desk/v1/session",                                                        P_AGENT,   0,        api_session_read,             NULL,                NULL,                  200, NULL,                          "Who is signed in."},
	{DELETE, "/desk/v1/session",                                                        P_AGENT,   R_WRITE,  api_session_close,            NULL,                NULL,                  204, NULL,                          "Sign out."},
	{GET,    "/desk/v1/views",                                                          P_AGENT,   0,        api_views_list,               NULL,                NULL,                  200, "tickets",                     "Views with their counts."},
	{GET,    "/desk/v1/views/{viewId}/tickets",                                         P_AGENT,   0,        api_view_tickets,             NULL,                &ticket_row_shape,     200, "tickets",                     "Tickets of a view, newest activity first."},
	{GET,    "/desk/v1/tickets/{ticketId}",                                             P_AGENT,   0,        api_ticket_read,              NULL,                NULL,                  200, "tickets",                     "A ticket with contact, other tickets and what may be done."},
	{GET,    "/desk/v1/tickets/{ticketId}/messages",                                    P_AGENT,   0,        api_ticket_messages,          NULL,                NULL,                  200, "tickets",                     "The newest messages of a ticket, oldest first."},
	{POST,   "/desk/v1/tickets/{ticketId}/replies",                                     P_AGENT,   R_WRITE,  api_ticket_reply,             &reply_body_shape,   NULL,                  201, "tickets",                     "Answer by email, and set the status in the same step."},
	{GET,    "/desk/v1/attachments/{attachmentId}",                                     P_AGENT,   0,        api_attachment_read,          NULL,                NULL,                  200, "tickets",                     "The bytes of an attachment."},
	{GET,    "/desk/v1/stream",                                                         P_AGENT,   R_STREAM, api_stream,                   NULL,                NULL,                  200, "tickets",                     "What happens, as server-sent events; Last-Event-ID resumes."},

	{GET,    "/desk/v1/outbox",                                                         P_ADMIN,   0,        api_outbox_list,              NULL,                NULL,                  200, "settings",                    "Outgoing mails and their states."},
	{POST,   "/desk/v1/outbox/{outboxId}/retry",                                        P_ADMIN,   R_WRITE,  api_outbox_retry,             NULL,                NULL,                  200, "settings",                    "Try a mail again now."},
	{GET,    "/desk/v1/mailboxes",                                                      P_ADMIN,   0,        api_mailboxes_list,           NULL,                &mailbox_view_shape,   200, "settings",                    "Connected IMAP mailboxes."},
	{POST,   "/desk/v1/mailboxes",                                                      P_ADMIN,   R_WRITE,  api_mailboxes_create,         &mailbox_body_shape, &mailbox_view_shape,   201, "settings",                    "Connect a mailbox."},
	{PATCH,  "/desk/v1/mailboxes/{mailboxId}",                                          P_ADMIN,   R_WRITE,  api_mailboxes_update,         &mailbox_body_shape, &mailbox_view_shape,   200, "settings",                    "Change how it is reached."},
	{DELETE, "/desk/v1/mailboxes/{mailboxId}",                                          P_ADMIN,   R_WRITE,  api_mailboxes_remove,         NULL,                NULL,                  204, "settings",                    "Disconnect it; its tickets stay."},
	{GET,    "/desk/v1/relay",                                                          P_ADMIN,   0,        api_relay_read,               NULL,                &relay_view_shape,     200, "settings",                    "The server that outgoing mail is given to."},
	{PUT,    "/desk/v1/relay",                                                          P_ADMIN,   R_WRITE,  api_relay_set,                &relay_body_shape,   &relay_view_shape,     200, "settings",                    "Set it; what waits is sent."},
	{GET,    "/desk/v1/quarantine",                                                     P_ADMIN,   0,        api_quarantine_list,          NULL,                &quarantine_view_shape, 200, "settings",                   "Mails that became no message, with the reason."},
	{POST,   "/desk/v1/quarantine/{sourceId}/retry",                                    P_ADMIN,   R_WRITE,  api_quarantine_retry,         NULL,                &quarantine_view_shape, 200, "settings",                   "Read one again."},
	{GET,    "/desk/v1/quarantine/{sourceId}/source",                                   P_ADMIN,   0,        api_quarantine_source,        NULL,                NULL,                  200, "settings",                    "Its raw source."},

	{GET,    "/desk/v1/apps",                                                           P_ADMIN,   0,        api_apps_list,                NULL,                NULL,                  200, "settings",                    "Connected apps."},
	{POST,   "/desk/v1/apps",                                                           P_ADMIN,   R_WRITE,  api_apps_create,              &app_body_shape,     NULL,                  201, "settings",                    "Connect an app; its secret and developer key are told here only."},
	{GET,    "/desk/v1/apps/{appId}",                                                   P_ADMIN,   0,        api_apps_read,                NULL,                NULL,                  200, "settings",                    "One app."},
	{PUT,    "/desk/v1/apps/{appId}",                                                   P_ADMIN,   R_WRITE,  api_apps_replace,             &app_body_shape,     NULL,                  200, "settings",                    "Change its name, addresses and scopes."},
	{DELETE, "/desk/v1/apps/{appId}",                                                   P_ADMIN,   R_WRITE,  api_apps_remove,              NULL,                NULL,                  204, "settings",                    "Disconnect it; its webhooks end."},
	{POST,   "/desk/v1/apps/{appId}/rotate",                                            P_ADMIN,   R_WRITE,  api_apps_rotate,              &app_rotate_body_shape, NULL,               200, "settings",                    "New secret or developer key; the old one ends at once."},

	{GET,    "/healthz",                                                                P_ANYBODY, 0,        api_health,                   NULL,                NULL,                  200, NULL,                          "Is it well: version, database, queues, mailboxes."},
	{GET,    "/openapi.json",                                                           P_ANYBODY, 0,        api_openapi,                  NULL,                NULL,                  200, NULL,                          "This description."},
	{GET,    "/docs/api",                                                               P_ANYBODY, 0,        api_reference,                NULL,                NULL,                  200, NULL,                          "The same as a page."},
};
/* clang-format on */
const size_t route_n = sizeof(routes) / sizeof(routes[0]);
