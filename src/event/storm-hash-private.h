#pragma once

#include <string.h>

#include <glib.h>

G_BEGIN_DECLS

/* A different number in each process, so that nobody can write texts that all fall on one hash. */
guint64 storm_hash_seed (void);

static inline guint64
storm_hash_mix (guint64 a,
                guint64 b)
{
  guint64 x = (a ^ b) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);

  x ^= x >> 32;
  x *= G_GUINT64_CONSTANT (0xd6e8feb86659fd93);

  return x ^ (x >> 29);
}

static inline guint64
storm_hash_bytes (const void *data,
                  gsize       len,
                  guint64     seed)
{
  const guint8 *p = data;
  guint64 hash = seed ^ (len * G_GUINT64_CONSTANT (0xff51afd7ed558ccd));
  guint64 word;

  for (; len >= 8; p += 8, len -= 8)
    {
      memcpy (&word, p, 8);
      hash = storm_hash_mix (hash, word);
    }
  if (len > 0)
    {
      word = 0;
      memcpy (&word, p, len);
      hash = storm_hash_mix (hash, word);
    }

  return storm_hash_mix (hash, G_GUINT64_CONSTANT (0xc2b2ae3d27d4eb4f));
}

G_END_DECLS
