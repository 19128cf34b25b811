#include "config.h"

#include "storm-trace-icon.h"

#include <glib.h>

static const struct
{
  const char *icon;
  const char *css_class;
} looks[STORM_N_TRACE_STATES] = {
  [STORM_TRACE_CONFORMING] = { "object-select-symbolic", "trace-well" },
  [STORM_TRACE_RUNNING] = { "media-playback-start-symbolic", "trace-calm" },
  [STORM_TRACE_COMPENSATED] = { "edit-undo-symbolic", "trace-odd" },
  [STORM_TRACE_UNEXPECTED] = { "dialog-question-symbolic", "trace-odd" },
  [STORM_TRACE_OUT_OF_ORDER] = { "media-playlist-shuffle-symbolic", "trace-odd" },
  [STORM_TRACE_FAILED] = { "process-stop-symbolic", "trace-wrong" },
  [STORM_TRACE_STUCK] = { "document-open-recent-symbolic", "trace-wrong" },
  [STORM_TRACE_UNCOMPENSATED] = { "dialog-error-symbolic", "trace-wrong" },
};

const char *
storm_trace_state_icon (StormTraceState state)
{
  g_return_val_if_fail (state < STORM_N_TRACE_STATES, NULL);

  return looks[state].icon;
}

const char *
storm_trace_state_icon_calm (void)
{
  return looks[STORM_TRACE_CONFORMING].icon;
}

const char *
storm_trace_state_class (StormTraceState state)
{
  g_return_val_if_fail (state < STORM_N_TRACE_STATES, NULL);

  return looks[state].css_class;
}
