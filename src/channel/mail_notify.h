#pragma once

/* The job that mails what a user was told (desk/notification.h): one mail for all that he has not read of a ticket. It is tried
 * again while the mail server says "later"; what it refuses for good puts the job aside, where an administrator sees it. */
