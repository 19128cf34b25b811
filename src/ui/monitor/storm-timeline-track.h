#pragma once

#include <gtk/gtk.h>

#include "storm-timeline.h"

G_BEGIN_DECLS

#define STORM_TYPE_TIMELINE_TRACK (storm_timeline_track_get_type ())

/**
 * StormTimelineTrack:
 *
 * The drawn part of the time line: how many events lie where, which have happened, the moment as a
 * handle. A slider to assistive technology. Clicking and dragging choose a moment, dragging with
 * Shift a range to zoom to, scrolling zooms, sideways pans. Keys: arrows go from event to event
 * (with Ctrl by ten, with Shift they pan), Home and End to the first and the live edge, Page Up and
 * Page Down by a tenth of what is in sight, + and - zoom, 0 shows all, Space plays.
 */
G_DECLARE_FINAL_TYPE (StormTimelineTrack, storm_timeline_track, STORM, TIMELINE_TRACK, GtkWidget)

GtkWidget *storm_timeline_track_new   (StormTimeline *timeline);

/** storm_timeline_dup_words: (transfer full): the moment: "10:41:07.120 · 5 of 12", "Live ·
 * 12". */
char      *storm_timeline_dup_words   (StormTimeline *timeline);

G_END_DECLS
