#include "config.h"

#include "storm-edit.h"
#include "storm-field.h"
#include "storm-kind.h"
#include "storm-sticky.h"

#include <math.h>

static double
linear (float c)
{
  return c <= 0.04045 ? c / 12.92 : pow ((c + 0.055) / 1.055, 2.4);
}

/* Relative luminance and contrast as WCAG 2 defines them. */
static double
luminance (const StormColor *color)
{
  return 0.2126 * linear (color->red) + 0.7152 * linear (color->green) +
         0.0722 * linear (color->blue);
}

static double
contrast (const StormColor *a,
          const StormColor *b)
{
  double first = luminance (a);
  double second = luminance (b);

  return (MAX (first, second) + 0.05) / (MIN (first, second) + 0.05);
}

static void
test_contrast (void)
{
  for (guint kind = 0; kind < STORM_N_KINDS; kind++)
    {
      const StormKindInfo *info = storm_kind_info (kind);

      for (guint palette = 0; palette < STORM_N_PALETTES; palette++)
        {
          g_test_message ("%s %u", info->nick, palette);
          g_assert_cmpfloat (contrast (&info->fill[palette], &info->ink[palette]), >=, 4.5);
          g_assert_cmpfloat (contrast (&info->fill_dark[palette], &info->ink_dark[palette]), >=,
                             4.5);
        }
    }
}

static void
hsv_of (const StormColor *c,
        double           *hue,
        double           *saturation)
{
  double max = MAX (c->red, MAX (c->green, c->blue));
  double min = MIN (c->red, MIN (c->green, c->blue));
  double d = max - min;

  *saturation = max > 0 ? d / max : 0;
  *hue = 0;
  if (d == 0)
    return;
  if (max == c->red)
    *hue = fmod ((c->green - c->blue) / d + 6, 6) * 60;
  else if (max == c->green)
    *hue = ((c->blue - c->red) / d + 2) * 60;
  else
    *hue = ((c->red - c->green) / d + 4) * 60;
}

static void
test_dark_keeps_hue (void)
{
  for (guint kind = 0; kind < STORM_N_KINDS; kind++)
    {
      for (guint palette = 0; palette < STORM_N_PALETTES; palette++)
        {
          double hue, saturation, dark_hue, dark_saturation, apart;

          hsv_of (&storm_kind_info (kind)->fill[palette], &hue, &saturation);
          hsv_of (&storm_kind_info (kind)->fill_dark[palette], &dark_hue, &dark_saturation);
          if (saturation < 0.1)
            {
              g_assert_cmpfloat (dark_saturation, <, 0.15);
              continue;
            }
          apart = fabs (hue - dark_hue);
          g_assert_cmpfloat (MIN (apart, 360 - apart), <, 10);
        }
    }
}

/* The classic palette has a colour for each kind. */
static void
test_distinct (void)
{
  for (guint a = 0; a < STORM_N_KINDS; a++)
    {
      for (guint b = 0; b < a; b++)
        {
          const StormColor *x = &storm_kind_info (a)->fill[STORM_PALETTE_CLASSIC];
          const StormColor *y = &storm_kind_info (b)->fill[STORM_PALETTE_CLASSIC];
          double d = fabs (x->red - y->red) + fabs (x->green - y->green) +
                     fabs (x->blue - y->blue);

          g_assert_cmpfloat (d, >, 0.2);
        }
    }
}

static void
test_catalogue (void)
{
  g_autoptr (GHashTable) keys = g_hash_table_new (NULL, NULL);

  for (guint kind = 0; kind < STORM_N_KINDS; kind++)
    {
      const StormKindInfo *info = storm_kind_info (kind);
      StormKind found;
      double width, height;

      g_assert_cmpint (info->kind, ==, kind);
      g_assert_true (storm_kind_from_nick (info->nick, &found));
      g_assert_cmpint (found, ==, kind);
      g_assert_cmpstr (storm_kind_name (kind), !=, "");
      g_assert_cmpstr (storm_kind_hint (kind), !=, "");
      g_assert_true (g_str_has_suffix (info->icon_name, "-symbolic"));
      g_assert_true (g_ascii_isdigit (info->key));
      g_assert_true (g_hash_table_add (keys, GINT_TO_POINTER (info->key)));
      storm_kind_min_size (kind, &width, &height);
      g_assert_cmpfloat (width, <=, info->width);
      g_assert_cmpfloat (height, <=, info->height);
    }

  g_assert_cmpint (storm_kind_info (STORM_KIND_EVENT)->next, ==, STORM_KIND_POLICY);
  g_assert_cmpint (storm_kind_info (STORM_KIND_POLICY)->next, ==, STORM_KIND_COMMAND);
  g_assert_cmpint (storm_kind_info (STORM_KIND_COMMAND)->next, ==, STORM_KIND_AGGREGATE);
  g_assert_cmpint (storm_kind_info (STORM_KIND_AGGREGATE)->next, ==, STORM_KIND_EVENT);
  g_assert_cmpint (storm_kind_info (STORM_KIND_READ_MODEL)->next, ==, STORM_KIND_ACTOR);
  g_assert_cmpint (storm_kind_info (STORM_KIND_ACTOR)->next, ==, STORM_KIND_COMMAND);
}

static void
test_nicks (void)
{
  StormKind kind = STORM_KIND_UI;
  StormEventClass event_class;
  StormVisibility visibility;

  g_assert_false (storm_kind_from_nick ("Event", &kind));
  g_assert_false (storm_kind_from_nick ("", &kind));
  g_assert_false (storm_kind_from_nick (NULL, &kind));
  g_assert_cmpint (kind, ==, STORM_KIND_UI);

  g_assert_null (storm_event_class_nick (STORM_EVENT_CLASS_UNSET));
  for (guint i = STORM_EVENT_CLASS_NOTIFICATION; i <= STORM_EVENT_CLASS_DOMAIN; i++)
    {
      g_assert_true (storm_event_class_from_nick (storm_event_class_nick (i), &event_class));
      g_assert_cmpint (event_class, ==, i);
    }
  g_assert_false (storm_event_class_from_nick ("unset", &event_class));
  g_assert_false (storm_event_class_from_nick (NULL, &event_class));

  g_assert_null (storm_visibility_nick (STORM_VISIBILITY_UNSET));
  for (guint i = STORM_VISIBILITY_PUBLIC; i <= STORM_VISIBILITY_PRIVATE; i++)
    {
      g_assert_true (storm_visibility_from_nick (storm_visibility_nick (i), &visibility));
      g_assert_cmpint (visibility, ==, i);
    }
  g_assert_false (storm_visibility_from_nick ("x", &visibility));
}

static void
test_props (void)
{
  StormProp prop;

  for (guint i = 0; i < STORM_N_PROPS; i++)
    {
      g_assert_true (storm_prop_from_nick (storm_prop_nick (1u << i), &prop));
      g_assert_cmpint (prop, ==, 1u << i);
    }
  g_assert_false (storm_prop_from_nick ("colour", &prop));
  g_assert_false (storm_prop_from_nick (NULL, &prop));
}

static void
test_field (void)
{
  g_autoptr (StormField) a = storm_field_new ("id", "Long", TRUE, 7, NULL);
  g_autoptr (StormField) same = storm_field_new ("id", "Long", TRUE, TRUE, "");
  g_autoptr (StormField) other = storm_field_new ("id", NULL, TRUE, TRUE, NULL);
  g_autoptr (StormField) more = storm_field_new ("id", "Long", TRUE, TRUE, "{}");
  g_autoptr (StormField) ref = storm_field_ref (a);

  g_assert_true (ref == a);
  g_assert_true (storm_field_equal (a, same));
  g_assert_false (storm_field_equal (a, other));
  g_assert_false (storm_field_equal (a, more));
  g_assert_cmpstr (other->type, ==, "");
  g_assert_null (same->extra);
}

static void
test_geometry (void)
{
  const StormRect a = { 0, 0, 10, 10 };
  const StormRect b = { 5, 5, 10, 20 };
  const StormRect point = { 3, 3, 0, 0 };
  const StormRect edge = { STORM_COORD_MAX - 1, 0, 1, 1 };
  const StormRect over = { STORM_COORD_MAX - 1, 0, 2, 1 };
  const StormRect infinite = { 0, -INFINITY, 1, 1 };
  const StormRect nan_size = { 0, 0, NAN, 1 };
  const StormRect negative = { 0, 0, 1, -1 };
  StormRect u = storm_rect_union (&a, &b);

  g_assert_true (storm_rect_equal (&u, &(StormRect) { 0, 0, 15, 25 }));
  u = storm_rect_union (&point, &b);
  g_assert_true (storm_rect_equal (&u, &b));
  g_assert_true (storm_rect_contains (&a, 0, 0));
  g_assert_false (storm_rect_contains (&a, 10, 0));
  g_assert_true (storm_rect_intersects (&a, &b));
  g_assert_true (storm_rect_encloses (&a, &point));
  g_assert_false (storm_rect_encloses (&a, &b));
  g_assert_true (storm_rect_is_valid (&a));
  g_assert_true (storm_rect_is_valid (&point));
  g_assert_true (storm_rect_is_valid (&edge));
  g_assert_false (storm_rect_is_valid (&over));
  g_assert_false (storm_rect_is_valid (&infinite));
  g_assert_false (storm_rect_is_valid (&nan_size));
  g_assert_false (storm_rect_is_valid (&negative));
}

/* Each kind leads on; the usual kind is the first, and what comes before may lead to it. */
static void
test_nexts (void)
{
  for (guint kind = 0; kind < STORM_N_KINDS; kind++)
    {
      StormKind previous = storm_kind_get_previous (kind);
      const StormKind *nexts;
      gboolean leads_here = FALSE;
      guint n;

      nexts = storm_kind_get_nexts (kind, &n);
      g_assert_cmpuint (n, >=, 1);
      g_assert_cmpint (nexts[0], ==, storm_kind_info (kind)->next);
      for (guint i = 0; i < n; i++)
        for (guint j = 0; j < i; j++)
          g_assert_cmpint (nexts[i], !=, nexts[j]);
      nexts = storm_kind_get_nexts (previous, &n);
      for (guint i = 0; i < n; i++)
        leads_here |= nexts[i] == kind;
      g_assert_true (leads_here);
    }
  g_assert_cmpint (storm_kind_get_previous (STORM_KIND_POLICY), ==, STORM_KIND_EVENT);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/kind/contrast", test_contrast);
  g_test_add_func ("/kind/dark-keeps-hue", test_dark_keeps_hue);
  g_test_add_func ("/kind/distinct", test_distinct);
  g_test_add_func ("/kind/catalogue", test_catalogue);
  g_test_add_func ("/kind/nicks", test_nicks);
  g_test_add_func ("/kind/props", test_props);
  g_test_add_func ("/field/equal", test_field);
  g_test_add_func ("/geometry/rect", test_geometry);
  g_test_add_func ("/model/kind/nexts", test_nexts);
  return g_test_run ();
}
