#include "config.h"

#include "storm-multi-source.h"

#include <glib/gi18n-lib.h>

#include "storm-worker-private.h"

/* A connection that was seen: who comes back gets its name and its topics' numbers again. */
typedef struct
{
  char    *identity;           /* nullable: nobody comes back */
  char    *name;
  gboolean home;               /* its topics are those of no connection */
} Seat;

typedef struct
{
  StormSource     *source;
  Seat            *seat;       /* of @seats */
  StormBatchQueue *port;       /* NULL before the start */
} Child;

struct _StormMultiSource
{
  GObject          parent_instance;

  GPtrArray       *children;   /* Child */
  GPtrArray       *seats;      /* Seat */
  StormBatchQueue *queue;      /* NULL before the start */
  StormStrings    *strings;
  StormMapping    *mapping;
  gboolean         stopped;
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
seat_free (gpointer data)
{
  Seat *seat = data;

  g_free (seat->identity);
  g_free (seat->name);
  g_free (seat);
}

static Child *
get_child (StormMultiSource *self,
           guint             i)
{
  return g_ptr_array_index (self->children, i);
}

static gboolean
has_name (StormMultiSource *self,
          const char       *name)
{
  for (guint i = 0; i < self->seats->len; i++)
    if (g_str_equal (((Seat *) g_ptr_array_index (self->seats, i))->name, name))
      return TRUE;
  return FALSE;
}

/* "Shop", "Shop (2)" … */
static char *
make_name (StormMultiSource *self,
           StormSource      *source)
{
  g_autofree char *name = storm_source_dup_name (source);
  char *unique;

  if (*name == '\0')
    {
      g_free (name);
      name = g_strdup (_("Connection"));
    }
  unique = g_strdup (name);
  for (guint n = 2; has_name (self, unique); n++)
    {
      g_free (unique);
      unique = g_strdup_printf ("%s (%u)", name, n);
    }
  return unique;
}

/* The seat that is @source's already, if no other child sits on it, or a new one. */
static Seat *
find_seat (StormMultiSource *self,
           StormSource      *source)
{
  g_autofree char *identity = storm_source_dup_identity (source);
  Seat *seat;

  for (guint i = 0; identity != NULL && i < self->seats->len; i++)
    {
      gboolean taken = FALSE;

      seat = g_ptr_array_index (self->seats, i);
      for (guint j = 0; j < self->children->len; j++)
        taken |= get_child (self, j)->seat == seat;
      if (!taken && g_strcmp0 (seat->identity, identity) == 0)
        return seat;
    }
  seat = g_new0 (Seat, 1);
  seat->name = make_name (self, source);
  seat->identity = g_steal_pointer (&identity);
  seat->home = self->seats->len == 0;
  g_ptr_array_add (self->seats, seat);
  return seat;
}

/* Once there are two connections, the first one has a name, too. */
static void
name_home (StormMultiSource *self)
{
  for (guint i = 0; self->strings != NULL && i < self->seats->len; i++)
    {
      Seat *seat = g_ptr_array_index (self->seats, i);

      if (seat->home)
        storm_strings_set_home (self->strings, self->seats->len > 1 ? seat->name : NULL);
    }
}

static void
start_child (StormMultiSource *self,
             Child            *child)
{
  guint32 connection = child->seat->home ? 0
    : storm_strings_intern (self->strings, child->seat->name, strlen (child->seat->name));

  child->port = storm_batch_queue_new_port (self->queue, connection);
  storm_source_start (child->source, child->port, self->strings, self->mapping);
}

static void
stop_child (StormMultiSource *self,
            Child            *child)
{
  g_signal_handlers_disconnect_by_data (child->source, self);
  /* First nobody takes what it has, then it need not finish. */
  if (child->port != NULL)
    storm_batch_queue_close (child->port);
  g_clear_pointer (&child->port, storm_batch_queue_unref);
  storm_source_stop (child->source);
}

static void
child_free (gpointer data)
{
  Child *child = data;

  g_clear_pointer (&child->port, storm_batch_queue_unref);
  g_object_unref (child->source);
  g_free (child);
}

/* Alone, it has nobody to hold up. */
static void
update_lost (StormMultiSource *self)
{
  for (guint i = 0; i < self->children->len; i++)
    {
      Child *child = get_child (self, i);
      StormSourceState state = storm_source_get_state (child->source);

      if (child->port != NULL)
        storm_batch_queue_set_lost (child->port, self->children->len > 1 &&
                                                 (state == STORM_SOURCE_WAITING ||
                                                  state == STORM_SOURCE_FAILED));
    }
}

static void
notify_all (StormMultiSource *self)
{
  GObject *object = G_OBJECT (self);

  g_object_freeze_notify (object);
  g_object_notify (object, "error");
  g_object_notify (object, "status");
  g_object_notify (object, "state");
  g_object_thaw_notify (object);
}

static void
child_notify_cb (StormMultiSource *self,
                 GParamSpec       *pspec)
{
  if (g_str_equal (pspec->name, "state"))
    update_lost (self);
  g_object_notify (G_OBJECT (self), pspec->name);
}

static void
multi_source_start (StormSource     *source,
                    StormBatchQueue *queue,
                    StormStrings    *strings,
                    StormMapping    *mapping)
{
  StormMultiSource *self = STORM_MULTI_SOURCE (source);

  g_return_if_fail (self->queue == NULL);

  self->queue = storm_batch_queue_ref (queue);
  self->strings = storm_strings_ref (strings);
  self->mapping = storm_mapping_ref (mapping);
  storm_strings_set_home (strings, NULL);
  name_home (self);
  for (guint i = 0; i < self->children->len; i++)
    start_child (self, get_child (self, i));
  notify_all (self);
}

static void
multi_source_stop (StormSource *source)
{
  StormMultiSource *self = STORM_MULTI_SOURCE (source);

  if (self->stopped)
    return;
  self->stopped = TRUE;
  for (guint i = 0; i < self->children->len; i++)
    stop_child (self, get_child (self, i));
  notify_all (self);
}

static void
multi_source_set_mapping (StormSource  *source,
                          StormMapping *mapping)
{
  StormMultiSource *self = STORM_MULTI_SOURCE (source);

  storm_mapping_ref (mapping);
  g_clear_pointer (&self->mapping, storm_mapping_unref);
  self->mapping = mapping;
  for (guint i = 0; i < self->children->len; i++)
    storm_source_set_mapping (get_child (self, i)->source, mapping);
}

static guint
count (StormMultiSource *self,
       StormSourceState  state)
{
  guint n = 0;

  for (guint i = 0; i < self->children->len; i++)
    n += storm_source_get_state (get_child (self, i)->source) == state;
  return n;
}

static StormSourceState
multi_source_get_state (StormSource *source)
{
  StormMultiSource *self = STORM_MULTI_SOURCE (source);
  guint n = self->children->len;
  guint n_failed = count (self, STORM_SOURCE_FAILED);
  guint n_over = n_failed + count (self, STORM_SOURCE_ENDED) + count (self, STORM_SOURCE_STOPPED);

  if (n == 0)
    return self->stopped ? STORM_SOURCE_STOPPED : STORM_SOURCE_IDLE;
  if (n_over == n)
    return n_failed > 0 ? STORM_SOURCE_FAILED
                        : count (self, STORM_SOURCE_ENDED) > 0 ? STORM_SOURCE_ENDED
                                                               : STORM_SOURCE_STOPPED;
  /* It goes on, but not with all. */
  if (n_failed > 0 || count (self, STORM_SOURCE_WAITING) > 0)
    return STORM_SOURCE_WAITING;
  if (count (self, STORM_SOURCE_CONNECTING) > 0)
    return STORM_SOURCE_CONNECTING;
  if (count (self, STORM_SOURCE_READING) > 0)
    return STORM_SOURCE_READING;
  return count (self, STORM_SOURCE_LIVE) > 0 ? STORM_SOURCE_LIVE : STORM_SOURCE_IDLE;
}

/* The one of which there is most to be told: nothing is as important as what is wrong. */
static StormSource *
find_troubled (StormMultiSource *self)
{
  static const StormSourceState states[] = { STORM_SOURCE_FAILED, STORM_SOURCE_WAITING };

  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    for (guint j = 0; j < self->children->len; j++)
      if (storm_source_get_state (get_child (self, j)->source) == states[i])
        return get_child (self, j)->source;
  return NULL;
}

static char *
dup_summary (StormMultiSource *self)
{
  guint n = self->children->len;
  guint n_live = count (self, STORM_SOURCE_LIVE);

  if (n_live == n)
    /* Translators: of several connections. */
    return g_strdup_printf (_("%u connections · live"), n);
  if (count (self, STORM_SOURCE_CONNECTING) > 0)
    return g_strdup_printf (_("%u connections · connecting…"), n);
  if (count (self, STORM_SOURCE_READING) > 0)
    return g_strdup_printf (_("%u connections · reading…"), n);
  if (n_live > 0)
    return g_strdup_printf (_("%u connections · %u live, the rest at the end"), n, n_live);
  if (count (self, STORM_SOURCE_ENDED) > 0)
    return g_strdup_printf (_("%u connections · at the end"), n);
  return g_strdup (_("Stopped"));
}

static char *
multi_source_dup_status (StormSource *source)
{
  StormMultiSource *self = STORM_MULTI_SOURCE (source);
  guint n = self->children->len;
  guint n_troubled = count (self, STORM_SOURCE_FAILED) + count (self, STORM_SOURCE_WAITING);
  g_autofree char *words = NULL;

  if (n == 0)
    return g_strdup (_("Not started"));
  if (n == 1)
    return storm_source_dup_status (get_child (self, 0)->source);
  if (n_troubled == 0)
    return dup_summary (self);
  words = storm_source_dup_status (find_troubled (self));
  /* Translators: how many connections don't work, and what is wrong with the first of them. */
  return g_strdup_printf (_("%u of %u connections · %s"), n_troubled, n, words);
}

static GError *
dup_error (StormMultiSource *self)
{
  StormSource *troubled = find_troubled (self);
  GError *error = NULL;

  if (troubled == NULL && self->children->len == 1)
    troubled = get_child (self, 0)->source;
  if (troubled != NULL)
    g_object_get (troubled, "error", &error, NULL);
  return error;
}

/* As its topics are known to the strings. */
static char *
dup_connection (StormMultiSource *self,
                Child            *child,
                const char       *within)
{
  if (child->seat->home)
    return g_strdup (within != NULL ? within : self->seats->len > 1 ? child->seat->name : NULL);
  return within != NULL ? g_strconcat (child->seat->name, "/", within, NULL)
                        : g_strdup (child->seat->name);
}

static GPtrArray *
multi_source_dup_progress (StormSource *source)
{
  StormMultiSource *self = STORM_MULTI_SOURCE (source);
  GPtrArray *all = g_ptr_array_new_with_free_func ((GDestroyNotify) storm_topic_progress_free);

  for (guint i = 0; i < self->children->len; i++)
    {
      Child *child = get_child (self, i);
      GPtrArray *its = storm_source_dup_progress (child->source);

      for (guint j = 0; j < its->len; j++)
        {
          StormTopicProgress *item = g_ptr_array_index (its, j);
          char *connection = dup_connection (self, child, item->connection);

          g_free (item->connection);
          item->connection = connection;
        }
      g_ptr_array_extend_and_steal (all, its);
    }
  return all;
}

static char *
multi_source_dup_name (StormSource *source)
{
  StormMultiSource *self = STORM_MULTI_SOURCE (source);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) names = NULL;

  for (guint i = 0; i < self->children->len; i++)
    g_strv_builder_add (builder, get_child (self, i)->seat->name);
  names = g_strv_builder_end (builder);
  return g_strjoinv (", ", names);
}

static void
source_iface_init (StormSourceInterface *iface)
{
  iface->start = multi_source_start;
  iface->stop = multi_source_stop;
  iface->set_mapping = multi_source_set_mapping;
  iface->get_state = multi_source_get_state;
  iface->dup_status = multi_source_dup_status;
  iface->dup_progress = multi_source_dup_progress;
  iface->dup_name = multi_source_dup_name;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (StormMultiSource, storm_multi_source, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (STORM_TYPE_SOURCE, source_iface_init))

static void
storm_multi_source_get_property (GObject    *object,
                                 guint       prop_id,
                                 GValue     *value,
                                 GParamSpec *pspec)
{
  StormMultiSource *self = STORM_MULTI_SOURCE (object);

  switch (prop_id)
    {
    case STORM_SOURCE_PROP_STATE:
      g_value_set_enum (value, storm_source_get_state (STORM_SOURCE (self)));
      break;
    case STORM_SOURCE_PROP_STATUS:
      g_value_take_string (value, storm_source_dup_status (STORM_SOURCE (self)));
      break;
    case STORM_SOURCE_PROP_ERROR:
      g_value_take_boxed (value, dup_error (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
storm_multi_source_dispose (GObject *object)
{
  StormMultiSource *self = STORM_MULTI_SOURCE (object);

  if (!self->stopped)
    for (guint i = 0; i < self->children->len; i++)
      stop_child (self, get_child (self, i));
  self->stopped = TRUE;
  g_ptr_array_set_size (self->children, 0);

  G_OBJECT_CLASS (storm_multi_source_parent_class)->dispose (object);
}

static void
storm_multi_source_finalize (GObject *object)
{
  StormMultiSource *self = STORM_MULTI_SOURCE (object);

  g_ptr_array_unref (self->children);
  g_ptr_array_unref (self->seats);
  g_clear_pointer (&self->queue, storm_batch_queue_unref);
  g_clear_pointer (&self->strings, storm_strings_unref);
  g_clear_pointer (&self->mapping, storm_mapping_unref);

  G_OBJECT_CLASS (storm_multi_source_parent_class)->finalize (object);
}

static void
storm_multi_source_class_init (StormMultiSourceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = storm_multi_source_get_property;
  object_class->dispose = storm_multi_source_dispose;
  object_class->finalize = storm_multi_source_finalize;
  storm_worker_override_properties (object_class);

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
storm_multi_source_init (StormMultiSource *self)
{
  self->children = g_ptr_array_new_with_free_func (child_free);
  self->seats = g_ptr_array_new_with_free_func (seat_free);
}

StormMultiSource *
storm_multi_source_new (void)
{
  return g_object_new (STORM_TYPE_MULTI_SOURCE, NULL);
}

void
storm_multi_source_add (StormMultiSource *self,
                        StormSource      *source)
{
  Child *child;

  g_return_if_fail (STORM_IS_MULTI_SOURCE (self) && !self->stopped);
  g_return_if_fail (STORM_IS_SOURCE (source));

  child = g_new0 (Child, 1);
  child->source = g_object_ref (source);
  child->seat = find_seat (self, source);
  g_ptr_array_add (self->children, child);
  name_home (self);
  g_signal_connect_object (source, "notify::state", G_CALLBACK (child_notify_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (source, "notify::status", G_CALLBACK (child_notify_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (source, "notify::error", G_CALLBACK (child_notify_cb), self,
                           G_CONNECT_SWAPPED);
  if (self->queue != NULL)
    start_child (self, child);
  update_lost (self);
  g_signal_emit (self, signals[CHANGED], 0);
  notify_all (self);
}

void
storm_multi_source_remove (StormMultiSource *self,
                           StormSource      *source)
{
  g_return_if_fail (STORM_IS_MULTI_SOURCE (self));

  for (guint i = 0; i < self->children->len; i++)
    if (get_child (self, i)->source == source)
      {
        stop_child (self, get_child (self, i));
        g_ptr_array_remove_index (self->children, i);
        update_lost (self);
        g_signal_emit (self, signals[CHANGED], 0);
        notify_all (self);
        return;
      }
}

guint
storm_multi_source_get_n (StormMultiSource *self)
{
  g_return_val_if_fail (STORM_IS_MULTI_SOURCE (self), 0);

  return self->children->len;
}

StormSource *
storm_multi_source_get (StormMultiSource *self,
                        guint             i)
{
  g_return_val_if_fail (STORM_IS_MULTI_SOURCE (self), NULL);
  g_return_val_if_fail (i < self->children->len, NULL);

  return get_child (self, i)->source;
}

const char *
storm_multi_source_get_name (StormMultiSource *self,
                             guint             i)
{
  g_return_val_if_fail (STORM_IS_MULTI_SOURCE (self), NULL);
  g_return_val_if_fail (i < self->children->len, NULL);

  return get_child (self, i)->seat->name;
}
