#include "config.h"

#include "storm-field-drift.h"

#include <glib/gi18n-lib.h>

#include "storm-drift-private.h"

/* Samples read in one tick: about a millisecond. */
#define BUDGET 64
/* Larger payloads take too long to read for a look at their fields. */
#define MAX_PAYLOAD (64 * 1024)

struct _StormFieldDrift
{
  GObject        parent_instance;

  StormEventLog *log;
  StormMatcher  *matcher;
  StormMapping  *mapping;
  GHashTable    *types;    /* type id -> StormFieldSamples */
  guint          budget;
  gboolean       dirty;
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StormFieldDrift, storm_field_drift, G_TYPE_OBJECT)

static StormFieldSamples *
get_seen (StormFieldDrift *self,
          guint32          type_id)
{
  StormFieldSamples *seen = g_hash_table_lookup (self->types, GUINT_TO_POINTER (type_id));

  if (seen == NULL)
    {
      seen = storm_field_samples_new ();
      g_hash_table_insert (self->types, GUINT_TO_POINTER (type_id), seen);
    }
  return seen;
}

/* Returns: whether a payload was read, which is what takes time */
static gboolean
sample (StormFieldDrift *self,
        guint32          row)
{
  g_auto (StormRecordView) view = { 0 };
  g_autoptr (GPtrArray) fields = NULL;
  g_autoptr (GPtrArray) whole = NULL;
  guint32 type_id = storm_event_log_get_type_id (self->log, row);

  if (type_id == 0 || storm_event_log_get_payload_status (self->log, row) != STORM_PAYLOAD_JSON ||
      storm_matcher_match (self->matcher, type_id, NULL)->len == 0 ||
      !storm_event_log_read (self->log, row, &view) || view.record.payload_len > MAX_PAYLOAD)
    return FALSE;

  fields = storm_payload_fields_read (&view.record, self->mapping,
                                      storm_event_log_get_type_name (self->log, row), &whole);
  if (fields == NULL)
    return TRUE;

  storm_field_samples_add (get_seen (self, type_id), fields, whole);
  self->dirty = TRUE;
  return TRUE;
}

static void
on_appended (StormFieldDrift *self,
             guint            first,
             guint            n)
{
  guint step;

  if (self->mapping == NULL || self->budget == 0 || n == 0)
    return;

  step = MAX (n / self->budget, 1);
  for (guint i = 0; i < n && self->budget > 0; i += step)
    if (sample (self, first + i))
      self->budget--;
}

static void
forget (StormFieldDrift *self)
{
  g_hash_table_remove_all (self->types);
  self->dirty = TRUE;
}

static void
on_board_changed (StormFieldDrift *self)
{
  self->dirty = TRUE;
}

static void
storm_field_drift_finalize (GObject *object)
{
  StormFieldDrift *self = STORM_FIELD_DRIFT (object);

  g_clear_pointer (&self->mapping, storm_mapping_unref);
  g_hash_table_unref (self->types);
  g_object_unref (self->matcher);
  g_object_unref (self->log);

  G_OBJECT_CLASS (storm_field_drift_parent_class)->finalize (object);
}

static void
storm_field_drift_class_init (StormFieldDriftClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = storm_field_drift_finalize;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
storm_field_drift_init (StormFieldDrift *self)
{
  self->types = g_hash_table_new_full (NULL, NULL, NULL,
                                       (GDestroyNotify) storm_field_samples_free);
  self->budget = BUDGET;
}

StormFieldDrift *
storm_field_drift_new (StormBoard    *board,
                       StormEventLog *log,
                       StormMatcher  *matcher)
{
  StormFieldDrift *self;

  g_return_val_if_fail (STORM_IS_BOARD (board), NULL);
  g_return_val_if_fail (STORM_IS_EVENT_LOG (log), NULL);
  g_return_val_if_fail (STORM_IS_MATCHER (matcher), NULL);

  self = g_object_new (STORM_TYPE_FIELD_DRIFT, NULL);
  self->log = g_object_ref (log);
  self->matcher = g_object_ref (matcher);
  g_signal_connect_object (log, "appended", G_CALLBACK (on_appended), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (log, "cleared", G_CALLBACK (forget), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (board, "updated", G_CALLBACK (on_board_changed), self,
                           G_CONNECT_SWAPPED);
  return self;
}

void
storm_field_drift_set_mapping (StormFieldDrift *self,
                               StormMapping    *mapping)
{
  g_return_if_fail (STORM_IS_FIELD_DRIFT (self));
  g_return_if_fail (mapping != NULL);

  if (self->mapping == mapping)
    return;
  storm_mapping_ref (mapping);
  g_clear_pointer (&self->mapping, storm_mapping_unref);
  self->mapping = mapping;
  forget (self);
}

void
storm_field_drift_look_back (StormFieldDrift *self,
                             guint            max)
{
  g_return_if_fail (STORM_IS_FIELD_DRIFT (self));
  g_return_if_fail (self->mapping != NULL);

  forget (self);
  for (guint32 row = storm_event_log_get_n (self->log); row > 0; row--)
    {
      guint32 type_id = storm_event_log_get_type_id (self->log, row - 1);
      StormFieldSamples *seen = g_hash_table_lookup (self->types, GUINT_TO_POINTER (type_id));

      if (seen == NULL || seen->n < max)
        sample (self, row - 1);
    }
}

void
storm_field_drift_tick (StormFieldDrift *self)
{
  g_return_if_fail (STORM_IS_FIELD_DRIFT (self));

  self->budget = BUDGET;
  if (!self->dirty)
    return;
  self->dirty = FALSE;
  g_signal_emit (self, signals[CHANGED], 0);
}

/* All types that belong to @sticky, as one: aliases are names of the same event. */
static StormFieldSamples *
collect (StormFieldDrift *self,
         StormSticky     *sticky)
{
  StormFieldSamples *all = storm_field_samples_new ();
  GHashTableIter iter;
  gpointer key, value;

  g_hash_table_iter_init (&iter, self->types);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      StormFieldSamples *seen = value;
      GPtrArray *stickies = storm_matcher_match (self->matcher, GPOINTER_TO_UINT (key), NULL);

      if (!g_ptr_array_find (stickies, sticky, NULL))
        continue;
      storm_field_samples_merge (all, seen);
    }
  return all;
}

guint
storm_field_drift_get_n_samples (StormFieldDrift *self,
                                 StormSticky     *sticky)
{
  g_autoptr (StormFieldSamples) seen = NULL;

  g_return_val_if_fail (STORM_IS_FIELD_DRIFT (self), 0);
  g_return_val_if_fail (STORM_IS_STICKY (sticky), 0);

  seen = collect (self, sticky);
  return seen->n;
}

GPtrArray *
storm_field_drift_get (StormFieldDrift *self,
                       StormSticky     *sticky)
{
  g_autoptr (StormFieldSamples) seen = NULL;

  g_return_val_if_fail (STORM_IS_FIELD_DRIFT (self), NULL);
  g_return_val_if_fail (STORM_IS_STICKY (sticky), NULL);

  seen = collect (self, sticky);
  return storm_drift_compare (storm_sticky_get_fields (sticky), seen);
}

/* What was seen of each sticky, in one walk over the types: collect() would take one for each. */
static GHashTable *
collect_all (StormFieldDrift *self)
{
  GHashTable *all = g_hash_table_new_full (NULL, NULL, NULL,
                                           (GDestroyNotify) storm_field_samples_free);
  GHashTableIter iter;
  gpointer key, value;

  g_hash_table_iter_init (&iter, self->types);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      GPtrArray *stickies = storm_matcher_match (self->matcher, GPOINTER_TO_UINT (key), NULL);

      for (guint i = 0; i < stickies->len; i++)
        {
          StormSticky *sticky = g_ptr_array_index (stickies, i);
          StormFieldSamples *seen = g_hash_table_lookup (all, sticky);

          if (seen == NULL)
            {
              seen = storm_field_samples_new ();
              g_hash_table_insert (all, sticky, seen);
            }
          storm_field_samples_merge (seen, value);
        }
    }
  return all;
}

GPtrArray *
storm_field_drift_get_ids (StormFieldDrift *self)
{
  g_autoptr (GHashTable) all = NULL;
  GPtrArray *ids = g_ptr_array_new_with_free_func (g_free);
  GHashTableIter iter;
  gpointer sticky, seen;

  g_return_val_if_fail (STORM_IS_FIELD_DRIFT (self), ids);

  all = collect_all (self);
  g_hash_table_iter_init (&iter, all);
  while (g_hash_table_iter_next (&iter, &sticky, &seen))
    {
      g_autoptr (GPtrArray) drifts = storm_drift_compare (storm_sticky_get_fields (sticky), seen);

      if (drifts->len > 0)
        g_ptr_array_add (ids, g_strdup (storm_object_get_id (sticky)));
    }
  return ids;
}

static StormDrift *
find_drift (GPtrArray  *drifts,
            const char *name,
            const char *only)
{
  if (only != NULL && !storm_drift_same_name (only, name))
    return NULL;
  for (guint i = 0; i < drifts->len; i++)
    {
      StormDrift *drift = g_ptr_array_index (drifts, i);

      if (drift->kind != STORM_DRIFT_EXTRA && storm_drift_same_name (drift->name, name))
        return drift;
    }
  return NULL;
}

StormChange *
storm_field_drift_take_over (StormFieldDrift *self,
                             StormSticky     *sticky,
                             const char      *name)
{
  g_auto (GVariantBuilder) builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a(ssbbs)"));
  g_autoptr (GPtrArray) drifts = NULL;
  StormChange *change;
  GPtrArray *fields;
  guint n_changed = 0;

  g_return_val_if_fail (STORM_IS_FIELD_DRIFT (self), NULL);
  g_return_val_if_fail (STORM_IS_STICKY (sticky), NULL);

  drifts = storm_field_drift_get (self, sticky);
  fields = storm_sticky_get_fields (sticky);
  for (guint i = 0; i < fields->len; i++)
    {
      const StormField *field = g_ptr_array_index (fields, i);
      const StormDrift *drift = find_drift (drifts, field->name, name);

      n_changed += drift != NULL;
      if (drift == NULL || drift->kind == STORM_DRIFT_TYPE)
        g_variant_builder_add (&builder, "(ssbbs)", field->name,
                               drift != NULL ? drift->seen_type : field->type, field->key,
                               field->correlation, field->extra != NULL ? field->extra : "");
    }
  for (guint i = 0; i < drifts->len; i++)
    {
      const StormDrift *drift = g_ptr_array_index (drifts, i);

      if (drift->kind != STORM_DRIFT_EXTRA || (name != NULL && !g_str_equal (name, drift->name)))
        continue;
      g_variant_builder_add (&builder, "(ssbbs)", drift->name, drift->seen_type, FALSE, FALSE, "");
      n_changed++;
    }
  if (n_changed == 0)
    return NULL;

  change = storm_change_new (_("Take over fields from events"));
  storm_change_set (change, storm_object_get_id (STORM_OBJECT (sticky)), STORM_PROP_FIELDS,
                    g_variant_builder_end (&builder));
  return change;
}
