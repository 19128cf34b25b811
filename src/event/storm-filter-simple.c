#include "config.h"

#include "storm-filter-simple-private.h"

#include <string.h>

/* More digits than a double holds are compared differently by different versions of jq. */
#define MAX_DIGITS 15
#define MAX_NUMBER 32
/* Each parenthesis takes room on the stack. */
#define MAX_EXPRESSION 1024

static const char *const roots[] = {
  "", "partition", "offset", "type", "time", "correlation", "topic", "key", "headers", "payload",
};

static int parse_or (StormSimpleFilter *self, const char **at);

static void
skip_space (const char **at)
{
  while (**at != '\0' && strchr (" \t\r\n", **at) != NULL)
    (*at)++;
}

static gboolean
is_name (char c)
{
  return g_ascii_isalnum (c) || c == '_';
}

static gboolean
take (const char **at,
      const char  *text)
{
  gsize len = strlen (text);

  skip_space (at);
  if (strncmp (*at, text, len) != 0 || (is_name (text[0]) && (is_name ((*at)[len])
                                                              || (*at)[len] == ':')))
    return FALSE;
  *at += len;
  return TRUE;
}

static StormSimpleNode *
add_node (StormSimpleFilter *self,
          StormSimpleOp      op)
{
  if (self->n_nodes == STORM_SIMPLE_MAX_NODES)
    return NULL;
  self->nodes[self->n_nodes].op = op;
  return &self->nodes[self->n_nodes++];
}

/* ".name.name"; FALSE when there is something else, or more to it. */
static gboolean
parse_field (StormSimpleFilter  *self,
             const char        **at,
             StormSimpleNode    *node)
{
  g_autoptr (GString) pointer = g_string_new (NULL);

  skip_space (at);
  while (**at == '.' && (g_ascii_isalpha ((*at)[1]) || (*at)[1] == '_'))
    {
      const char *start = ++*at;

      if (node->n_steps == STORM_SIMPLE_MAX_STEPS)
        return FALSE;
      while (is_name (**at))
        (*at)++;
      node->steps[node->n_steps++] = g_strndup (start, *at - start);
    }
  if (node->n_steps == 0 || strchr (".[?", **at == '\0' ? ' ' : **at) != NULL)
    return FALSE;

  for (guint i = STORM_ROOT_PARTITION; i < G_N_ELEMENTS (roots); i++)
    if (g_str_equal (roots[i], node->steps[0]))
      node->root = i;
  /* Of what an event has beside these, jq knows. */
  if (node->root == STORM_ROOT_NONE)
    return FALSE;
  node->first_slot = self->pointers->len;
  for (guint i = 0; node->root == STORM_ROOT_PAYLOAD && i < node->n_steps; i++)
    {
      if (i > 0)
        g_string_append_printf (pointer, "/%s", node->steps[i]);
      g_ptr_array_add (self->pointers, g_strdup (pointer->str));
    }
  return TRUE;
}

gboolean
storm_simple_read_number (const char *text,
                          gsize       len,
                          double     *number)
{
  char copy[MAX_NUMBER + 1];
  guint n_digits = 0;

  if (len > MAX_NUMBER)
    return FALSE;
  for (gsize i = 0; i < len; i++)
    {
      n_digits += g_ascii_isdigit (text[i]);
      if (!g_ascii_isdigit (text[i]) && text[i] != '.' && text[i] != '-')
        return FALSE;
    }
  if (n_digits > MAX_DIGITS)
    return FALSE;
  memcpy (copy, text, len);
  copy[len] = '\0';
  *number = g_ascii_strtod (copy, NULL);
  return TRUE;
}

static gboolean
parse_number (const char       **at,
              StormSimpleValue  *value)
{
  const char *start = *at;

  if (**at == '-')
    (*at)++;
  if (!g_ascii_isdigit (**at))
    return FALSE;
  while (g_ascii_isdigit (**at))
    (*at)++;
  if (**at == '.' && g_ascii_isdigit ((*at)[1]))
    do
      (*at)++;
    while (g_ascii_isdigit (**at));
  value->kind = STORM_VALUE_NUMBER;
  return !is_name (**at) && **at != '.' && **at != '['
         && storm_simple_read_number (start, *at - start, &value->number);
}

/* Texts without escapes and interpolations stand in the expression as they are. */
static gboolean
parse_text (const char       **at,
            StormSimpleValue  *value)
{
  const char *start = ++*at;

  while (**at != '"')
    if (*(const guchar *) *at < 0x20 || *(*at)++ == '\\')
      return FALSE;
  value->kind = STORM_VALUE_STRING;
  value->len = *at - start;
  value->text = g_strndup (start, value->len);
  (*at)++;
  return **at != '[' && **at != '.' && **at != '?';
}

static gboolean
parse_literal (const char       **at,
               StormSimpleValue  *value)
{
  skip_space (at);
  if (**at == '"')
    return parse_text (at, value);
  if (**at == '-' || g_ascii_isdigit (**at))
    return parse_number (at, value);
  if (take (at, "null"))
    value->kind = STORM_VALUE_NULL;
  else if (take (at, "false"))
    value->kind = STORM_VALUE_FALSE;
  else if (take (at, "true"))
    value->kind = STORM_VALUE_TRUE;
  else
    return FALSE;
  return **at != '[' && **at != '.' && **at != '?';
}

static StormSimpleOp
parse_comparison (const char **at)
{
  static const struct { const char *text; StormSimpleOp op; } ops[] = {
    { "==", STORM_OP_EQUAL }, { "!=", STORM_OP_UNEQUAL },
    { "<=", STORM_OP_LESS_EQUAL }, { ">=", STORM_OP_MORE_EQUAL },
    { "<", STORM_OP_LESS }, { ">", STORM_OP_MORE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (ops); i++)
    if (take (at, ops[i].text))
      return ops[i].op;
  return STORM_OP_NONE;
}

/* A field, perhaps compared with something; or whatever stands in parentheses. */
static int
parse_term (StormSimpleFilter  *self,
            const char        **at)
{
  StormSimpleNode *node;
  int inner;

  if (take (at, "("))
    {
      inner = parse_or (self, at);
      return inner >= 0 && take (at, ")") ? inner : -1;
    }
  node = add_node (self, STORM_OP_NONE);
  if (node == NULL || !parse_field (self, at, node))
    return -1;
  node->op = parse_comparison (at);
  if (node->op != STORM_OP_NONE && !parse_literal (at, &node->literal))
    return -1;
  return node - self->nodes;
}

static int
parse_joined (StormSimpleFilter  *self,
              const char        **at,
              StormSimpleOp       op)
{
  gboolean is_and = op == STORM_OP_AND;
  int left = is_and ? parse_term (self, at) : parse_joined (self, at, STORM_OP_AND);

  while (left >= 0 && take (at, is_and ? "and" : "or"))
    {
      int right = is_and ? parse_term (self, at) : parse_joined (self, at, STORM_OP_AND);
      StormSimpleNode *node = right >= 0 ? add_node (self, op) : NULL;

      if (node == NULL)
        return -1;
      node->left = (guint8) left;
      node->right = (guint8) right;
      left = node - self->nodes;
    }
  return left;
}

static int
parse_or (StormSimpleFilter  *self,
          const char        **at)
{
  return parse_joined (self, at, STORM_OP_OR);
}

StormSimpleFilter *
storm_simple_filter_new (const char *expression)
{
  g_autoptr (StormSimpleFilter) self = g_new0 (StormSimpleFilter, 1);
  const char *at = expression;
  int top;

  self->pointers = g_ptr_array_new_with_free_func (g_free);
  top = strlen (at) <= MAX_EXPRESSION ? parse_or (self, &at) : -1;
  skip_space (&at);
  if (top < 0 || *at != '\0')
    return NULL;
  self->top = (guint8) top;
  self->set = storm_scan_set_new ((const char *const *) self->pointers->pdata,
                                  self->pointers->len, NULL);
  self->values = g_new0 (StormJsonValue, self->pointers->len + 1);
  return self->set != NULL ? g_steal_pointer (&self) : NULL;
}

void
storm_simple_filter_free (StormSimpleFilter *self)
{
  for (guint i = 0; i < self->n_nodes; i++)
    {
      for (guint k = 0; k < self->nodes[i].n_steps; k++)
        g_free (self->nodes[i].steps[k]);
      if (self->nodes[i].literal.kind == STORM_VALUE_STRING)
        g_free ((char *) self->nodes[i].literal.text);
    }
  g_ptr_array_unref (self->pointers);
  g_clear_pointer (&self->set, storm_scan_set_unref);
  g_free (self->values);
  g_free (self);
}
