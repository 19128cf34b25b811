#include "config.h"

#include "storm-trace-private.h"

struct _StormTrace
{
  GObject          parent_instance;

  StormTraceIndex *index;       /* not owned; NULL once detached */
  StormStrings    *strings;
  guint32          place;
  guint32          key_id;
  GArray          *numbers;     /* of StormNumbered, NULL until somebody asks */
  StormTime        numbered_at; /* the watermark that they were made with */
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StormTrace, storm_trace, G_TYPE_OBJECT)

static const guint32 *
get_rows (StormTrace *self,
          guint      *n_rows,
          guint      *n_repeats)
{
  *n_rows = 0;
  *n_repeats = 0;
  if (self->index == NULL)
    return NULL;
  return storm_trace_index_get_rows (self->index, self->place, n_rows, n_repeats);
}

static void
number_rows (StormTrace    *self,
             const guint32 *rows,
             guint          n_rows)
{
  StormEventLog *log = storm_trace_index_get_log (self->index);
  StormTime watermark = storm_trace_index_get_watermark (self->index);
  guint32 n = 0;
  guint i;

  if (self->numbers == NULL)
    self->numbers = g_array_new (FALSE, FALSE, sizeof (StormNumbered));
  g_array_set_size (self->numbers, n_rows);

  for (i = 0; i < n_rows; i++)
    {
      StormNumbered *number = &g_array_index (self->numbers, StormNumbered, i);
      guint32 row = rows[i];
      gboolean repeated = storm_event_log_get_flags (log, row) & STORM_EVENT_REPEATED;
      guint32 first = repeated ? storm_event_log_get_first (log, row) : row;

      number->row = row;
      number->n = repeated ? 0 : ++n;
      number->provisional = storm_event_log_get_time (log, first) >= watermark;
    }
  self->numbered_at = watermark;
}

static void
storm_trace_finalize (GObject *object)
{
  StormTrace *self = STORM_TRACE (object);

  if (self->index != NULL)
    storm_trace_index_forget (self->index, self->place);
  g_clear_pointer (&self->strings, storm_strings_unref);
  g_clear_pointer (&self->numbers, g_array_unref);
  G_OBJECT_CLASS (storm_trace_parent_class)->finalize (object);
}

static void
storm_trace_class_init (StormTraceClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = storm_trace_finalize;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
storm_trace_init (StormTrace *self)
{
}

StormTrace *
storm_trace_new (StormTraceIndex *index,
                 guint32          place,
                 guint32          key_id)
{
  StormTrace *self = g_object_new (STORM_TYPE_TRACE, NULL);
  StormEventLog *log = storm_trace_index_get_log (index);

  self->index = index;
  self->strings = storm_strings_ref (storm_event_log_get_strings (log));
  self->place = place;
  self->key_id = key_id;
  return self;
}

void
storm_trace_detach (StormTrace *self)
{
  self->index = NULL;
  g_clear_pointer (&self->numbers, g_array_unref);
}

gboolean
storm_trace_get_place (StormTrace *self,
                       guint32    *place)
{
  *place = self->place;
  return self->index != NULL;
}

gboolean
storm_trace_settle (StormTrace *self)
{
  const StormNumbered *last;

  if (self->index == NULL || self->numbers == NULL || self->numbers->len == 0)
    return FALSE;
  /* Times only rise along the trace, so when the last number is settled all are. */
  last = &g_array_index (self->numbers, StormNumbered, self->numbers->len - 1);
  return last->provisional &&
         storm_trace_index_get_watermark (self->index) > self->numbered_at;
}

void
storm_trace_emit_changed (StormTrace *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

const char *
storm_trace_get_key (StormTrace *self)
{
  g_return_val_if_fail (STORM_IS_TRACE (self), NULL);

  return storm_strings_get (self->strings, self->key_id);
}

guint
storm_trace_get_n_events (StormTrace *self)
{
  guint n_rows;
  guint n_repeats;

  g_return_val_if_fail (STORM_IS_TRACE (self), 0);

  get_rows (self, &n_rows, &n_repeats);
  return n_rows - n_repeats;
}

guint
storm_trace_get_n_repeats (StormTrace *self)
{
  guint n_rows;
  guint n_repeats;

  g_return_val_if_fail (STORM_IS_TRACE (self), 0);

  get_rows (self, &n_rows, &n_repeats);
  return n_repeats;
}

/* G_MAXUINT32 when there is none. */
static guint32
get_row (StormTrace *self,
         gboolean    last)
{
  guint n_rows;
  guint n_repeats;
  const guint32 *rows = get_rows (self, &n_rows, &n_repeats);

  return n_rows > 0 ? rows[last ? n_rows - 1 : 0] : G_MAXUINT32;
}

static StormTime
get_time (StormTrace *self,
          gboolean    last)
{
  guint32 row = get_row (self, last);

  if (row == G_MAXUINT32)
    return STORM_TIME_NONE;
  return storm_event_log_get_time (storm_trace_index_get_log (self->index), row);
}

guint32
storm_trace_get_last_row (StormTrace *self)
{
  g_return_val_if_fail (STORM_IS_TRACE (self), G_MAXUINT32);

  return get_row (self, TRUE);
}

StormTime
storm_trace_get_first_time (StormTrace *self)
{
  g_return_val_if_fail (STORM_IS_TRACE (self), STORM_TIME_NONE);

  return get_time (self, FALSE);
}

StormTime
storm_trace_get_last_time (StormTrace *self)
{
  g_return_val_if_fail (STORM_IS_TRACE (self), STORM_TIME_NONE);

  return get_time (self, TRUE);
}

const StormNumbered *
storm_trace_get_numbers (StormTrace *self,
                         guint      *n)
{
  const guint32 *rows;
  guint n_rows;
  guint n_repeats;

  g_return_val_if_fail (STORM_IS_TRACE (self), NULL);
  g_return_val_if_fail (n != NULL, NULL);

  rows = get_rows (self, &n_rows, &n_repeats);
  *n = n_rows;
  if (n_rows == 0)
    return NULL;
  if (self->numbers == NULL || self->numbers->len != n_rows ||
      self->numbered_at != storm_trace_index_get_watermark (self->index))
    number_rows (self, rows, n_rows);
  return &g_array_index (self->numbers, StormNumbered, 0);
}
