#include "config.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "storm-detect-table-private.h"

/* Looks for fields whose values tie events of several types together in small groups. The order's
 * number may have different names: "id" in the event of the order itself, "orderId" in all others.
 * So each field is tried as the main one, and for the types that lack it the field whose values are
 * found among the main one's. */

#define MAX_CANDIDATES 8
#define MAX_SAMPLES    1000
/* A field of another name has to share so many of its values. */
#define MIN_OVERLAP    0.5

/* What a name says about whether it is the number of a business case. */
static double
weigh_name (const char *entry)
{
  static const char *known[] = { "correlationid", "correlation_id", "correlation-id", "txid",
                                 "tx_id", "sagaid", "processid", "caseid" };
  static const char *ends[] = { "id", "_id", "key", "no", "number", "code", "uuid" };
  const char *slash = strrchr (entry, '/');
  const char *last = slash != NULL ? slash : strchr (entry, ':');
  g_autofree char *name = g_utf8_strdown (last != NULL ? last + 1 : entry, -1);

  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    {
      if (g_str_has_suffix (name, known[i]))
        return 1.5;
    }
  if (strcmp (name, "key") == 0)
    return 1.1;
  /* Everything has an "id"; that two kinds of things have the same one is chance. */
  if (strcmp (name, "id") == 0 || strcmp (name, "uuid") == 0)
    return 0.4;
  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      if (g_str_has_suffix (name, ends[i]))
        return 1.2;
    }

  return 0.5;
}

/* A main field with the fields that stand in for it; @fields by type, -1 for none. */
typedef struct
{
  guint   main;
  GArray *fields;
  guint   n_types;
  guint   n_keys;
  double  mean_size;
  double  weight;
} Choice;

static guint
count_shared (StormDetectCell *cell,
              GHashTable      *values)
{
  GHashTableIter iter;
  gpointer value;
  guint n = 0;

  g_hash_table_iter_init (&iter, cell->values);
  while (g_hash_table_iter_next (&iter, &value, NULL))
    n += g_hash_table_contains (values, value);

  return n;
}

static int
find_substitute (StormDetectTable *table,
                 GHashTable       *values,
                 guint             type)
{
  int best = -1;
  double best_weight = 0.0;

  for (guint field = 0; field < table->fields->len; field++)
    {
      StormDetectCell *cell = storm_detect_table_get (table, field, type);
      guint n_distinct, n_shared;
      double weight;

      if (cell == NULL)
        continue;
      n_distinct = g_hash_table_size (cell->values);
      n_shared = count_shared (cell, values);
      if (n_shared < MIN (2, g_hash_table_size (values)) || n_shared < n_distinct * MIN_OVERLAP)
        continue;
      /* Of two that fit, a number of pieces has few different values, a number of orders many. */
      weight = (double) n_shared / cell->n;
      if (weight > best_weight)
        {
          best_weight = weight;
          best = (int) field;
        }
    }

  return best;
}

static GHashTable *
collect_values (StormDetectTable *table,
                guint             field)
{
  GHashTable *values = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint type = 0; type < table->types->len; type++)
    {
      StormDetectCell *cell = storm_detect_table_get (table, field, type);
      GHashTableIter iter;
      gpointer value;

      if (cell == NULL)
        continue;
      g_hash_table_iter_init (&iter, cell->values);
      while (g_hash_table_iter_next (&iter, &value, NULL))
        g_hash_table_add (values, value);
    }

  return values;
}

/* What stands for the key in events of @type, NULL for nothing. */
static StormDetectCell *
chosen_cell (StormDetectTable *table,
             const Choice     *choice,
             guint             type)
{
  int field = g_array_index (choice->fields, int, type);

  return field >= 0 ? storm_detect_table_get (table, (guint) field, type) : NULL;
}

/* Groups the events by key: how many there are, how large, and how many types they tie together. */
static void
measure (StormDetectTable *table,
         Choice           *choice)
{
  g_autoptr (GHashTable) sizes = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) kinds = g_hash_table_new (g_str_hash, g_str_equal);
  GHashTableIter iter;
  gpointer value, n;
  guint n_events = 0, n_tied = 0;
  double size;

  for (guint type = 0; type < table->types->len; type++)
    {
      StormDetectCell *cell = chosen_cell (table, choice, type);

      if (cell == NULL)
        continue;
      n_events += cell->n;
      g_hash_table_iter_init (&iter, cell->values);
      while (g_hash_table_iter_next (&iter, &value, &n))
        {
          g_hash_table_insert (sizes, value, GUINT_TO_POINTER (
            GPOINTER_TO_UINT (g_hash_table_lookup (sizes, value)) + GPOINTER_TO_UINT (n)));
          g_hash_table_insert (kinds, value, GUINT_TO_POINTER (
            GPOINTER_TO_UINT (g_hash_table_lookup (kinds, value)) + 1));
        }
    }

  /* A type is tied when one of its keys has an event of another type. */
  for (guint type = 0; type < table->types->len; type++)
    {
      StormDetectCell *cell = chosen_cell (table, choice, type);
      gboolean tied = FALSE;

      if (cell == NULL)
        continue;
      g_hash_table_iter_init (&iter, cell->values);
      while (!tied && g_hash_table_iter_next (&iter, &value, NULL))
        tied = GPOINTER_TO_UINT (g_hash_table_lookup (kinds, value)) > 1;
      choice->n_types += tied;
    }

  choice->n_keys = g_hash_table_size (sizes);
  if (choice->n_keys == 0)
    return;

  g_hash_table_iter_init (&iter, kinds);
  while (g_hash_table_iter_next (&iter, NULL, &n))
    n_tied += GPOINTER_TO_UINT (n) > 1;
  choice->mean_size = (double) n_events / choice->n_keys;

  /* One event of each type is what a case looks like; far more of them is a customer or a
   * quantity. */
  size = choice->mean_size / MAX (choice->n_types, 1);
  choice->weight = (double) n_events / table->n * n_tied / choice->n_keys
                   * choice->n_types / table->types->len
                   * (size > 1.5 ? 1.5 / size : 1.0)
                   * weigh_name (g_ptr_array_index (table->fields, choice->main));
}

static Choice *
choose (StormDetectTable *table,
        guint             main)
{
  g_autoptr (GHashTable) values = collect_values (table, main);
  Choice *choice = g_new0 (Choice, 1);

  choice->main = main;
  choice->fields = g_array_new (FALSE, FALSE, sizeof (int));
  for (guint type = 0; type < table->types->len; type++)
    {
      StormDetectCell *cell = storm_detect_table_get (table, main, type);
      int field = cell != NULL ? (int) main : find_substitute (table, values, type);

      g_array_append_val (choice->fields, field);
    }
  measure (table, choice);

  return choice;
}

static void
choice_free (Choice *choice)
{
  g_array_unref (choice->fields);
  g_free (choice);
}

static int
compare_choices (gconstpointer a,
                 gconstpointer b)
{
  const Choice *first = *(Choice * const *) a;
  const Choice *second = *(Choice * const *) b;

  if (first->weight != second->weight)
    return first->weight > second->weight ? -1 : 1;

  return first->main < second->main ? -1 : 1;
}

static const char *
show_entry (const char *entry)
{
  if (g_str_has_prefix (entry, "json:/"))
    return entry + strlen ("json:/");
  if (strcmp (entry, "key") == 0)
    return _("record key");

  return entry;
}

/* "orderId in OrderAccepted, CookStarted; id in OrderPlaced" */
static char *
make_words (StormDetectTable *table,
            const Choice     *choice)
{
  g_autoptr (GString) words = g_string_new (NULL);

  for (guint i = 0; i <= table->fields->len; i++)
    {
      /* The main one first. */
      int field = i == 0 ? (int) choice->main : (int) i - 1;
      g_autoptr (GString) types = g_string_new (NULL);
      guint n = 0;

      if (i > 0 && field == (int) choice->main)
        continue;
      for (guint type = 0; type < table->types->len; type++)
        {
          if (g_array_index (choice->fields, int, type) != field)
            continue;
          if (n < 3)
            g_string_append_printf (types, "%s%s", n > 0 ? ", " : "",
                                    (char *) g_ptr_array_index (table->types, type));
          n++;
        }
      if (n == 0)
        continue;
      if (n > 3)
        g_string_append (types, ", …");
      if (words->len > 0)
        g_string_append (words, "; ");
      /* Translators: a field, and the event types that have it: “orderId in OrderAccepted”. */
      g_string_append_printf (words, _("%s in %s"),
                              show_entry (g_ptr_array_index (table->fields, field)), types->str);
    }

  return g_string_free (g_steal_pointer (&words), FALSE);
}

static StormMapping *
make_mapping (StormDetectTable *table,
              const Choice     *choice,
              StormMapping     *mapping)
{
  const char *entries[] = { g_ptr_array_index (table->fields, choice->main), NULL };
  StormMapping *made = storm_mapping_with (mapping, NULL, STORM_MAPPING_CORRELATION, entries, NULL);

  for (guint type = 0; made != NULL && type < table->types->len; type++)
    {
      int field = g_array_index (choice->fields, int, type);
      StormMapping *next;

      if (field < 0 || field == (int) choice->main)
        continue;
      entries[0] = g_ptr_array_index (table->fields, field);
      next = storm_mapping_with (made, g_ptr_array_index (table->types, type),
                                 STORM_MAPPING_CORRELATION, entries, NULL);
      storm_mapping_unref (made);
      made = next;
    }

  return made;
}

static void
candidate_free (StormKeyCandidate *candidate)
{
  g_clear_pointer (&candidate->mapping, storm_mapping_unref);
  g_free (candidate->words);
  g_free (candidate);
}

static gboolean
accept (StormDetectTable *table,
        Choice           *choice,
        gboolean          by_name)
{
  double by_its_name = weigh_name (g_ptr_array_index (table->fields, choice->main));

  if (by_name)
    {
      choice->weight = by_its_name * choice->mean_size * choice->n_keys / table->n;
      return by_its_name >= 1.2;
    }
  /* One value for everything, or none that ties anything, is no key. */
  return choice->n_types >= 2 && (choice->n_keys >= 2 || choice->mean_size <= choice->n_types);
}

static void
add_choices (StormDetectTable *table,
             GPtrArray        *choices,
             gboolean          by_name)
{
  for (guint field = 0; field < table->fields->len; field++)
    {
      Choice *choice = choose (table, field);

      if (accept (table, choice, by_name))
        g_ptr_array_add (choices, choice);
      else
        choice_free (choice);
    }
}

GPtrArray *
storm_detect_keys (GPtrArray    *samples,
                   StormMapping *mapping)
{
  GPtrArray *candidates = g_ptr_array_new_with_free_func ((GDestroyNotify) candidate_free);
  g_autoptr (GPtrArray) choices =
    g_ptr_array_new_with_free_func ((GDestroyNotify) choice_free);
  StormReading reading;
  StormDetectTable table;

  storm_detect_table_init (&table, mapping);
  storm_reading_init (&reading);
  for (guint i = 0; i < MIN (samples->len, MAX_SAMPLES); i++)
    {
      StormSample *sample = g_ptr_array_index (samples, i);

      storm_detect_table_add (&table, mapping, &sample->view.record, &reading);
    }
  storm_reading_clear (&reading);

  add_choices (&table, choices, FALSE);
  /* A handful of events, or of one type only, ties nothing: the name alone has to say it. */
  if (choices->len == 0)
    add_choices (&table, choices, TRUE);

  g_ptr_array_sort (choices, compare_choices);
  for (guint i = 0; i < MIN (choices->len, MAX_CANDIDATES); i++)
    {
      Choice *choice = g_ptr_array_index (choices, i);
      StormKeyCandidate *candidate = g_new0 (StormKeyCandidate, 1);

      candidate->mapping = make_mapping (&table, choice, mapping);
      candidate->words = make_words (&table, choice);
      candidate->n_types = choice->n_types;
      candidate->n_keys = choice->n_keys;
      candidate->mean_size = choice->mean_size;
      if (candidate->mapping != NULL)
        g_ptr_array_add (candidates, candidate);
      else
        candidate_free (candidate);
    }
  storm_detect_table_clear (&table);

  return candidates;
}
