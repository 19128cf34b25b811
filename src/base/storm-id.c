#include "config.h"

#include "storm-id.h"

#include <string.h>

char *
storm_id_new (void)
{
  static const char digits[] = "0123456789abcdef";
  guint32 words[4];
  char *id = g_malloc (37);
  guint n = 0;

  /* A random UUID, as g_uuid_string_random() makes them; a paste asks for thousands. */
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    words[i] = g_random_int ();
  words[1] = (words[1] & 0xffff0fff) | 0x4000;
  words[2] = (words[2] & 0x3fffffff) | 0x80000000;
  for (guint i = 0; i < 32; i++)
    {
      if (i == 8 || i == 12 || i == 16 || i == 20)
        id[n++] = '-';
      id[n++] = digits[words[i / 8] >> (28 - i % 8 * 4) & 0xf];
    }
  id[n] = '\0';
  return id;
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
