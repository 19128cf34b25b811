#include "config.h"

#include "storm-multi-source-test.h"
#include "storm-producers.h"
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
assert_state (Fixture          *f,
              StormSourceState  expected)
{
  StormSourceState state;

  g_object_get (f->multi, "state", &state, NULL);
  g_assert_cmpint (state, ==, expected);
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

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) \
  g_test_add ("/multi-source/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("repeats", test_repeats);
  ADD ("names", test_names);
  ADD ("second-comes-later", test_second_comes_later);
  ADD ("lost", test_lost);
  ADD ("removed", test_removed);
  ADD ("clocks-apart", test_clocks_apart);
#undef ADD
  return g_test_run ();
}
