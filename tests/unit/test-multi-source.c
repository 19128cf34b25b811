#include "config.h"

#include "storm-jsonl-line-private.h"
#include "storm-monitor.h"
#include "storm-multi-source.h"
#include "storm-producers.h"
#include "storm-replay-source.h"
#include "storm-trace-test.h"
#include "storm-watermark.h"

#define STORM_TYPE_PUPPET (storm_puppet_get_type ())

/* A source that does what the test says. */
G_DECLARE_FINAL_TYPE (StormPuppet, storm_puppet, STORM, PUPPET, GObject)

struct _StormPuppet
{
  GObject            parent_instance;

  char              *name;
  char              *identity;
  StormSourceState   state;
  StormBatchQueue   *queue;
  StormStrings      *strings;
  StormBatchBuilder *builder;
};

enum
{
  PROP_STATE = 1,
  PROP_STATUS,
  PROP_ERROR,
};

static void
puppet_start (StormSource     *source,
              StormBatchQueue *queue,
              StormStrings    *strings,
              StormMapping    *mapping)
{
  StormPuppet *self = STORM_PUPPET (source);

  self->queue = storm_batch_queue_ref (queue);
  self->strings = storm_strings_ref (strings);
  self->builder = test_builder (strings);
  storm_batch_builder_set_connection (self->builder, storm_batch_queue_get_connection (queue));
}

static void
puppet_set_state (StormPuppet      *self,
                  StormSourceState  state)
{
  self->state = state;
  g_object_notify (G_OBJECT (self), "status");
  g_object_notify (G_OBJECT (self), "state");
}

static void
puppet_stop (StormSource *source)
{
  puppet_set_state (STORM_PUPPET (source), STORM_SOURCE_STOPPED);
}

static void
puppet_set_mapping (StormSource  *source,
                    StormMapping *mapping)
{
}

static StormSourceState
puppet_get_state (StormSource *source)
{
  return STORM_PUPPET (source)->state;
}

static char *
puppet_dup_status (StormSource *source)
{
  return g_strdup_printf ("%s says %d", STORM_PUPPET (source)->name,
                          STORM_PUPPET (source)->state);
}

static GPtrArray *
puppet_dup_progress (StormSource *source)
{
  GPtrArray *progress =
    g_ptr_array_new_with_free_func ((GDestroyNotify) storm_topic_progress_free);
  StormTopicProgress *item = g_new0 (StormTopicProgress, 1);

  item->topic = g_strdup ("shop");
  g_ptr_array_add (progress, item);
  return progress;
}

static char *
puppet_dup_name (StormSource *source)
{
  return g_strdup (STORM_PUPPET (source)->name);
}

static char *
puppet_dup_identity (StormSource *source)
{
  return g_strdup (STORM_PUPPET (source)->identity);
}

static void
puppet_iface_init (StormSourceInterface *iface)
{
  iface->start = puppet_start;
  iface->stop = puppet_stop;
  iface->set_mapping = puppet_set_mapping;
  iface->get_state = puppet_get_state;
  iface->dup_status = puppet_dup_status;
  iface->dup_progress = puppet_dup_progress;
  iface->dup_name = puppet_dup_name;
  iface->dup_identity = puppet_dup_identity;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (StormPuppet, storm_puppet, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (STORM_TYPE_SOURCE, puppet_iface_init))

static void
storm_puppet_get_property (GObject    *object,
                           guint       prop_id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  if (prop_id == PROP_STATE)
    g_value_set_enum (value, STORM_PUPPET (object)->state);
  else if (prop_id == PROP_STATUS)
    g_value_take_string (value, puppet_dup_status (STORM_SOURCE (object)));
}

static void
storm_puppet_finalize (GObject *object)
{
  StormPuppet *self = STORM_PUPPET (object);

  g_free (self->name);
  g_free (self->identity);
  g_clear_pointer (&self->builder, storm_batch_builder_free);
  g_clear_pointer (&self->queue, storm_batch_queue_unref);
  g_clear_pointer (&self->strings, storm_strings_unref);
  G_OBJECT_CLASS (storm_puppet_parent_class)->finalize (object);
}

static void
storm_puppet_class_init (StormPuppetClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = storm_puppet_get_property;
  object_class->finalize = storm_puppet_finalize;
  g_object_class_override_property (object_class, PROP_STATE, "state");
  g_object_class_override_property (object_class, PROP_STATUS, "status");
  g_object_class_override_property (object_class, PROP_ERROR, "error");
}

static void
storm_puppet_init (StormPuppet *self)
{
  self->state = STORM_SOURCE_LIVE;
}

static StormPuppet *
puppet_new (const char *name,
            const char *identity)
{
  StormPuppet *self = g_object_new (STORM_TYPE_PUPPET, NULL);

  self->name = g_strdup (name);
  self->identity = g_strdup (identity);
  return self;
}

static void
puppet_mark (StormPuppet   *self,
             StormMarkKind  kind,
             gint32         partition)
{
  storm_batch_builder_mark (self->builder, kind, "shop", partition, 0, 0);
}

static gboolean
puppet_push (StormPuppet *self)
{
  return storm_batch_queue_push (self->queue, storm_batch_builder_take (self->builder));
}

/* An event of its topic "shop", pushed at once. */
static void
puppet_bring (StormPuppet *self,
              TestEvent    event)
{
  test_add (self->builder, &event);
  g_assert_true (puppet_push (self));
}

typedef struct
{
  StormBoard       *board;
  StormMonitor     *monitor;
  StormEventLog    *log;
  StormBatchQueue  *queue;
  StormMultiSource *multi;
  GArray           *marks;      /* StormMark */
} Fixture;

static void
set_up (Fixture       *f,
        gconstpointer  data)
{
  f->board = storm_board_new ();
  f->monitor = storm_monitor_new (f->board);
  f->log = storm_monitor_get_log (f->monitor);
  f->queue = storm_batch_queue_new (64 << 20, NULL, NULL);
  f->multi = storm_multi_source_new ();
  f->marks = g_array_new (FALSE, FALSE, sizeof (StormMark));
}

static void
tear_down (Fixture       *f,
           gconstpointer  data)
{
  storm_batch_queue_close (f->queue);
  storm_source_stop (STORM_SOURCE (f->multi));
  g_assert_true (storm_source_wait_all (G_TIME_SPAN_MINUTE));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (f->multi);
  storm_batch_queue_unref (f->queue);
  g_array_unref (f->marks);
  g_assert_finalize_object (f->monitor);
  g_assert_finalize_object (f->board);
}

static void
start (Fixture *f)
{
  g_autoptr (StormMapping) mapping = test_mapping ();

  storm_source_start (STORM_SOURCE (f->multi), f->queue, storm_monitor_get_strings (f->monitor),
                      mapping);
}

static void
take (Fixture *f)
{
  StormBatch *batch;

  while (g_main_context_iteration (NULL, FALSE))
    ;
  while ((batch = storm_batch_queue_pop (f->queue)) != NULL)
    {
      guint n;
      const StormMark *marks = storm_batch_get_marks (batch, &n);

      if (n > 0)
        g_array_append_vals (f->marks, marks, n);
      storm_monitor_take (f->monitor, batch);
      storm_batch_unref (batch);
    }
  storm_monitor_flush (f->monitor);
}

static guint
n_marks (Fixture       *f,
         StormMarkKind  kind)
{
  guint n = 0;

  for (guint i = 0; i < f->marks->len; i++)
    n += g_array_index (f->marks, StormMark, i).kind == kind;
  return n;
}

static void
assert_status (Fixture    *f,
               const char *expected)
{
  g_autofree char *status = NULL;

  g_object_get (f->multi, "status", &status, NULL);
  g_assert_cmpstr (status, ==, expected);
}

static void
assert_state (Fixture          *f,
              StormSourceState  expected)
{
  StormSourceState state;

  g_object_get (f->multi, "state", &state, NULL);
  g_assert_cmpint (state, ==, expected);
}

/* Lines of topic "shop", partition 0; event i of order o-1 at @first_ms + i × @step_ms. */
static StormSource *
record_new (const char *name,
            guint       n,
            gint64      first_ms,
            gint64      step_ms,
            const char *more)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (StormRecordReader) reader = NULL;

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "{\"topic\":\"shop\",\"partition\":0,\"offset\":%u,\"payload\":"
                            "\"{\\\"t\\\":\\\"%s\\\",\\\"k\\\":\\\"o-1\\\",\\\"ts\\\":%"
                            G_GINT64_FORMAT "}\"%s}\n", i, name,
                            TEST_BASE_MS + first_ms + i * step_ms, more);
  stream = g_memory_input_stream_new_from_data (g_strdup (text->str), text->len, g_free);
  reader = storm_jsonl_reader_new_for_stream (stream, name);
  return storm_replay_source_new (reader, name, 0);
}

static void
wait_for_end (Fixture *f)
{
  gint64 limit = g_get_monotonic_time () + 40 * G_TIME_SPAN_SECOND;

  while (storm_source_get_state (STORM_SOURCE (f->multi)) != STORM_SOURCE_ENDED)
    {
      g_assert_cmpint (g_get_monotonic_time (), <, limit);
      g_usleep (500);
      take (f);
    }
  take (f);
}

/* The same topic, partition and offsets on both: two streams, merged by time into one numbering. */
static void
test_two_recordings (Fixture       *f,
                     gconstpointer  data)
{
  g_autoptr (StormSource) east = record_new ("East", 50, 0, 20, "");
  g_autoptr (StormSource) west = record_new ("West", 50, 10, 20, "");
  g_autoptr (GPtrArray) progress = NULL;
  const StormNumbered *numbers;
  StormTrace *trace;
  guint n;

  storm_multi_source_add (f->multi, east);
  storm_multi_source_add (f->multi, west);
  start (f);
  wait_for_end (f);
  assert_status (f, "2 connections · at the end");

  g_assert_cmpuint (storm_event_log_get_n (f->log), ==, 100);
  g_assert_true (storm_event_log_has_connections (f->log));
  trace = storm_trace_index_lookup (storm_monitor_get_index (f->monitor), "o-1");
  numbers = storm_trace_get_numbers (trace, &n);
  g_assert_cmpuint (n, ==, 100);
  for (guint i = 0; i < n; i++)
    {
      guint32 row = numbers[i].row;

      g_assert_cmpuint (numbers[i].n, ==, i + 1);
      g_assert_cmpint (storm_event_log_get_time (f->log, row), ==, AT (10 * i));
      g_assert_cmpstr (storm_event_log_get_connection (f->log, row), ==,
                       i % 2 == 0 ? "East" : "West");
      g_assert_cmpstr (storm_event_log_get_topic (f->log, row), ==, "shop");
      g_assert_cmpint (storm_event_log_get_offset (f->log, row), ==, i / 2);
      g_assert_cmpuint (storm_event_log_get_flags (f->log, row) & STORM_EVENT_REPEATED, ==, 0);
    }

  progress = storm_source_dup_progress (STORM_SOURCE (f->multi));
  g_assert_cmpuint (progress->len, ==, 2);
  for (guint i = 0; i < 2; i++)
    {
      StormTopicProgress *item = g_ptr_array_index (progress, i);

      g_assert_cmpstr (item->connection, ==, i == 0 ? "East" : "West");
      g_assert_cmpint (item->next, ==, 50);
    }
}

/* One alone is as if there were no such thing as connections. */
static void
test_alone (Fixture       *f,
            gconstpointer  data)
{
  g_autoptr (StormSource) east = record_new ("East", 5, 0, 20, "");
  g_autoptr (GPtrArray) progress = NULL;
  g_auto (StormRecordView) view = { 0, };

  storm_multi_source_add (f->multi, east);
  start (f);
  wait_for_end (f);
  assert_status (f, "East · 5 events, at the end");
  g_assert_false (storm_event_log_has_connections (f->log));
  g_assert_null (storm_event_log_get_connection (f->log, 0));
  g_assert_cmpuint (storm_event_log_get_topic_id (f->log, 0), ==,
                    storm_strings_find (storm_monitor_get_strings (f->monitor), "shop", -1));
  g_assert_true (storm_event_log_read (f->log, 0, &view));
  g_assert_null (view.record.connection);
  progress = storm_source_dup_progress (STORM_SOURCE (f->multi));
  g_assert_null (((StormTopicProgress *) g_ptr_array_index (progress, 0))->connection);
}

/* What was recorded over several connections is of several again, alone or beside another. */
static void
test_recorded_connections (Fixture       *f,
                           gconstpointer  data)
{
  g_autoptr (StormSource) kept = record_new ("Kept", 3, 0, 20, ",\"connection\":\"East\"");
  g_autoptr (StormSource) other = record_new ("Other", 3, 0, 20, ",\"connection\":\"East\"");
  g_autoptr (GPtrArray) progress = NULL;
  GHashTable *names = g_hash_table_new (g_str_hash, g_str_equal);

  storm_multi_source_add (f->multi, kept);
  start (f);
  wait_for_end (f);
  g_assert_cmpstr (storm_event_log_get_connection (f->log, 0), ==, "East");
  g_assert_false (storm_event_log_has_connections (f->log));
  storm_multi_source_add (f->multi, other);
  wait_for_end (f);
  g_assert_cmpuint (storm_event_log_get_n (f->log), ==, 6);
  for (guint32 row = 0; row < 6; row++)
    {
      g_hash_table_add (names, (char *) storm_event_log_get_connection (f->log, row));
      g_assert_cmpuint (storm_event_log_get_flags (f->log, row) & STORM_EVENT_REPEATED, ==, 0);
    }
  g_assert_cmpuint (g_hash_table_size (names), ==, 2);
  g_assert_true (g_hash_table_contains (names, "Other/East"));
  progress = storm_source_dup_progress (STORM_SOURCE (f->multi));
  g_assert_cmpstr (((StormTopicProgress *) g_ptr_array_index (progress, 0))->connection, ==,
                   "East");
  g_assert_cmpstr (((StormTopicProgress *) g_ptr_array_index (progress, 1))->connection, ==,
                   "Other/East");
  g_hash_table_unref (names);
}

static void
test_repeats (Fixture       *f,
              gconstpointer  data)
{
  g_autoptr (StormPuppet) east = puppet_new ("East", "e");
  g_autoptr (StormPuppet) west = puppet_new ("West", "w");
  g_autoptr (StormPuppet) again = puppet_new ("East", "e");

  storm_multi_source_add (f->multi, STORM_SOURCE (east));
  storm_multi_source_add (f->multi, STORM_SOURCE (west));
  start (f);
  puppet_bring (east, (TestEvent) { "A", "o", "id-1", 0, 0, 7 });
  puppet_bring (west, (TestEvent) { "A", "o", "id-2", 5, 0, 7 });
  /* The same event on both. */
  puppet_bring (west, (TestEvent) { "A", "o", "id-1", 0, 0, 8 });
  /* The same place of one of them. */
  puppet_bring (west, (TestEvent) { "A", "o", NULL, 5, 0, 7 });
  take (f);
  g_assert_cmpuint (storm_event_log_get_n (f->log), ==, 4);
  g_assert_cmpuint (storm_event_log_get_flags (f->log, 0) & STORM_EVENT_REPEATED, ==, 0);
  g_assert_cmpuint (storm_event_log_get_flags (f->log, 1) & STORM_EVENT_REPEATED, ==, 0);
  g_assert_cmpuint (storm_event_log_get_first (f->log, 2), ==, 0);
  g_assert_cmpuint (storm_event_log_get_first (f->log, 3), ==, 1);

  /* Who comes back reads the same places again; another of that name does not. */
  storm_multi_source_remove (f->multi, STORM_SOURCE (east));
  storm_multi_source_add (f->multi, STORM_SOURCE (again));
  puppet_bring (again, (TestEvent) { "A", "o", NULL, 0, 0, 7 });
  take (f);
  g_assert_cmpuint (storm_event_log_get_first (f->log, 4), ==, 0);
  g_assert_cmpstr (storm_multi_source_get_name (f->multi, 1), ==, "East");
}

static void
test_names (Fixture       *f,
            gconstpointer  data)
{
  g_autoptr (StormPuppet) a = puppet_new ("Shop", NULL);
  g_autoptr (StormPuppet) b = puppet_new ("Shop", NULL);
  g_autoptr (StormPuppet) c = puppet_new ("", NULL);

  storm_multi_source_add (f->multi, STORM_SOURCE (a));
  storm_multi_source_add (f->multi, STORM_SOURCE (b));
  storm_multi_source_add (f->multi, STORM_SOURCE (c));
  g_assert_cmpstr (storm_multi_source_get_name (f->multi, 0), ==, "Shop");
  g_assert_cmpstr (storm_multi_source_get_name (f->multi, 1), ==, "Shop (2)");
  g_assert_cmpstr (storm_multi_source_get_name (f->multi, 2), ==, "Connection");
  start (f);
}

/* The first connection has no name before there is a second one, and then all its events have. */
static void
test_second_comes_later (Fixture       *f,
                         gconstpointer  data)
{
  g_autoptr (StormPuppet) east = puppet_new ("East", "e");
  g_autoptr (StormPuppet) west = puppet_new ("West", "w");
  StormStrings *strings = storm_monitor_get_strings (f->monitor);

  /* Of the session before. */
  storm_strings_set_home (strings, "Gone");
  storm_multi_source_add (f->multi, STORM_SOURCE (east));
  start (f);
  puppet_bring (east, (TestEvent) { "A", "o", NULL, 0, 0, 7 });
  take (f);
  g_assert_null (storm_event_log_get_connection (f->log, 0));
  storm_multi_source_add (f->multi, STORM_SOURCE (west));
  puppet_bring (west, (TestEvent) { "A", "o", NULL, 0, 0, 7 });
  puppet_bring (east, (TestEvent) { "A", "o", NULL, 0, 0, 8 });
  take (f);
  g_assert_cmpstr (storm_event_log_get_connection (f->log, 0), ==, "East");
  g_assert_cmpstr (storm_event_log_get_connection (f->log, 1), ==, "West");
  g_assert_cmpstr (storm_event_log_get_connection (f->log, 2), ==, "East");
  g_assert_cmpuint (storm_event_log_get_topic_id (f->log, 0), ==,
                    storm_event_log_get_topic_id (f->log, 2));
  g_assert_cmpuint (storm_event_log_get_topic_id (f->log, 0), !=,
                    storm_event_log_get_topic_id (f->log, 1));
  /* Two events that nothing but the connection tells apart have an order all the same. */
  g_assert_cmpint (storm_event_log_compare (f->log, 0, 1), <, 0);
  g_assert_cmpint (storm_event_log_compare (f->log, 1, 0), >, 0);

  /* Neither the list of events nor the gaps mix them up. */
  storm_batch_builder_mark (west->builder, STORM_MARK_GAP, "shop", 0, 8, 20);
  g_assert_true (puppet_push (west));
  puppet_bring (east, (TestEvent) { "A", "o", NULL, 0, 0, 9 });
  puppet_bring (west, (TestEvent) { "A", "o", NULL, 0, 0, 20 });
  take (f);
  g_assert_null (storm_event_log_get_gap_before (f->log, 3));
  g_assert_cmpint (storm_event_log_get_gap_before (f->log, 4)->from, ==, 8);
}

static StormTime
watermark (Fixture *f)
{
  return storm_trace_index_get_watermark (storm_monitor_get_index (f->monitor));
}

/* One that is lost in the middle of its history would hold everything back for ever. */
static void
test_lost (Fixture       *f,
           gconstpointer  data)
{
  g_autoptr (StormPuppet) east = puppet_new ("East", "e");
  g_autoptr (StormPuppet) west = puppet_new ("West", "w");

  storm_multi_source_add (f->multi, STORM_SOURCE (east));
  storm_multi_source_add (f->multi, STORM_SOURCE (west));
  start (f);
  assert_state (f, STORM_SOURCE_LIVE);
  assert_status (f, "2 connections · live");
  puppet_mark (east, STORM_MARK_ASSIGNED, 0);
  puppet_mark (east, STORM_MARK_ASSIGNED, 1);
  puppet_mark (east, STORM_MARK_CAUGHT_UP, 1);
  puppet_bring (east, (TestEvent) { "A", "o", NULL, 1000, 0, 0 });
  puppet_mark (west, STORM_MARK_ASSIGNED, 0);
  puppet_bring (west, (TestEvent) { "A", "o", NULL, 60000, 0, 0 });
  take (f);
  g_assert_cmpint (watermark (f), ==, AT (1000) - STORM_LATENESS_DEFAULT);

  puppet_set_state (east, STORM_SOURCE_WAITING);
  assert_state (f, STORM_SOURCE_WAITING);
  assert_status (f, "1 of 2 connections · East says 4");
  take (f);
  g_assert_cmpuint (n_marks (f, STORM_MARK_ENDED), ==, 2);
  g_assert_cmpint (watermark (f), ==, AT (60000) - STORM_LATENESS_DEFAULT);
  /* Told once. */
  puppet_set_state (east, STORM_SOURCE_WAITING);
  take (f);
  g_assert_cmpuint (n_marks (f, STORM_MARK_ENDED), ==, 2);

  /* Back again: the partition that was at its end needs not say so once more. */
  puppet_set_state (east, STORM_SOURCE_LIVE);
  take (f);
  g_assert_cmpuint (n_marks (f, STORM_MARK_ASSIGNED), ==, 5);
  g_assert_cmpuint (n_marks (f, STORM_MARK_CAUGHT_UP), ==, 2);
  puppet_bring (west, (TestEvent) { "A", "o", NULL, 120000, 0, 1 });
  take (f);
  g_assert_cmpint (watermark (f), ==, AT (60000) - STORM_LATENESS_DEFAULT);
  puppet_bring (east, (TestEvent) { "A", "o", NULL, 110000, 0, 1 });
  take (f);
  g_assert_cmpint (watermark (f), ==, AT (110000) - STORM_LATENESS_DEFAULT);
}

/* Alone it is left as it is; and nobody waits for one that was removed, or was refused. */
static void
test_removed (Fixture       *f,
              gconstpointer  data)
{
  g_autoptr (StormPuppet) east = puppet_new ("East", "e");
  g_autoptr (StormPuppet) west = puppet_new ("West", "w");
  g_autoptr (StormPuppet) never = puppet_new ("Never", "n");
  g_autoptr (GError) error = NULL;

  never->state = STORM_SOURCE_CONNECTING;
  storm_multi_source_add (f->multi, STORM_SOURCE (east));
  start (f);
  puppet_mark (east, STORM_MARK_ASSIGNED, 0);
  puppet_bring (east, (TestEvent) { "A", "o", NULL, 1000, 0, 0 });
  puppet_set_state (east, STORM_SOURCE_WAITING);
  take (f);
  g_assert_cmpuint (n_marks (f, STORM_MARK_ENDED), ==, 0);
  assert_status (f, "East says 4");
  puppet_set_state (east, STORM_SOURCE_LIVE);

  storm_multi_source_add (f->multi, STORM_SOURCE (west));
  storm_multi_source_add (f->multi, STORM_SOURCE (never));
  assert_state (f, STORM_SOURCE_CONNECTING);
  puppet_mark (west, STORM_MARK_ASSIGNED, 0);
  puppet_bring (west, (TestEvent) { "A", "o", NULL, 90000, 0, 0 });
  puppet_set_state (never, STORM_SOURCE_FAILED);
  assert_state (f, STORM_SOURCE_WAITING);
  assert_status (f, "1 of 3 connections · Never says 5");
  take (f);
  g_assert_cmpint (watermark (f), ==, AT (1000) - STORM_LATENESS_DEFAULT);

  /* What is on its way arrives, before the mark of the end; nothing does after it. */
  puppet_bring (east, (TestEvent) { "A", "o", NULL, 2000, 0, 1 });
  storm_multi_source_remove (f->multi, STORM_SOURCE (east));
  test_add (east->builder, &(TestEvent) { "A", "o", NULL, 3000, 0, 2 });
  g_assert_false (puppet_push (east));
  g_assert_cmpint (east->state, ==, STORM_SOURCE_STOPPED);
  take (f);
  g_assert_cmpuint (storm_event_log_get_n (f->log), ==, 3);
  g_assert_cmpint (watermark (f), ==, AT (90000) - STORM_LATENESS_DEFAULT);
  g_assert_cmpuint (storm_multi_source_get_n (f->multi), ==, 2);

  storm_multi_source_remove (f->multi, STORM_SOURCE (never));
  assert_state (f, STORM_SOURCE_LIVE);
  assert_status (f, "West says 3");
  puppet_set_state (west, STORM_SOURCE_ENDED);
  assert_state (f, STORM_SOURCE_ENDED);
}

/* Both wait at a full queue: stopping one of them lets it go, and the other gets through. */
static void
test_full_queue (Fixture       *f,
                 gconstpointer  data)
{
  g_autoptr (StormSource) east = record_new ("East", 20000, 0, 20, "");
  g_autoptr (StormSource) west = record_new ("West", 20000, 10, 20, "");
  guint n_west = 0;

  storm_batch_queue_close (f->queue);
  storm_batch_queue_unref (f->queue);
  f->queue = storm_batch_queue_new (1000, NULL, NULL);
  storm_multi_source_add (f->multi, east);
  storm_multi_source_add (f->multi, west);
  start (f);
  storm_multi_source_remove (f->multi, east);
  g_assert_cmpint (storm_source_get_state (east), ==, STORM_SOURCE_STOPPED);
  wait_for_end (f);
  for (guint32 row = 0; row < storm_event_log_get_n (f->log); row++)
    n_west += g_str_equal (storm_event_log_get_connection (f->log, row), "West");
  g_assert_cmpuint (n_west, ==, 20000);
}

/* An hour apart: in the order of their times, and none of them late, for both are waited for. */
static void
test_clocks_apart (Fixture       *f,
                   gconstpointer  data)
{
  g_autoptr (StormPuppet) east = puppet_new ("East", "e");
  g_autoptr (StormPuppet) west = puppet_new ("West", "w");
  g_autoptr (StormProducers) producers = storm_producers_new (f->log);
  StormTrace *trace;

  storm_multi_source_add (f->multi, STORM_SOURCE (east));
  storm_multi_source_add (f->multi, STORM_SOURCE (west));
  start (f);
  puppet_mark (east, STORM_MARK_ASSIGNED, 0);
  puppet_mark (west, STORM_MARK_ASSIGNED, 0);
  g_assert_true (puppet_push (east) && puppet_push (west));
  for (guint i = 0; i < 10; i++)
    {
      puppet_bring (east, (TestEvent) { "A", "o", NULL, i * 1000, 0, i });
      puppet_bring (west, (TestEvent) { "B", "o", NULL, i * 1000 + 3600 * 1000, 0, i });
      take (f);
    }
  trace = storm_trace_index_lookup (storm_monitor_get_index (f->monitor), "o");
  g_assert_cmpuint (storm_trace_get_n_events (trace), ==, 20);
  for (guint32 row = 0; row < 20; row++)
    g_assert_cmpuint (storm_event_log_get_flags (f->log, row) & STORM_EVENT_LATE, ==, 0);
  g_assert_cmpint (watermark (f), ==, AT (9000) - STORM_LATENESS_DEFAULT);

  /* Who names no source is one producer on each connection, with a clock of its own. */
  g_assert_cmpstr (storm_producers_get_name (producers, storm_producers_find (producers, 0)), ==,
                   "shop");
  g_assert_cmpstr (storm_producers_get_name (producers, storm_producers_find (producers, 1)), ==,
                   "West/shop");
  g_assert_cmpuint (storm_producers_find (producers, 2), ==, storm_producers_find (producers, 0));
}

/* A name in a line is as hostile as all of it. */
static void
test_lines (void)
{
  static const struct { const char *member; const char *expected; } cases[] = {
    { "", NULL },
    { ",\"connection\":\"East\"", "East" },
    { ",\"connection\":\"\"", NULL },
    { ",\"connection\":7", NULL },
    { ",\"connection\":null", NULL },
    { ",\"connection\":\"a\\u0000b\"", "a\357\277\275b" },
  };
  g_autoptr (StormJsonlLine) parser = storm_jsonl_line_new ();
  g_autofree char *name = g_strnfill (250, 'x');
  g_autofree char *longest = g_strdup_printf (",\"connection\":\"%s\"", name);

  for (guint i = 0; i <= G_N_ELEMENTS (cases); i++)
    {
      gboolean own = i < G_N_ELEMENTS (cases);
      g_autofree char *line =
        g_strdup_printf ("{\"topic\":\"t\",\"partition\":0,\"offset\":1,\"payload\":\"x\"%s}",
                         own ? cases[i].member : longest);
      StormRecord record;

      g_assert_true (storm_jsonl_line_parse (parser, line, strlen (line), &record));
      g_assert_cmpstr (record.connection, ==, own ? cases[i].expected : NULL);
      g_assert_cmpstr (record.topic, ==, "t");
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) \
  g_test_add ("/multi-source/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("two-recordings", test_two_recordings);
  ADD ("alone", test_alone);
  ADD ("recorded-connections", test_recorded_connections);
  ADD ("repeats", test_repeats);
  ADD ("names", test_names);
  ADD ("second-comes-later", test_second_comes_later);
  ADD ("lost", test_lost);
  ADD ("removed", test_removed);
  ADD ("full-queue", test_full_queue);
  ADD ("clocks-apart", test_clocks_apart);
#undef ADD
  g_test_add_func ("/multi-source/lines", test_lines);
  return g_test_run ();
}
