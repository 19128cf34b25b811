#include "config.h"

#include "storm-entry.h"

struct _StormEntry
{
  GtkEntry parent_instance;
};

G_DEFINE_FINAL_TYPE (StormEntry, storm_entry, GTK_TYPE_ENTRY)

static void
storm_entry_class_init (StormEntryClass *klass)
{
  gtk_widget_class_set_activate_signal_from_name (GTK_WIDGET_CLASS (klass), "activate");
}

static void
storm_entry_init (StormEntry *self)
{
}

GtkWidget *
storm_entry_new (void)
{
  return g_object_new (STORM_TYPE_ENTRY, NULL);
}
