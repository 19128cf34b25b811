#pragma once

/* What the tests of several widgets do. */

#include <adwaita.h>

#include "storm-edit.h"
#include "storm-history.h"

/* Long, for a machine that does much else: only a failure takes all of it. */
#define TIMEOUT (60 * G_TIME_SPAN_SECOND)

/* Runs the main loop until it is so. */
#define WAIT_FOR(condition)                                               \
  G_STMT_START                                                            \
    {                                                                     \
      gint64 end_time_ = g_get_monotonic_time () + TIMEOUT;               \
                                                                          \
      while (!(condition) && g_get_monotonic_time () < end_time_)         \
        if (!g_main_context_iteration (NULL, FALSE))                      \
          g_usleep (1000);                                                \
      g_assert_true (condition);                                          \
    }                                                                     \
  G_STMT_END

/* Runs what is due now. */
static inline void
drain (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

/* The first of its type for which @is_it says so, or of all if %NULL, in the tree that begins with
 * @widget. */
static inline GtkWidget *
find_widget_that (GtkWidget  *widget,
                  GType       type,
                  gboolean  (*is_it) (GtkWidget *widget, const char *name),
                  const char *name)
{
  if (g_type_is_a (G_OBJECT_TYPE (widget), type) && (is_it == NULL || is_it (widget, name)))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_widget_that (child, type, is_it, name);

      if (found != NULL)
        return found;
    }
  return NULL;
}

/* The first of its type in the tree that begins with @widget. */
static inline GtkWidget *
find_widget (GtkWidget *widget,
             GType      type)
{
  return find_widget_that (widget, type, NULL, NULL);
}

/* (transfer full): the id of a new sticky, which is one step. */
static inline char *
add_titled (StormHistory *history,
            StormKind     kind,
            double        x,
            const char   *title)
{
  char *id = NULL;
  g_autoptr (StormChange) change =
    storm_edit_add_sticky (storm_history_get_board (history), kind, (StormPoint) { x, 0 }, title,
                           &id);

  g_assert_true (storm_history_do (history, change, NULL));
  return id;
}
