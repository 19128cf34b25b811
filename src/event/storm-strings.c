#include "config.h"

#include "storm-strings.h"

#include "storm-hash-private.h"

/* Segment k holds FIRST_SEGMENT << k pointers: it never has to move, and 22 of them reach past
 * 2^32. */
#define FIRST_SEGMENT 1024
#define N_SEGMENTS    22
#define BLOCK_SIZE    (64 * 1024)

/* In the length of a text: the number of a connection stands in front of it. */
#define OF_CONNECTION 0x80000000u

/* Texts stand in blocks, each behind its length. Readers take a number that they were handed by the
 * thread that interned it, so whatever handed it over also made pointer and text visible. */
struct _StormStrings
{
  gatomicrefcount   ref_count;
  GMutex            mutex;
  const char      **segments[N_SEGMENTS];
  guint             n;         /* atomic */
  guint             home;      /* atomic: the number of a name, 0 for none */
  GPtrArray        *blocks;
  gsize             block_used;
  gsize             block_size;
  gsize             bytes;     /* under the mutex */
  guint32          *slots;     /* a number, and above it the hash's upper bits; 0 for none */
  guint             n_slots;   /* a power of 2, more than there are numbers */
};

guint64
storm_hash_seed (void)
{
  static gsize seed;

  if (g_once_init_enter (&seed))
    {
      guint64 value = ((guint64) g_random_int () << 32) | g_random_int () | 1;

      g_once_init_leave (&seed, (gsize) value);
    }

  return seed;
}

static const char **
place_of (StormStrings *self,
          guint32       id,
          guint        *out_segment)
{
  guint segment = g_bit_storage (id / FIRST_SEGMENT + 1) - 1;
  guint32 first = ((1u << segment) - 1) * FIRST_SEGMENT;

  if (out_segment != NULL)
    *out_segment = segment;
  if (self->segments[segment] == NULL)
    return NULL;

  return &self->segments[segment][id - first];
}

static guint32
length_of (const char *text)
{
  guint32 len;

  memcpy (&len, text - sizeof len, sizeof len);

  return len & ~OF_CONNECTION;
}

static guint32
connection_of (const char *text)
{
  guint32 word;

  memcpy (&word, text - sizeof word, sizeof word);
  if ((word & OF_CONNECTION) == 0)
    return 0;
  memcpy (&word, text - 2 * sizeof word, sizeof word);

  return word;
}

static const char *
store_text (StormStrings *self,
            guint32       connection,
            const char   *text,
            gsize         len)
{
  gsize needed = (connection != 0 ? 2 : 1) * sizeof (guint32) + len + 1;
  guint32 len32 = (guint32) len | (connection != 0 ? OF_CONNECTION : 0);
  char *at;

  if (needed > self->block_size - self->block_used)
    {
      self->block_size = MAX (BLOCK_SIZE, needed);
      self->block_used = 0;
      g_ptr_array_add (self->blocks, g_malloc (self->block_size));
      self->bytes += self->block_size;
    }

  at = (char *) g_ptr_array_index (self->blocks, self->blocks->len - 1) + self->block_used;
  if (connection != 0)
    {
      memcpy (at, &connection, sizeof connection);
      at += sizeof connection;
    }
  memcpy (at, &len32, sizeof len32);
  at += sizeof len32;
  memcpy (at, text, len);
  at[len] = '\0';
  self->block_used += needed;

  return at;
}

static guint32
hash_text (guint32     connection,
           const char *text,
           gsize       len)
{
  return (guint32) storm_hash_bytes (text, len, storm_hash_seed () + connection);
}

/* In the order of the numbers, in which the texts stand, too. */
static void
grow_slots (StormStrings *self)
{
  guint n_old = self->n_slots;
  guint mask;

  self->n_slots = MAX (1024, n_old * 2);
  mask = self->n_slots - 1;
  g_free (self->slots);
  self->slots = g_new0 (guint32, self->n_slots);
  self->bytes += (self->n_slots - n_old) * sizeof (guint32);

  for (guint32 id = 1; id < self->n; id++)
    {
      const char *text = *place_of (self, id, NULL);
      guint32 hash = hash_text (connection_of (text), text, length_of (text));
      guint at = hash & mask;

      while (self->slots[at] != 0)
        at = (at + 1) & mask;
      self->slots[at] = (hash & ~mask) | id;
    }
}

/* The slot of the text, or the free one where it would go. */
static guint32 *
find_slot (StormStrings *self,
           guint32       connection,
           const char   *text,
           gsize         len,
           guint32       hash)
{
  guint mask = self->n_slots - 1;
  guint at = hash & mask;

  for (; self->slots[at] != 0; at = (at + 1) & mask)
    {
      const char *have;

      if ((self->slots[at] & ~mask) != (hash & ~mask))
        continue;
      have = *place_of (self, self->slots[at] & mask, NULL);
      if (length_of (have) == len && connection_of (have) == connection &&
          memcmp (have, text, len) == 0)
        break;
    }

  return &self->slots[at];
}

static guint32
add_text (StormStrings *self,
          guint32       connection,
          const char   *text,
          gsize         len)
{
  guint32 id = self->n;
  guint segment;
  const char **place = place_of (self, id, &segment);

  if (place == NULL)
    {
      gsize n = (gsize) FIRST_SEGMENT << segment;

      self->segments[segment] = g_new0 (const char *, n);
      self->bytes += n * sizeof (char *);
      place = place_of (self, id, NULL);
    }

  *place = store_text (self, connection, text, len);
  g_atomic_int_set (&self->n, id + 1);

  return id;
}

static guint32
lookup (StormStrings *self,
        guint32       connection,
        const char   *text,
        gsize         len,
        gboolean      add)
{
  guint32 hash = hash_text (connection, text, len);
  guint32 id;
  guint32 *slot;

  g_mutex_lock (&self->mutex);
  slot = find_slot (self, connection, text, len, hash);
  id = *slot & (self->n_slots - 1);

  if (id == 0 && !g_utf8_validate_len (text, len, NULL))
    {
      /* Only looked at when it is new: what is stored is valid. Not under the lock, and again from
       * the start, because the replaced text may be known. */
      g_autofree char *valid = NULL;

      g_mutex_unlock (&self->mutex);
      valid = g_utf8_make_valid (text, (gssize) len);

      return lookup (self, connection, valid, strlen (valid), add);
    }

  if (id == 0 && add)
    {
      id = add_text (self, connection, text, len);
      *slot = (hash & ~(self->n_slots - 1)) | id;
      if (id * 4u >= self->n_slots * 3u)
        grow_slots (self);
    }
  g_mutex_unlock (&self->mutex);

  return id;
}

StormStrings *
storm_strings_new (void)
{
  StormStrings *self = g_new0 (StormStrings, 1);

  g_atomic_ref_count_init (&self->ref_count);
  g_mutex_init (&self->mutex);
  self->blocks = g_ptr_array_new_with_free_func (g_free);
  self->bytes = sizeof *self;
  grow_slots (self);
  add_text (self, 0, "", 0);

  return self;
}

StormStrings *
storm_strings_ref (StormStrings *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

void
storm_strings_unref (StormStrings *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  for (guint i = 0; i < N_SEGMENTS; i++)
    g_free (self->segments[i]);
  g_ptr_array_unref (self->blocks);
  g_free (self->slots);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

guint32
storm_strings_intern (StormStrings *self,
                      const char   *text,
                      gsize         len)
{
  return storm_strings_intern_in (self, 0, text, len);
}

guint32
storm_strings_intern_in (StormStrings *self,
                         guint32       connection,
                         const char   *text,
                         gsize         len)
{
  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (text != NULL || len == 0, 0);
  g_return_val_if_fail (len < G_MAXUINT32 / 4, 0);

  /* A topic without a name is another one on each connection, too. */
  if (len == 0)
    return connection == 0 ? 0 : lookup (self, connection, "", 0, TRUE);
  return lookup (self, connection, text, len, TRUE);
}

guint32
storm_strings_find (StormStrings *self,
                    const char   *text,
                    gssize        len)
{
  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (text != NULL || len == 0, 0);

  if (len < 0)
    len = (gssize) strlen (text);

  return len == 0 ? 0 : lookup (self, 0, text, (gsize) len, FALSE);
}

const char *
storm_strings_get (StormStrings *self,
                   guint32       id)
{
  g_return_val_if_fail (self != NULL, "");
  g_return_val_if_fail (id < (guint) g_atomic_int_get (&self->n), "");

  return *place_of (self, id, NULL);
}

guint32
storm_strings_get_connection (StormStrings *self,
                              guint32       id)
{
  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (id < (guint) g_atomic_int_get (&self->n), 0);

  return connection_of (*place_of (self, id, NULL));
}

void
storm_strings_set_home (StormStrings *self,
                        const char   *name)
{
  g_return_if_fail (self != NULL);

  g_atomic_int_set (&self->home,
                    name != NULL ? storm_strings_intern (self, name, strlen (name)) : 0);
}

const char *
storm_strings_get_connection_name (StormStrings *self,
                                   guint32       id)
{
  guint32 connection;

  g_return_val_if_fail (self != NULL, NULL);

  connection = storm_strings_get_connection (self, id);
  if (connection == 0)
    connection = (guint32) g_atomic_int_get (&self->home);
  return connection != 0 ? storm_strings_get (self, connection) : NULL;
}

guint32
storm_strings_get_n (StormStrings *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return (guint32) g_atomic_int_get (&self->n);
}

gsize
storm_strings_get_bytes (StormStrings *self)
{
  gsize bytes;

  g_return_val_if_fail (self != NULL, 0);

  g_mutex_lock (&self->mutex);
  bytes = self->bytes;
  g_mutex_unlock (&self->mutex);

  return bytes;
}
