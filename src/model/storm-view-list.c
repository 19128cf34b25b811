#include "config.h"

#include "storm-view-list.h"

#include <math.h>
#include <string.h>

static void
view_free (gpointer data)
{
  StormView *view = data;

  g_free (view->name);
  g_free (view);
}

static gboolean
is_usable (const StormRect *rect)
{
  return isfinite (rect->x) && isfinite (rect->y) && isfinite (rect->width) &&
         isfinite (rect->height) && rect->width > 0 && rect->height > 0 &&
         fabs (rect->x) <= 2 * STORM_COORD_MAX && fabs (rect->y) <= 2 * STORM_COORD_MAX &&
         rect->width <= 4 * STORM_COORD_MAX && rect->height <= 4 * STORM_COORD_MAX;
}

static char *
tidy_name (const char *name)
{
  g_autofree char *valid = g_utf8_make_valid (name, -1);
  char *end;

  g_strdelimit (valid, "\r\n\t", ' ');
  g_strstrip (valid);
  if (strlen (valid) > STORM_VIEW_NAME_MAX)
    {
      end = g_utf8_find_prev_char (valid, valid + STORM_VIEW_NAME_MAX + 1);
      *end = '\0';
      g_strchomp (valid);
    }
  return g_steal_pointer (&valid);
}

static void
parse_line (GPtrArray  *views,
            const char *line)
{
  double values[4];
  const char *rest = line;
  StormRect rect;

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    {
      char *end;

      values[i] = g_ascii_strtod (rest, &end);
      if (end == rest || *end != ' ')
        return;
      rest = end;
    }
  rect = (StormRect) { values[0], values[1], values[2], values[3] };
  storm_view_list_put (views, rest, &rect);
}

GPtrArray *
storm_view_list_parse (const char *text)
{
  GPtrArray *views = g_ptr_array_new_with_free_func (view_free);
  g_auto (GStrv) lines = g_strsplit (text != NULL ? text : "", "\n", STORM_VIEWS_MAX + 1);

  for (guint i = 0; lines[i] != NULL && i < STORM_VIEWS_MAX; i++)
    parse_line (views, lines[i]);
  return views;
}

char *
storm_view_list_print (GPtrArray *views)
{
  GString *text = g_string_new (NULL);

  g_return_val_if_fail (views != NULL, NULL);

  for (guint i = 0; i < views->len; i++)
    {
      const StormView *view = g_ptr_array_index (views, i);
      const double values[] = { view->rect.x, view->rect.y, view->rect.width, view->rect.height };

      for (guint k = 0; k < G_N_ELEMENTS (values); k++)
        {
          char number[G_ASCII_DTOSTR_BUF_SIZE];

          g_string_append_printf (text, "%s ", g_ascii_dtostr (number, sizeof number, values[k]));
        }
      g_string_append_printf (text, "%s\n", view->name);
    }
  return g_string_free (text, FALSE);
}

StormView *
storm_view_list_find (GPtrArray  *views,
                      const char *name)
{
  g_return_val_if_fail (views != NULL, NULL);
  g_return_val_if_fail (name != NULL, NULL);

  for (guint i = 0; i < views->len; i++)
    if (g_str_equal (((StormView *) g_ptr_array_index (views, i))->name, name))
      return g_ptr_array_index (views, i);
  return NULL;
}

gboolean
storm_view_list_put (GPtrArray       *views,
                     const char      *name,
                     const StormRect *rect)
{
  g_autofree char *tidy = NULL;
  StormView *view;

  g_return_val_if_fail (views != NULL, FALSE);
  g_return_val_if_fail (name != NULL, FALSE);
  g_return_val_if_fail (rect != NULL, FALSE);

  tidy = tidy_name (name);
  if (*tidy == '\0' || !is_usable (rect))
    return FALSE;

  view = storm_view_list_find (views, tidy);
  if (view == NULL)
    {
      if (views->len >= STORM_VIEWS_MAX)
        return FALSE;
      view = g_new0 (StormView, 1);
      view->name = g_steal_pointer (&tidy);
      g_ptr_array_add (views, view);
    }
  view->rect = *rect;
  return TRUE;
}

gboolean
storm_view_list_remove (GPtrArray  *views,
                        const char *name)
{
  StormView *view = storm_view_list_find (views, name);

  return view != NULL && g_ptr_array_remove (views, view);
}
