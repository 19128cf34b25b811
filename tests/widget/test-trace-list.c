#include "config.h"

#include <gtk/gtk.h>

#include "storm-trace-list-model.h"
#include "../unit/storm-monitor-test.h"

/* What somebody sees who only listens to what the list tells. */
typedef struct
{
  GListModel *list;
  GPtrArray  *keys;
  guint       widest;
} Mirror;

static char *
dup_key (GListModel *list,
         guint       i)
{
  g_autoptr (StormTrace) trace = g_list_model_get_item (list, i);

  g_assert_nonnull (trace);
  return g_strdup (storm_trace_get_key (trace));
}

static void
assert_same (Mirror *mirror)
{
  guint n = g_list_model_get_n_items (mirror->list);

  g_assert_cmpuint (mirror->keys->len, ==, n);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *key = dup_key (mirror->list, i);

      g_assert_cmpstr (g_ptr_array_index (mirror->keys, i), ==, key);
    }
}

static void
changed_cb (Mirror *mirror,
            guint   position,
            guint   removed,
            guint   added)
{
  if (removed > 0)
    g_ptr_array_remove_range (mirror->keys, position, removed);
  for (guint i = 0; i < added; i++)
    g_ptr_array_insert (mirror->keys, (int) (position + i), dup_key (mirror->list, position + i));
  mirror->widest = MAX (mirror->widest, removed);
  assert_same (mirror);
}

static void
mirror_init (Mirror              *mirror,
             StormTraceListModel *list)
{
  *mirror = (Mirror) { G_LIST_MODEL (list), g_ptr_array_new_with_free_func (g_free), 0 };
  g_signal_connect_swapped (list, "items-changed", G_CALLBACK (changed_cb), mirror);
  for (guint i = 0; i < g_list_model_get_n_items (mirror->list); i++)
    g_ptr_array_add (mirror->keys, dup_key (mirror->list, i));
}

static StormTraceListModel *
make_list (StormMonitor *monitor)
{
  return storm_trace_list_model_new (storm_monitor_get_index (monitor),
                                     storm_monitor_get_conformance (monitor));
}

/* Cases that begin, go on, fail, get stuck and are mended, in any order, and are all cleared. */
static void
test_random (void)
{
  static const char * const types[] = {
    "Placed", "Paid", "Added", "PayFailed", "Canceled", "Coffee",
  };

  for (guint round = 0; round < 8; round++)
    {
      g_autoptr (StormMonitor) monitor = test_shop_monitor ();
      g_autoptr (StormTraceListModel) list = make_list (monitor);
      Mirror mirror;

      mirror_init (&mirror, list);
      for (guint i = 0; i < 120; i++)
        {
          int n = g_test_rand_int_range (0, 12 + (int) i / 3);
          g_autofree char *key = g_strdup_printf ("%d", n);
          g_autofree char *text =
            g_strdup_printf ("%s@%u", types[g_test_rand_int_range (0, G_N_ELEMENTS (types))], i);

          test_tell (monitor, key, text, i + (i % 10 == 0 ? 90 : 0));
          assert_same (&mirror);
          if (i == 70)
            {
              storm_monitor_clear (monitor);
              g_assert_cmpuint (mirror.keys->len, ==, 0);
            }
        }
      g_ptr_array_unref (mirror.keys);
      g_signal_handlers_disconnect_by_data (list, &mirror);
    }
}

/* Of a trace that lies far below and comes into trouble, or out of it, nobody is told that all
 * between changed. */
static void
test_alone (void)
{
  g_autoptr (StormMonitor) monitor = test_shop_monitor ();
  g_autoptr (StormTraceListModel) list = make_list (monitor);
  Mirror mirror;

  mirror_init (&mirror, list);
  for (guint i = 0; i < 100; i++)
    {
      g_autofree char *key = g_strdup_printf ("%u", i);

      test_tell (monitor, key, "Placed@0 Paid@1 Added@2", 3);
    }
  mirror.widest = 0;
  test_tell (monitor, "3", "Coffee@4", 5);
  g_assert_cmpuint (storm_trace_list_model_find (list, "3"), ==, 0);
  g_assert_cmpuint (mirror.widest, ==, 1);
  test_tell (monitor, "50", "Coffee@4", 5);
  g_assert_cmpuint (storm_trace_list_model_find (list, "50"), <=, 1);
  g_assert_cmpuint (mirror.widest, <=, 2);
  g_ptr_array_unref (mirror.keys);
  g_signal_handlers_disconnect_by_data (list, &mirror);
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  g_test_add_func ("/trace-list/random", test_random);
  g_test_add_func ("/trace-list/alone", test_alone);
  return g_test_run ();
}
