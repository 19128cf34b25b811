#include "config.h"

#include "storm-canvas-private.h"

#include <glib/gi18n-lib.h>

#include "storm-compat.h"

static void
on_straighten (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  StormCanvas *self = STORM_CANVAS (widget);

  storm_tool_cancel (self->tool);
  storm_tool_straighten (self->tool);
}

static const struct
{
  const char *name;
  StormSide   side;
  gboolean    before;
} connects[] = {
  { "canvas.connect-next", STORM_SIDE_RIGHT, FALSE },
  { "canvas.connect-previous", STORM_SIDE_LEFT, TRUE },
  { "canvas.connect-above", STORM_SIDE_TOP, FALSE },
  { "canvas.connect-below", STORM_SIDE_BOTTOM, FALSE },
};

static void
on_connect (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  StormCanvas *self = STORM_CANVAS (widget);
  StormItem *from = storm_canvas_single_sticky (self);
  const char *id = NULL;

  for (guint i = 0; from != NULL && i < G_N_ELEMENTS (connects); i++)
    if (g_str_equal (connects[i].name, name))
      id = storm_tool_connect_next (self->tool, from, connects[i].side, connects[i].before);
  if (id != NULL)
    storm_canvas_edit (self, id);
}

/* Where the flows lead to that begin at @item, or where those come from that end there; each once,
 * from above. */
static GPtrArray *
storm_canvas_ways (StormCanvas *self,
                   StormItem   *item,
                   gboolean     onwards)
{
  GPtrArray *flows = storm_board_get_flows_at (self->board, item->object);
  GPtrArray *ends = g_ptr_array_new ();

  for (guint i = 0; i < flows->len; i++)
    {
      StormItem *flow = storm_scene_lookup (self->scene,
                                            storm_object_get_id (g_ptr_array_index (flows, i)));
      StormItem *here = onwards ? flow->from : flow->to, *there = onwards ? flow->to : flow->from;

      if (here == item && there != item && !g_ptr_array_find (ends, there, NULL))
        g_ptr_array_add (ends, there);
    }
  g_ptr_array_sort (ends, storm_scene_compare_places);
  return ends;
}

static void
storm_canvas_remember_way (StormCanvas *self,
                           StormItem   *from,
                           gboolean     onwards)
{
  g_free (self->way_from);
  self->way_from = g_strdup (storm_item_get_id (from));
  self->way_onwards = onwards;
}

/* What lies @by further among the ways from @from; NULL when @item is none of them, or alone. */
static StormItem *
storm_canvas_other_way (StormCanvas *self,
                        StormItem   *from,
                        gboolean     onwards,
                        StormItem   *item,
                        int          by)
{
  g_autoptr (GPtrArray) ways = storm_canvas_ways (self, from, onwards);
  guint i;

  if (!g_ptr_array_find (ways, item, &i) || ways->len < 2)
    return NULL;
  storm_canvas_remember_way (self, from, onwards);
  return g_ptr_array_index (ways, (i + ways->len + by) % ways->len);
}

/* The one above or below @item among those that can be reached from where it was reached from; when
 * it was chosen otherwise, from what leads to it, or from what it leads to. */
static StormItem *
storm_canvas_alternative (StormCanvas *self,
                          StormItem   *item,
                          int          by)
{
  StormItem *from = storm_scene_lookup (self->scene, self->way_from), *to = NULL;

  if (from != NULL)
    to = storm_canvas_other_way (self, from, self->way_onwards, item, by);
  for (guint onwards = 0; onwards < 2 && to == NULL; onwards++)
    {
      g_autoptr (GPtrArray) ends = storm_canvas_ways (self, item, onwards == 1);

      for (guint i = 0; i < ends->len && to == NULL; i++)
        to = storm_canvas_other_way (self, g_ptr_array_index (ends, i), onwards == 0, item, by);
    }
  return to;
}

/* Where there are several ways, which of them was taken: the others are above and below. */
static void
storm_canvas_tell_way (StormCanvas *self,
                       StormItem   *to)
{
  StormItem *from = storm_scene_lookup (self->scene, self->way_from);
  g_autoptr (GPtrArray) ways = NULL;
  g_autofree char *words = NULL;
  guint i;

  if (from == NULL)
    return;
  ways = storm_canvas_ways (self, from, self->way_onwards);
  if (ways->len < 2 || !g_ptr_array_find (ways, to, &i))
    return;
  /* Translators: of the ways that lead on from a sticky */
  words = g_strdup_printf (_("%u of %u"), i + 1, ways->len);
  storm_canvas_show_way (self, to, words);
  storm_compat_announce (GTK_WIDGET (self), words);
}

/* Along the flows; a sticky without any leads to those beside it. */
static void
on_follow (GtkWidget  *widget,
           const char *name,
           GVariant   *parameter)
{
  StormCanvas *self = STORM_CANVAS (widget);
  const char *direction = g_variant_get_string (parameter, NULL);
  StormItem *item = storm_tool_get_single (self->tool), *to = NULL;
  gboolean onwards = g_str_equal (direction, "right");

  if (item == NULL || storm_board_get_flows_at (self->board, item->object)->len == 0)
    {
      storm_canvas_walk (self, direction);
      return;
    }
  if (onwards || g_str_equal (direction, "left"))
    {
      g_autoptr (GPtrArray) ways = storm_canvas_ways (self, item, onwards);

      if (ways->len > 0)
        {
          to = g_ptr_array_index (ways, 0);
          storm_canvas_remember_way (self, item, onwards);
        }
    }
  else
    {
      to = storm_canvas_alternative (self, item, g_str_equal (direction, "down") ? 1 : -1);
    }
  if (to == NULL)
    {
      gtk_widget_error_bell (widget);
      return;
    }
  storm_canvas_go_to (self, to);
  storm_canvas_tell_way (self, to);
}

void
storm_canvas_install_flows (GtkWidgetClass *klass)
{
  for (guint i = 0; i < G_N_ELEMENTS (connects); i++)
    gtk_widget_class_install_action (klass, connects[i].name, NULL, on_connect);
  gtk_widget_class_install_action (klass, "canvas.follow", "s", on_follow);
  gtk_widget_class_install_action (klass, "canvas.straighten", NULL, on_straighten);
}

static gboolean
storm_canvas_has_led_flow (StormCanvas *self)
{
  GPtrArray *ids = storm_selection_get_ids (self->selection);

  for (guint i = 0; i < ids->len; i++)
    if (storm_tool_is_led (storm_board_lookup (self->board, g_ptr_array_index (ids, i))))
      return TRUE;
  return FALSE;
}

void
storm_canvas_update_flows (StormCanvas *self,
                           gboolean     editable)
{
  gboolean single = storm_canvas_single_sticky (self) != NULL;

  for (guint i = 0; i < G_N_ELEMENTS (connects); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), connects[i].name, editable && single);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "canvas.follow", self->editor == NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "canvas.straighten",
                                 editable && storm_canvas_has_led_flow (self));
}
