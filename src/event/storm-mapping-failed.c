#include "config.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "storm-error.h"
#include "storm-mapping-read-private.h"

#define MAX_VALUES 64

/* Up to one of @stops that has its meaning; what stands there instead of the backslashes. */
static char *
take_part (const char **at,
           const char  *stops)
{
  GString *part = g_string_new (NULL);

  for (; **at != '\0'; (*at)++)
    {
      if (**at == '\\' && (*at)[1] != '\0')
        (*at)++;
      else if (strchr (stops, **at) != NULL && (**at != '!' || (*at)[1] == '='))
        break;
      g_string_append_c (part, **at);
    }

  return g_strstrip (g_string_free (part, FALSE));
}

gboolean
storm_entry_parse_rule (StormEntry  *entry,
                        const char  *text,
                        GError     **error)
{
  const char *at = text;
  g_autoptr (GStrvBuilder) values = g_strv_builder_new ();
  gboolean wrong = FALSE;
  guint n = 0;

  entry->place = take_part (&at, "!=");
  if (*at == '\0')
    {
      entry->test = STORM_TEST_SAYS_SOMETHING;
      return TRUE;
    }

  entry->test = *at == '!' ? STORM_TEST_IS_NOT : STORM_TEST_IS;
  at += *at == '!';
  do
    {
      g_autofree char *value = (at++, take_part (&at, "|"));

      wrong = wrong || *value == '\0' || n++ == MAX_VALUES;
      g_strv_builder_add (values, value);
    }
  while (*at != '\0' && !wrong);
  entry->values = g_strv_builder_end (values);
  if (wrong)
    {
      g_set_error (error, STORM_ERROR, STORM_ERROR_INVALID,
                   _("Rule “%s” of “failed” in the mapping can’t be used. Write what the value "
                     "must be behind the “=”, at most %d texts with “|” between them, for example "
                     "“json:/status=FAILED|REJECTED”."), text, MAX_VALUES);
      return FALSE;
    }

  return TRUE;
}

/* "0", "-0.0", "0e5" */
static gboolean
is_zero (const char *text,
         gsize       len)
{
  gsize i = 0;

  while (i < len && strchr ("-0.", text[i]) != NULL)
    i++;

  return len > 0 && (i == len || ((text[i] == 'e' || text[i] == 'E') && i > 0));
}

static gboolean
is_text (const char *text,
         gsize       len,
         const char *other)
{
  return strlen (other) == len && g_ascii_strncasecmp (text, other, len) == 0;
}

/* Many write "", "0" or "false" where nothing went wrong. */
static gboolean
says_something (const char *text,
                gsize       len)
{
  return len > 0 && !is_zero (text, len) && !is_text (text, len, "false")
         && !is_text (text, len, "null");
}

/* Of an object or array: whether there is anything inside it. */
static gboolean
has_members (const StormJsonValue *value)
{
  for (gsize i = 1; i + 1 < value->len; i++)
    {
      if (strchr (" \t\r\n", value->start[i]) == NULL)
        return TRUE;
    }

  return FALSE;
}

static gboolean
passes (const StormEntry *entry,
        const char       *text,
        gsize             len)
{
  gboolean is = FALSE;

  if (entry->test == STORM_TEST_SAYS_SOMETHING)
    return says_something (text, len);
  if (len > STORM_MAPPING_MAX_TEXT)
    return FALSE;
  for (guint i = 0; entry->values[i] != NULL && !is; i++)
    is = is_text (text, len, entry->values[i]);

  return is == (entry->test == STORM_TEST_IS);
}

/* What the value is as a text, as much of it as is needed. */
static gboolean
take_json (StormReader          *reader,
           const StormJsonValue *value,
           const char          **text,
           gsize                *len)
{
  *text = value->start;
  *len = value->len;
  if (value->type == STORM_JSON_MISSING)
    return FALSE;
  if (value->type == STORM_JSON_STRING && value->escaped)
    {
      gsize n = MIN (value->len, STORM_MAPPING_MAX_TEXT);
      char *room = storm_reading_take_room (reader->reading, n);

      *len = storm_json_unescape (value->start, n, room);
      *text = room;
    }

  return TRUE;
}

static gboolean
json_says (StormReader      *reader,
           const StormEntry *entry,
           const char      **text,
           gsize            *len)
{
  const StormJsonValue *value = &reader->values[entry->slot];
  gboolean container = value->type == STORM_JSON_OBJECT || value->type == STORM_JSON_ARRAY;

  if (!take_json (reader, value, text, len))
    return FALSE;
  if (container)
    return entry->test == STORM_TEST_SAYS_SOMETHING && has_members (value);
  /* No text of such a length is compared with, however its escapes shorten it. */
  if (entry->test != STORM_TEST_SAYS_SOMETHING && value->len > STORM_MAPPING_MAX_TEXT)
    return FALSE;
  /* Null is what is not there, unless somebody asks for it. */
  if (value->type == STORM_JSON_NULL && entry->test != STORM_TEST_IS)
    return FALSE;

  return passes (entry, *text, *len);
}

static gboolean
says_so (StormReader      *reader,
         const StormEntry *entry,
         const char      **text,
         gsize            *len)
{
  StormFound found;

  if (entry->kind == STORM_ENTRY_JSON)
    return json_says (reader, entry, text, len);

  storm_reader_find (reader, entry, &found);
  *text = found.text;
  *len = found.len;

  return found.text != NULL && passes (entry, found.text, found.len);
}

void
storm_reader_read_failed (StormReader          *reader,
                          const StormEntryList *list,
                          gboolean              per_type)
{
  StormReading *reading = reader->reading;
  gsize mark = reading->buffer->len;

  reading->per_type[STORM_MAPPING_FAILED] = per_type;
  for (guint i = 0; i < list->n; i++)
    {
      const char *text;
      gsize len;

      if (storm_reader_is_absent (reader, &list->entries[i]))
        continue;
      if (says_so (reader, &list->entries[i], &text, &len) && len > 0)
        {
          reading->text[STORM_MAPPING_FAILED] = text;
          reading->len[STORM_MAPPING_FAILED] = MIN (len, STORM_MAPPING_MAX_TEXT);
          reading->entry[STORM_MAPPING_FAILED] = (gint16) i;
          return;
        }
      reading->buffer->len = mark;
    }
}
