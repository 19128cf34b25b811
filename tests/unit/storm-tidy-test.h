#pragma once

#include <math.h>

#include "storm-tidy.h"

/* Boards to be laid out, and what is true of every one that was. */

typedef struct
{
  StormTidyItem  *items;
  guint           n_items;
  StormTidyFrame *frames;
  guint           n_frames;
  GArray         *flows;
  GArray         *fixed;
} Case;

static inline Case
new_case (guint n_items,
          guint n_frames)
{
  Case c = { g_new0 (StormTidyItem, n_items + 1), n_items,
             g_new0 (StormTidyFrame, n_frames + 1), n_frames,
             g_array_new (FALSE, FALSE, sizeof (StormTidyFlow)),
             g_array_new (FALSE, FALSE, sizeof (StormTidyFixed)) };

  for (guint i = 0; i < n_frames; i++)
    c.frames[i].outer = -1;
  return c;
}

static inline void
clear_case (Case *c)
{
  g_free (c->items);
  g_free (c->frames);
  g_array_unref (c->flows);
  g_array_unref (c->fixed);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Case, clear_case)

static inline void
put (Case   *c,
     guint   i,
     double  x,
     double  y,
     double  width,
     double  height,
     int     context)
{
  c->items[i] = (StormTidyItem) { { x, y, width, height }, context, FALSE };
}

static inline void
frame (Case   *c,
       guint   i,
       double  x,
       double  y,
       double  width,
       double  height)
{
  c->frames[i].rect = (StormRect) { x, y, width, height };
}

static inline void
fix (Case     *c,
     double    x,
     double    y,
     double    width,
     double    height,
     gboolean  pivotal)
{
  StormTidyFixed fixed = { { x, y, width, height }, pivotal };

  g_array_append_val (c->fixed, fixed);
}

static inline void
flow (Case  *c,
      guint  from,
      guint  to)
{
  StormTidyFlow f = { from, to };

  g_array_append_val (c->flows, f);
}

static inline gboolean
tidy (Case *c)
{
  StormTidyBoard board = {
    c->items, c->n_items, c->frames, c->n_frames,
    (StormTidyFlow *) (void *) c->flows->data, c->flows->len,
    (StormTidyFixed *) (void *) c->fixed->data, c->fixed->len,
  };

  return storm_tidy (&board);
}

static inline char *
dump (Case *c)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < c->n_items + c->n_frames; i++)
    {
      const StormRect *r = i < c->n_items ? &c->items[i].rect : &c->frames[i - c->n_items].rect;

      g_string_append_printf (out, "%s%.17g,%.17g %.17gx%.17g\n", i < c->n_items ? "" : "frame ",
                              r->x, r->y, r->width, r->height);
    }
  return g_string_free (out, FALSE);
}

static inline double
center_x (Case  *c,
          guint  i)
{
  return c->items[i].rect.x + c->items[i].rect.width / 2;
}

/* Whether @inner is @outer, or lies in it with all its items. */
static inline gboolean
is_within (Case  *c,
           guint  inner,
           guint  outer)
{
  return inner == outer || storm_rect_encloses (&c->frames[outer].rect, &c->frames[inner].rect);
}

static inline void
assert_no_overlap (Case *c)
{
  for (guint i = 0; i < c->n_items; i++)
    {
      for (guint j = 0; j < i; j++)
        g_assert_false (storm_rect_intersects (&c->items[i].rect, &c->items[j].rect));
      for (guint f = 0; f < c->n_frames; f++)
        {
          if (c->items[i].context >= 0 && is_within (c, (guint) c->items[i].context, f))
            g_assert_true (storm_rect_encloses (&c->frames[f].rect, &c->items[i].rect));
          else
            g_assert_false (storm_rect_intersects (&c->frames[f].rect, &c->items[i].rect));
        }
    }
  for (guint i = 0; i < c->n_frames; i++)
    for (guint j = 0; j < i; j++)
      g_assert_true (is_within (c, i, j) || is_within (c, j, i) ||
                     !storm_rect_intersects (&c->frames[i].rect, &c->frames[j].rect));
}

/* Nothing that was laid out lies on what is fixed. */
static inline void
assert_nothing_covered (Case *c)
{
  for (guint i = 0; i < c->n_items + c->n_frames; i++)
    {
      const StormRect *rect = i < c->n_items ? &c->items[i].rect
                                             : &c->frames[i - c->n_items].rect;

      for (guint j = 0; j < c->fixed->len; j++)
        g_assert_false (storm_rect_intersects (
          rect, &g_array_index (c->fixed, StormTidyFixed, j).rect));
    }
}

/* The margins are as said, to the unit. */
static inline void
assert_fitted (Case *c)
{
  for (guint f = 0; f < c->n_frames; f++)
    {
      double left = INFINITY, top = INFINITY, right = -INFINITY, bottom = -INFINITY;
      const StormRect *around = &c->frames[f].rect;

      for (guint i = 0; i < c->n_items; i++)
        {
          const StormRect *r = &c->items[i].rect;

          if (c->items[i].context != (int) f)
            continue;
          left = MIN (left, r->x);
          top = MIN (top, r->y);
          right = MAX (right, r->x + r->width);
          bottom = MAX (bottom, r->y + r->height);
        }
      if (isinf (left) || c->frames[f].lane)
        continue;
      for (guint i = 0; i < c->n_frames; i++)
        {
          const StormRect *r = &c->frames[i].rect;

          if (i == f || !is_within (c, i, f))
            continue;
          left = MIN (left, r->x);
          top = MIN (top, r->y);
          right = MAX (right, r->x + r->width);
          bottom = MAX (bottom, r->y + r->height);
        }
      g_assert_cmpfloat (left - around->x, ==, STORM_TIDY_MARGIN);
      g_assert_cmpfloat (top - around->y, ==, STORM_TIDY_TITLE_ROOM);
      g_assert_cmpfloat_with_epsilon (around->x + around->width - right, STORM_TIDY_MARGIN, 1e-6);
      g_assert_cmpfloat_with_epsilon (around->y + around->height - bottom, STORM_TIDY_MARGIN, 1e-6);
    }
}

static inline void
assert_stable (Case *c)
{
  g_autofree char *before = dump (c);
  g_autofree char *after = NULL;

  g_assert_true (tidy (c));
  after = dump (c);
  g_assert_cmpstr (after, ==, before);
}
