#include "config.h"

#include "storm-board-json.h"

#include <string.h>

#include "storm-board-draft.h"
#include "storm-json.h"

/* Writes "name": value pairs with separators between them. */
typedef struct
{
  GString  *out;
  gboolean  begun;
} Members;

/* What is exported of a board: all, or a selection (ids is not NULL then). */
typedef struct
{
  StormBoard *board;
  GHashTable *ids;
  GPtrArray  *contexts;   /* in the order of the stack, lowest first */
  GPtrArray  *stickies;
  GPtrArray  *flows;
  StormLayoutItem *frames;   /* of the contexts */
  GString    *out;
} Export;

static void
members_name (Members    *self,
              const char *name)
{
  if (self->begun)
    g_string_append (self->out, ", ");
  self->begun = TRUE;
  storm_json_append_string (self->out, name, -1);
  g_string_append (self->out, ": ");
}

static void
members_text (Members    *self,
              const char *name,
              const char *text)
{
  members_name (self, name);
  storm_json_append_string (self->out, text, -1);
}

static void
members_optional (Members    *self,
                  const char *name,
                  const char *text)
{
  if (text != NULL && *text != '\0')
    members_text (self, name, text);
}

static void
members_number (Members    *self,
                const char *name,
                double      number)
{
  members_name (self, name);
  storm_json_append_number (self->out, number);
}

static void
members_flag (Members    *self,
              const char *name,
              gboolean    flag)
{
  if (!flag)
    return;
  members_name (self, name);
  g_string_append (self->out, "true");
}

static void
members_rect (Members         *self,
              const StormRect *rect)
{
  members_number (self, "x", rect->x);
  members_number (self, "y", rect->y);
  members_number (self, "width", rect->width);
  members_number (self, "height", rect->height);
}

/* (nullable): the object that the board keeps as @text, unless there is none. */
static JsonNode *
parse_kept (const char *text,
            const char *name)
{
  g_autoptr (JsonNode) node = NULL;

  if (text != NULL && *text != '\0')
    node = storm_json_parse (text, strlen (text), name, NULL);
  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? g_steal_pointer (&node) : NULL;
}

/* Members that this version doesn't know. A known name among them would stand there twice. */
static void
members_extra (Members            *self,
               const char         *extra,
               const char * const *known)
{
  g_autoptr (JsonNode) node = parse_kept (extra, "extra");
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  if (node == NULL)
    return;
  json_object_iter_init_ordered (&iter, json_node_get_object (node));
  while (json_object_iter_next_ordered (&iter, &name, &value))
    {
      if (g_strv_contains (known, name))
        continue;
      members_name (self, name);
      storm_json_append_node (self->out, value);
    }
}

static gboolean
is_exported (Export     *self,
             const char *id)
{
  return self->ids == NULL || g_hash_table_contains (self->ids, id);
}

static void
write_context (Export       *self,
               StormContext *context)
{
  const char *parent = storm_context_get_parent (context);
  Members members = { self->out, FALSE };

  g_string_append_c (self->out, '{');
  members_text (&members, "id", storm_object_get_id (STORM_OBJECT (context)));
  members_text (&members, "title", storm_context_get_title (context));
  members_rect (&members, storm_context_get_rect (context));
  members_optional (&members, "kind",
                    storm_context_kind_nick (storm_context_get_kind (context)));
  if (parent != NULL && is_exported (self, parent))
    members_text (&members, "parent", parent);
  members_flag (&members, "locked", storm_context_get_locked (context));
  members_flag (&members, "collapsed", storm_context_get_collapsed (context));
  members_extra (&members, storm_object_get_extra (STORM_OBJECT (context)),
                 storm_board_json_context_members);
  g_string_append_c (self->out, '}');
}

/* A field a line, so that a diff shows the field that changed. */
static void
write_fields (Export    *self,
              GPtrArray *fields)
{
  g_string_append_c (self->out, '[');
  for (guint i = 0; i < fields->len; i++)
    {
      const StormField *field = g_ptr_array_index (fields, i);
      Members members = { self->out, FALSE };

      g_string_append_printf (self->out, "%s\n      {", i > 0 ? "," : "");
      members_text (&members, "name", field->name);
      members_optional (&members, "type", field->type);
      members_flag (&members, "key", field->key);
      members_flag (&members, "correlation", field->correlation);
      members_extra (&members, field->extra, storm_board_json_field_members);
      g_string_append_c (self->out, '}');
    }
  g_string_append (self->out, "\n    ]");
}

static void
write_aliases (Export             *self,
               const char * const *aliases)
{
  g_string_append_c (self->out, '[');
  for (guint i = 0; aliases[i] != NULL; i++)
    {
      if (i > 0)
        g_string_append (self->out, ", ");
      storm_json_append_string (self->out, aliases[i], -1);
    }
  g_string_append_c (self->out, ']');
}

/* Without the member the place decides; so it is said when place and membership differ. */
static void
write_sticky_context (Export      *self,
                      StormSticky *sticky,
                      Members     *members)
{
  const char *context = storm_sticky_get_context (sticky);

  if (context != NULL && *context != '\0')
    {
      if (is_exported (self, context))
        members_text (members, "context", context);
    }
  else if (storm_board_layout_context_at (self->frames, self->contexts->len,
                                          storm_sticky_get_rect (sticky)) >= 0)
    {
      members_name (members, "context");
      g_string_append (self->out, "null");
    }
}

static void
write_sticky (Export      *self,
              StormSticky *sticky)
{
  GPtrArray *fields = storm_sticky_get_fields (sticky);
  const char * const *aliases = storm_sticky_get_aliases (sticky);
  const char *fail_of = storm_sticky_get_fail_of (sticky);
  Members members = { self->out, FALSE };

  g_string_append_c (self->out, '{');
  members_text (&members, "id", storm_object_get_id (STORM_OBJECT (sticky)));
  members_text (&members, "kind", storm_kind_info (storm_sticky_get_kind (sticky))->nick);
  members_text (&members, "title", storm_sticky_get_title (sticky));
  members_optional (&members, "description", storm_sticky_get_description (sticky));
  members_rect (&members, storm_sticky_get_rect (sticky));
  write_sticky_context (self, sticky, &members);
  if (fields != NULL && fields->len > 0)
    {
      members_name (&members, "fields");
      write_fields (self, fields);
    }
  if (aliases != NULL && aliases[0] != NULL)
    {
      members_name (&members, "aliases");
      write_aliases (self, aliases);
    }
  members_optional (&members, "topic", storm_sticky_get_topic (sticky));
  members_optional (&members, "eventClass",
                    storm_event_class_nick (storm_sticky_get_event_class (sticky)));
  members_optional (&members, "visibility",
                    storm_visibility_nick (storm_sticky_get_visibility (sticky)));
  if (fail_of != NULL && is_exported (self, fail_of))
    members_optional (&members, "failOf", fail_of);
  members_flag (&members, "locked", storm_sticky_get_locked (sticky));
  members_optional (&members, "group", storm_sticky_get_group (sticky));
  members_flag (&members, "pivotal", storm_sticky_is_marked_pivotal (sticky));
  members_optional (&members, "join", storm_join_nick (storm_sticky_get_join (sticky)));
  members_extra (&members, storm_object_get_extra (STORM_OBJECT (sticky)),
                 storm_board_json_sticky_members);
  g_string_append_c (self->out, '}');
}

static void
write_bends (Export    *self,
             StormFlow *flow,
             Members   *members)
{
  guint n;
  const StormPoint *bends = storm_flow_get_bends (flow, &n);

  if (n == 0)
    return;
  members_name (members, "bends");
  for (guint i = 0; i < n; i++)
    {
      g_string_append (self->out, i > 0 ? ", [" : "[[");
      storm_json_append_number (self->out, bends[i].x);
      g_string_append (self->out, ", ");
      storm_json_append_number (self->out, bends[i].y);
      g_string_append_c (self->out, ']');
    }
  g_string_append_c (self->out, ']');
}

static void
write_flow (Export    *self,
            StormFlow *flow)
{
  Members members = { self->out, FALSE };

  g_string_append_c (self->out, '{');
  members_text (&members, "id", storm_object_get_id (STORM_OBJECT (flow)));
  members_text (&members, "from", storm_flow_get_from (flow));
  members_text (&members, "to", storm_flow_get_to (flow));
  members_optional (&members, "label", storm_flow_get_label (flow));
  write_bends (self, flow, &members);
  if (storm_flow_get_target (flow) != 0)
    members_number (&members, "target", storm_flow_get_target (flow) / 1e9);
  members_flag (&members, "unchecked", storm_flow_get_unchecked (flow));
  members_extra (&members, storm_object_get_extra (STORM_OBJECT (flow)),
                 storm_board_json_flow_members);
  g_string_append_c (self->out, '}');
}

static void
write_object (Export      *self,
              StormObject *object)
{
  switch (storm_object_get_object_type (object))
    {
    case STORM_OBJECT_CONTEXT:
      write_context (self, STORM_CONTEXT (object));
      break;
    case STORM_OBJECT_STICKY:
      write_sticky (self, STORM_STICKY (object));
      break;
    case STORM_OBJECT_FLOW:
      write_flow (self, STORM_FLOW (object));
      break;
    case STORM_OBJECT_BOARD:
    default:
      g_assert_not_reached ();
    }
}

static void
write_list (Export     *self,
            const char *name,
            GPtrArray  *objects)
{
  if (objects->len == 0)
    return;
  g_string_append_printf (self->out, ",\n  \"%s\": [", name);
  for (guint i = 0; i < objects->len; i++)
    {
      g_string_append (self->out, i > 0 ? ",\n    " : "\n    ");
      write_object (self, g_ptr_array_index (objects, i));
    }
  g_string_append (self->out, "\n  ]");
}

/* The members of @object a line each; so are the members of those named @deeper. */
static void
write_lines (GString    *out,
             JsonObject *object,
             const char *indent,
             const char *deeper)
{
  gboolean begun = FALSE;
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  g_string_append_c (out, '{');
  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, &value))
    {
      g_string_append_printf (out, "%s\n%s  ", begun ? "," : "", indent);
      begun = TRUE;
      storm_json_append_string (out, name, -1);
      g_string_append (out, ": ");
      if (deeper != NULL && g_str_equal (name, deeper) && JSON_NODE_HOLDS_OBJECT (value))
        {
          g_autofree char *inner = g_strconcat (indent, "  ", NULL);

          write_lines (out, json_node_get_object (value), inner, NULL);
        }
      else
        storm_json_append_node (out, value);
    }
  if (begun)
    g_string_append_printf (out, "\n%s", indent);
  g_string_append_c (out, '}');
}

static void
write_mapping (Export *self)
{
  g_autoptr (JsonNode) node = parse_kept (storm_board_get_mapping (self->board), "mapping");

  if (node == NULL)
    return;
  g_string_append (self->out, ",\n  \"mapping\": ");
  write_lines (self->out, json_node_get_object (node), "  ", "perType");
}

static void
write_board_extra (Export *self)
{
  g_autoptr (JsonNode) node = parse_kept (storm_board_get_extra (self->board), "extra");
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  if (node == NULL)
    return;
  json_object_iter_init_ordered (&iter, json_node_get_object (node));
  while (json_object_iter_next_ordered (&iter, &name, &value))
    {
      if (g_strv_contains (storm_board_json_board_members, name))
        continue;
      g_string_append (self->out, ",\n  ");
      storm_json_append_string (self->out, name, -1);
      g_string_append (self->out, ": ");
      storm_json_append_node (self->out, value);
    }
}

static int
compare_z (gconstpointer a,
           gconstpointer b)
{
  StormObject *first = *(StormObject **) a;
  StormObject *second = *(StormObject **) b;
  gint64 z1, z2;

  if (STORM_IS_STICKY (first))
    {
      z1 = storm_sticky_get_z (STORM_STICKY (first));
      z2 = storm_sticky_get_z (STORM_STICKY (second));
    }
  else
    {
      z1 = storm_context_get_z (STORM_CONTEXT (first));
      z2 = storm_context_get_z (STORM_CONTEXT (second));
    }
  return (z1 > z2) - (z1 < z2);
}

/* The objects to be exported; g_ptr_array_sort() is stable. */
static GPtrArray *
collect (Export     *self,
         GListModel *model,
         gboolean    by_z)
{
  GPtrArray *objects = g_ptr_array_new_with_free_func (g_object_unref);
  guint n = g_list_model_get_n_items (model);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (StormObject) object = g_list_model_get_item (model, i);
      gboolean wanted;

      /* A flow comes along with its ends. */
      if (STORM_IS_FLOW (object))
        wanted = is_exported (self, storm_flow_get_from (STORM_FLOW (object))) &&
                 is_exported (self, storm_flow_get_to (STORM_FLOW (object)));
      else
        wanted = is_exported (self, storm_object_get_id (object));
      if (wanted)
        g_ptr_array_add (objects, g_steal_pointer (&object));
    }
  if (by_z)
    g_ptr_array_sort (objects, compare_z);
  return objects;
}

static char *
export_board (StormBoard *board,
              GHashTable *ids)
{
  Export self = { .board = board, .ids = ids };

  self.contexts = collect (&self, storm_board_get_contexts (board), TRUE);
  self.stickies = collect (&self, storm_board_get_stickies (board), TRUE);
  self.flows = collect (&self, storm_board_get_flows (board), FALSE);
  self.frames = g_new0 (StormLayoutItem, self.contexts->len);
  for (guint i = 0; i < self.contexts->len; i++)
    self.frames[i].rect = *storm_context_get_rect (g_ptr_array_index (self.contexts, i));
  self.out = g_string_new (NULL);

  g_string_append_printf (self.out, "{\n  \"format\": \"%s\",\n  \"version\": %d,\n  \"title\": ",
                          STORM_BOARD_JSON_FORMAT, STORM_BOARD_JSON_VERSION);
  storm_json_append_string (self.out, storm_board_get_title (board), -1);
  write_list (&self, "contexts", self.contexts);
  write_list (&self, "stickies", self.stickies);
  write_list (&self, "flows", self.flows);
  if (ids == NULL)
    {
      write_mapping (&self);
      write_board_extra (&self);
    }
  g_string_append (self.out, "\n}\n");

  g_ptr_array_unref (self.contexts);
  g_ptr_array_unref (self.stickies);
  g_ptr_array_unref (self.flows);
  g_free (self.frames);
  return g_string_free (self.out, FALSE);
}

char *
storm_board_json_export (StormBoard *board)
{
  g_return_val_if_fail (STORM_IS_BOARD (board), NULL);

  return export_board (board, NULL);
}

char *
storm_board_json_export_selection (StormBoard *board,
                                   GPtrArray  *ids)
{
  g_autoptr (GHashTable) set = g_hash_table_new (g_str_hash, g_str_equal);

  g_return_val_if_fail (STORM_IS_BOARD (board), NULL);
  g_return_val_if_fail (ids != NULL, NULL);

  for (guint i = 0; i < ids->len; i++)
    g_hash_table_add (set, g_ptr_array_index (ids, i));
  return export_board (board, set);
}
