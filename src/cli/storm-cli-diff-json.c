#include "config.h"

#include "storm-cli-diff.h"

static void
add_string (JsonBuilder *builder,
            const char  *name,
            const char  *text)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, text);
}

/* What isn't said is null, as no text form has it. */
static void
add_optional (JsonBuilder *builder,
              const char  *name,
              const char  *text)
{
  json_builder_set_member_name (builder, name);
  if (text != NULL && *text != '\0')
    json_builder_add_string_value (builder, text);
  else
    json_builder_add_null_value (builder);
}

static void
add_pair (JsonBuilder *builder,
          const char  *name,
          const char  *old,
          const char  *new)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_object (builder);
  add_optional (builder, "from", old);
  add_optional (builder, "to", new);
  json_builder_end_object (builder);
}

static void
add_field (JsonBuilder      *builder,
           const StormField *field)
{
  json_builder_begin_object (builder);
  add_string (builder, "name", field->name);
  add_string (builder, "type", field->type);
  json_builder_set_member_name (builder, "key");
  json_builder_add_boolean_value (builder, field->key);
  json_builder_set_member_name (builder, "correlation");
  json_builder_add_boolean_value (builder, field->correlation);
  json_builder_end_object (builder);
}

static void
add_fields (JsonBuilder *builder,
            GPtrArray   *old,
            GPtrArray   *new)
{
  g_autoptr (GArray) diff = storm_field_diff (old, new);

  json_builder_set_member_name (builder, "fields");
  json_builder_begin_array (builder);
  for (guint i = 0; i < diff->len; i++)
    {
      const StormFieldDiff *entry = &g_array_index (diff, StormFieldDiff, i);

      json_builder_begin_object (builder);
      json_builder_set_member_name (builder, "from");
      if (entry->a != NULL)
        add_field (builder, entry->a);
      else
        json_builder_add_null_value (builder);
      json_builder_set_member_name (builder, "to");
      if (entry->b != NULL)
        add_field (builder, entry->b);
      else
        json_builder_add_null_value (builder);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
add_names (JsonBuilder        *builder,
           const char         *member,
           const char * const *names)
{
  json_builder_set_member_name (builder, member);
  json_builder_begin_array (builder);
  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    json_builder_add_string_value (builder, names[i]);
  json_builder_end_array (builder);
}

static void
add_node (JsonBuilder *builder,
          const char  *member,
          JsonNode    *node)
{
  json_builder_set_member_name (builder, member);
  if (node != NULL)
    json_builder_add_value (builder, json_node_copy (node));
  else
    json_builder_add_null_value (builder);
}

static void
add_json (JsonBuilder *builder,
          const char  *member,
          const char  *old,
          const char  *new)
{
  g_autoptr (GPtrArray) diff = storm_json_diff (old, new);

  json_builder_set_member_name (builder, member);
  json_builder_begin_array (builder);
  for (guint i = 0; i < diff->len; i++)
    {
      const StormJsonDiff *entry = g_ptr_array_index (diff, i);

      json_builder_begin_object (builder);
      add_string (builder, "path", entry->path);
      add_node (builder, "from", entry->a);
      add_node (builder, "to", entry->b);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
add_flag (JsonBuilder *builder,
          const char  *name,
          gboolean     old,
          gboolean     new)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "from");
  json_builder_add_boolean_value (builder, old);
  json_builder_set_member_name (builder, "to");
  json_builder_add_boolean_value (builder, new);
  json_builder_end_object (builder);
}

static const char *
context_kind (StormContext *context)
{
  return storm_context_get_kind (context) == STORM_CONTEXT_SWIMLANE ? "swimlane" : "bounded";
}

static const char *
join_word (StormSticky *sticky)
{
  return storm_sticky_get_join (sticky) == STORM_JOIN_ALL ? "all" : "any";
}

static void
add_context_changes (JsonBuilder          *builder,
                     const StormCliDiff   *self,
                     const StormDiffEntry *entry)
{
  StormContext *a = STORM_CONTEXT (entry->a);
  StormContext *b = STORM_CONTEXT (entry->b);

  if (entry->props & STORM_PROP_TITLE)
    add_pair (builder, "title", storm_context_get_title (a), storm_context_get_title (b));
  if (entry->props & STORM_PROP_CONTEXT_KIND)
    add_pair (builder, "kind", context_kind (a), context_kind (b));
  if (entry->props & STORM_PROP_PARENT)
    add_pair (builder, "parent", storm_cli_diff_title_of (self->a, storm_context_get_parent (a)),
              storm_cli_diff_title_of (self->b, storm_context_get_parent (b)));
  if (entry->props & STORM_PROP_LOCKED)
    add_flag (builder, "locked", storm_context_get_locked (a), storm_context_get_locked (b));
  if (entry->props & STORM_PROP_COLLAPSED)
    add_flag (builder, "collapsed", storm_context_get_collapsed (a),
              storm_context_get_collapsed (b));
}

static void
add_sticky_flags (JsonBuilder *builder,
                  StormProp    props,
                  StormSticky *a,
                  StormSticky *b)
{
  if (props & STORM_PROP_LOCKED)
    add_flag (builder, "locked", storm_sticky_get_locked (a), storm_sticky_get_locked (b));
  if (props & STORM_PROP_GROUP)
    add_pair (builder, "group", storm_sticky_get_group (a), storm_sticky_get_group (b));
  if (props & STORM_PROP_PIVOTAL)
    add_flag (builder, "pivotal", storm_sticky_is_marked_pivotal (a),
              storm_sticky_is_marked_pivotal (b));
  if (props & STORM_PROP_JOIN)
    add_pair (builder, "join", join_word (a), join_word (b));
}

static void
add_sticky_changes (JsonBuilder          *builder,
                    const StormCliDiff   *self,
                    const StormDiffEntry *entry)
{
  StormSticky *a = STORM_STICKY (entry->a);
  StormSticky *b = STORM_STICKY (entry->b);

  if (entry->props & STORM_PROP_TITLE)
    add_pair (builder, "title", storm_sticky_get_title (a), storm_sticky_get_title (b));
  if (entry->props & STORM_PROP_KIND)
    add_pair (builder, "kind", storm_kind_info (storm_sticky_get_kind (a))->nick,
              storm_kind_info (storm_sticky_get_kind (b))->nick);
  if (entry->props & STORM_PROP_CONTEXT)
    add_pair (builder, "context", storm_cli_diff_context_of (self->a, a),
              storm_cli_diff_context_of (self->b, b));
  if (entry->props & STORM_PROP_DESCRIPTION)
    add_pair (builder, "description", storm_sticky_get_description (a),
              storm_sticky_get_description (b));
  if (entry->props & STORM_PROP_FIELDS)
    add_fields (builder, storm_sticky_get_fields (a), storm_sticky_get_fields (b));
  if (entry->props & STORM_PROP_ALIASES)
    {
      json_builder_set_member_name (builder, "aliases");
      json_builder_begin_object (builder);
      add_names (builder, "from", storm_sticky_get_aliases (a));
      add_names (builder, "to", storm_sticky_get_aliases (b));
      json_builder_end_object (builder);
    }
  if (entry->props & STORM_PROP_TOPIC)
    add_pair (builder, "topic", storm_sticky_get_topic (a), storm_sticky_get_topic (b));
  if (entry->props & STORM_PROP_EVENT_CLASS)
    add_pair (builder, "eventClass", storm_event_class_nick (storm_sticky_get_event_class (a)),
              storm_event_class_nick (storm_sticky_get_event_class (b)));
  if (entry->props & STORM_PROP_VISIBILITY)
    add_pair (builder, "visibility", storm_visibility_nick (storm_sticky_get_visibility (a)),
              storm_visibility_nick (storm_sticky_get_visibility (b)));
  if (entry->props & STORM_PROP_FAIL_OF)
    add_pair (builder, "failOf", storm_cli_diff_title_of (self->a, storm_sticky_get_fail_of (a)),
              storm_cli_diff_title_of (self->b, storm_sticky_get_fail_of (b)));
  add_sticky_flags (builder, entry->props, a, b);
}

static void
add_flow_changes (JsonBuilder          *builder,
                  const StormCliDiff   *self,
                  const StormDiffEntry *entry)
{
  StormFlow *a = STORM_FLOW (entry->a);
  StormFlow *b = STORM_FLOW (entry->b);

  if (entry->props & STORM_PROP_FROM)
    add_pair (builder, "from", storm_cli_diff_title_of (self->a, storm_flow_get_from (a)),
              storm_cli_diff_title_of (self->b, storm_flow_get_from (b)));
  if (entry->props & STORM_PROP_TO)
    add_pair (builder, "to", storm_cli_diff_title_of (self->a, storm_flow_get_to (a)),
              storm_cli_diff_title_of (self->b, storm_flow_get_to (b)));
  if (entry->props & STORM_PROP_LABEL)
    add_pair (builder, "label", storm_flow_get_label (a), storm_flow_get_label (b));
  if (entry->props & STORM_PROP_TARGET)
    {
      json_builder_set_member_name (builder, "target");
      json_builder_begin_object (builder);
      json_builder_set_member_name (builder, "from");
      json_builder_add_double_value (builder, storm_flow_get_target (a) / 1e9);
      json_builder_set_member_name (builder, "to");
      json_builder_add_double_value (builder, storm_flow_get_target (b) / 1e9);
      json_builder_end_object (builder);
    }
  if (entry->props & STORM_PROP_UNCHECKED)
    add_flag (builder, "unchecked", storm_flow_get_unchecked (a), storm_flow_get_unchecked (b));
}

static void
add_object (JsonBuilder *builder,
            StormBoard  *board,
            StormObject *object)
{
  add_string (builder, "id", storm_object_get_id (object));
  if (STORM_IS_FLOW (object))
    {
      StormFlow *flow = STORM_FLOW (object);

      add_string (builder, "from", storm_cli_diff_title_of (board, storm_flow_get_from (flow)));
      add_string (builder, "to", storm_cli_diff_title_of (board, storm_flow_get_to (flow)));
      add_optional (builder, "label", storm_flow_get_label (flow));
      return;
    }
  add_string (builder, "title", storm_cli_diff_title_of (board, storm_object_get_id (object)));
  if (STORM_IS_STICKY (object))
    {
      StormSticky *sticky = STORM_STICKY (object);

      add_string (builder, "kind", storm_kind_info (storm_sticky_get_kind (sticky))->nick);
      add_optional (builder, "context", storm_cli_diff_context_of (board, sticky));
    }
}

static void
add_entry (JsonBuilder          *builder,
           const StormCliDiff   *self,
           const StormDiffEntry *entry)
{
  json_builder_begin_object (builder);
  add_object (builder, entry->b != NULL ? self->b : self->a,
              entry->b != NULL ? entry->b : entry->a);
  if (entry->a != NULL && entry->b != NULL)
    {
      json_builder_set_member_name (builder, "changes");
      json_builder_begin_object (builder);
      if (STORM_IS_STICKY (entry->a))
        add_sticky_changes (builder, self, entry);
      else if (STORM_IS_FLOW (entry->a))
        add_flow_changes (builder, self, entry);
      else
        add_context_changes (builder, self, entry);
      if (entry->props & STORM_PROP_EXTRA)
        add_json (builder, "other", storm_object_get_extra (entry->a),
                  storm_object_get_extra (entry->b));
      json_builder_end_object (builder);
    }
  json_builder_end_object (builder);
}

static void
add_entries (JsonBuilder        *builder,
             const StormCliDiff *self,
             const char         *member,
             GArray             *entries)
{
  const char * const lists[] = { "added", "removed", "changed" };

  json_builder_set_member_name (builder, member);
  json_builder_begin_object (builder);
  for (guint list = 0; list < G_N_ELEMENTS (lists); list++)
    {
      json_builder_set_member_name (builder, lists[list]);
      json_builder_begin_array (builder);
      for (guint i = 0; i < entries->len; i++)
        {
          const StormDiffEntry *entry = &g_array_index (entries, StormDiffEntry, i);

          if ((entry->a == NULL ? 0 : entry->b == NULL ? 1 : 2) == list)
            add_entry (builder, self, entry);
        }
      json_builder_end_array (builder);
    }
  json_builder_end_object (builder);
}

static void
add_placed (JsonBuilder          *builder,
            const StormBoardDiff *diff)
{
  json_builder_set_member_name (builder, "placed");
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "contexts");
  json_builder_add_int_value (builder, diff->n_placed_contexts);
  json_builder_set_member_name (builder, "stickies");
  json_builder_add_int_value (builder, diff->n_placed_stickies);
  json_builder_set_member_name (builder, "flows");
  json_builder_add_int_value (builder, diff->n_placed_flows);
  json_builder_end_object (builder);
}

char *
storm_cli_diff_json (const StormCliDiff *self)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *text = NULL;
  const StormBoardDiff *diff = self->diff;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "same");
  json_builder_add_boolean_value (builder, storm_board_diff_is_same (diff));
  if (diff->board & STORM_PROP_TITLE)
    add_pair (builder, "title", storm_board_get_title (self->a), storm_board_get_title (self->b));
  add_entries (builder, self, "contexts", diff->contexts);
  add_entries (builder, self, "stickies", diff->stickies);
  add_entries (builder, self, "flows", diff->flows);
  add_json (builder, "mapping", storm_board_get_mapping (self->a),
            storm_board_get_mapping (self->b));
  add_json (builder, "other", storm_board_get_extra (self->a), storm_board_get_extra (self->b));
  add_placed (builder, diff);
  json_builder_end_object (builder);

  root = json_builder_get_root (builder);
  text = json_to_string (root, TRUE);
  return g_strconcat (text, "\n", NULL);
}
