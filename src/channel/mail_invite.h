#pragma once

/* The job that mails an invitation (desk/invite.h). It is tried again while the mail server says "later"; what it refuses for good
 * puts the job aside, where an administrator sees it. */
