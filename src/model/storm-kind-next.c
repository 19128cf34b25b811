#include "config.h"

#include "storm-kind.h"

#define NEXT(...) \
  { (const StormKind[]) { __VA_ARGS__ }, G_N_ELEMENTS (((const StormKind[]) { __VA_ARGS__ })) }

/* What the grammar of the notation allows: “activates a”, “issues a”, “invoked on”, “produces an”,
 * “results in”, “observes”, “decides to”. The first one is the catalogue's own. */
static const struct
{
  const StormKind *kinds;
  guint            n;
} nexts[STORM_N_KINDS] = {
  [STORM_KIND_EVENT] = NEXT (STORM_KIND_POLICY, STORM_KIND_READ_MODEL, STORM_KIND_EXTERNAL_SYSTEM,
                             STORM_KIND_EVENT, STORM_KIND_HOT_SPOT),
  [STORM_KIND_COMMAND] = NEXT (STORM_KIND_AGGREGATE, STORM_KIND_EXTERNAL_SYSTEM,
                               STORM_KIND_EVENT),
  [STORM_KIND_ACTOR] = NEXT (STORM_KIND_COMMAND, STORM_KIND_UI),
  [STORM_KIND_AGGREGATE] = NEXT (STORM_KIND_EVENT),
  [STORM_KIND_POLICY] = NEXT (STORM_KIND_COMMAND, STORM_KIND_EXTERNAL_SYSTEM),
  [STORM_KIND_READ_MODEL] = NEXT (STORM_KIND_ACTOR, STORM_KIND_UI, STORM_KIND_POLICY),
  [STORM_KIND_EXTERNAL_SYSTEM] = NEXT (STORM_KIND_EVENT),
  [STORM_KIND_UI] = NEXT (STORM_KIND_COMMAND, STORM_KIND_ACTOR),
  [STORM_KIND_HOT_SPOT] = NEXT (STORM_KIND_NOTE),
  [STORM_KIND_NOTE] = NEXT (STORM_KIND_NOTE),
};

static const StormKind previous[STORM_N_KINDS] = {
  [STORM_KIND_EVENT] = STORM_KIND_AGGREGATE,
  [STORM_KIND_COMMAND] = STORM_KIND_POLICY,
  [STORM_KIND_ACTOR] = STORM_KIND_READ_MODEL,
  [STORM_KIND_AGGREGATE] = STORM_KIND_COMMAND,
  [STORM_KIND_POLICY] = STORM_KIND_EVENT,
  [STORM_KIND_READ_MODEL] = STORM_KIND_EVENT,
  [STORM_KIND_EXTERNAL_SYSTEM] = STORM_KIND_COMMAND,
  [STORM_KIND_UI] = STORM_KIND_READ_MODEL,
  [STORM_KIND_HOT_SPOT] = STORM_KIND_EVENT,
  [STORM_KIND_NOTE] = STORM_KIND_NOTE,
};

const StormKind *
storm_kind_get_nexts (StormKind  kind,
                      guint     *n)
{
  g_return_val_if_fail ((guint) kind < STORM_N_KINDS && n != NULL, NULL);

  *n = nexts[kind].n;
  return nexts[kind].kinds;
}

StormKind
storm_kind_get_previous (StormKind kind)
{
  g_return_val_if_fail ((guint) kind < STORM_N_KINDS, STORM_KIND_NOTE);

  return previous[kind];
}
