#pragma once

#include "storm-record.h"

G_BEGIN_DECLS

/**
 * StormJsonlLine:
 *
 * Makes records of lines in the shape of `kcat -J` and of our export. Keeps its buffers from one
 * line to the next.
 */
typedef struct _StormJsonlLine StormJsonlLine;

StormJsonlLine *storm_jsonl_line_new   (void);
void            storm_jsonl_line_free  (StormJsonlLine *self);

/**
 * storm_jsonl_line_parse:
 * @record: (out): borrowed from @self and @line
 *
 * Returns: %FALSE when the line is not an object with "topic", "partition", "offset" and a payload
 */
gboolean        storm_jsonl_line_parse (StormJsonlLine *self,
                                        const char     *line,
                                        gsize           len,
                                        StormRecord    *record);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StormJsonlLine, storm_jsonl_line_free)

G_END_DECLS
