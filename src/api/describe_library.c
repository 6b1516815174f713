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
	MODEL("LibraryShelf", "A folder of the library.", shelf_fields),
};

#define LISTED "q folderId mine archived sort limit after"
static const struct description descriptions[] = {
	{"GET /desk/v1/library/folders",               "kind", NO_BODY, "LibraryShelf", AS_LIST},
	{"POST /desk/v1/library/folders",              NULL,   NO_BODY, "LibraryShelf", AS_IT_IS},
	{"PATCH /desk/v1/library/folders/{folderId}",  NULL,   NO_BODY, "LibraryShelf", AS_IT_IS},
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
