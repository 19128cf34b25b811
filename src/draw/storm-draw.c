#include "config.h"

#include "storm-draw.h"

#include "storm-field.h"

#define SHADOW_DOWN 2.0
/* A body lower than this has no room for rounded strips, and no shadow. */
#define SHADOW_MIN_HEIGHT 21.0
#define KIND_SIZE 10.0
#define KIND_X 9.0
#define KIND_Y 7.0
#define KIND_ALPHA .8f
#define TITLE_TOP 22.0
#define TITLE_PAD 8.0
#define FIELD_SIZE 10.0
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
    .layout = storm_text_fit_get_layout (self->fit),
    .size = storm_text_fit_get_size (self->fit),
  };

  self->sink.put (self->sink.data, &op);
}

void
storm_draw_sticky_body (const StormDraw       *self,
                        const StormStickyLook *look,
                        StormPoint             at,
                        gboolean               shadow)
{
  StormRect body = { at.x, at.y, look->width, look->height };
  StormRect below = { at.x, at.y + SHADOW_DOWN, look->width, look->height };

  /* A translucent edge instead of a blur, which each renderer is slow at in its own way. */
  if (shadow && look->height >= SHADOW_MIN_HEIGHT)
    storm_draw_fill (self, STORM_OP_SHADOW, &below, STORM_STICKY_RADIUS, self->colors->shadow);
  storm_draw_fill (self, STORM_OP_FILL, &body, STORM_STICKY_RADIUS,
                   storm_colors_get_fill (self->colors, look->kind));
}

void
storm_draw_sticky_kind (const StormDraw       *self,
                        const StormStickyLook *look,
                        StormPoint             at)
{
  StormRgba ink = storm_colors_get_ink (self->colors, look->kind);
  double width;

  if (look->height < 2 * TITLE_TOP)
    return;
  storm_text_fit_line (self->fit, storm_kind_name (look->kind), KIND_SIZE, PANGO_WEIGHT_NORMAL, 0,
                       &width, NULL);
  if (width + 2 * KIND_X > look->width)
    return;
  ink.alpha = self->colors->high_contrast ? 1 : KIND_ALPHA;
  storm_draw_fitted (self, (StormPoint) { at.x + KIND_X, at.y + KIND_Y }, ink);
}

static guint
storm_draw_n_fields (const StormStickyLook *look)
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

  storm_text_fit_line (self->fit, text, FIELD_SIZE,
                       field->key ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL, max_width, NULL, NULL);
  storm_draw_fitted (self, at, ink);
}

void
storm_draw_sticky_text (const StormDraw       *self,
                        const StormStickyLook *look,
                        StormPoint             at)
{
  StormRgba ink = storm_colors_get_ink (self->colors, look->kind);
  guint n = storm_draw_n_fields (look);
  double fields = n * FIELD_LINE;
  StormRect box = { at.x + TITLE_PAD, at.y + TITLE_TOP, look->width - 2 * TITLE_PAD,
                    look->height - TITLE_TOP - TITLE_PAD - fields };
  double y = at.y + look->height - TITLE_PAD - fields;
  StormPoint title;

  if (storm_text_fit_title (self->fit, look->title, &box, at.y + (look->height - fields) / 2,
                            &title))
    storm_draw_fitted (self, title, ink);
  for (guint i = 0; i < n; i++, y += FIELD_LINE)
    storm_draw_field (self, g_ptr_array_index (look->fields, i), look->width - 2 * KIND_X,
                      (StormPoint) { at.x + KIND_X, y }, ink);
}
