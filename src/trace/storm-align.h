#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** STORM_ALIGN_NONE: nothing on the other side. */
#define STORM_ALIGN_NONE G_MAXUINT

/** StormAligned: a position in both sequences, or in one of them. */
typedef struct
{
  guint a;
  guint b;
} StormAligned;

/** STORM_ALIGN_WINDOW: sequences of which no more differs are paired as well as can be. */
#define STORM_ALIGN_WINDOW 1024

/**
 * storm_align:
 * @a: (array length=n_a): what stands in the first sequence; equal numbers mean the same
 * @b: (array length=n_b): in the second
 *
 * Lays two sequences beside each other, so that as many as possible of the same stand in one line
 * without anything changing its place. What is alike at both ends is found at once; what differs
 * between is looked at through a window, so that time and memory stay bounded: the pairs are right
 * in any case, and the most that there can be when the window holds all of it.
 *
 * Of what one of them has more often, the first are paired.
 *
 * Returns: (transfer full) (element-type StormAligned): each position of both exactly once, in
 * order; where both have something of their own, the first comes first
 */
GArray *storm_align (const guint32 *a,
                     guint          n_a,
                     const guint32 *b,
                     guint          n_b);

G_END_DECLS
