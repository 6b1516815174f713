#pragma once

/* Mail goes out: job_mail_send (desk/mail.h) builds the mail of an outbox row and gives it to the relay. The same row gives the
 * same bytes at every try. Without a relay it waits. This header has nothing to call: the job is the door. */
