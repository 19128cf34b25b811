#include "config.h"

#include "storm-event-columns.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "storm-event-words.h"
#include "storm-row-spans.h"

/* How many bytes of a payload a cell looks at. */
#define PAYLOAD_BYTES 240
/* Pixels of a line of text that nobody made larger. */
#define USUAL_LINE 19.0

typedef enum
{
  COLUMN_NUMBER,
  COLUMN_TIME,
  COLUMN_SINCE_PREVIOUS,
  COLUMN_SINCE_START,
  COLUMN_TYPE,
  COLUMN_KEY,
  COLUMN_FROM,
  COLUMN_PAYLOAD,
  COLUMN_REMARKS,
  N_COLUMNS
} Column;

/* What the cells of one column share. */
typedef struct
{
  Column        column;
  StormMonitor *monitor;
  StormEventListModel *rows;
  GHashTable   *bound;    /* GtkListItem, not held: those that show a row now */
} ColumnData;

static void refresh_cb (StormMonitor        *monitor,
                        gpointer             user_data);
static void moved_cb   (StormEventListModel *rows,
                        guint                position,
                        guint                n,
                        gpointer             user_data);

static void
column_data_free (gpointer  data,
                  GClosure *closure)
{
  ColumnData *self = data;

  g_signal_handlers_disconnect_by_func (self->monitor, refresh_cb, self);
  g_signal_handlers_disconnect_by_func (self->rows, moved_cb, self);
  g_object_unref (self->monitor);
  g_object_unref (self->rows);
  g_hash_table_unref (self->bound);
  g_free (self);
}

static GtkInscription *
get_cell (GtkListItem *item)
{
  GtkWidget *child = gtk_list_item_get_child (item);

  return GTK_INSCRIPTION (GTK_IS_INSCRIPTION (child) ? child : gtk_widget_get_last_child (child));
}

static void
set_class (GtkWidget  *widget,
           const char *name,
           gboolean    on)
{
  if (on)
    gtk_widget_add_css_class (widget, name);
  else
    gtk_widget_remove_css_class (widget, name);
}

static void
show_number (ColumnData  *self,
             GtkListItem *item,
             guint        place)
{
  GtkInscription *cell = get_cell (item);
  gboolean provisional = FALSE;
  guint64 n;
  char text[24] = "";

  n = storm_event_view_get_number (storm_monitor_get_view (self->monitor), place, &provisional);
  if (n > 0)
    g_snprintf (text, sizeof text, "%" G_GUINT64_FORMAT, n);
  gtk_inscription_set_text (cell, text);
  /* As wide as its digits, and round for one or two. Bold digits are wider than an average
   * character, and newer versions of GTK cut where these don't. */
  gtk_inscription_set_min_chars (cell, CLAMP (strlen (text) + 1, 3, 5));
  gtk_inscription_set_nat_chars (cell, MAX (strlen (text) + 1, 3));
  set_class (GTK_WIDGET (cell), "provisional", provisional);
  set_class (GTK_WIDGET (cell), "number", n > 0);
}

static void
show_type (ColumnData  *self,
           GtkListItem *item,
           guint32      row)
{
  StormEventLog *log = storm_monitor_get_log (self->monitor);
  GtkWidget *swatch = gtk_widget_get_first_child (gtk_list_item_get_child (item));
  GPtrArray *stickies;
  const char *type = storm_event_log_get_type_name (log, row);

  stickies = storm_matcher_match (storm_monitor_get_matcher (self->monitor),
                                  storm_event_log_get_type_id (log, row), NULL);
  set_class (swatch, "missing", FALSE);
  set_class (swatch, "unmatched", stickies == NULL || stickies->len == 0);
  gtk_inscription_set_text (get_cell (item), type[0] != '\0' ? type : _("unknown"));
}

/* What is missing, or that a partition began again, has a row of its own. */
static void
show_gap (ColumnData          *self,
          GtkListItem         *item,
          const StormEventGap *gap)
{
  g_autofree char *text = NULL;

  if (self->column == COLUMN_NUMBER)
    {
      set_class (GTK_WIDGET (get_cell (item)), "number", FALSE);
      gtk_inscription_set_min_chars (get_cell (item), 3);
    }
  else if (self->column == COLUMN_TYPE)
    {
      set_class (gtk_widget_get_first_child (gtk_list_item_get_child (item)), "missing", TRUE);
      /* Translators: in the column of types: some events are missing here. */
      text = g_strdup (gap->anew ? _("Made anew") : _("Missing"));
    }
  else if (self->column == COLUMN_FROM)
    text = storm_event_words_gap_place (self->monitor, gap);
  else if (self->column == COLUMN_PAYLOAD)
    text = storm_event_words_gap (gap);
  gtk_inscription_set_text (get_cell (item), text);
}

static char *
dup_span (ColumnData *self,
          guint32     row)
{
  g_autofree char *span = NULL;
  StormRowSpans spans;

  if (!storm_trace_index_get_spans (storm_monitor_get_index (self->monitor), row, &spans) ||
      spans.is_first)
    return g_strdup ("");
  span = storm_time_format_span (self->column == COLUMN_SINCE_START ? spans.since_start
                                                                    : spans.since_previous);
  return g_strconcat ("+", span, NULL);
}

static void
show (ColumnData  *self,
      GtkListItem *item)
{
  StormEventLog *log = storm_monitor_get_log (self->monitor);
  StormEventView *view = storm_monitor_get_view (self->monitor);
  const StormEventGap *gap;
  g_autofree char *text = NULL;
  char clock[16];
  guint place;
  guint32 row;

  if (gtk_list_item_get_item (item) == NULL)
    return;
  gap = storm_event_list_model_get_gap (self->rows, gtk_list_item_get_position (item));
  set_class (GTK_WIDGET (get_cell (item)), "event-gap", gap != NULL);
  if (gap != NULL)
    {
      show_gap (self, item, gap);
      return;
    }
  place = storm_event_list_model_get_place (self->rows, gtk_list_item_get_position (item));
  if (place >= storm_event_view_get_n (view))
    return;
  row = storm_event_view_get_row (view, place);

  switch (self->column)
    {
    case COLUMN_NUMBER:
      show_number (self, item, place);
      return;
    case COLUMN_TYPE:
      show_type (self, item, row);
      return;
    case COLUMN_TIME:
      storm_time_format_clock (storm_event_log_get_time (log, row), clock);
      text = g_strdup (clock);
      break;
    case COLUMN_SINCE_PREVIOUS:
    case COLUMN_SINCE_START:
      text = dup_span (self, row);
      break;
    case COLUMN_KEY:
      text = g_strdup (storm_event_log_get_correlation (log, row));
      break;
    case COLUMN_FROM:
      text = storm_event_words_place (self->monitor, row);
      break;
    case COLUMN_PAYLOAD:
      text = storm_event_words_payload (self->monitor, row, PAYLOAD_BYTES);
      break;
    case COLUMN_REMARKS:
    case N_COLUMNS:
    default:
      text = storm_event_words_flags (self->monitor, row);
      break;
    }
  gtk_inscription_set_text (get_cell (item), text);
}

/* What a narrow column had to cut. */
static gboolean
tooltip_cb (GtkWidget  *cell,
            int         x,
            int         y,
            gboolean    keyboard,
            GtkTooltip *tooltip)
{
  const char *text = gtk_inscription_get_text (GTK_INSCRIPTION (cell));

  if (text == NULL || text[0] == '\0')
    return FALSE;
  gtk_tooltip_set_text (tooltip, text);
  return TRUE;
}

static void
setup_cb (GtkSignalListItemFactory *factory,
          GtkListItem              *item,
          gpointer                  data)
{
  static const char * const classes[N_COLUMNS] = {
    "event-number", "numeric", "numeric", "numeric", NULL, NULL, "dim-label", "monospace",
    "event-remarks"
  };
  ColumnData *self = data;
  GtkWidget *cell = gtk_inscription_new (NULL);

  gtk_inscription_set_text_overflow (GTK_INSCRIPTION (cell),
                                     GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END);
  gtk_inscription_set_min_lines (GTK_INSCRIPTION (cell), 1);
  gtk_widget_set_hexpand (cell, TRUE);
  if (classes[self->column] != NULL)
    gtk_widget_add_css_class (cell, classes[self->column]);
  if (self->column > COLUMN_SINCE_START)
    {
      gtk_widget_set_has_tooltip (cell, TRUE);
      g_signal_connect (cell, "query-tooltip", G_CALLBACK (tooltip_cb), NULL);
    }

  if (self->column == COLUMN_SINCE_PREVIOUS || self->column == COLUMN_SINCE_START)
    gtk_inscription_set_xalign (GTK_INSCRIPTION (cell), 1);
  if (self->column == COLUMN_TYPE)
    {
      GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
      GtkWidget *swatch = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

      gtk_widget_add_css_class (swatch, "event-swatch");
      gtk_widget_set_valign (swatch, GTK_ALIGN_CENTER);
      gtk_box_append (GTK_BOX (box), swatch);
      gtk_box_append (GTK_BOX (box), cell);
      cell = box;
    }
  else if (self->column == COLUMN_NUMBER)
    {
      gtk_inscription_set_xalign (GTK_INSCRIPTION (cell), 0.5);
      gtk_inscription_set_min_chars (GTK_INSCRIPTION (cell), 2);
      gtk_inscription_set_nat_chars (GTK_INSCRIPTION (cell), 2);
      gtk_widget_set_halign (cell, GTK_ALIGN_CENTER);
    }
  gtk_list_item_set_child (item, cell);
}

static void
bind_cb (GtkSignalListItemFactory *factory,
         GtkListItem              *item,
         gpointer                  data)
{
  ColumnData *self = data;

  g_hash_table_add (self->bound, item);
  show (self, item);
}

static void
unbind_cb (GtkSignalListItemFactory *factory,
           GtkListItem              *item,
           gpointer                  data)
{
  ColumnData *self = data;

  g_hash_table_remove (self->bound, item);
}

/* Numbers settle and shift, remarks come later ("late"), types find their stickies: without any row
 * being added or removed. What doesn't change costs a comparison. */
static void
refresh_cb (StormMonitor *monitor,
            gpointer      data)
{
  ColumnData *self = data;
  GHashTableIter iter;
  gpointer item;

  g_hash_table_iter_init (&iter, self->bound);
  while (g_hash_table_iter_next (&iter, &item, NULL))
    show (self, item);
}

static void
moved_cb (StormEventListModel *rows,
          guint                position,
          guint                n,
          gpointer             data)
{
  ColumnData *self = data;
  GHashTableIter iter;
  gpointer item;

  g_hash_table_iter_init (&iter, self->bound);
  while (g_hash_table_iter_next (&iter, &item, NULL))
    {
      guint at = gtk_list_item_get_position (item);

      if (at >= position && at - position < n)
        show (self, item);
    }
}

static GtkColumnViewColumn *
make_column (StormMonitor        *monitor,
             StormEventListModel *rows,
             Column               column,
             const char          *title)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  ColumnData *data = g_new0 (ColumnData, 1);

  data->column = column;
  data->monitor = g_object_ref (monitor);
  data->rows = g_object_ref (rows);
  data->bound = g_hash_table_new (NULL, NULL);
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), data);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), data);
  g_signal_connect_data (factory, "unbind", G_CALLBACK (unbind_cb), data, column_data_free, 0);
  g_signal_connect (rows, "moved", G_CALLBACK (moved_cb), data);
  if (column == COLUMN_NUMBER || column == COLUMN_REMARKS || column == COLUMN_TYPE ||
      column == COLUMN_SINCE_PREVIOUS || column == COLUMN_SINCE_START)
    g_signal_connect (monitor, "flushed", G_CALLBACK (refresh_cb), data);
  return gtk_column_view_column_new (title, factory);
}

/* The widths are for text of the usual size; who has it larger has wider columns. */
static double
measure_text_scale (GtkWidget *widget)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (widget, "0");
  int height;

  pango_layout_get_pixel_size (layout, NULL, &height);
  return MAX (height / USUAL_LINE, 1);
}

void
storm_event_columns_add (GtkColumnView       *view,
                         StormMonitor        *monitor,
                         StormEventListModel *rows)
{
  static const struct
  {
    Column      column;
    const char *title;
    int         width;
  } columns[] = {
    { COLUMN_NUMBER, N_("No."), 64 },
    { COLUMN_TIME, N_("Time"), 108 },
    { COLUMN_SINCE_PREVIOUS, N_("Step"), 82 },
    { COLUMN_SINCE_START, N_("Elapsed"), 82 },
    { COLUMN_TYPE, N_("Type"), 146 },
    { COLUMN_KEY, N_("Key"), 110 },
    { COLUMN_FROM, N_("From"), 116 },
    { COLUMN_PAYLOAD, N_("Payload"), -1 },
    { COLUMN_REMARKS, N_("Remarks"), 120 },
  };

  double scale;

  g_return_if_fail (GTK_IS_COLUMN_VIEW (view));
  g_return_if_fail (STORM_IS_MONITOR (monitor));
  g_return_if_fail (STORM_IS_EVENT_LIST_MODEL (rows));

  scale = measure_text_scale (GTK_WIDGET (view));
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      g_autoptr (GtkColumnViewColumn) column = NULL;

      column = make_column (monitor, rows, columns[i].column, _(columns[i].title));
      gtk_column_view_column_set_resizable (column, TRUE);
      if (columns[i].width > 0)
        gtk_column_view_column_set_fixed_width (column, (int) (columns[i].width * scale));
      else
        gtk_column_view_column_set_expand (column, TRUE);
      gtk_column_view_append_column (view, column);
    }
}
