#include "config.h"

#include "storm-mapping-report.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "storm-detect-private.h"
#include "storm-mapping-probe-private.h"

#define MAX_TYPES    200
#define MAX_PROBLEMS 50
/* What people can read of a value. */
#define MAX_EXAMPLE  200

/* How one list of entries fares with the samples that it holds for. */
typedef struct
{
  const StormEntryList *list;
  StormMappingField     field;
  char                 *type;         /* nullable: the first type whose own list it is */
  guint                 n;            /* samples that it was asked for */
  guint                 n_found;
  guint               (*states)[STORM_ENTRY_N_STATES];   /* of each entry */
} ListCount;

typedef struct
{
  StormMapping       *mapping;
  StormMappingReport *report;
  GHashTable         *types;      /* name → StormMappingTypeReport, which the report owns */
  GHashTable         *lists;      /* StormEntryList → ListCount */
  GPtrArray          *in_order;   /* ListCount, as they were found */
  guint               n_refused;  /* times that are none */
  char               *refused_rule;
  const char         *type;       /* of the sample that is looked at */
} Maker;

const char *
storm_mapping_field_words (StormMappingField field)
{
  switch (field)
    {
    case STORM_MAPPING_TYPE:
      return _("event type");
    case STORM_MAPPING_ID:
      return _("event id");
    case STORM_MAPPING_TIME:
      return _("time");
    case STORM_MAPPING_CORRELATION:
      return _("correlation key");
    case STORM_MAPPING_CAUSATION:
      return _("causation");
    case STORM_MAPPING_FAILED:
      return _("failure");
    case STORM_MAPPING_N_FIELDS:
    default:
      g_return_val_if_reached ("");
    }
}

static void
type_report_free (StormMappingTypeReport *type)
{
  for (guint i = 0; i < STORM_MAPPING_N_FIELDS; i++)
    {
      g_free (type->example[i]);
      g_free (type->rule[i]);
    }
  g_free (type->type);
  g_free (type);
}

static void
problem_free (StormMappingProblem *problem)
{
  g_free (problem->type);
  g_free (problem->words);
  g_free (problem);
}

static void
list_count_free (ListCount *count)
{
  g_free (count->type);
  g_free (count->states);
  g_free (count);
}

/* Takes @words. */
static void
add_problem (Maker             *self,
             const char        *type,
             StormMappingField  field,
             char              *words)
{
  StormMappingProblem *problem;

  if (self->report->problems->len >= MAX_PROBLEMS)
    {
      g_free (words);
      return;
    }
  problem = g_new0 (StormMappingProblem, 1);
  problem->type = g_strdup (type);
  problem->field = field;
  problem->words = words;
  g_ptr_array_add (self->report->problems, problem);
}

static ListCount *
get_count (Maker                *self,
           const StormEntryList *list,
           StormMappingField     field)
{
  ListCount *count = g_hash_table_lookup (self->lists, list);

  if (count == NULL)
    {
      count = g_new0 (ListCount, 1);
      count->list = list;
      count->field = field;
      count->type = list != &self->mapping->lists[field] ? g_strdup (self->type) : NULL;
      count->states = g_malloc0_n (MAX (list->n, 1), sizeof *count->states);
      g_hash_table_insert (self->lists, (gpointer) list, count);
      g_ptr_array_add (self->in_order, count);
    }
  return count;
}

static void
probed_cb (StormMappingField     field,
           const StormEntryList *list,
           guint                 entry,
           StormEntryState       state,
           gpointer              user_data)
{
  ListCount *count = get_count (user_data, list, field);

  count->n += entry == 0;
  count->n_found += state == STORM_ENTRY_TEXT;
  count->states[entry][state]++;
}

static char *
make_example (const char *text,
              gsize       len)
{
  g_autofree char *valid = g_utf8_make_valid (text, (gssize) MIN (len, MAX_EXAMPLE * 4));

  if (g_utf8_strlen (valid, -1) <= MAX_EXAMPLE)
    return g_steal_pointer (&valid);
  return g_utf8_substring (valid, 0, MAX_EXAMPLE);
}

static StormMappingTypeReport *
get_type (Maker *self)
{
  StormMappingTypeReport *type = g_hash_table_lookup (self->types, self->type);

  if (type == NULL)
    {
      type = g_new0 (StormMappingTypeReport, 1);
      type->type = g_strdup (self->type);
      g_hash_table_insert (self->types, type->type, type);
      g_ptr_array_add (self->report->types, type);
    }
  return type;
}

static void
note_field (Maker                  *self,
            StormMappingTypeReport *type,
            const StormReading     *reading,
            StormMappingField       field)
{
  const char * const *entries;
  gboolean found = reading->text[field] != NULL;

  if (field == STORM_MAPPING_TIME)
    found = reading->time_source == STORM_TIME_FROM_EVENT;
  type->n_found[field] += found;
  if (!found && (field != STORM_MAPPING_TIME || reading->time == STORM_TIME_NONE ||
                 type->n_found[field] > 0))
    return;

  g_free (type->example[field]);
  type->example[field] = field == STORM_MAPPING_TIME
                         ? storm_time_format_rfc3339 (reading->time)
                         : make_example (reading->text[field], reading->len[field]);
  type->per_type[field] = reading->per_type[field];
  g_clear_pointer (&type->rule[field], g_free);
  if (reading->entry[field] < 0 || (field == STORM_MAPPING_TIME && reading->time_refused))
    return;
  entries = storm_mapping_get_entries (self->mapping, reading->per_type[field] ? type->type : NULL,
                                       field);
  if (entries != NULL && reading->entry[field] < (gint) g_strv_length ((char **) entries))
    type->rule[field] = g_strdup (entries[reading->entry[field]]);
}

static void
note_refused_time (Maker              *self,
                   const StormReading *reading)
{
  const char * const *entries;

  if (!reading->time_refused)
    return;
  self->n_refused++;
  if (self->refused_rule != NULL || reading->entry[STORM_MAPPING_TIME] < 0)
    return;
  entries = storm_mapping_get_entries (
    self->mapping, reading->per_type[STORM_MAPPING_TIME] ? self->type : NULL, STORM_MAPPING_TIME);
  if (entries != NULL &&
      reading->entry[STORM_MAPPING_TIME] < (gint) g_strv_length ((char **) entries))
    self->refused_rule = g_strdup (entries[reading->entry[STORM_MAPPING_TIME]]);
}

static void
look_at (Maker             *self,
         const StormRecord *record,
         StormReading      *reading)
{
  g_autofree char *name = NULL;
  StormMappingTypeReport *type;

  storm_mapping_read (self->mapping, record, reading);
  name = reading->text[STORM_MAPPING_TYPE] != NULL
         ? g_utf8_make_valid (reading->text[STORM_MAPPING_TYPE],
                              (gssize) reading->len[STORM_MAPPING_TYPE])
         : g_strdup ("");
  self->type = name;
  type = get_type (self);
  type->n++;
  for (guint field = 0; field < STORM_MAPPING_N_FIELDS; field++)
    note_field (self, type, reading, (StormMappingField) field);
  note_refused_time (self, reading);
  storm_mapping_probe (self->mapping, record, name, reading, probed_cb, self);
}

/* What is wrong with an entry that was asked and gave nothing, in the samples that say most. */
static char *
entry_words (const ListCount *count,
             guint            entry)
{
  const guint *states = count->states[entry];
  const char *text = count->list->texts[entry];

  if (states[STORM_ENTRY_OBJECT] > 0)
    return g_strdup_printf (ngettext ("“%s” points at an object in %u sample, not at a value. Name "
                                      "a field inside it, such as “%s/id”.",
                                      "“%s” points at an object in %u samples, not at a value. "
                                      "Name a field inside it, such as “%s/id”.",
                                      states[STORM_ENTRY_OBJECT]),
                            text, states[STORM_ENTRY_OBJECT], text);
  if (states[STORM_ENTRY_LIST] > 0)
    return g_strdup_printf (ngettext ("“%s” points at a list in %u sample, not at a value. Name "
                                      "one of its places, such as “%s/0”.",
                                      "“%s” points at a list in %u samples, not at a value. Name "
                                      "one of its places, such as “%s/0”.",
                                      states[STORM_ENTRY_LIST]),
                            text, states[STORM_ENTRY_LIST], text);
  if (states[STORM_ENTRY_TOO_LONG] > 0)
    return g_strdup_printf (ngettext ("“%s” holds a text of more than %d bytes in %u sample, which "
                                      "is not used.",
                                      "“%s” holds a text of more than %d bytes in %u samples, "
                                      "which is not used.", states[STORM_ENTRY_TOO_LONG]),
                            text, STORM_MAPPING_MAX_TEXT, states[STORM_ENTRY_TOO_LONG]);
  if (states[STORM_ENTRY_BYTES] > 0)
    return g_strdup_printf (ngettext ("“%s” holds bytes that are no text in %u sample.",
                                      "“%s” holds bytes that are no text in %u samples.",
                                      states[STORM_ENTRY_BYTES]),
                            text, states[STORM_ENTRY_BYTES]);
  return NULL;
}

static void
judge_list (Maker           *self,
            const ListCount *count)
{
  gboolean pointed = FALSE;
  g_autofree char *rules = NULL;

  for (guint i = 0; i < count->list->n; i++)
    {
      char *words = entry_words (count, i);

      if (words != NULL)
        add_problem (self, count->type, count->field, words);
      pointed |= words != NULL;
    }
  /* Of all known conventions most names are absent, many events have no id, and most don't fail. */
  if (count->field == STORM_MAPPING_FAILED || count->n_found > 0 || count->n == 0 || pointed ||
      (count->type == NULL &&
       storm_mapping_is_default_list (count->field, (const char * const *) count->list->texts)))
    return;

  rules = g_strjoinv (", ", count->list->texts);
  if (count->type != NULL)
    /* Translators: rules, a field such as “correlation key”, an event type. */
    add_problem (self, count->type, count->field, g_strdup_printf (
      _("%s matches nothing: the %s of “%s” is in none of its %u samples."), rules,
      storm_mapping_field_words (count->field), count->type, count->n));
  else
    add_problem (self, NULL, count->field, g_strdup_printf (
      _("%s matches nothing: the %s is in none of the %u samples that these rules are for."), rules,
      storm_mapping_field_words (count->field), count->n));
}

static void
judge_lists (Maker             *self,
             StormMappingField  field)
{
  for (guint i = 0; i < self->in_order->len; i++)
    {
      const ListCount *count = g_ptr_array_index (self->in_order, i);

      if (count->field == field)
        judge_list (self, count);
    }
}

static void
judge_keys (Maker *self)
{
  guint n_without = 0;

  for (guint i = 0; i < self->report->types->len; i++)
    {
      StormMappingTypeReport *type = g_ptr_array_index (self->report->types, i);

      n_without += type->n_found[STORM_MAPPING_CORRELATION] == 0;
    }
  if (n_without == self->report->types->len)
    {
      add_problem (self, NULL, STORM_MAPPING_CORRELATION, g_strdup (
        _("No event has a correlation key, so there are no traces. Choose a key.")));
      return;
    }
  for (guint i = 0; i < self->report->types->len; i++)
    {
      StormMappingTypeReport *type = g_ptr_array_index (self->report->types, i);
      guint n = type->n - type->n_found[STORM_MAPPING_CORRELATION];

      if (n > 0 && *type->type != '\0')
        add_problem (self, type->type, STORM_MAPPING_CORRELATION, g_strdup_printf (
          _("“%s” has no correlation key in %u of %u samples, so these events belong to no "
            "trace. Give the type a rule of its own."), type->type, n, type->n));
    }
}

static void
judge_unused_rules (Maker *self)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < self->report->types->len; i++)
    {
      StormMappingTypeReport *type = g_ptr_array_index (self->report->types, i);

      g_hash_table_add (seen, storm_type_name_normalize (type->type));
    }
  for (guint i = 0; i < self->mapping->rules->len; i++)
    {
      const StormTypeRule *rule = g_ptr_array_index (self->mapping->rules, i);

      if (!g_hash_table_contains (seen, rule->normal))
        add_problem (self, rule->name, STORM_MAPPING_TYPE, g_strdup_printf (
          _("No sample is of the type “%s”, so its own rules can’t be tried."), rule->name));
    }
}

static void
judge (Maker *self)
{
  StormMappingTypeReport *none = g_hash_table_lookup (self->types, "");

  judge_lists (self, STORM_MAPPING_TYPE);
  if (none != NULL)
    add_problem (self, NULL, STORM_MAPPING_TYPE, g_strdup_printf (
      _("No event type was found in %u of %u samples: they are undecodable."), none->n,
      self->report->n_samples));
  judge_lists (self, STORM_MAPPING_CORRELATION);
  judge_keys (self);
  judge_lists (self, STORM_MAPPING_TIME);
  if (self->n_refused > 0)
    add_problem (self, NULL, STORM_MAPPING_TIME, g_strdup_printf (
      _("“%s” is no time in %u of %u samples; the record’s own time is used there."),
      self->refused_rule != NULL ? self->refused_rule : "–", self->n_refused,
      self->report->n_samples));
  judge_lists (self, STORM_MAPPING_ID);
  judge_lists (self, STORM_MAPPING_CAUSATION);
  judge_lists (self, STORM_MAPPING_FAILED);
  judge_unused_rules (self);
}

static int
compare_types (gconstpointer a,
               gconstpointer b)
{
  const StormMappingTypeReport *first = *(StormMappingTypeReport * const *) a;
  const StormMappingTypeReport *second = *(StormMappingTypeReport * const *) b;

  if (first->n != second->n)
    return first->n > second->n ? -1 : 1;
  return strcmp (first->type, second->type);
}

StormMappingReport *
storm_mapping_report_new (StormDetector *detector,
                          StormMapping  *mapping)
{
  StormMappingReport *report;
  Maker self = { mapping, };
  StormReading reading;
  GPtrArray *samples;

  g_return_val_if_fail (detector != NULL, NULL);
  g_return_val_if_fail (mapping != NULL, NULL);

  samples = storm_detector_get_samples (detector);
  report = self.report = g_new0 (StormMappingReport, 1);
  report->types = g_ptr_array_new_with_free_func ((GDestroyNotify) type_report_free);
  report->problems = g_ptr_array_new_with_free_func ((GDestroyNotify) problem_free);
  report->n_samples = samples->len;
  self.types = g_hash_table_new (g_str_hash, g_str_equal);
  self.lists = g_hash_table_new (NULL, NULL);
  self.in_order = g_ptr_array_new_with_free_func ((GDestroyNotify) list_count_free);

  storm_reading_init (&reading);
  for (guint i = 0; i < samples->len; i++)
    look_at (&self, &((StormSample *) g_ptr_array_index (samples, i))->view.record, &reading);
  storm_reading_clear (&reading);

  g_ptr_array_sort (report->types, compare_types);
  if (samples->len > 0)
    judge (&self);
  g_hash_table_unref (self.types);
  if (report->types->len > MAX_TYPES)
    g_ptr_array_set_size (report->types, MAX_TYPES);

  g_hash_table_unref (self.lists);
  g_ptr_array_unref (self.in_order);
  g_free (self.refused_rule);
  return report;
}

void
storm_mapping_report_free (StormMappingReport *report)
{
  if (report == NULL)
    return;
  g_ptr_array_unref (report->types);
  g_ptr_array_unref (report->problems);
  g_free (report);
}
