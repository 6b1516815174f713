#pragma once

/* The job that confirms the answer to a quote by mail (desk/quote.h). It is tried again while the mail server says "later"; what it
 * refuses for good puts the job aside, where an administrator sees it. */
