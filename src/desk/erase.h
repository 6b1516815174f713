#pragma once

#include "desk/object.h"

/* A person goes for good, as the law may ask for it (GDPR, art. 17). With his contact, its history and whatever was merged into it go:
 *
 *   his tickets       stay as shells: id, pipeline, stage, owner, dates and figures; neither name nor texts nor history
 *   his conversations stay as rows that say when something was said: no text, address, attachment, raw mail; nothing joins them
 *   others' tickets   lose his messages, and his addresses wherever they stand: in texts, recipients, values, history
 *   activities        that are linked with him alone go; with others too, they lose his addresses
 *   the rest          raw mails in quarantine, outgoing mails, webhook deliveries, kept answers, the index of words, blobs that nobody
 *                     else has
 *
 * Events name rows by id and say nothing else of him (desk/announce.h), so they stay, and more tell that it was done, by whom: one of
 * the contact, and one of each conversation that he was in.
 * His name in other people's sentences stays: nobody can tell it from a word.
 *
 * An address that no contact has is looked for all the same. No list of erased people is kept, for that would be one: who writes again
 * is a new contact. Copies (backups, mails that went out) are out of reach.
 *
 * It is done in transactions of ERASED_AT_ONCE rows each, his contact last: what was interrupted is finished by asking again. */

enum {
	ERASED_AT_ONCE = 20,
	MAX_PERSON_ADDRESSES = 100,
	MAX_PERSON_CONTACTS = 1000, /* that were merged into one */
	MAX_ERASED_MESSAGES = 20000, /* of a thread */
};

/* Outside of a transaction. By id, or by email address. ERR_NOT_FOUND for an id that no contact has, archived or not. Needs CAN_ERASE. */
enum err desk_contact_erase(struct ctx *c, int64_t id);
enum err desk_address_erase(struct ctx *c, struct str address);
