#pragma once

/* Answers go out on custom channels: job_channel_send (desk/channel.h) posts one to the webhook of its channel, through the guarded
 * HTTP client. 2xx is taken; everything else is tried again for about a day, an address that may not be called never. */
