#include "config.h"

#include "storm-drift-private.h"

#include <glib/gi18n-lib.h>

/* Which types of JSON a type's name on the board allows, as bits of storm_seen_types. Names that
 * belong to the team alone (Address, Money, Status) may be anything. */
static guint
allowed_types (const char *board_type)
{
  enum { STRING = 1, LONG = 2, DOUBLE = 4, BOOLEAN = 8, OBJECT = 16, LIST = 32 };
  static const struct { const char *name; guint allowed; } known[] = {
    { "string", STRING }, { "text", STRING }, { "char", STRING }, { "uuid", STRING },
    { "integer", LONG }, { "int", LONG }, { "long", LONG }, { "short", LONG }, { "byte", LONG },
    { "int32", LONG }, { "int64", LONG },
    { "double", LONG | DOUBLE }, { "float", LONG | DOUBLE }, { "number", LONG | DOUBLE },
    { "biginteger", LONG | STRING }, { "bigdecimal", LONG | DOUBLE | STRING },
    { "decimal", LONG | DOUBLE | STRING },
    { "boolean", BOOLEAN }, { "bool", BOOLEAN },
    { "object", OBJECT }, { "map", OBJECT },
    { "list", LIST }, { "array", LIST }, { "set", LIST },
  };

  if (g_str_has_prefix (board_type, "List<") || g_str_has_suffix (board_type, "[]"))
    return LIST;
  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    if (g_ascii_strcasecmp (board_type, known[i].name) == 0)
      return known[i].allowed;
  return ~0u;
}

static StormDrift *
drift_new (StormDriftKind  kind,
           const char     *name,
           const char     *board_type,
           guint           n_samples)
{
  StormDrift *drift = g_new0 (StormDrift, 1);

  drift->kind = kind;
  drift->name = g_strdup (name);
  drift->board_type = g_strdup (board_type);
  drift->seen_type = "";
  drift->n_samples = n_samples;
  return drift;
}

static void
drift_free (gpointer data)
{
  StormDrift *drift = data;

  g_free (drift->board_type);
  g_free (drift->name);
  g_free (drift);
}

/* Of the types that are not @allowed the one that was seen most; %FALSE when none was. */
static gboolean
most_seen (const StormSeenField *field,
           guint                 allowed,
           StormDrift           *drift)
{
  for (guint i = 0; i < STORM_N_SEEN_TYPES; i++)
    if ((allowed & (1u << i)) == 0 && field->n[i] > drift->n_seen)
      {
        drift->n_seen = field->n[i];
        drift->seen_type = storm_seen_types[i];
      }
  return drift->n_seen > 0;
}

/* The field among @seen that @name means: letter by letter, else but for its spelling. */
static StormSeenField *
find_meant (GPtrArray  *seen,
            GPtrArray  *on_sticky,
            const char *name)
{
  StormSeenField *field = storm_seen_field_find (seen, name);

  if (field != NULL)
    return field;
  for (guint i = 0; i < seen->len; i++)
    {
      StormSeenField *other = g_ptr_array_index (seen, i);
      gboolean taken = FALSE;

      for (guint k = 0; k < on_sticky->len && !taken; k++)
        taken = g_str_equal (((StormField *) g_ptr_array_index (on_sticky, k))->name, other->name);
      if (!taken && storm_drift_same_name (other->name, name))
        return other;
    }
  return NULL;
}

/* Where the sticky's fields stand in the payloads: the level of which it names more. */
static GPtrArray *
choose_level (const StormFieldSamples *seen,
              GPtrArray               *fields)
{
  guint n_own = 0;
  guint n_whole = 0;

  for (guint i = 0; i < fields->len; i++)
    {
      const char *name = ((StormField *) g_ptr_array_index (fields, i))->name;

      n_own += find_meant (seen->fields, fields, name) != NULL;
      n_whole += find_meant (seen->whole, fields, name) != NULL;
    }
  return n_whole > n_own ? seen->whole : seen->fields;
}

static void
add_extra (GPtrArray *drifts,
           GPtrArray *level,
           GPtrArray *fields,
           guint      n_samples)
{
  for (guint i = 0; i < level->len; i++)
    {
      const StormSeenField *field = g_ptr_array_index (level, i);
      gboolean found = FALSE;
      StormDrift *drift;

      for (guint k = 0; k < fields->len && !found; k++)
        {
          const StormField *own = g_ptr_array_index (fields, k);

          found = find_meant (level, fields, own->name) == field;
        }
      if (found)
        continue;
      drift = drift_new (STORM_DRIFT_EXTRA, field->name, "", n_samples);
      most_seen (field, 0, drift);
      drift->n_seen = storm_seen_field_count (field);
      g_ptr_array_add (drifts, drift);
    }
}

/* (nullable): @field is nowhere in the payloads. */
static StormSeenField *
find_anywhere (const StormFieldSamples *seen,
               GPtrArray               *level,
               GPtrArray               *fields,
               const StormField        *field)
{
  StormSeenField *there = find_meant (level, fields, field->name);

  return there != NULL ? there : storm_seen_field_find (seen->whole, field->name);
}

gboolean
storm_drift_same_name (const char *a,
                       const char *b)
{
  g_return_val_if_fail (a != NULL && b != NULL, FALSE);

  for (;;)
    {
      while (*a == '_' || *a == '-' || *a == ' ')
        a++;
      while (*b == '_' || *b == '-' || *b == ' ')
        b++;
      if (g_ascii_tolower (*a) != g_ascii_tolower (*b))
        return FALSE;
      if (*a == '\0')
        return TRUE;
      a++;
      b++;
    }
}

GPtrArray *
storm_drift_compare (GPtrArray               *fields,
                     const StormFieldSamples *seen)
{
  GPtrArray *drifts;
  GPtrArray *level;

  g_return_val_if_fail (fields != NULL && seen != NULL, NULL);

  drifts = g_ptr_array_new_with_free_func (drift_free);
  if (fields->len == 0 || seen->n == 0)
    return drifts;

  level = choose_level (seen, fields);
  for (guint i = 0; i < fields->len; i++)
    {
      const StormField *field = g_ptr_array_index (fields, i);
      const StormSeenField *there = find_anywhere (seen, level, fields, field);
      StormDrift *drift;

      if (there == NULL)
        {
          g_ptr_array_add (drifts, drift_new (STORM_DRIFT_MISSING, field->name, field->type,
                                              seen->n));
          continue;
        }
      drift = drift_new (STORM_DRIFT_TYPE, there->name, field->type, seen->n);
      if (most_seen (there, allowed_types (field->type), drift))
        g_ptr_array_add (drifts, drift);
      else
        drift_free (drift);
    }
  add_extra (drifts, level, fields, seen->n);
  return drifts;
}

char *
storm_drift_words (const StormDrift *drift)
{
  g_return_val_if_fail (drift != NULL, NULL);

  switch (drift->kind)
    {
    case STORM_DRIFT_MISSING:
      /* Translators: a field's name, and how many events were looked at */
      return g_strdup_printf (ngettext ("“%s” is in none of %u event",
                                        "“%s” is in none of %u events", drift->n_samples),
                              drift->name, drift->n_samples);
    case STORM_DRIFT_EXTRA:
      /* Translators: a field's name, its type, in how many of how many events */
      return g_strdup_printf (_("“%s” (%s) is in %u of %u events, but not on the sticky"),
                              drift->name, *drift->seen_type != '\0' ? drift->seen_type : "null",
                              drift->n_seen, drift->n_samples);
    case STORM_DRIFT_TYPE:
      /* Translators: a field's name, its type in events and on the sticky, in how many of how many
       * events */
      return g_strdup_printf (_("“%s” is %s, not %s, in %u of %u events"), drift->name,
                              drift->seen_type, drift->board_type, drift->n_seen,
                              drift->n_samples);
    default:
      g_return_val_if_reached (NULL);
    }
}
