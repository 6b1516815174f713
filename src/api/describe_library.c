/* The library: snippets, templates, and the folders of all its kinds. */

#include "api/describe_int.h"

/* clang-format off */
#define ITEM                                                                                     \
	NEED("id", "id", ""),                                                                    \
	NEED("kind", "string", "snippet, template, document or video"),                          \
	NEED("name", "string", ""),                                                              \
	MAY("folderId", "id", "left out: in none"),                                              \
	NEED("audience", "string", "PRIVATE, TEAMS or EVERYONE: who sees it"),                   \
	NEED("teamIds", "[id]", "of TEAMS"),                                                     \
	NEED("userId", "id", "who made it"),                                                     \
	NEED("isMine", "boolean", ""),                                                           \
	NEED("mayEdit", "boolean", "you may change and archive it"),                             \
	NEED("useCount", "integer", "how often it was put into a text"),                         \
	MAY("usedAt", "time", "when it was used last"),                                          \
	NEED("createdAt", "time", ""),                                                           \
	NEED("updatedAt", "time", ""),                                                           \
	MAY("archivedAt", "time", "it is in the archive")

static const struct model_field snippet_fields[] = {
	ITEM,
	NEED("shortcut", "string", "what it is called by behind #; may be empty"),
	NEED("excerpt", "string", "how its text begins"),
	MAY("html", "string", "of one: its text, with tokens as they were written"),
};
static const struct model_field template_fields[] = {
	ITEM,
	NEED("subject", "string", "may be empty, and have tokens"),
	NEED("excerpt", "string", "how its text begins"),
	MAY("html", "string", "of one: its text, with tokens and placeholders as they were written"),
};
static const struct model_field document_fields[] = {
	ITEM,
	NEED("format", "string", "pdf, docx, pptx or xlsx, as its bytes say"),
	NEED("fileName", "string", ""),
	NEED("sizeBytes", "integer", ""),
	NEED("version", "integer", "from 1; a new one has other bytes"),
	NEED("pageCount", "integer", "of a PDF; 0: not known"),
	NEED("pictureState", "string", "WAITING, READY or NONE: pictures of its pages"),
	NEED("visitCount", "integer", "visits by all its links"),
	MAY("lastVisitAt", "time", ""),
};
static const struct model_field document_upload_fields[] = {
	NEED("file", "bytes", "a PDF, DOCX, PPTX or XLSX"),
	MAY("name", "string", "without it: that of the file"),
	MAY("audience", "string", "PRIVATE or EVERYONE; without it EVERYONE"),
	MAY("folderId", "id", ""),
};
static const struct model_field share_fields[] = {
	NEED("itemId", "id", ""),
	MAY("email", "string", "whom it is for; without it anyone who has it"),
	MAY("contactId", "id", "his contact"),
	MAY("asksEmail", "boolean", "visitors give their address first; no proof of who they are"),
	MAY("mayDownload", "boolean", "without it true"),
	MAY("expiresAt", "time", ""),
};
static const struct model_field share_change_fields[] = {
	MAY("asksEmail", "boolean", ""),
	MAY("mayDownload", "boolean", ""),
	MAY("expiresAt", "time", "null: never"),
};
static const struct model_field share_for_fields[] = {NEED("itemId", "id", "")};
static const struct model_field link_fields[] = {
	NEED("id", "id", ""),
	NEED("itemId", "id", ""),
	NEED("kind", "string", "DOCUMENT or VIDEO"),
	MAY("url", "string", "left out: revoked, or the key that sealed it is gone"),
	MAY("email", "string", "whom it is for; left out: anyone who has it"),
	MAY("contactId", "id", ""),
	MAY("ticketId", "id", "that it was made for"),
	NEED("userId", "id", "who shares, and is told of visits"),
	NEED("asksEmail", "boolean", ""),
	NEED("mayDownload", "boolean", ""),
	NEED("isOpen", "boolean", "neither revoked nor expired"),
	MAY("expiresAt", "time", ""),
	MAY("revokedAt", "time", ""),
	NEED("visitCount", "integer", ""),
	MAY("lastVisitAt", "time", ""),
	NEED("createdAt", "time", ""),
};
static const struct model_field visit_fields[] = {
	NEED("id", "id", ""),
	NEED("linkId", "id", ""),
	MAY("email", "string", "that the visitor gave"),
	NEED("createdAt", "time", ""),
	NEED("lastAt", "time", ""),
	NEED("visibleMs", "integer", "how long it stood before his eyes, as his browser says"),
	NEED("downloadCount", "integer", ""),
	NEED("pages", "[any]", "page and visibleMs of each that was seen"),
};
static const struct model_field shelf_fields[] = {
	NEED("id", "id", ""),
	NEED("kind", "string", "of what it is for"),
	NEED("name", "string", ""),
	NEED("userId", "id", "who made it"),
	NEED("createdAt", "time", ""),
	NEED("updatedAt", "time", ""),
	NEED("mayEdit", "boolean", "you may rename and remove it"),
};

static const struct model_field video_fields[] = {
	ITEM,
	NEED("contentType", "string", "video/mp4, video/webm or video/quicktime"),
	NEED("sizeBytes", "integer", ""),
	NEED("durationMs", "integer", "0: not known"),
	NEED("width", "integer", "0: not known"),
	NEED("height", "integer", "0: not known"),
	NEED("isRecorded", "boolean", "made in the workspace, not uploaded"),
	NEED("videoUrl", "string", "its bytes, for who is signed in"),
	MAY("posterUrl", "string", "the picture that stands before it"),
	MAY("captionsUrl", "string", "its captions, as WebVTT"),
	MAY("captionsLanguage", "string", "as en or pt-BR"),
};
static const struct model_field video_file_fields[] = {
	NEED("id", "id", "for fileId, posterId or captionsId of a video, within a day"),
	NEED("name", "string", ""),
	NEED("contentType", "string", "as the bytes say"),
	NEED("sizeBytes", "integer", ""),
};

static const struct model models[] = {
	MODEL("Snippet", "A short text of the library.", snippet_fields),
	MODEL("Template", "A mail of the library.", template_fields),
	MODEL("Video", "A video of the library.", video_fields),
	MODEL("VideoFile", "A file for a video.", video_file_fields),
	MODEL("Document", "A document of the library.", document_fields),
	MODEL("DocumentUpload", "A new document.", document_upload_fields),
	MODEL("ShareLinkIn", "A new link.", share_fields),
	MODEL("ShareLinkChange", "Changes of a link.", share_change_fields),
	MODEL("ShareLinkFor", "What a link is for.", share_for_fields),
	MODEL("ShareLink", "A link by which people outside see an item.", link_fields),
	MODEL("ShareVisit", "Somebody looked.", visit_fields),
	MODEL("LibraryShelf", "A folder of the library.", shelf_fields),
};

#define LISTED "q folderId mine archived sort limit after"
static const struct description descriptions[] = {
	{"GET /desk/v1/library/folders",               "kind", NO_BODY, "LibraryShelf", AS_LIST},
	{"POST /desk/v1/library/folders",              NULL,   NO_BODY, "LibraryShelf", AS_IT_IS},
	{"PATCH /desk/v1/library/folders/{folderId}",  NULL,   NO_BODY, "LibraryShelf", AS_IT_IS},
	{"GET /desk/v1/documents",                     LISTED, NO_BODY, "Document", AS_LIST},
	{"POST /desk/v1/documents",                    NULL,   "DocumentUpload", AS_FILE, "Document", AS_IT_IS},
	{"GET /desk/v1/documents/{itemId}",            NULL,   NO_BODY, "Document", AS_IT_IS},
	{"PATCH /desk/v1/documents/{itemId}",          NULL,   NO_BODY, "Document", AS_IT_IS},
	{"POST /desk/v1/documents/{itemId}/versions",  NULL,   "DocumentUpload", AS_FILE, "Document", AS_IT_IS},
	{"GET /desk/v1/documents/{itemId}/content",    NULL,   NO_BODY, "bytes", AS_BYTES},
	{"GET /desk/v1/documents/{itemId}/pictures/{page}", NULL, NO_BODY, "bytes", AS_BYTES},
	{"GET /desk/v1/share-links",                   "itemId", NO_BODY, "ShareLink", AS_LIST},
	{"POST /desk/v1/share-links",                  NULL,   "ShareLinkIn", AS_IT_IS, "ShareLink", AS_IT_IS},
	{"POST /desk/v1/tickets/{ticketId}/share-links", NULL, "ShareLinkFor", AS_IT_IS, "ShareLink", AS_IT_IS},
	{"PATCH /desk/v1/share-links/{linkId}",        NULL,   "ShareLinkChange", AS_IT_IS, "ShareLink", AS_IT_IS},
	{"POST /desk/v1/share-links/{linkId}/revoke",  NULL,   NO_BODY, "ShareLink", AS_IT_IS},
	{"GET /desk/v1/share-visits",                  "itemId limit after", NO_BODY, "ShareVisit", AS_LIST},
	{"GET /desk/v1/snippets",                      LISTED, NO_BODY, "Snippet", AS_LIST},
	{"POST /desk/v1/snippets",                     NULL,   NO_BODY, "Snippet", AS_IT_IS},
	{"GET /desk/v1/snippets/{itemId}",             NULL,   NO_BODY, "Snippet", AS_IT_IS},
	{"PATCH /desk/v1/snippets/{itemId}",           NULL,   NO_BODY, "Snippet", AS_IT_IS},
	{"GET /desk/v1/templates",                     LISTED, NO_BODY, "Template", AS_LIST},
	{"POST /desk/v1/templates",                    NULL,   NO_BODY, "Template", AS_IT_IS},
	{"GET /desk/v1/templates/{itemId}",            NULL,   NO_BODY, "Template", AS_IT_IS},
	{"PATCH /desk/v1/templates/{itemId}",          NULL,   NO_BODY, "Template", AS_IT_IS},
	{"GET /desk/v1/videos",                        LISTED, NO_BODY, "Video", AS_LIST},
	{"POST /desk/v1/videos",                       NULL,   NO_BODY, "Video", AS_IT_IS},
	{"POST /desk/v1/videos/files",                 "part", "Upload", AS_FILE, "VideoFile", AS_IT_IS},
	{"GET /desk/v1/videos/{itemId}",               NULL,   NO_BODY, "Video", AS_IT_IS},
	{"PATCH /desk/v1/videos/{itemId}",             NULL,   NO_BODY, "Video", AS_IT_IS},
	{"GET /desk/v1/videos/{itemId}/content",       "file", NO_BODY, "bytes", AS_BYTES},
	{"GET /desk/v1/videos/{itemId}/poster",        "file", NO_BODY, "bytes", AS_BYTES},
	{"GET /desk/v1/videos/{itemId}/captions",      "file", NO_BODY, "bytes", AS_BYTES},
};
/* clang-format on */

const struct chapter describe_library = CHAPTER(models, descriptions);
