#pragma once

#include "storm-record.h"
#include "storm-spool.h"
#include "storm-strings.h"

G_BEGIN_DECLS

/**
 * StormSpoolWindow:
 *
 * Single records of a spool, by their rows. Whoever reads a row beside the one before is about to
 * read more in that direction, so those are fetched with it: a fifth of the time that each takes
 * alone. Not more than a megabyte of them is kept. One thread.
 */
typedef struct _StormSpoolWindow StormSpoolWindow;

/** STORM_SPOOL_WINDOW_ROWS: so many rows are fetched at once. */
#define STORM_SPOOL_WINDOW_ROWS 128

StormSpoolWindow *storm_spool_window_new   (StormDb           *db,
                                            StormStrings      *topics,
                                            GError           **error);
void              storm_spool_window_free  (StormSpoolWindow  *self);
/**
 * storm_spool_window_read:
 * @n_rows: rows below this one are on the disk
 * @view: borrows from the window until the next call
 */
gboolean          storm_spool_window_read  (StormSpoolWindow  *self,
                                            guint32            row,
                                            guint32            n_rows,
                                            StormRecordView   *view);
/** storm_spool_window_clear: the spool was emptied. */
void              storm_spool_window_clear (StormSpoolWindow  *self);
/** storm_spool_window_get_n_fetches: how often the file was asked. */
guint             storm_spool_window_get_n_fetches (StormSpoolWindow *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StormSpoolWindow, storm_spool_window_free)

G_END_DECLS
