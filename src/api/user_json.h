#pragma once

#include <stddef.h>
#include <stdint.h>

struct json;
struct team_member;

/* primaryTeamId and secondaryTeamIds of a user, among the memberships of several. */
void json_user_teams(struct json *j, int64_t user_id, const struct team_member *teams, size_t n);
