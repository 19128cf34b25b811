#include "config.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "storm-detect-table-private.h"
#include "storm-mapping-read-private.h"

/* Looks for fields that say in some samples that the event failed: by a word ("status": "FAILED"),
 * by a yes or no ("success": false), or by being there at all ("error": "card declined"). */

#define MAX_CANDIDATES 6
#define MAX_PLACES     100
#define MAX_DEPTH      3
#define MAX_PLACE      200
/* A field that is there in more of the samples than this tells of something else. */
#define MAX_SHARE      0.5
/* From so many samples on a share means something. */
#define MIN_SAMPLES    10

static const char * const word_names[] = { "status", "state", "result", "outcome", NULL };
static const char * const bad_words[] = {
  "failed", "failure", "fail", "error", "errored", "rejected", "declined", "denied", "refused",
  "aborted", "timeout", "timedout", "exception", "invalid", "nok", "ko", NULL,
};
static const char * const good_names[] = {
  "success", "succeeded", "successful", "issuccess", "issuccessful", "ok", "isok", NULL,
};
static const char * const bad_names[] = {
  "failed", "isfailed", "haserror", "haserrors", "iserror", "rejected", NULL,
};
static const char * const error_ends[] = {
  "error", "errors", "errormessage", "errorcode", "errordetail", "errordetails", "exception",
  "exceptionmessage", "exceptionfqcn", "failurereason", "failreason", "failure", NULL,
};

/* A rule in the making: the values that say so, and how often. */
typedef struct
{
  char       *place;
  StormTest   test;
  GHashTable *values;    /* text → how often */
  GPtrArray  *in_order;  /* the texts, as they came first */
  GHashTable *types;     /* a set of the names of types */
  guint       n;
  guint       last;      /* the sample that was counted last, + 1 */
} Place;

typedef struct
{
  GPtrArray  *places;
  GHashTable *by_place;
  char       *type;
  guint       sample;
} Search;

static void
place_free (gpointer data)
{
  Place *place = data;

  g_free (place->place);
  g_hash_table_unref (place->values);
  g_ptr_array_unref (place->in_order);
  g_hash_table_unref (place->types);
  g_free (place);
}

/* "Payment_Status" → "paymentstatus" */
static char *
plain_name (const char *name)
{
  g_autofree char *lower = g_ascii_strdown (name, -1);
  char *to = lower;

  for (const char *at = lower; *at != '\0'; at++)
    {
      if (*at != '_' && *at != '-' && *at != ' ')
        *to++ = *at;
    }
  *to = '\0';

  return g_steal_pointer (&lower);
}

static gboolean
ends_with_one (const char         *name,
               const char * const *ends)
{
  for (; *ends != NULL; ends++)
    {
      if (g_str_has_suffix (name, *ends))
        return TRUE;
    }

  return FALSE;
}

static void
note (Search     *self,
      const char *entry,
      StormTest   test,
      const char *value)
{
  Place *place = g_hash_table_lookup (self->by_place, entry);
  guint n;

  if (place == NULL)
    {
      if (self->places->len == MAX_PLACES)
        return;
      place = g_new0 (Place, 1);
      place->place = g_strdup (entry);
      place->test = test;
      place->values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      place->in_order = g_ptr_array_new ();
      place->types = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      g_ptr_array_add (self->places, place);
      g_hash_table_insert (self->by_place, place->place, place);
    }
  if (place->test != test || place->last == self->sample + 1)
    return;
  place->last = self->sample + 1;
  place->n++;
  g_hash_table_add (place->types, g_strdup (self->type));
  n = GPOINTER_TO_UINT (g_hash_table_lookup (place->values, value));
  if (n == 0)
    {
      char *own = g_strdup (value);

      g_ptr_array_add (place->in_order, own);
      g_hash_table_insert (place->values, own, GUINT_TO_POINTER (1));
    }
  else
    {
      g_hash_table_insert (place->values, g_strdup (value), GUINT_TO_POINTER (n + 1));
    }
}

static void
look_at_text (Search     *self,
              const char *entry,
              const char *name,
              const char *text)
{
  g_autofree char *word = plain_name (text);

  if (ends_with_one (name, word_names) && g_strv_contains (bad_words, word))
    note (self, entry, STORM_TEST_IS, text);
  else if (ends_with_one (name, error_ends) && *word != '\0' && strcmp (word, "0") != 0
           && strcmp (word, "false") != 0 && strcmp (word, "null") != 0)
    note (self, entry, STORM_TEST_SAYS_SOMETHING, text);
}

static void
look_at_value (Search     *self,
               const char *entry,
               const char *name,
               JsonNode   *node)
{
  GType type = json_node_get_value_type (node);

  if (type == G_TYPE_STRING)
    look_at_text (self, entry, name, json_node_get_string (node));
  else if (type == G_TYPE_BOOLEAN && !json_node_get_boolean (node)
           && g_strv_contains (good_names, name))
    note (self, entry, STORM_TEST_IS, "false");
  else if (type == G_TYPE_BOOLEAN && json_node_get_boolean (node)
           && (g_strv_contains (bad_names, name) || ends_with_one (name, error_ends)))
    note (self, entry, STORM_TEST_IS, "true");
  else if (type == G_TYPE_INT64 && json_node_get_int (node) != 0
           && ends_with_one (name, error_ends))
    {
      g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (node));

      note (self, entry, STORM_TEST_SAYS_SOMETHING, text);
    }
}

static gboolean
is_filled (JsonNode *node)
{
  if (JSON_NODE_HOLDS_OBJECT (node))
    return json_object_get_size (json_node_get_object (node)) > 0;

  return JSON_NODE_HOLDS_ARRAY (node) && json_array_get_length (json_node_get_array (node)) > 0;
}

static void
look_at_object (Search     *self,
                JsonObject *object,
                const char *prefix,
                guint       depth)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, &node))
    {
      g_autofree char *plain = plain_name (name);
      g_autofree char *entry = g_strconcat (prefix, "/", name, NULL);

      /* What would have to be escaped is nothing that people call a status. */
      if (strlen (entry) > MAX_PLACE || strpbrk (name, "~/\\=|!,") != NULL)
        continue;
      if (JSON_NODE_HOLDS_VALUE (node))
        look_at_value (self, entry, plain, node);
      else if (ends_with_one (plain, error_ends) && is_filled (node))
        note (self, entry, STORM_TEST_SAYS_SOMETHING, "{…}");
      else if (JSON_NODE_HOLDS_OBJECT (node) && depth < MAX_DEPTH)
        look_at_object (self, json_node_get_object (node), entry, depth + 1);
    }
}

static void
look_at_headers (Search            *self,
                 const StormRecord *record)
{
  for (guint i = 0; i < record->n_headers; i++)
    {
      const StormHeader *header = &record->headers[i];
      g_autofree char *name = NULL;
      g_autofree char *plain = NULL;
      g_autofree char *entry = NULL;
      g_autofree char *value = NULL;

      if (header->value == NULL || header->value_len == 0 || header->value_len > MAX_PLACE
          || header->name_len > MAX_PLACE
          || !storm_bytes_are_text (header->value, header->value_len)
          || !storm_bytes_are_text ((const guint8 *) header->name, header->name_len))
        continue;
      name = g_strndup (header->name, header->name_len);
      value = g_strndup ((const char *) header->value, header->value_len);
      if (strpbrk (name, "\\=|!,") != NULL)
        continue;
      plain = plain_name (name);
      entry = g_strconcat ("header:", name, NULL);
      look_at_text (self, entry, plain, value);
    }
}

static void
look_at_sample (Search            *self,
                const StormRecord *record)
{
  g_autoptr (JsonNode) root = storm_detect_parse_payload (record);

  if (root != NULL && JSON_NODE_HOLDS_OBJECT (root))
    look_at_object (self, json_node_get_object (root), "json:", 1);
  look_at_headers (self, record);
}

static void
append_values (GString     *out,
               const Place *place,
               const char  *between)
{
  for (guint i = 0; i < place->in_order->len; i++)
    g_string_append_printf (out, "%s%s", i > 0 ? between : "",
                            (char *) g_ptr_array_index (place->in_order, i));
}

static char *
make_words (const Place *place,
            guint        n_samples)
{
  g_autofree char *types = g_strdup_printf (
    g_dngettext (GETTEXT_PACKAGE, "%u event type", "%u event types",
                 g_hash_table_size (place->types)), g_hash_table_size (place->types));
  g_autofree char *share = NULL;
  g_autoptr (GString) values = g_string_new (NULL);

  if (place->test == STORM_TEST_SAYS_SOMETHING)
    {
      const char *first = g_ptr_array_index (place->in_order, 0);
      g_autofree char *start = g_utf8_substring (first, 0, MIN (g_utf8_strlen (first, -1), 40));

      /* Translators: evidence that a field says that an event failed, and an example of what it
       * says. */
      share = g_strdup_printf (_("there in %u of %u samples, for example “%s”"), place->n,
                               n_samples, start);
    }
  else
    {
      append_values (values, place, ", ");
      /* Translators: evidence that a field says that an event failed: its values, such as FAILED
       * or false. */
      share = g_strdup_printf (_("%s in %u of %u samples"), values->str, place->n, n_samples);
    }

  return g_strdup_printf ("%s · %s", share, types);
}

static void
candidate_free (gpointer data)
{
  StormFailedCandidate *candidate = data;

  g_free (candidate->rule);
  g_free (candidate->words);
  g_free (candidate);
}

static void
add_candidate (GPtrArray   *candidates,
               const Place *place,
               guint        n_samples)
{
  StormFailedCandidate *candidate = g_new0 (StormFailedCandidate, 1);
  g_autoptr (GString) rule = g_string_new (place->place);

  if (place->test == STORM_TEST_IS)
    {
      g_string_append_c (rule, '=');
      append_values (rule, place, "|");
    }
  candidate->rule = g_string_free (g_steal_pointer (&rule), FALSE);
  candidate->words = make_words (place, n_samples);
  candidate->n = place->n;
  g_ptr_array_add (candidates, candidate);
}

static int
compare_candidates (gconstpointer a,
                    gconstpointer b)
{
  const StormFailedCandidate *x = *(StormFailedCandidate * const *) a;
  const StormFailedCandidate *y = *(StormFailedCandidate * const *) b;

  if (x->n != y->n)
    return x->n > y->n ? -1 : 1;

  return strcmp (x->rule, y->rule);
}

GPtrArray *
storm_detect_failed (GPtrArray    *samples,
                     StormMapping *mapping)
{
  GPtrArray *candidates = g_ptr_array_new_with_free_func (candidate_free);
  Search self = { NULL, };
  StormReading reading;

  self.places = g_ptr_array_new_with_free_func (place_free);
  self.by_place = g_hash_table_new (g_str_hash, g_str_equal);
  storm_reading_init (&reading);
  for (; self.sample < samples->len; self.sample++)
    {
      const StormRecord *record =
        &((StormSample *) g_ptr_array_index (samples, self.sample))->view.record;

      storm_mapping_read (mapping, record, &reading);
      self.type = g_utf8_make_valid (reading.text[STORM_MAPPING_TYPE] != NULL
                                     ? reading.text[STORM_MAPPING_TYPE] : "",
                                     (gssize) reading.len[STORM_MAPPING_TYPE]);
      look_at_sample (&self, record);
      g_free (self.type);
    }
  storm_reading_clear (&reading);

  for (guint i = 0; i < self.places->len; i++)
    {
      const Place *place = g_ptr_array_index (self.places, i);

      if (place->test != STORM_TEST_SAYS_SOMETHING || samples->len < MIN_SAMPLES
          || place->n <= samples->len * MAX_SHARE)
        add_candidate (candidates, place, samples->len);
    }
  g_ptr_array_sort (candidates, compare_candidates);
  if (candidates->len > MAX_CANDIDATES)
    g_ptr_array_set_size (candidates, MAX_CANDIDATES);
  g_hash_table_unref (self.by_place);
  g_ptr_array_unref (self.places);

  return candidates;
}
