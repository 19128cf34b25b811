#include "config.h"

#include <string.h>
#include <glib/gi18n.h>

#include "storm-cli-diff.h"

#define DETAIL "      "

typedef enum
{
  ADDED,
  REMOVED,
  CHANGED,
  N_MARKS
} Mark;

static const char marks[N_MARKS] = { '+', '-', '~' };

static Mark
mark_of (const StormDiffEntry *entry)
{
  return entry->a == NULL ? ADDED : entry->b == NULL ? REMOVED : CHANGED;
}

/* In one line, in quotes; @none stands for nothing. */
static char *
quote (const char *text,
       const char *none)
{
  g_autofree char *plain = storm_cli_plain (text);

  return *plain == '\0' ? g_strdup (none) : g_strdup_printf (_("“%s”"), plain);
}

static char *
name_of (const char *title)
{
  return quote (title, _("(no title)"));
}

static void
add_pair (GString    *out,
          const char *what,
          const char *old,
          const char *new)
{
  g_autofree char *before = quote (old, _("none"));
  g_autofree char *after = quote (new, _("none"));

  g_string_append_printf (out, DETAIL "%s: %s → %s\n", what, before, after);
}

static void
add_lines (GString *out,
           char     mark,
           char   **lines,
           guint    from,
           guint    to)
{
  for (guint i = from; i < to; i++)
    {
      g_autofree char *plain = storm_cli_plain (lines[i]);

      g_string_append_printf (out, DETAIL "  %c %s\n", mark, plain);
    }
}

/* Only the lines between those that are the same at the beginning and at the end. */
static void
add_text (GString    *out,
          const char *what,
          const char *old,
          const char *new)
{
  g_auto (GStrv) before = g_strsplit (old, "\n", -1);
  g_auto (GStrv) after = g_strsplit (new, "\n", -1);
  guint n_before = g_strv_length (before);
  guint n_after = g_strv_length (after);
  guint same = 0;

  while (same < n_before && same < n_after && g_str_equal (before[same], after[same]))
    same++;
  while (n_before > same && n_after > same &&
         g_str_equal (before[n_before - 1], after[n_after - 1]))
    {
      n_before--;
      n_after--;
    }
  g_string_append_printf (out, DETAIL "%s:\n", what);
  add_lines (out, '-', before, same, n_before);
  add_lines (out, '+', after, same, n_after);
}

static char *
field_text (const StormField *field)
{
  g_autofree char *name = storm_cli_plain (field->name);
  g_autofree char *type = storm_cli_plain (field->type);
  GString *out = g_string_new (name);

  if (*type != '\0')
    g_string_append_printf (out, ": %s", type);
  if (field->key)
    g_string_append_printf (out, ", %s", _("key"));
  if (field->correlation)
    g_string_append_printf (out, ", %s", _("correlation key"));
  return g_string_free (out, FALSE);
}

static void
add_fields (GString   *out,
            GPtrArray *old,
            GPtrArray *new)
{
  g_autoptr (GArray) diff = storm_field_diff (old, new);

  if (diff->len == 0)
    g_string_append_printf (out, DETAIL "%s\n", _("fields in another order"));
  for (guint i = 0; i < diff->len; i++)
    {
      const StormFieldDiff *entry = &g_array_index (diff, StormFieldDiff, i);
      g_autofree char *before = entry->a != NULL ? field_text (entry->a) : NULL;
      g_autofree char *after = entry->b != NULL ? field_text (entry->b) : NULL;

      if (before == NULL)
        g_string_append_printf (out, DETAIL "+ %s %s\n", _("field"), after);
      else if (after == NULL)
        g_string_append_printf (out, DETAIL "- %s %s\n", _("field"), before);
      else
        g_string_append_printf (out, DETAIL "~ %s %s → %s\n", _("field"), before, after);
    }
}

static void
add_json (GString    *out,
          const char *indent,
          const char *old,
          const char *new)
{
  g_autoptr (GPtrArray) diff = storm_json_diff (old, new);

  for (guint i = 0; i < diff->len; i++)
    {
      const StormJsonDiff *entry = g_ptr_array_index (diff, i);
      g_autofree char *before = entry->a != NULL ? json_to_string (entry->a, FALSE) : NULL;
      g_autofree char *after = entry->b != NULL ? json_to_string (entry->b, FALSE) : NULL;
      g_autoptr (GString) line = g_string_new (entry->path);
      g_autofree char *plain = NULL;

      g_string_append (line, *entry->path != '\0' ? ": " : "");
      g_string_append (line, before != NULL ? before : after);
      if (before != NULL && after != NULL)
        g_string_append_printf (line, " → %s", after);
      plain = storm_cli_plain (line->str);
      g_string_append_printf (out, "%s%c %s\n", indent,
                              marks[before == NULL ? ADDED : after == NULL ? REMOVED : CHANGED],
                              plain);
    }
}

static void
add_membership (GString    *out,
                const char *old,
                const char *new)
{
  g_autofree char *before = name_of (old);
  g_autofree char *after = name_of (new);

  g_string_append (out, DETAIL);
  if (*old == '\0')
    g_string_append_printf (out, _("moved into %s"), after);
  else if (*new == '\0')
    g_string_append_printf (out, _("moved out of %s"), before);
  else
    g_string_append_printf (out, _("moved from %s to %s"), before, after);
  g_string_append_c (out, '\n');
}

static void
add_renamed (GString    *out,
             const char *old)
{
  g_autofree char *before = name_of (old);

  g_string_append (out, DETAIL);
  g_string_append_printf (out, _("renamed from %s"), before);
  g_string_append_c (out, '\n');
}

static void
add_flag (GString    *out,
          gboolean    flag,
          const char *set,
          const char *unset)
{
  g_string_append_printf (out, DETAIL "%s\n", flag ? set : unset);
}

/* The names of groups tell nobody anything. */
static void
add_group (GString     *out,
           StormSticky *a,
           StormSticky *b)
{
  const char *words = _("in another group");

  if (storm_sticky_get_group (a) == NULL)
    words = _("in a group now");
  else if (storm_sticky_get_group (b) == NULL)
    words = _("in no group any more");
  g_string_append_printf (out, DETAIL "%s\n", words);
}

static char *
join_aliases (StormSticky *sticky)
{
  const char * const *aliases = storm_sticky_get_aliases (sticky);

  return aliases != NULL ? g_strjoinv (", ", (char **) aliases) : g_strdup ("");
}

static void
add_sticky_words (GString            *out,
                  const StormCliDiff *self,
                  StormProp           props,
                  StormSticky        *a,
                  StormSticky        *b)
{
  g_autofree char *old_aliases = join_aliases (a);
  g_autofree char *new_aliases = join_aliases (b);

  if (props & STORM_PROP_DESCRIPTION)
    add_text (out, _("description"), storm_sticky_get_description (a),
              storm_sticky_get_description (b));
  if (props & STORM_PROP_ALIASES)
    add_pair (out, _("aliases"), old_aliases, new_aliases);
  if (props & STORM_PROP_TOPIC)
    add_pair (out, _("topic"), storm_sticky_get_topic (a), storm_sticky_get_topic (b));
  if (props & STORM_PROP_EVENT_CLASS)
    {
      const char *old = storm_event_class_nick (storm_sticky_get_event_class (a));
      const char *new = storm_event_class_nick (storm_sticky_get_event_class (b));

      add_pair (out, _("class of event"), old != NULL ? old : "", new != NULL ? new : "");
    }
  if (props & STORM_PROP_VISIBILITY)
    {
      const char *old = storm_visibility_nick (storm_sticky_get_visibility (a));
      const char *new = storm_visibility_nick (storm_sticky_get_visibility (b));

      add_pair (out, _("visibility"), old != NULL ? old : "", new != NULL ? new : "");
    }
  if (props & STORM_PROP_FAIL_OF)
    add_pair (out, _("failure of"),
              storm_cli_diff_title_of (self->a, storm_sticky_get_fail_of (a)),
              storm_cli_diff_title_of (self->b, storm_sticky_get_fail_of (b)));
}

static void
add_sticky_flags (GString     *out,
                  StormProp    props,
                  StormSticky *a,
                  StormSticky *b)
{
  if (props & STORM_PROP_PIVOTAL)
    add_flag (out, storm_sticky_is_marked_pivotal (b), _("pivotal now"), _("not pivotal any more"));
  if (props & STORM_PROP_JOIN)
    add_flag (out, storm_sticky_get_join (b) == STORM_JOIN_ALL, _("needs all of its events now"),
              _("needs any of its events now"));
  if (props & STORM_PROP_GROUP)
    add_group (out, a, b);
  if (props & STORM_PROP_LOCKED)
    add_flag (out, storm_sticky_get_locked (b), _("locked"), _("unlocked"));
}

static void
add_context_details (GString              *out,
                     const StormCliDiff   *self,
                     const StormDiffEntry *entry)
{
  StormContext *a = STORM_CONTEXT (entry->a);
  StormContext *b = STORM_CONTEXT (entry->b);

  if (entry->props & STORM_PROP_TITLE)
    add_renamed (out, storm_context_get_title (a));
  if (entry->props & STORM_PROP_CONTEXT_KIND)
    add_flag (out, storm_context_get_kind (b) == STORM_CONTEXT_SWIMLANE, _("a swimlane now"),
              _("a bounded context now"));
  if (entry->props & STORM_PROP_PARENT)
    add_membership (out, storm_cli_diff_title_of (self->a, storm_context_get_parent (a)),
                    storm_cli_diff_title_of (self->b, storm_context_get_parent (b)));
  if (entry->props & STORM_PROP_COLLAPSED)
    add_flag (out, storm_context_get_collapsed (b), _("collapsed"), _("expanded"));
  if (entry->props & STORM_PROP_LOCKED)
    add_flag (out, storm_context_get_locked (b), _("locked"), _("unlocked"));
}

static void
add_sticky_details (GString              *out,
                    const StormCliDiff   *self,
                    const StormDiffEntry *entry)
{
  StormSticky *a = STORM_STICKY (entry->a);
  StormSticky *b = STORM_STICKY (entry->b);

  if (entry->props & STORM_PROP_TITLE)
    add_renamed (out, storm_sticky_get_title (a));
  if (entry->props & STORM_PROP_KIND)
    g_string_append_printf (out, DETAIL "%s: %s → %s\n", _("kind"),
                            storm_kind_name (storm_sticky_get_kind (a)),
                            storm_kind_name (storm_sticky_get_kind (b)));
  if (entry->props & STORM_PROP_CONTEXT)
    add_membership (out, storm_cli_diff_context_of (self->a, a),
                    storm_cli_diff_context_of (self->b, b));
  if (entry->props & STORM_PROP_FIELDS)
    add_fields (out, storm_sticky_get_fields (a), storm_sticky_get_fields (b));
  add_sticky_words (out, self, entry->props, a, b);
  add_sticky_flags (out, entry->props, a, b);
}

/* In seconds, as the text form has it. */
static char *
target_text (gint64 target)
{
  char number[G_ASCII_DTOSTR_BUF_SIZE];

  if (target == 0)
    return g_strdup ("");
  g_ascii_formatd (number, sizeof number, "%.15g", target / 1e9);
  /* Translators: %s is a number of seconds */
  return g_strdup_printf (_("%s s"), number);
}

static void
add_flow_details (GString              *out,
                  const StormCliDiff   *self,
                  const StormDiffEntry *entry)
{
  StormFlow *a = STORM_FLOW (entry->a);
  StormFlow *b = STORM_FLOW (entry->b);

  if (entry->props & STORM_PROP_LABEL)
    add_pair (out, _("label"), storm_flow_get_label (a), storm_flow_get_label (b));
  if (entry->props & STORM_PROP_FROM)
    add_pair (out, _("begins at"), storm_cli_diff_title_of (self->a, storm_flow_get_from (a)),
              storm_cli_diff_title_of (self->b, storm_flow_get_from (b)));
  if (entry->props & STORM_PROP_TO)
    add_pair (out, _("ends at"), storm_cli_diff_title_of (self->a, storm_flow_get_to (a)),
              storm_cli_diff_title_of (self->b, storm_flow_get_to (b)));
  if (entry->props & STORM_PROP_TARGET)
    {
      g_autofree char *old = target_text (storm_flow_get_target (a));
      g_autofree char *new = target_text (storm_flow_get_target (b));

      add_pair (out, _("target time"), old, new);
    }
  if (entry->props & STORM_PROP_UNCHECKED)
    add_flag (out, storm_flow_get_unchecked (b), _("its rule is switched off"),
              _("its rule is switched on"));
}

static char *
describe_sticky (StormBoard  *board,
                 StormSticky *sticky)
{
  const char *kind = storm_kind_name (storm_sticky_get_kind (sticky));
  g_autofree char *name = name_of (storm_sticky_get_title (sticky));
  g_autofree char *context = name_of (storm_cli_diff_context_of (board, sticky));

  if (storm_sticky_get_context (sticky) == NULL)
    return g_strdup_printf ("%s %s", kind, name);
  /* Translators: kind, title and bounded context: Event “OrderPlaced” in “Order” */
  return g_strdup_printf (_("%s %s in %s"), kind, name, context);
}

static char *
describe_flow (StormBoard *board,
               StormFlow  *flow)
{
  g_autofree char *from = name_of (storm_cli_diff_title_of (board, storm_flow_get_from (flow)));
  g_autofree char *to = name_of (storm_cli_diff_title_of (board, storm_flow_get_to (flow)));
  g_autofree char *label = quote (storm_flow_get_label (flow), "");

  return g_strdup_printf ("%s → %s%s%s", from, to, *label != '\0' ? ": " : "", label);
}

static char *
describe (StormBoard  *board,
          StormObject *object)
{
  if (STORM_IS_STICKY (object))
    return describe_sticky (board, STORM_STICKY (object));
  if (STORM_IS_FLOW (object))
    return describe_flow (board, STORM_FLOW (object));
  return name_of (storm_context_get_title (STORM_CONTEXT (object)));
}

static void
add_changed (GString              *out,
             const StormCliDiff   *self,
             const StormDiffEntry *entry)
{
  if (STORM_IS_STICKY (entry->a))
    add_sticky_details (out, self, entry);
  else if (STORM_IS_FLOW (entry->a))
    add_flow_details (out, self, entry);
  else
    add_context_details (out, self, entry);
  if (entry->props & STORM_PROP_EXTRA)
    add_json (out, DETAIL, storm_object_get_extra (entry->a), storm_object_get_extra (entry->b));
}

static void
add_section (GString            *out,
             const StormCliDiff *self,
             const char         *heading,
             GArray             *entries)
{
  if (entries->len == 0)
    return;

  g_string_append_printf (out, "%s\n", heading);
  for (Mark mark = 0; mark < N_MARKS; mark++)
    {
      for (guint i = 0; i < entries->len; i++)
        {
          const StormDiffEntry *entry = &g_array_index (entries, StormDiffEntry, i);
          g_autofree char *name = NULL;

          if (mark_of (entry) != mark)
            continue;
          name = mark == REMOVED ? describe (self->a, entry->a) : describe (self->b, entry->b);
          g_string_append_printf (out, "  %c %s\n", marks[mark], name);
          if (mark == CHANGED)
            add_changed (out, self, entry);
        }
    }
}

static void
add_placed (GString              *out,
            const StormBoardDiff *diff)
{
  guint n_stickies = diff->n_placed_stickies;
  guint n_contexts = diff->n_placed_contexts;
  guint n_flows = diff->n_placed_flows;
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *all = NULL;

  if (n_stickies > 0)
    g_ptr_array_add (parts, g_strdup_printf (ngettext ("%u sticky", "%u stickies", n_stickies),
                                             n_stickies));
  if (n_contexts > 0)
    g_ptr_array_add (parts, g_strdup_printf (ngettext ("%u bounded context",
                                                       "%u bounded contexts", n_contexts),
                                             n_contexts));
  if (n_flows > 0)
    g_ptr_array_add (parts, g_strdup_printf (ngettext ("%u flow", "%u flows", n_flows), n_flows));
  if (parts->len == 0)
    return;
  g_ptr_array_add (parts, NULL);
  all = g_strjoinv (", ", (char **) parts->pdata);
  g_string_append_printf (out, "%s: %s\n", _("Only moved or resized"), all);
}

char *
storm_cli_diff_text (const StormCliDiff *self)
{
  GString *out = g_string_new (NULL);
  const StormBoardDiff *diff = self->diff;

  if (diff->board & STORM_PROP_TITLE)
    {
      g_autofree char *before = name_of (storm_board_get_title (self->a));
      g_autofree char *after = name_of (storm_board_get_title (self->b));

      g_string_append_printf (out, "%s: %s → %s\n", _("Title"), before, after);
    }
  add_section (out, self, _("Bounded contexts"), diff->contexts);
  add_section (out, self, _("Stickies"), diff->stickies);
  add_section (out, self, _("Flows"), diff->flows);
  if (diff->board & STORM_PROP_MAPPING)
    {
      g_string_append_printf (out, "%s\n", _("Mapping"));
      add_json (out, "  ", storm_board_get_mapping (self->a), storm_board_get_mapping (self->b));
    }
  if (diff->board & STORM_PROP_EXTRA)
    {
      g_string_append_printf (out, "%s\n", _("Other members"));
      add_json (out, "  ", storm_board_get_extra (self->a), storm_board_get_extra (self->b));
    }
  add_placed (out, diff);
  return g_string_free (out, FALSE);
}
