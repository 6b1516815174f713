/* Files, their folders, and the links that lead to them. */

#include "api/describe_int.h"

#define FILES   "/files/v3/files"
#define FOLDERS "/files/v3/folders"

/* clang-format off */
static const struct model_field file_fields[] = {
	NEED("id", "id", ""),
	NEED("access", "string", "PRIVATE, PUBLIC_NOT_INDEXABLE, PUBLIC_INDEXABLE or a HIDDEN_ one"),
	NEED("createdAt", "time", ""),
	NEED("updatedAt", "time", ""),
	NEED("archived", "boolean", ""),
	MAY("archivedAt", "time", ""),
	MAY("name", "string", "without the ending"),
	MAY("extension", "string", ""),
	MAY("path", "string", "with its folders"),
	MAY("parentFolderId", "id", ""),
	MAY("size", "integer", "bytes"),
	MAY("type", "string", "IMG, DOCUMENT, MOVIE, AUDIO, OTHER …"),
	MAY("encoding", "string", ""),
	MAY("width", "integer", "of an image, in pixels"),
	MAY("height", "integer", ""),
	MAY("url", "string", "of a public file: works without signing in"),
	MAY("defaultHostingUrl", "string", ""),
	MAY("isUsableInContent", "boolean", ""),
	MAY("fileMd5", "string", ""),
	MAY("expiresAt", "integer", "when it goes, in milliseconds"),
};
static const struct model_field upload_fields[] = {
	NEED("file", "any", "the bytes"),
	MAY("folderId", "id", "this or folderPath"),
	MAY("folderPath", "string", "folders that are missing are made"),
	MAY("fileName", "string", "else the name of the part"),
	MAY("charsetHunch", "string", ""),
	NEED("options", "string", "JSON: access, ttl, overwrite, duplicateValidationStrategy, duplicateValidationScope"),
};
static const struct model_field file_stat_fields[] = {
	MAY("file", "File", "one of the two"),
	MAY("folder", "Folder", ""),
};
static const struct model_field file_update_fields[] = {
	MAY("name", "string", ""),
	MAY("access", "string", ""),
	MAY("parentFolderId", "id", ""),
	MAY("parentFolderPath", "string", ""),
	MAY("expiresAt", "time", ""),
	MAY("clearExpires", "boolean", ""),
	MAY("isUsableInContent", "boolean", ""),
};
static const struct model_field signed_url_fields[] = {
	NEED("url", "string", "works without signing in until it expires"),
	NEED("expiresAt", "time", ""),
	NEED("name", "string", ""),
	NEED("extension", "string", ""),
	NEED("type", "string", ""),
	NEED("size", "integer", ""),
	MAY("width", "integer", ""),
	MAY("height", "integer", ""),
};
static const struct model_field folder_fields[] = {
	NEED("id", "id", ""),
	NEED("createdAt", "time", ""),
	NEED("updatedAt", "time", ""),
	NEED("archived", "boolean", ""),
	MAY("archivedAt", "time", ""),
	MAY("name", "string", ""),
	MAY("path", "string", ""),
	MAY("parentFolderId", "id", ""),
};
static const struct model_field folder_create_fields[] = {
	NEED("name", "string", ""),
	MAY("parentFolderId", "id", "this or parentPath"),
	MAY("parentPath", "string", ""),
};
static const struct model_field folder_update_fields[] = {
	MAY("name", "string", ""),
	MAY("parentFolderId", "id", ""),
};
static const struct model_field folder_move_fields[] = {
	NEED("id", "id", ""),
	MAY("name", "string", ""),
	MAY("parentFolderId", "id", ""),
};
static const struct model_field task_fields[] = {
	NEED("id", "string", "for the status"),
	NEED("links", "map", ""),
};
static const struct model_field folder_action_fields[] = {
	NEED("taskId", "string", ""),
	NEED("status", "string", "PENDING, PROCESSING, COMPLETE or CANCELED"),
	NEED("startedAt", "time", ""),
	NEED("completedAt", "time", ""),
	MAY("requestedAt", "time", ""),
	MAY("result", "Folder", ""),
	MAY("numErrors", "integer", ""),
	MAY("errors", "[Error]", ""),
};
static const struct model_field import_fields[] = {
	NEED("url", "string", "http or https, of a server that is not internal"),
	NEED("access", "string", "as of an upload"),
	MAY("name", "string", ""),
	MAY("folderId", "id", "this or folderPath"),
	MAY("folderPath", "string", ""),
	MAY("ttl", "string", "as P1W"),
	MAY("overwrite", "boolean", ""),
	MAY("duplicateValidationStrategy", "string", ""),
	MAY("duplicateValidationScope", "string", ""),
};
static const struct model_field file_action_fields[] = {
	NEED("taskId", "string", ""),
	NEED("status", "string", "PENDING, PROCESSING, COMPLETE or CANCELED"),
	NEED("startedAt", "time", ""),
	NEED("completedAt", "time", ""),
	MAY("requestedAt", "time", ""),
	MAY("result", "File", ""),
	MAY("numErrors", "integer", ""),
	MAY("errors", "[Error]", ""),
};

static const struct model models[] = {
	MODEL("File", "A file, and where it is.", file_fields),
	MODEL("Upload", "A new file.", upload_fields),
	MODEL("FileStat", "What is at a path.", file_stat_fields),
	MODEL("FileUpdate", "Changes of a file.", file_update_fields),
	MODEL("SignedUrl", "A link to a private file.", signed_url_fields),
	MODEL("Folder", "Where files are.", folder_fields),
	MODEL("FolderCreate", "A new folder.", folder_create_fields),
	MODEL("FolderUpdate", "Changes of a folder.", folder_update_fields),
	MODEL("FolderMove", "Changes of a folder and all that is in it.", folder_move_fields),
	MODEL("FileImport", "A file to fetch.", import_fields),
	MODEL("FileAction", "How far the work is.", file_action_fields),
	MODEL("Task", "Work that goes on.", task_fields),
	MODEL("FolderAction", "How far the work is.", folder_action_fields),
};

#define FOUND_BY "properties after before limit sort ids createdAt createdAtGte createdAtLte updatedAt updatedAtGte updatedAtLte name path parentFolderIds"

static const struct description descriptions[] = {
	{"POST " FILES,                          NULL,                              "Upload", AS_FILE,         "File", AS_IT_IS},
	{"GET " FILES "/search",                 FOUND_BY " size type extension",   NO_BODY,                   "File", AS_LIST},
	{"GET " FILES "/stat/{path}",            "properties",                      NO_BODY,                   "FileStat", AS_IT_IS},
	{"GET " FILES "/{fileId}",               "properties",                      NO_BODY,                   "File", AS_IT_IS},
	{"PATCH " FILES "/{fileId}",             NULL,                              "FileUpdate", AS_IT_IS,    "File", AS_IT_IS},
	{"PUT " FILES "/{fileId}",               NULL,                              "Upload", AS_FILE,         "File", AS_IT_IS},
	{"GET " FILES "/{fileId}/signed-url",    "size expirationSeconds upscale",  NO_BODY,                   "SignedUrl", AS_IT_IS},
	{"POST " FILES "/import-from-url/async", NULL,                              "FileImport", AS_IT_IS,    "Task", AS_IT_IS},
	{"GET " FILES "/import-from-url/async/tasks/{taskId}/status", NULL,         NO_BODY,                   "FileAction", AS_IT_IS},
	{"POST " FOLDERS,                        NULL,                              "FolderCreate", AS_IT_IS,  "Folder", AS_IT_IS},
	{"GET " FOLDERS "/search",               FOUND_BY,                          NO_BODY,                   "Folder", AS_LIST},
	{"POST " FOLDERS "/update/async",        NULL,                              "FolderMove", AS_IT_IS,    "Task", AS_IT_IS},
	{"GET " FOLDERS "/update/async/tasks/{taskId}/status", NULL,                NO_BODY,                   "FolderAction", AS_IT_IS},
	{"GET " FOLDERS "/{folderId}",           "properties",                      NO_BODY,                   "Folder", AS_IT_IS},
	{"PATCH " FOLDERS "/{folderId}",         NULL,                              "FolderUpdate", AS_IT_IS,  "Folder", AS_IT_IS},
	{"GET /files/signed/{fileId}",           "expires signature",               NO_BODY,                   "bytes", AS_BYTES},
	{"GET /files/public/{fileKey}/{fileName}", NULL,                            NO_BODY,                   "bytes", AS_BYTES},
	{"GET /desk/v1/files/{fileId}/content",  NULL,                              NO_BODY,                   "bytes", AS_BYTES},
};
/* clang-format on */

const struct chapter describe_files = CHAPTER(models, descriptions);
