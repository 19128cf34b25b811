#include "config.h"

#include "storm-canvas-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "storm-edit.h"
#include "storm-sticky-proxy.h"

#define MAX_PROXIES 200
/* After the last change: never within a drag or a scroll. */
#define DELAY 150

static void
on_act (StormCanvas      *self,
        const char       *what,
        StormStickyProxy *proxy)
{
  g_autofree char *id = g_strdup (storm_sticky_proxy_get_id (proxy));

  storm_selection_set_one (self->selection, id);
  if (g_str_equal (what, "edit"))
    gtk_widget_activate_action (GTK_WIDGET (self), "canvas.edit", NULL);
  else if (g_str_equal (what, "delete"))
    gtk_widget_activate_action (GTK_WIDGET (self), "canvas.delete", NULL);
  else if (g_str_equal (what, "focus"))
    {
      storm_canvas_reveal (self, id);
      storm_canvas_a11y_focus (self, id);
    }
}

static char *
storm_canvas_name (StormItem *item)
{
  g_autofree char *name = NULL;
  const char *title;

  if (item->type == STORM_OBJECT_CONTEXT)
    {
      name = g_strdup_printf (_("Collapsed context: %s"),
                              storm_context_get_title (STORM_CONTEXT (item->object)));
    }
  else
    {
      title = storm_sticky_get_title (STORM_STICKY (item->object));
      /* Translators: kind and title of a sticky, "Event: OrderPlaced". */
      name = item->pivotal ? g_strdup_printf (_("Pivotal event: %s"), title)
                           : g_strdup_printf (_("%s: %s"), storm_kind_name (item->kind), title);
    }
  if (!storm_edit_is_locked (item->object))
    return g_steal_pointer (&name);
  /* Translators: what a screen reader says of a sticky: "Event: OrderPlaced, locked" */
  return g_strdup_printf (_("%s, locked"), name);
}

static void
storm_canvas_bind_proxy (StormCanvas      *self,
                         StormStickyProxy *proxy,
                         StormItem        *item)
{
  const char *id = storm_item_get_id (item);
  g_autofree char *label = storm_canvas_name (item);
  g_autofree char *description = storm_canvas_dup_words (self, item);

  storm_sticky_proxy_bind (proxy, id, label, description,
                           storm_selection_contains (self->selection, id),
                           !storm_history_get_read_only (self->history));
}

static void
storm_canvas_describe (StormCanvas *self)
{
  guint n = g_list_model_get_n_items (storm_board_get_stickies (self->board));
  g_autofree char *count = g_strdup_printf (ngettext ("%u sticky", "%u stickies", n), n);
  /* Translators: "12 stickies, zoom 100 %, 2 selected" */
  g_autofree char *text = g_strdup_printf (_("%s, zoom %d %%, %u selected"), count,
                                           (int) round (self->view.zoom * 100),
                                           storm_selection_get_n (self->selection));

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text,
                                  -1);
}

/* The keys stay on the board when the sticky that had them is gone. */
static void
storm_canvas_keep_focus (StormCanvas *self)
{
  GtkWidget *child = gtk_widget_get_focus_child (GTK_WIDGET (self));

  if (child != NULL && STORM_IS_STICKY_PROXY (child) && gtk_widget_has_focus (child) &&
      storm_scene_lookup (self->scene,
                          storm_sticky_proxy_get_id (STORM_STICKY_PROXY (child))) == NULL)
    gtk_widget_grab_focus (GTK_WIDGET (self));
}

/* The proxies that are not needed any more, for others. */
static GPtrArray *
storm_canvas_spare_proxies (StormCanvas *self,
                            GHashTable  *wanted)
{
  GPtrArray *spare = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer id, proxy;

  g_hash_table_iter_init (&iter, self->proxies);
  while (g_hash_table_iter_next (&iter, &id, &proxy))
    if (!g_hash_table_contains (wanted, id) && !gtk_widget_has_focus (proxy))
      {
        g_ptr_array_add (spare, proxy);
        g_hash_table_iter_remove (&iter);
      }
  return spare;
}

static GtkWidget *
storm_canvas_get_proxy (StormCanvas *self,
                        StormItem   *item,
                        GPtrArray   *spare)
{
  GtkWidget *proxy = g_hash_table_lookup (self->proxies, storm_item_get_id (item));

  if (proxy != NULL)
    return proxy;
  if (spare->len > 0)
    {
      proxy = g_ptr_array_steal_index_fast (spare, spare->len - 1);
    }
  else
    {
      proxy = storm_sticky_proxy_new ();
      g_signal_connect_object (proxy, "act", G_CALLBACK (on_act), self, G_CONNECT_SWAPPED);
      gtk_widget_set_parent (proxy, GTK_WIDGET (self));
    }
  g_hash_table_insert (self->proxies, g_strdup (storm_item_get_id (item)), proxy);
  return proxy;
}

void
storm_canvas_a11y_update (StormCanvas *self)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new ();
  g_autoptr (GHashTable) wanted = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) spare = NULL;
  StormRect seen = storm_viewport_get_visible (&self->view);
  GtkWidget *previous = NULL;

  g_clear_handle_id (&self->a11y_source, g_source_remove);
  storm_canvas_describe (self);
  storm_scene_collect_things (self->scene, &seen, items);
  g_ptr_array_sort (items, storm_scene_compare_places);
  g_ptr_array_set_size (items, MIN (items->len, MAX_PROXIES));
  for (guint i = 0; i < items->len; i++)
    g_hash_table_add (wanted, (gpointer) storm_item_get_id (g_ptr_array_index (items, i)));
  storm_canvas_keep_focus (self);
  spare = storm_canvas_spare_proxies (self, wanted);

  for (guint i = 0; i < items->len; i++)
    {
      StormItem *item = g_ptr_array_index (items, i);
      GtkWidget *proxy = storm_canvas_get_proxy (self, item, spare);

      storm_canvas_bind_proxy (self, STORM_STICKY_PROXY (proxy), item);
      /* In the order of reading; mostly it stands there already. */
      if (previous != NULL && gtk_widget_get_next_sibling (previous) != proxy)
        gtk_widget_insert_after (proxy, GTK_WIDGET (self), previous);
      previous = proxy;
    }
  for (guint i = 0; i < spare->len; i++)
    gtk_widget_unparent (g_ptr_array_index (spare, i));
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

static gboolean
on_timeout (gpointer user_data)
{
  StormCanvas *self = user_data;

  /* Not in mid-gesture: assistive technology hears of the result. */
  if (storm_tool_get_state (self->tool) != STORM_TOOL_IDLE ||
      g_get_monotonic_time () - self->a11y_touched < DELAY * G_TIME_SPAN_MILLISECOND)
    return G_SOURCE_CONTINUE;
  self->a11y_source = 0;
  storm_canvas_a11y_update (self);
  return G_SOURCE_REMOVE;
}

void
storm_canvas_a11y_queue (StormCanvas *self)
{
  self->a11y_touched = g_get_monotonic_time ();
  if (self->a11y_source == 0)
    self->a11y_source = g_timeout_add_full (G_PRIORITY_LOW, DELAY, on_timeout, self, NULL);
}

void
storm_canvas_a11y_allocate (StormCanvas *self)
{
  GHashTableIter iter;
  gpointer id, proxy;

  g_hash_table_iter_init (&iter, self->proxies);
  while (g_hash_table_iter_next (&iter, &id, &proxy))
    {
      StormItem *item = storm_scene_lookup (self->scene, id);
      StormRect r = { 0, 0, 1, 1 };
      GskTransform *transform;

      if (item != NULL)
        r = storm_viewport_rect_to_screen (&self->view, &item->rect);
      transform = gsk_transform_translate (NULL, &GRAPHENE_POINT_INIT ((float) r.x, (float) r.y));
      gtk_widget_measure (proxy, GTK_ORIENTATION_HORIZONTAL, -1, NULL, NULL, NULL, NULL);
      gtk_widget_allocate (proxy, (int) MAX (r.width, 1), (int) MAX (r.height, 1), -1, transform);
    }
}

/* The keyboard's focus goes to the proxy, so that a screen reader reads it; keys come back here. */
void
storm_canvas_a11y_focus (StormCanvas *self,
                         const char  *id)
{
  GtkWidget *proxy;

  storm_canvas_a11y_update (self);
  proxy = g_hash_table_lookup (self->proxies, id);
  if (proxy != NULL)
    gtk_widget_grab_focus (proxy);
  else
    gtk_widget_grab_focus (GTK_WIDGET (self));
}

void
storm_canvas_a11y_clear (StormCanvas *self)
{
  GHashTableIter iter;
  gpointer proxy;

  g_hash_table_iter_init (&iter, self->proxies);
  while (g_hash_table_iter_next (&iter, NULL, &proxy))
    {
      gtk_widget_unparent (proxy);
      g_hash_table_iter_remove (&iter);
    }
}
