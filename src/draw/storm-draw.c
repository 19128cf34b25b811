#include "config.h"

#include "storm-draw.h"

#include <math.h>

#include "storm-field.h"

/* In board units. */
#define SHADOW_DOWN 2.0
/* A body needs so much more than its corners for a shadow to be seen. */
#define SHADOW_STRIP 2.0
#define KIND_SIZE 10.0
#define TITLE_TOP 22.0
#define TITLE_PAD 8.0
#define FIELD_SIZE 10.0
#define PIVOTAL_FRAME 3.0
#define FIELD_LINE 14.0
#define MAX_FIELDS 8
/* A sticky that is so high has room for its fields below the title. */
#define FIELDS_MIN_HEIGHT 150.0
/* The title keeps this much of it. */
#define TITLE_MIN_HEIGHT 50.0

void
storm_draw_fill (const StormDraw *self,
                 StormOpType      type,
                 const StormRect *rect,
                 double           radius,
                 StormRgba        color)
{
  StormOp op = { .type = type, .color = color, .rect = *rect, .radius = radius };

  self->sink.put (self->sink.data, &op);
}

void
storm_draw_fitted (const StormDraw *self,
                   StormPoint       at,
                   StormRgba        color)
{
  StormOp op = {
    .type = STORM_OP_TEXT,
    .color = color,
    .points = { at },
    .n_points = 1,
    .layout = storm_text_fitter_get_layout (self->fit),
    .size = storm_text_fitter_get_size (self->fit),
  };

  self->sink.put (self->sink.data, &op);
}

void
storm_draw_body (const StormDraw *self,
                 const StormRect *rect,
                 double           unit,
                 StormRgba        fill,
                 gboolean         shadow)
{
  double radius = STORM_STICKY_RADIUS * unit;
  StormRect below = { rect->x, rect->y + SHADOW_DOWN * unit, rect->width, rect->height };

  /* A translucent edge instead of a blur, which each renderer is slow at in its own way. */
  if (shadow && rect->height >= 3 * (radius + SHADOW_STRIP))
    storm_draw_fill (self, STORM_OP_SHADOW, &below, radius, self->colors->shadow);
  storm_draw_fill (self, STORM_OP_FILL, rect, radius, fill);
}

void
storm_draw_sticky_body (const StormDraw       *self,
                        const StormStickyLook *look,
                        StormPoint             at,
                        gboolean               shadow)
{
  StormRect body = { at.x, at.y, look->width, look->height };

  storm_draw_body (self, &body, 1, storm_colors_get_fill (self->colors, look->kind), shadow);
  if (look->pivotal)
    storm_draw_sticky_frame (self, look->kind, &body, 1);
}

void
storm_draw_sticky_frame (const StormDraw *self,
                         StormKind        kind,
                         const StormRect *rect,
                         double           unit)
{
  StormOp op = {
    .type = STORM_OP_BORDER,
    .color = self->colors->text,
    .rect = *rect,
    .radius = MIN (STORM_STICKY_RADIUS * unit, MIN (rect->width, rect->height) / 2),
    .width = MAX (round (PIVOTAL_FRAME * unit), 1),
  };

  self->sink.put (self->sink.data, &op);
}

static double
storm_draw_fit_kind (const StormDraw *self,
                     StormKind        kind)
{
  double width;

  storm_text_fitter_line (self->fit, storm_kind_name (kind), KIND_SIZE, PANGO_WEIGHT_NORMAL, 0,
                          &width, NULL);
  return width;
}

static void
storm_draw_fitted_kind (const StormDraw *self,
                        StormKind        kind,
                        StormPoint       at)
{
  storm_draw_fitted (self, at, storm_colors_get_kind_ink (self->colors, kind));
}

double
storm_draw_kind (const StormDraw *self,
                 StormKind        kind,
                 StormPoint       at)
{
  double width = storm_draw_fit_kind (self, kind);

  storm_draw_fitted_kind (self, kind, at);
  return width;
}

gboolean
storm_sticky_look_has_kind (const StormStickyLook *look,
                            double                 width)
{
  return width + 2 * STORM_KIND_X <= look->width && look->height >= 2 * TITLE_TOP;
}

void
storm_draw_sticky_kind (const StormDraw       *self,
                        const StormStickyLook *look,
                        StormPoint             at)
{
  if (storm_sticky_look_has_kind (look, storm_draw_fit_kind (self, look->kind)))
    storm_draw_fitted_kind (self, look->kind,
                            (StormPoint) { at.x + STORM_KIND_X, at.y + STORM_KIND_Y });
}

static guint
storm_sticky_look_n_fields (const StormStickyLook *look)
{
  double room = look->height - TITLE_TOP - TITLE_MIN_HEIGHT;

  if (look->fields == NULL || look->height < FIELDS_MIN_HEIGHT)
    return 0;
  return MIN (MIN (look->fields->len, MAX_FIELDS), (guint) MAX (room / FIELD_LINE, 0));
}

static void
storm_draw_field (const StormDraw  *self,
                  const StormField *field,
                  double            max_width,
                  StormPoint        at,
                  StormRgba         ink)
{
  g_autofree char *text =
    g_strconcat (field->name, *field->type != '\0' ? ": " : "", field->type, NULL);

  storm_text_fitter_line (self->fit, text, FIELD_SIZE,
                          field->key ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL, max_width, NULL,
                          NULL);
  storm_draw_fitted (self, at, ink);
}

void
storm_draw_sticky_fields (const StormDraw       *self,
                          const StormStickyLook *look,
                          StormPoint             at)
{
  StormRgba ink = storm_colors_get_ink (self->colors, look->kind);
  guint n = storm_sticky_look_n_fields (look);
  double y = at.y + look->height - TITLE_PAD - n * FIELD_LINE;

  for (guint i = 0; i < n; i++, y += FIELD_LINE)
    storm_draw_field (self, g_ptr_array_index (look->fields, i), look->width - 2 * STORM_KIND_X,
                      (StormPoint) { at.x + STORM_KIND_X, y }, ink);
}

void
storm_sticky_look_fit_title (const StormStickyLook *look,
                             StormTextFitter       *fit,
                             const char            *title,
                             StormRect             *box,
                             StormPoint            *out)
{
  double fields = storm_sticky_look_n_fields (look) * FIELD_LINE;

  *box = (StormRect) { TITLE_PAD, TITLE_TOP, look->width - 2 * TITLE_PAD,
                       look->height - TITLE_TOP - TITLE_PAD - fields };
  storm_text_fitter_title (fit, title, box, (look->height - fields) / 2, out);
}

void
storm_draw_sticky_text (const StormDraw       *self,
                        const StormStickyLook *look,
                        StormPoint             at)
{
  StormRect box;
  StormPoint title;

  if (*look->title != '\0')
    {
      storm_sticky_look_fit_title (look, self->fit, look->title, &box, &title);
      if (box.width >= 1 && box.height >= 1)
        storm_draw_fitted (self, (StormPoint) { at.x + title.x, at.y + title.y },
                           storm_colors_get_ink (self->colors, look->kind));
    }
  storm_draw_sticky_fields (self, look, at);
}
