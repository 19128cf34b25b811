#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * STORM_ERROR:
 *
 * The one error domain of Stormwatch. The message of such an error is a sentence for a user: what
 * failed, where (file, line, field, topic/partition/offset), and what to do about it.
 */
#define STORM_ERROR (storm_error_quark ())

/**
 * StormError:
 * @STORM_ERROR_INVALID: the input breaks a rule of its format
 * @STORM_ERROR_TOO_NEW: the file was written by a newer version
 * @STORM_ERROR_DAMAGED: the file is truncated or was changed by something else
 * @STORM_ERROR_READ_ONLY: the thing may be read only
 * @STORM_ERROR_NO_SPACE: the disk is full
 * @STORM_ERROR_IO: reading or writing failed in another way
 * @STORM_ERROR_LIMIT: the input is larger or deeper than what is accepted
 * @STORM_ERROR_NOT_FOUND: the named thing does not exist
 * @STORM_ERROR_CONNECT: the broker can't be reached
 * @STORM_ERROR_AUTH: the broker refused the login, or wants another kind of security
 * @STORM_ERROR_CANCELLED: stopped by the user
 * @STORM_ERROR_UNSUPPORTED: this build, or a library in use, can't do it
 */
typedef enum
{
  STORM_ERROR_INVALID,
  STORM_ERROR_TOO_NEW,
  STORM_ERROR_DAMAGED,
  STORM_ERROR_READ_ONLY,
  STORM_ERROR_NO_SPACE,
  STORM_ERROR_IO,
  STORM_ERROR_LIMIT,
  STORM_ERROR_NOT_FOUND,
  STORM_ERROR_CONNECT,
  STORM_ERROR_AUTH,
  STORM_ERROR_CANCELLED,
  STORM_ERROR_UNSUPPORTED,
} StormError;

GQuark storm_error_quark (void);

G_END_DECLS
