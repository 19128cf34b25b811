#include "config.h"

#include "storm-library.h"

#include <errno.h>
#include <string.h>

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "storm-error.h"
#include "storm-file-guard.h"
#include "storm-library-item-private.h"
#include "storm-worker.h"

/* Copying a file into the folder makes many events; the last of them is the one to look at. */
#define SETTLE_MS 200
#define MAX_BOARDS 10000
/* Of a file's name in bytes; what is possible is 255, with the suffix and a number. */
#define MAX_NAME 150

struct _StormLibrary
{
  GObject parent_instance;

  char         *directory;
  GPtrArray    *items;
  GFileMonitor *monitor;
  GCancellable *cancellable;
  guint         settle_id;
  gboolean      scanning;
  gboolean      again;
};

static void storm_library_list_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (StormLibrary, storm_library, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, storm_library_list_init))

static GType
storm_library_get_item_type (GListModel *list)
{
  return STORM_TYPE_LIBRARY_ITEM;
}

static guint
storm_library_get_n_items (GListModel *list)
{
  return STORM_LIBRARY (list)->items->len;
}

static gpointer
storm_library_get_item (GListModel *list,
                        guint       position)
{
  StormLibrary *self = STORM_LIBRARY (list);

  return position < self->items->len ? g_object_ref (g_ptr_array_index (self->items, position))
                                     : NULL;
}

static void
storm_library_list_init (GListModelInterface *iface)
{
  iface->get_item_type = storm_library_get_item_type;
  iface->get_n_items = storm_library_get_n_items;
  iface->get_item = storm_library_get_item;
}

/* What the thread gets: a folder, and the stamps of what is known. */
typedef struct
{
  StormLibrary *self;
  GCancellable *cancellable;
  char         *directory;
  GHashTable   *stamps;      /* path → stamp */
  GPtrArray    *entries;     /* what comes back, of StormLibraryEntry */
} Scan;

static void
scan_free (Scan *scan)
{
  g_free (scan->directory);
  g_hash_table_unref (scan->stamps);
  g_ptr_array_unref (scan->entries);
  g_object_unref (scan->cancellable);
  g_object_unref (scan->self);
  g_free (scan);
}

/* An open board changes in the log beside it. */
static char *
stamp_of (const char *path,
          GStatBuf   *st)
{
  g_autofree char *wal = g_strconcat (path, "-wal", NULL);
  GStatBuf log = { 0 };

  if (g_stat (wal, &log) != 0)
    memset (&log, 0, sizeof log);
  return g_strdup_printf ("%llu %lld %lld.%ld %lld %lld.%ld",
                          (unsigned long long) st->st_ino, (long long) st->st_size,
                          (long long) st->st_mtim.tv_sec, st->st_mtim.tv_nsec,
                          (long long) log.st_size, (long long) log.st_mtim.tv_sec,
                          log.st_mtim.tv_nsec);
}

static StormLibraryEntry *
look_at (Scan       *scan,
         const char *path)
{
  g_autoptr (GError) error = NULL;
  StormLibraryEntry *entry;
  GStatBuf st;

  if (g_stat (path, &st) != 0)
    return NULL;
  entry = g_new0 (StormLibraryEntry, 1);
  entry->path = g_strdup (path);
  entry->stamp = stamp_of (path, &st);
  if (g_strcmp0 (g_hash_table_lookup (scan->stamps, path), entry->stamp) == 0)
    return entry;
  entry->info = storm_board_info_read (path, &error);
  if (entry->info != NULL)
    entry->changed = entry->info->changed;
  else
    {
      entry->error = g_strdup (error->message);
      entry->changed = st.st_mtim.tv_sec * STORM_TIME_SECOND + st.st_mtim.tv_nsec;
    }
  return entry;
}

static void
scan_in_thread (gpointer data)
{
  Scan *scan = data;
  g_autoptr (GDir) dir = g_dir_open (scan->directory, 0, NULL);
  const char *name;

  while (dir != NULL && scan->entries->len < MAX_BOARDS &&
         !g_cancellable_is_cancelled (scan->cancellable) && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (scan->directory, name, NULL);
      StormLibraryEntry *entry;

      if (*name == '.' || !g_str_has_suffix (name, STORM_BOARD_FILE_SUFFIX))
        continue;
      entry = look_at (scan, path);
      if (entry != NULL)
        g_ptr_array_add (scan->entries, entry);
    }
}

static StormLibraryItem *
find_item (StormLibrary *self,
           const char   *path)
{
  for (guint i = 0; i < self->items->len; i++)
    {
      StormLibraryItem *item = g_ptr_array_index (self->items, i);

      if (strcmp (storm_library_item_get_path (item), path) == 0)
        return item;
    }
  return NULL;
}

static int
compare_items (gconstpointer a,
               gconstpointer b)
{
  StormLibraryItem *first = *(StormLibraryItem **) a;
  StormLibraryItem *second = *(StormLibraryItem **) b;
  StormTime t1 = storm_library_item_get_changed (first);
  StormTime t2 = storm_library_item_get_changed (second);

  if (t1 != t2)
    return t1 > t2 ? -1 : 1;
  return strcmp (storm_library_item_get_path (first), storm_library_item_get_path (second));
}

/* Puts @items in place, and tells only of the part that is different. */
static void
replace_items (StormLibrary *self,
               GPtrArray    *items)
{
  g_autoptr (GPtrArray) old = self->items;
  guint head = 0, tail = 0;

  while (head < old->len && head < items->len &&
         g_ptr_array_index (old, head) == g_ptr_array_index (items, head))
    head++;
  while (tail < old->len - head && tail < items->len - head &&
         g_ptr_array_index (old, old->len - 1 - tail) ==
         g_ptr_array_index (items, items->len - 1 - tail))
    tail++;
  self->items = items;
  if (old->len > head + tail || items->len > head + tail)
    g_list_model_items_changed (G_LIST_MODEL (self), head, old->len - head - tail,
                                items->len - head - tail);
}

static void
take_entries (StormLibrary *self,
              GPtrArray    *entries)
{
  GPtrArray *items = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_set_free_func (entries, NULL);
  for (guint i = 0; i < entries->len; i++)
    {
      StormLibraryEntry *entry = g_ptr_array_index (entries, i);
      StormLibraryItem *known = find_item (self, entry->path);

      /* Neither read nor failed: it is as it was. */
      if (known != NULL && entry->info == NULL && entry->error == NULL)
        {
          g_ptr_array_add (items, g_object_ref (known));
          storm_library_entry_free (entry);
        }
      else
        g_ptr_array_add (items, storm_library_item_new (entry));
    }
  g_ptr_array_sort (items, compare_items);
  replace_items (self, items);
}

static void
on_scanned (gpointer data)
{
  Scan *scan = data;
  StormLibrary *self = scan->self;

  self->scanning = FALSE;
  if (!g_cancellable_is_cancelled (self->cancellable))
    {
      take_entries (self, scan->entries);
      if (self->again)
        storm_library_refresh (self);
    }
  scan_free (scan);
}

static gboolean
on_settled (gpointer data)
{
  StormLibrary *self = data;

  self->settle_id = 0;
  storm_library_refresh (self);
  return G_SOURCE_REMOVE;
}

static void
on_changed (GFileMonitor      *monitor,
            GFile             *file,
            GFile             *other,
            GFileMonitorEvent  event,
            StormLibrary      *self)
{
  g_autofree char *name = file != NULL ? g_file_get_basename (file) : NULL;
  g_autofree char *other_name = other != NULL ? g_file_get_basename (other) : NULL;

  /* Looking at boards makes and removes the files of SQLite beside them. */
  if ((name == NULL || !g_str_has_suffix (name, STORM_BOARD_FILE_SUFFIX)) &&
      (other_name == NULL || !g_str_has_suffix (other_name, STORM_BOARD_FILE_SUFFIX)))
    return;
  if (event == G_FILE_MONITOR_EVENT_ATTRIBUTE_CHANGED || self->settle_id != 0)
    return;
  self->settle_id = g_timeout_add (SETTLE_MS, on_settled, self);
}

static void
storm_library_dispose (GObject *object)
{
  StormLibrary *self = STORM_LIBRARY (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->settle_id, g_source_remove);
  if (self->monitor != NULL)
    g_signal_handlers_disconnect_by_data (self->monitor, self);
  g_clear_object (&self->monitor);
  G_OBJECT_CLASS (storm_library_parent_class)->dispose (object);
}

static void
storm_library_finalize (GObject *object)
{
  StormLibrary *self = STORM_LIBRARY (object);

  g_clear_object (&self->cancellable);
  g_ptr_array_unref (self->items);
  g_free (self->directory);
  G_OBJECT_CLASS (storm_library_parent_class)->finalize (object);
}

static void
storm_library_class_init (StormLibraryClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->dispose = storm_library_dispose;
  object_class->finalize = storm_library_finalize;
}

static void
storm_library_init (StormLibrary *self)
{
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
  self->cancellable = g_cancellable_new ();
}

StormLibrary *
storm_library_new (const char *directory)
{
  StormLibrary *self = g_object_new (STORM_TYPE_LIBRARY, NULL);
  g_autoptr (GFile) file = NULL;

  self->directory = directory != NULL
    ? g_canonicalize_filename (directory, NULL)
    : g_build_filename (g_get_user_data_dir (), "stormwatch", "boards", NULL);
  g_mkdir_with_parents (self->directory, 0700);
  file = g_file_new_for_path (self->directory);
  self->monitor = g_file_monitor_directory (file, G_FILE_MONITOR_WATCH_MOVES, NULL, NULL);
  if (self->monitor != NULL)
    g_signal_connect (self->monitor, "changed", G_CALLBACK (on_changed), self);
  storm_library_refresh (self);
  return self;
}

const char *
storm_library_get_directory (StormLibrary *self)
{
  g_return_val_if_fail (STORM_IS_LIBRARY (self), NULL);

  return self->directory;
}

void
storm_library_refresh (StormLibrary *self)
{
  Scan *scan;

  g_return_if_fail (STORM_IS_LIBRARY (self));

  self->again = self->scanning;
  if (self->scanning)
    return;
  self->scanning = TRUE;
  scan = g_new0 (Scan, 1);
  scan->self = g_object_ref (self);
  scan->cancellable = g_object_ref (self->cancellable);
  scan->entries = g_ptr_array_new_with_free_func ((GDestroyNotify) storm_library_entry_free);
  scan->directory = g_strdup (self->directory);
  scan->stamps = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (guint i = 0; i < self->items->len; i++)
    {
      StormLibraryItem *item = g_ptr_array_index (self->items, i);

      g_hash_table_insert (scan->stamps, g_strdup (storm_library_item_get_path (item)),
                           g_strdup (storm_library_item_get_stamp (item)));
    }
  storm_worker_run ("library", scan_in_thread, on_scanned, scan);
}

/* A name that every file system takes, and that a person recognises. */
static char *
name_for (const char *title)
{
  g_autofree char *valid = g_utf8_make_valid (title, -1);
  g_autoptr (GString) name = g_string_new (NULL);

  for (const char *p = valid; *p != '\0' && name->len < MAX_NAME; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c == '/' || c == '\\' || c == ':' || c == '*' || c == '?' || c == '"' || c == '<' ||
          c == '>' || c == '|' || !g_unichar_isprint (c))
        c = ' ';
      /* A hidden file, or one that begins like an option, is none that a person looks for. */
      if (name->len == 0 && (c == '.' || c == '-'))
        continue;
      if (c == ' ' && (name->len == 0 || name->str[name->len - 1] == ' '))
        continue;
      g_string_append_unichar (name, c);
    }
  while (name->len > 0 && (name->str[name->len - 1] == ' ' || name->str[name->len - 1] == '.'))
    g_string_truncate (name, name->len - 1);
  if (name->len == 0)
    g_string_append (name, _("Board"));
  return g_string_free (g_steal_pointer (&name), FALSE);
}

/* Nor may there be a log of a board that was called so: SQLite would read it into the new one. */
static gboolean
is_free (const char *path)
{
  g_autofree char *wal = g_strconcat (path, "-wal", NULL);
  g_autofree char *journal = g_strconcat (path, "-journal", NULL);

  return !g_file_test (path, G_FILE_TEST_EXISTS) && !g_file_test (wal, G_FILE_TEST_EXISTS) &&
         !g_file_test (journal, G_FILE_TEST_EXISTS);
}

/* The path for @title; @own is a path that doesn't count as taken. */
static char *
free_path (StormLibrary *self,
           const char   *title,
           const char   *own)
{
  g_autofree char *name = name_for (title);

  for (guint i = 1;; i++)
    {
      g_autofree char *base = i == 1 ? g_strconcat (name, STORM_BOARD_FILE_SUFFIX, NULL)
        : g_strdup_printf ("%s %u" STORM_BOARD_FILE_SUFFIX, name, i);
      g_autofree char *path = g_build_filename (self->directory, base, NULL);

      if (g_strcmp0 (path, own) == 0 || is_free (path))
        return g_steal_pointer (&path);
    }
}

char *
storm_library_new_path (StormLibrary *self,
                        const char   *title)
{
  g_return_val_if_fail (STORM_IS_LIBRARY (self), NULL);
  g_return_val_if_fail (title != NULL, NULL);

  g_mkdir_with_parents (self->directory, 0700);
  return free_path (self, title, NULL);
}

static gboolean
refuse_open (const char  *path,
             GError     **error)
{
  g_autofree char *name = g_filename_display_basename (path);

  if (!storm_file_guard_is_written (path))
    return FALSE;
  g_set_error (error, STORM_ERROR, STORM_ERROR_READ_ONLY,
               _("“%s” is open. Close it first."), name);
  return TRUE;
}

static gboolean
set_title (const char  *path,
           const char  *title,
           GError     **error)
{
  g_autoptr (StormBoardFile) file = storm_board_file_open (path, error);
  g_autoptr (StormChange) change = NULL;

  if (file == NULL)
    return FALSE;
  if (storm_board_file_get_read_only (file))
    {
      g_set_error_literal (error, STORM_ERROR, STORM_ERROR_READ_ONLY,
                           storm_board_file_get_notice (file));
      return FALSE;
    }
  change = storm_change_new (_("Rename board"));
  storm_change_set (change, NULL, STORM_PROP_TITLE, g_variant_new_string (title));
  return storm_history_do (storm_board_file_get_history (file), change, error) &&
         storm_board_file_close (file, error);
}

gboolean
storm_library_rename (StormLibrary  *self,
                      const char    *path,
                      const char    *title,
                      GError       **error)
{
  g_autofree char *target = NULL;

  g_return_val_if_fail (STORM_IS_LIBRARY (self), FALSE);
  g_return_val_if_fail (path != NULL, FALSE);
  g_return_val_if_fail (title != NULL, FALSE);

  if (!set_title (path, title, error))
    return FALSE;
  target = free_path (self, title, path);
  if (strcmp (target, path) != 0 && g_rename (path, target) != 0)
    {
      g_autofree char *name = g_filename_display_basename (path);

      g_set_error (error, STORM_ERROR, STORM_ERROR_IO,
                   _("The board has its new title, but the file “%s” can't be renamed: %s."),
                   name, g_strerror (errno));
      return FALSE;
    }
  storm_library_refresh (self);
  return TRUE;
}

/* What a killed program left in the log goes into the board, which is one file in the trash. */
static void
fold_log (const char *path)
{
  g_autofree char *wal = g_strconcat (path, "-wal", NULL);
  g_autoptr (StormBoardFile) board = NULL;
  g_autoptr (GError) error = NULL;

  if (!g_file_test (wal, G_FILE_TEST_EXISTS))
    return;
  board = storm_board_file_open (path, &error);
  if (board == NULL || !storm_board_file_close (board, &error))
    g_message ("%s goes to the trash without its log: %s", path, error->message);
}

gboolean
storm_library_trash (StormLibrary  *self,
                     const char    *path,
                     GError       **error)
{
  g_autoptr (GFile) file = NULL;
  g_autoptr (GError) local = NULL;

  g_return_val_if_fail (STORM_IS_LIBRARY (self), FALSE);
  g_return_val_if_fail (path != NULL, FALSE);

  if (refuse_open (path, error))
    return FALSE;
  fold_log (path);
  file = g_file_new_for_path (path);
  if (!g_file_trash (file, NULL, &local))
    {
      g_autofree char *name = g_filename_display_basename (path);

      g_set_error (error, STORM_ERROR, STORM_ERROR_IO,
                   _("“%s” can't be moved to the trash: %s."), name, local->message);
      return FALSE;
    }
  storm_library_refresh (self);
  return TRUE;
}
