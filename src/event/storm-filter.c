#include "config.h"

#include "storm-filter.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "storm-error.h"
#include "storm-filter-private.h"
#include "storm-filter-simple-private.h"
#include "storm-json.h"

/* The helper counts its own time. This is for one that can't: stopped, or swapped out for good. */
#define PATIENCE_MS 60000
#define HELPER "stormwatch-filter"
/* Of an expression, from the place on at which it is none. */
#define REST_CHARS 12

struct _StormFilter
{
  char       *expression;
  GPid        pid;
  int         fd;
  GString    *document;   /* used again and again */
  StormSimpleFilter *simple;   /* NULL when only jq knows what the expression says */
  GByteArray *known;      /* of each event a StormSimpleAnswer */
  GByteArray *asked;      /* what jq said of those that it was asked about */
  GByteArray *pack;       /* number of documents; each with its length */
  guint32     n;
  GByteArray *answers;    /* not looked at yet */
  guint64     n_failures;
  char       *failure;
};

static char *
find_helper (void)
{
  const char *directory = g_getenv ("STORMWATCH_LIBEXECDIR");

  return g_build_filename (directory != NULL && *directory != '\0' ? directory : LIBEXECDIR, HELPER,
                           NULL);
}

gboolean
storm_filter_is_available (void)
{
  g_autofree char *helper = find_helper ();

  return g_file_test (helper, G_FILE_TEST_IS_EXECUTABLE);
}

static gboolean
start_helper (StormFilter  *self,
              GError      **error)
{
  g_autofree char *helper = find_helper ();
  g_autoptr (GError) reason = NULL;
  const char *argv[] = { helper, NULL };
  const char *envp[] = { NULL };
  int pair[2];

  if (!g_file_test (helper, G_FILE_TEST_IS_EXECUTABLE))
    {
      g_set_error_literal (error, STORM_ERROR, STORM_ERROR_UNSUPPORTED,
                           _("This installation has no filter expressions, for it was built "
                             "without jq."));
      return FALSE;
    }
  if (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0)
    {
      g_set_error (error, STORM_ERROR, STORM_ERROR_IO, _("The filter can’t be started: %s"),
                   g_strerror (errno));
      return FALSE;
    }

  if (g_spawn_async_with_pipes_and_fds (NULL, argv, envp,
                                        G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_STDERR_TO_DEV_NULL,
                                        NULL, NULL, pair[1], pair[1], -1, NULL, NULL, 0, &self->pid,
                                        NULL, NULL, NULL, &reason))
    self->fd = pair[0];
  else
    close (pair[0]);
  close (pair[1]);
  if (self->fd < 0)
    g_set_error (error, STORM_ERROR, STORM_ERROR_IO, _("The filter can’t be started: %s"),
                 reason->message);
  return self->fd >= 0;
}

static void
end_helper (StormFilter *self)
{
  if (self->fd >= 0)
    close (self->fd);
  self->fd = -1;
  if (self->pid > 0)
    {
      kill (self->pid, SIGKILL);
      while (waitpid (self->pid, NULL, 0) < 0 && errno == EINTR)
        ;
    }
  self->pid = 0;
}

static gboolean
fail (StormFilter  *self,
      char          kind,
      GError      **error)
{
  switch (kind)
    {
    case STORM_FILTER_TOO_LONG:
      g_set_error (error, STORM_ERROR, STORM_ERROR_LIMIT,
                   _("The filter “%s” was stopped: it computed for two seconds at one event. "
                     "Does it loop?"), self->expression);
      break;
    case STORM_FILTER_TOO_LARGE:
      g_set_error (error, STORM_ERROR, STORM_ERROR_LIMIT,
                   _("The filter “%s” was stopped: it wanted more than 512 MB of memory. Does it "
                     "make something that grows without end?"), self->expression);
      break;
    case STORM_FILTER_HALTED:
      g_set_error (error, STORM_ERROR, STORM_ERROR_INVALID,
                   _("The filter “%s” ends itself with “halt”. Take that out."),
                   self->expression);
      break;
    default:
      g_set_error (error, STORM_ERROR, STORM_ERROR_LIMIT,
                   _("The filter “%s” broke down at an event, and was stopped. Try a simpler "
                     "one."), self->expression);
    }
  end_helper (self);
  return FALSE;
}

/* Whether there is an answer of @kind with all of its text; @text points into the answers. */
static gboolean
find_text (StormFilter  *self,
           gsize         at,
           const char  **text,
           guint32      *len)
{
  if (self->answers->len - at < 1 + sizeof *len)
    return FALSE;
  memcpy (len, self->answers->data + at + 1, sizeof *len);
  *text = (const char *) self->answers->data + at + 1 + sizeof *len;
  return *len <= STORM_FILTER_MAX_TEXT && self->answers->len - at - 1 - sizeof *len >= *len;
}

/* Sends what is left of @data and takes what has come, whichever is possible first. */
static gboolean
exchange (StormFilter   *self,
          const guint8 **data,
          gsize         *left,
          GCancellable  *cancellable,
          GError       **error)
{
  GPollFD fds[2] = { { self->fd, G_IO_IN | (*left > 0 ? G_IO_OUT : 0), 0 } };
  guint n_fds = 1;
  guint8 buffer[16384];
  gssize n;

  if (cancellable != NULL && g_cancellable_make_pollfd (cancellable, &fds[1]))
    n_fds = 2;
  n = g_poll (fds, n_fds, PATIENCE_MS);
  if (n_fds == 2)
    g_cancellable_release_fd (cancellable);
  if (g_cancellable_is_cancelled (cancellable))
    {
      end_helper (self);
      g_set_error_literal (error, STORM_ERROR, STORM_ERROR_CANCELLED, _("Stopped"));
      return FALSE;
    }
  if (n == 0)
    return fail (self, STORM_FILTER_TOO_LONG, error);

  if (fds[0].revents & (G_IO_IN | G_IO_HUP | G_IO_ERR))
    {
      n = recv (self->fd, buffer, sizeof buffer, MSG_DONTWAIT);
      if (n == 0 || (n < 0 && errno != EAGAIN && errno != EINTR))
        return fail (self, 0, error);
      if (n > 0)
        g_byte_array_append (self->answers, buffer, n);
    }
  if (fds[0].revents & G_IO_OUT)
    {
      n = send (self->fd, *data, *left, MSG_DONTWAIT | MSG_NOSIGNAL);
      /* A helper that has ended may have said why. */
      if (n > 0)
        {
          *data += n;
          *left -= n;
        }
    }
  return TRUE;
}

/* Where the expression is none, as far as the helper knows, and why. */
static void
set_refusal (StormFilter  *self,
             guint32       place,
             const char   *words,
             GError      **error)
{
  gsize len = strlen (self->expression);

  if (place == STORM_FILTER_NOWHERE || place > len)
    {
      g_set_error (error, STORM_ERROR, STORM_ERROR_INVALID, _("“%s” is no filter expression: %s"),
                   self->expression, words);
    }
  else if (place == len)
    {
      g_set_error (error, STORM_ERROR, STORM_ERROR_INVALID,
                   _("“%s” is no filter expression: at its end, %s"), self->expression, words);
    }
  else
    {
      const char *at = self->expression + place;
      g_autofree char *rest = g_utf8_substring (at, 0, MIN (g_utf8_strlen (at, -1), REST_CHARS));

      g_set_error (error, STORM_ERROR, STORM_ERROR_INVALID,
                   /* Translators: expression; a number; what stands there; jq's words. */
                   _("“%s” is no filter expression: at character %lu (“%s”), %s"),
                   self->expression, g_utf8_pointer_to_offset (self->expression, at) + 1, rest,
                   words);
    }
}

static gboolean
compile (StormFilter  *self,
         GError      **error)
{
  g_autoptr (GByteArray) pack = g_byte_array_new ();
  guint32 len = strlen (self->expression);
  const guint8 *data;
  const char *text = NULL;
  guint32 place;
  gsize left;

  g_byte_array_append (pack, (const guint8 *) &len, sizeof len);
  g_byte_array_append (pack, (const guint8 *) self->expression, len);
  data = pack->data;
  left = pack->len;
  for (;;)
    {
      char kind = self->answers->len > 0 ? self->answers->data[0] : 0;

      if (kind == STORM_FILTER_COMPILED)
        break;
      if (kind == STORM_FILTER_REFUSED && find_text (self, 0, &text, &len) &&
          self->answers->len >= 1 + sizeof len + len + sizeof place)
        {
          g_autofree char *words = g_utf8_make_valid (text, len);

          memcpy (&place, text + len, sizeof place);
          set_refusal (self, place, words, error);
          return FALSE;
        }
      if (kind != 0 && kind != STORM_FILTER_REFUSED)
        return fail (self, kind, error);
      if (!exchange (self, &data, &left, NULL, error))
        return FALSE;
    }
  g_byte_array_set_size (self->answers, 0);
  return TRUE;
}

static void
clear_pack (StormFilter *self)
{
  self->n = 0;
  g_byte_array_set_size (self->known, 0);
  g_byte_array_set_size (self->pack, sizeof self->n);
}

StormFilter *
storm_filter_new (const char  *expression,
                  GError     **error)
{
  g_autoptr (StormFilter) self = NULL;
  g_autofree char *stripped = NULL;

  g_return_val_if_fail (expression != NULL, NULL);

  stripped = g_strstrip (g_strdup (expression));
  if (*stripped == '\0' || !g_utf8_validate (stripped, -1, NULL))
    {
      g_set_error_literal (error, STORM_ERROR, STORM_ERROR_INVALID,
                           _("The filter is empty, or no text. Write an expression of jq, for "
                             "example: .payload.total > 100"));
      return NULL;
    }
  if (strlen (stripped) > STORM_FILTER_MAX_EXPRESSION)
    {
      g_set_error (error, STORM_ERROR, STORM_ERROR_LIMIT,
                   _("The filter is longer than %d characters. Write a shorter one."),
                   STORM_FILTER_MAX_EXPRESSION);
      return NULL;
    }

  self = g_new0 (StormFilter, 1);
  self->fd = -1;
  self->expression = g_steal_pointer (&stripped);
  self->document = g_string_new (NULL);
  self->known = g_byte_array_new ();
  self->asked = g_byte_array_new ();
  self->pack = g_byte_array_new ();
  self->answers = g_byte_array_new ();
  clear_pack (self);
  if (!start_helper (self, error) || !compile (self, error))
    return NULL;
  self->simple = storm_simple_filter_new (self->expression);

  return g_steal_pointer (&self);
}

void
storm_filter_free (StormFilter *self)
{
  if (self == NULL)
    return;
  end_helper (self);
  g_free (self->expression);
  g_string_free (self->document, TRUE);
  g_clear_pointer (&self->simple, storm_simple_filter_free);
  g_byte_array_unref (self->known);
  g_byte_array_unref (self->asked);
  g_byte_array_unref (self->pack);
  g_byte_array_unref (self->answers);
  g_free (self->failure);
  g_free (self);
}

static void
append_text (GString    *out,
             const char *name,
             const char *text,
             gssize      len)
{
  g_string_append_printf (out, ",\"%s\":", name);
  if (text != NULL)
    storm_json_append_string (out, text, len);
  else
    g_string_append (out, "null");
}

static void
append_headers (GString           *out,
                const StormRecord *record)
{
  g_string_append (out, ",\"headers\":{");
  for (guint i = 0; i < record->n_headers; i++)
    {
      const StormHeader *header = &record->headers[i];

      if (i > 0)
        g_string_append_c (out, ',');
      storm_json_append_string (out, header->name, header->name_len);
      g_string_append_c (out, ':');
      if (header->value != NULL)
        storm_json_append_string (out, (const char *) header->value, header->value_len);
      else
        g_string_append (out, "null");
    }
  g_string_append_c (out, '}');
}

static void
add_document (StormFilter        *self,
              const StormRecord  *record,
              StormPayloadStatus  status,
              const char         *type,
              const char         *correlation,
              StormTime           time)
{
  g_autofree char *when = NULL;
  GString *out;
  guint32 len;

  out = self->document;
  when = time != STORM_TIME_NONE ? storm_time_format_rfc3339 (time) : NULL;
  g_string_printf (out, "{\"partition\":%d,\"offset\":%" G_GINT64_FORMAT, record->partition,
                   record->offset);
  append_text (out, "type", type, -1);
  append_text (out, "time", when, -1);
  append_text (out, "correlation", correlation, -1);
  append_text (out, "topic", record->topic, -1);
  if (record->connection != NULL)
    append_text (out, "connection", record->connection, -1);
  append_text (out, "key", (const char *) record->key, record->key_len);
  append_headers (out, record);
  if (status == STORM_PAYLOAD_JSON || status == STORM_PAYLOAD_SCALAR)
    {
      gsize skip = storm_record_json_start (record);

      g_string_append (out, ",\"payload\":");
      g_string_append_len (out, (const char *) record->payload + skip, record->payload_len - skip);
    }
  else
    {
      append_text (out, "payload", (const char *) record->payload, record->payload_len);
    }
  g_string_append_c (out, '}');

  len = out->len;
  g_byte_array_append (self->pack, (const guint8 *) &len, sizeof len);
  g_byte_array_append (self->pack, (const guint8 *) out->str, len);
  self->n++;
}

void
storm_filter_add (StormFilter        *self,
                  const StormRecord  *record,
                  StormPayloadStatus  status,
                  const char         *type,
                  const char         *correlation,
                  StormTime           time)
{
  guint8 answer = STORM_SIMPLE_ASK;

  g_return_if_fail (self != NULL && record != NULL);

  if (self->simple != NULL)
    answer = storm_simple_filter_look (self->simple, record, status, type, correlation, time);
  g_byte_array_append (self->known, &answer, 1);
  if (answer == STORM_SIMPLE_ASK)
    add_document (self, record, status, type, correlation, time);
}

void
storm_filter_add_batch (StormFilter *self,
                        StormBatch  *batch)
{
  g_auto (StormRecordView) view = { 0 };
  StormStrings *strings;
  const StormEventRow *rows;
  guint n_rows;

  g_return_if_fail (self != NULL && batch != NULL);

  strings = storm_batch_get_strings (batch);
  rows = storm_batch_get_rows (batch, &n_rows);
  for (guint i = 0; i < n_rows; i++)
    {
      const StormEventRow *row = &rows[i];

      storm_batch_get_record (batch, i, &view);
      storm_filter_add (self, &view.record, row->payload_status,
                        row->type != 0 ? storm_strings_get (strings, row->type) : NULL,
                        row->correlation != 0 ? storm_strings_get (strings, row->correlation)
                                              : NULL, row->time);
    }
}

guint
storm_filter_get_n_added (StormFilter *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->known->len;
}

/* Looks at the answers that are there; @done counts on. FALSE at one that is none. */
static gboolean
take_answers (StormFilter  *self,
              guint8       *matches,
              guint32      *done,
              GError      **error)
{
  gsize at = 0;
  const char *text = NULL;
  guint32 len = 0;

  while (at < self->answers->len && *done < self->n)
    {
      char kind = self->answers->data[at];

      if (kind == STORM_FILTER_FAILED)
        {
          if (!find_text (self, at, &text, &len))
            break;
          if (self->n_failures++ == 0)
            self->failure = g_utf8_make_valid (text, len);
          at += sizeof len + len;
        }
      else if (kind != STORM_FILTER_MATCHES && kind != STORM_FILTER_MATCHES_NOT)
        {
          return fail (self, kind, error);
        }
      matches[(*done)++] = kind == STORM_FILTER_MATCHES;
      at++;
    }
  g_byte_array_remove_range (self->answers, 0, at);
  return TRUE;
}

/* Asks jq about the events of which only that knows. */
static gboolean
ask (StormFilter   *self,
     GCancellable  *cancellable,
     GError       **error)
{
  const guint8 *data;
  guint32 done = 0;
  gsize left;

  memcpy (self->pack->data, &self->n, sizeof self->n);
  g_byte_array_set_size (self->asked, self->n);
  data = self->pack->data;
  left = self->n > 0 ? self->pack->len : 0;
  while (done < self->n)
    if (!exchange (self, &data, &left, cancellable, error) ||
        !take_answers (self, self->asked->data, &done, error))
      return FALSE;
  return TRUE;
}

gboolean
storm_filter_run (StormFilter   *self,
                  guint8        *matches,
                  GCancellable  *cancellable,
                  GError       **error)
{
  guint k = 0;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (self->known->len == 0 || matches != NULL, FALSE);

  if (self->fd < 0)
    return fail (self, 0, error);
  if (!ask (self, cancellable, error))
    return FALSE;

  for (guint i = 0; i < self->known->len; i++)
    matches[i] = self->known->data[i] == STORM_SIMPLE_ASK ? self->asked->data[k++]
                                                          : self->known->data[i];
  clear_pack (self);
  return TRUE;
}

guint64
storm_filter_get_failures (StormFilter  *self,
                           const char  **words)
{
  g_return_val_if_fail (self != NULL, 0);

  if (words != NULL)
    *words = self->failure;
  return self->n_failures;
}
