#pragma once

/* Files that are fetched from an address: job_file_import (desk/file.h), through the guarded HTTP client. What goes wrong is told by the
 * task; only a server that cannot be reached is asked again. */
