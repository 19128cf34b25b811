#include "config.h"

#include "storm-edit-entry.h"

#include "storm-arrange.h"
#include "storm-edit-private.h"
#include "storm-error.h"
#include "storm-prop-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* Rows are so much longer than columns. */
#define ROW_RATIO 1.8
/* Bytes of the longest name of a kind, and some more. */
#define MAX_PREFIX 60

struct _StormListEntry
{
  StormBoard  *board;
  StormKind    kind;
  GPtrArray   *titles;
  guint        n_made;
  guint        n_columns;
  StormRect    rect;
  gint64       z;
  GArray      *frames;
  GPtrArray   *ids;
  StormChange *change;
};

static const char *
insert (StormChange     *change,
        StormKind        kind,
        const StormRect *rect,
        gint64           z,
        const char      *title,
        GArray          *frames)
{
  g_autofree char *valid = g_utf8_make_valid (title, -1);
  GVariantDict dict;

  g_variant_dict_init (&dict, NULL);
  g_variant_dict_insert (&dict, "kind", "s", storm_kind_info (kind)->nick);
  g_variant_dict_insert_value (&dict, "rect", storm_rect_to_variant (rect));
  g_variant_dict_insert (&dict, "z", "x", MIN (z, STORM_Z_MAX));
  g_variant_dict_insert (&dict, "title", "s", valid);
  g_variant_dict_insert (&dict, "context", "s", storm_edit_frame_at (frames, rect));
  return storm_change_insert (change, STORM_OBJECT_STICKY, NULL, g_variant_dict_end (&dict));
}

StormSticky *
storm_edit_slot (StormBoard  *board,
                 StormSticky *from,
                 int          dx,
                 int          dy,
                 StormRect   *out)
{
  GListModel *stickies;
  const StormRect *rect;
  StormSticky *nearest = NULL;
  double distance = G_MAXDOUBLE;

  g_return_val_if_fail (STORM_IS_BOARD (board), NULL);
  g_return_val_if_fail (STORM_IS_STICKY (from), NULL);
  g_return_val_if_fail (out != NULL, NULL);

  rect = storm_sticky_get_rect (from);
  *out = *rect;
  out->x += dx * (rect->width + STORM_ARRANGE_GAP);
  out->y += dy * (rect->height + STORM_ARRANGE_GAP);
  storm_edit_clamp_rect (out);

  stickies = storm_board_get_stickies (board);
  for (guint i = 0; i < g_list_model_get_n_items (stickies); i++)
    {
      g_autoptr (StormSticky) other = g_list_model_get_item (stickies, i);
      const StormRect *there = storm_sticky_get_rect (other);
      StormPoint middle = storm_rect_center (there);
      double away = hypot (middle.x - rect->x - rect->width / 2,
                           middle.y - rect->y - rect->height / 2);

      if (other != from && away < distance && storm_rect_intersects (out, there))
        {
          nearest = other;
          distance = away;
        }
    }
  return nearest;
}

StormChange *
storm_edit_add_like (StormBoard       *board,
                     StormSticky      *from,
                     const StormRect  *rect,
                     char            **out_id)
{
  g_autoptr (StormChange) change = NULL;
  g_autoptr (GArray) frames = NULL;
  g_autofree char *label = NULL;
  const char *id;

  g_return_val_if_fail (STORM_IS_BOARD (board), NULL);
  g_return_val_if_fail (STORM_IS_STICKY (from), NULL);
  g_return_val_if_fail (rect != NULL, NULL);

  /* Translators: the name of a kind of sticky, such as “Read model” */
  label = g_strdup_printf (_("Add “%s”"), storm_kind_name (storm_sticky_get_kind (from)));
  change = storm_change_new (label);
  frames = storm_edit_frames (board);
  id = insert (change, storm_sticky_get_kind (from), rect, storm_board_get_top_z (board) + 1, "",
               frames);
  if (out_id != NULL)
    *out_id = g_strdup (id);
  return g_steal_pointer (&change);
}

static gboolean
begins_with (const char *name,
             const char *word)
{
  g_autofree char *folded = g_utf8_casefold (name, -1);

  return g_str_has_prefix (folded, word);
}

static gboolean
find_kind (const char *prefix,
           StormKind  *out)
{
  g_autofree char *word = g_utf8_casefold (prefix, -1);

  for (guint i = 0; i < STORM_N_KINDS; i++)
    {
      const StormKindInfo *info = storm_kind_info (i);

      if (begins_with (info->nick, word) || begins_with (storm_kind_name (i), word) ||
          (word[0] == info->key && word[1] == '\0'))
        {
          *out = i;
          return TRUE;
        }
    }
  return FALSE;
}

const char *
storm_edit_parse_entry (const char *line,
                        StormKind  *kind)
{
  const char *colon, *title;
  g_autofree char *prefix = NULL;

  g_return_val_if_fail (line != NULL, NULL);
  g_return_val_if_fail (kind != NULL, NULL);

  while (g_ascii_isspace (*line))
    line++;
  colon = strchr (line, ':');
  if (colon == NULL || colon == line || colon - line > MAX_PREFIX || colon[1] == '/' ||
      !g_utf8_validate (line, colon - line, NULL))
    return line;
  prefix = g_strstrip (g_strndup (line, colon - line));
  if (*prefix == '\0' || !find_kind (prefix, kind))
    return line;
  for (title = colon + 1; g_ascii_isspace (*title);)
    title++;
  return title;
}

/* The line at @start, @length bytes, without what a list puts before it; %NULL for an empty one. */
static char *
take_line (const char *start,
           gsize       length)
{
  static const char * const bullets[] = { "- ", "* ", "+ ", "• ", "– ", "· " };
  g_autofree char *line = g_strndup (start, length);
  const char *text = g_strstrip (line);

  for (guint i = 0; i < G_N_ELEMENTS (bullets); i++)
    if (g_str_has_prefix (text, bullets[i]))
      {
        text += strlen (bullets[i]);
        while (g_ascii_isspace (*text))
          text++;
        break;
      }
  return *text != '\0' ? g_strdup (text) : NULL;
}

GPtrArray *
storm_edit_split_lines (const char  *text,
                        GError     **error)
{
  g_autoptr (GPtrArray) titles = g_ptr_array_new_with_free_func (g_free);
  guint number = 1;

  g_return_val_if_fail (text != NULL, NULL);

  for (const char *p = text; *p != '\0'; number++)
    {
      gsize length = strcspn (p, "\n\r");
      char *title = length > STORM_TITLE_MAX_BYTES ? NULL : take_line (p, length);

      if (length > STORM_TITLE_MAX_BYTES)
        {
          g_autofree char *size = g_format_size (length);

          g_set_error (error, STORM_ERROR, STORM_ERROR_LIMIT,
                       _("Line %u of the text has %s, too much for a sticky. Paste a shorter part "
                         "of it."), number, size);
          return NULL;
        }
      if (title != NULL && titles->len == STORM_LIST_MAX_LINES)
        {
          g_free (title);
          g_set_error (error, STORM_ERROR, STORM_ERROR_LIMIT,
                       _("The text has more than %d lines. Paste fewer of them at a time."),
                       STORM_LIST_MAX_LINES);
          return NULL;
        }
      if (title != NULL)
        g_ptr_array_add (titles, title);
      p += length;
      if (p[0] == '\r' && p[1] == '\n')
        p++;
      if (*p != '\0')
        p++;
    }
  return g_steal_pointer (&titles);
}

static gboolean
is_taken (StormBoard      *board,
          const StormRect *rect)
{
  GListModel *stickies = storm_board_get_stickies (board);

  for (guint i = 0; i < g_list_model_get_n_items (stickies); i++)
    {
      g_autoptr (StormSticky) sticky = g_list_model_get_item (stickies, i);

      if (storm_rect_intersects (rect, storm_sticky_get_rect (sticky)))
        return TRUE;
    }
  return FALSE;
}

/* A few make one row; more make a block that is wider than high. */
static void
place (StormListEntry *self,
       StormPoint      middle)
{
  const StormKindInfo *info = storm_kind_info (self->kind);
  double pitch_x = info->width + STORM_ARRANGE_GAP, pitch_y = info->height + STORM_ARRANGE_GAP;
  guint n = self->titles->len, n_rows;
  StormRect bounds;

  self->n_columns = CLAMP ((guint) ceil (sqrt (n * ROW_RATIO * pitch_y / pitch_x)), 1, MAX (n, 1));
  n_rows = (n + self->n_columns - 1) / self->n_columns;
  self->rect.width = self->n_columns * pitch_x - STORM_ARRANGE_GAP;
  self->rect.height = n_rows * pitch_y - STORM_ARRANGE_GAP;
  self->rect.x = round (middle.x - self->rect.width / 2);
  self->rect.y = round (middle.y - self->rect.height / 2);
  if (is_taken (self->board, &self->rect) && storm_board_get_bounds (self->board, &bounds))
    {
      self->rect.x = round (bounds.x);
      self->rect.y = round (bounds.y + bounds.height + 2 * STORM_ARRANGE_GAP);
    }
  storm_edit_clamp_rect (&self->rect);
}

StormListEntry *
storm_list_entry_new (StormBoard *board,
                      StormKind   kind,
                      GPtrArray  *titles,
                      StormPoint  middle)
{
  StormListEntry *self;
  g_autofree char *label = NULL;

  g_return_val_if_fail (STORM_IS_BOARD (board), NULL);
  g_return_val_if_fail ((guint) kind < STORM_N_KINDS, NULL);
  g_return_val_if_fail (titles != NULL, NULL);

  self = g_new0 (StormListEntry, 1);
  self->board = g_object_ref (board);
  self->kind = kind;
  self->titles = titles;
  self->z = storm_board_get_top_z (board);
  self->frames = storm_edit_frames (board);
  self->ids = g_ptr_array_new_full (titles->len, g_free);
  label = g_strdup_printf (ngettext ("Add %u sticky", "Add %u stickies",
                                        titles->len), titles->len);
  self->change = storm_change_new (label);
  place (self, middle);
  return self;
}

void
storm_list_entry_free (StormListEntry *self)
{
  g_object_unref (self->board);
  g_ptr_array_unref (self->titles);
  g_clear_pointer (&self->ids, g_ptr_array_unref);
  g_clear_pointer (&self->change, storm_change_unref);
  g_array_unref (self->frames);
  g_free (self);
}

gboolean
storm_list_entry_work (StormListEntry *self,
                       guint           n)
{
  const StormKindInfo *info;

  g_return_val_if_fail (self != NULL && self->change != NULL, FALSE);

  info = storm_kind_info (self->kind);
  for (; n > 0 && self->n_made < self->titles->len; n--, self->n_made++)
    {
      guint column = self->n_made % self->n_columns, row = self->n_made / self->n_columns;
      StormRect rect = { self->rect.x + column * (info->width + STORM_ARRANGE_GAP),
                         self->rect.y + row * (info->height + STORM_ARRANGE_GAP),
                         info->width, info->height };

      storm_edit_clamp_rect (&rect);
      self->z++;
      g_ptr_array_add (self->ids,
                       g_strdup (insert (self->change, self->kind, &rect, self->z,
                                         g_ptr_array_index (self->titles, self->n_made),
                                         self->frames)));
    }
  return self->n_made < self->titles->len;
}

double
storm_list_entry_get_progress (StormListEntry *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->titles->len > 0 ? (double) self->n_made / self->titles->len : 1;
}

const StormRect *
storm_list_entry_get_rect (StormListEntry *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return &self->rect;
}

StormChange *
storm_list_entry_finish (StormListEntry  *self,
                         GPtrArray      **out_ids)
{
  g_return_val_if_fail (self != NULL && self->change != NULL, NULL);

  if (out_ids != NULL)
    *out_ids = g_steal_pointer (&self->ids);
  return g_steal_pointer (&self->change);
}
