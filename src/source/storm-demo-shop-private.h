#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * StormDemoShop:
 *
 * What happens in the food-order shop, and when. It only decides; whoever has it writes the events.
 * The same seed and rate give the same orders, contents and pauses.
 */
typedef struct _StormDemoShop StormDemoShop;

/**
 * StormDemoEvent:
 * @due: microseconds since the shop opened
 * @type: for the header `type`
 * @payload: the JSON; its `timestamp` is the opening time and @due
 * @partition: the partitions take turns, as without a record key
 */
typedef struct
{
  gint64      due;
  const char *type;
  const char *payload;
  gint32      partition;
} StormDemoEvent;

#define STORM_DEMO_PARTITIONS 3
/** STORM_DEMO_RATE: new orders a second, so that people can follow with their eyes. */
#define STORM_DEMO_RATE (1.0 / 1.5)

/** storm_demo_shop_new: @opened_ms is the epoch's milliseconds when the shop opens. */
StormDemoShop *storm_demo_shop_new  (guint32         seed,
                                     double          rate,
                                     gint64          opened_ms);
void           storm_demo_shop_free (StormDemoShop  *self);
/** storm_demo_shop_next: the next event; its texts are valid until the next call. */
void           storm_demo_shop_next (StormDemoShop  *self,
                                     StormDemoEvent *event);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StormDemoShop, storm_demo_shop_free)

G_END_DECLS
