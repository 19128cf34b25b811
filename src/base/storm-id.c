#include "config.h"

#include "storm-id.h"

#include <string.h>

char *
storm_id_new (void)
{
  return g_uuid_string_random ();
}

gboolean
storm_id_is_valid (const char *id)
{
  gsize len;

  if (id == NULL)
    return FALSE;

  len = strnlen (id, STORM_ID_MAX_LENGTH + 1);
  if (len == 0 || len > STORM_ID_MAX_LENGTH || !g_utf8_validate_len (id, len, NULL))
    return FALSE;

  for (const char *p = id; *p != '\0'; p = g_utf8_next_char (p))
    {
      guchar c = (guchar) *p;

      /* Ids are ASCII nearly always, and a board has many: no table look-up for those. */
      if (c < 0x80 ? c < 0x20 || c == 0x7f : g_unichar_iscntrl (g_utf8_get_char (p)))
        return FALSE;
    }

  return TRUE;
}
