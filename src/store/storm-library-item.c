#include "config.h"

#include "storm-library-item-private.h"

#include <string.h>

struct _StormLibraryItem
{
  GObject parent_instance;

  StormLibraryEntry *entry;
  char              *title;
};

G_DEFINE_FINAL_TYPE (StormLibraryItem, storm_library_item, G_TYPE_OBJECT)

enum
{
  PROP_PATH = 1,
  PROP_TITLE,
  PROP_CHANGED,
  PROP_PICTURE,
  PROP_N_STICKIES,
  PROP_ERROR,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

void
storm_library_entry_free (StormLibraryEntry *entry)
{
  g_free (entry->path);
  g_free (entry->stamp);
  g_free (entry->error);
  g_clear_pointer (&entry->info, storm_board_info_free);
  g_free (entry);
}

static void
storm_library_item_get_property (GObject    *object,
                                 guint       prop_id,
                                 GValue     *value,
                                 GParamSpec *pspec)
{
  StormLibraryItem *self = STORM_LIBRARY_ITEM (object);
  const StormLibraryEntry *entry = self->entry;

  switch (prop_id)
    {
    case PROP_PATH:
      g_value_set_string (value, entry->path);
      break;
    case PROP_TITLE:
      g_value_set_string (value, self->title);
      break;
    case PROP_CHANGED:
      g_value_set_int64 (value, entry->changed);
      break;
    case PROP_PICTURE:
      g_value_set_boxed (value, storm_library_item_get_picture (self));
      break;
    case PROP_N_STICKIES:
      g_value_set_uint (value, entry->info != NULL ? entry->info->n_stickies : 0);
      break;
    case PROP_ERROR:
      g_value_set_string (value, entry->error);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
storm_library_item_finalize (GObject *object)
{
  StormLibraryItem *self = STORM_LIBRARY_ITEM (object);

  g_clear_pointer (&self->entry, storm_library_entry_free);
  g_free (self->title);
  G_OBJECT_CLASS (storm_library_item_parent_class)->finalize (object);
}

static void
storm_library_item_class_init (StormLibraryItemClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = storm_library_item_get_property;
  object_class->finalize = storm_library_item_finalize;

  props[PROP_PATH] = g_param_spec_string ("path", NULL, NULL, NULL, flags);
  props[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, flags);
  props[PROP_CHANGED] = g_param_spec_int64 ("changed", NULL, NULL, G_MININT64, G_MAXINT64, 0,
                                            flags);
  props[PROP_PICTURE] = g_param_spec_boxed ("picture", NULL, NULL, G_TYPE_BYTES, flags);
  props[PROP_N_STICKIES] = g_param_spec_uint ("n-stickies", NULL, NULL, 0, G_MAXUINT, 0, flags);
  props[PROP_ERROR] = g_param_spec_string ("error", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
storm_library_item_init (StormLibraryItem *self)
{
}

StormLibraryItem *
storm_library_item_new (StormLibraryEntry *entry)
{
  StormLibraryItem *self = g_object_new (STORM_TYPE_LIBRARY_ITEM, NULL);

  self->entry = entry;
  if (entry->info != NULL)
    self->title = g_strdup (entry->info->title);
  else
    {
      self->title = g_filename_display_basename (entry->path);
      if (g_str_has_suffix (self->title, STORM_BOARD_FILE_SUFFIX))
        self->title[strlen (self->title) - strlen (STORM_BOARD_FILE_SUFFIX)] = '\0';
    }
  return self;
}

const char *
storm_library_item_get_stamp (StormLibraryItem *self)
{
  return self->entry->stamp;
}

const char *
storm_library_item_get_path (StormLibraryItem *self)
{
  g_return_val_if_fail (STORM_IS_LIBRARY_ITEM (self), NULL);

  return self->entry->path;
}

const char *
storm_library_item_get_title (StormLibraryItem *self)
{
  g_return_val_if_fail (STORM_IS_LIBRARY_ITEM (self), NULL);

  return self->title;
}

StormTime
storm_library_item_get_changed (StormLibraryItem *self)
{
  g_return_val_if_fail (STORM_IS_LIBRARY_ITEM (self), 0);

  return self->entry->changed;
}

GBytes *
storm_library_item_get_picture (StormLibraryItem *self)
{
  g_return_val_if_fail (STORM_IS_LIBRARY_ITEM (self), NULL);

  return self->entry->info != NULL ? self->entry->info->picture : NULL;
}

const char *
storm_library_item_get_error (StormLibraryItem *self)
{
  g_return_val_if_fail (STORM_IS_LIBRARY_ITEM (self), NULL);

  return self->entry->error;
}
