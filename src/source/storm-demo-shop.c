#include "config.h"

#include "storm-demo-shop-private.h"

#include "storm-json.h"

typedef enum
{
  STEP_PLACE,
  STEP_ACCEPT,
  STEP_REJECT,
  STEP_CANCEL,
  STEP_START,
  STEP_FINISH,
} Step;

/* How an order ends. */
typedef enum
{
  FATE_COOKED,
  FATE_REJECTED,
  FATE_STUCK,                  /* cooking starts and never ends */
} Fate;

typedef struct
{
  gint64 due;
  guint  turn;                 /* two at the same time happen in the order of their making */
  Step   step;
  guint  order;
  guint  restaurant;
  Fate   fate;
} Pending;

struct _StormDemoShop
{
  GRand   *rand;
  double   pace;               /* of the steps: 1 at the default rate */
  double   interval;           /* between orders, microseconds */
  gint64   opened_ms;
  guint    n_orders;
  guint    n_turns;
  guint    n_events;
  GArray  *pending;            /* (element-type Pending): few, so no heap */
  GString *payload;
};

#define FIRST_ORDER 4711

static const char *const restaurants[] = {
  "Bella Napoli", "Seoul Kitchen", "Green Garden", "Curry Corner",
};
static const char *const menus[][3] = {
  { "Pizza Margherita", "Lasagne", "Tiramisù" },
  { "Bibimbap", "김치찌개", "Japchae" },
  { "Falafel Bowl", "Lentil Soup", "Caesar Salad" },
  { "Butter Chicken", "Palak Paneer", "Garlic Naan" },
};
static const gint prices[][3] = {
  { 1150, 1280, 590 }, { 1190, 1090, 990 }, { 980, 650, 890 }, { 1320, 1180, 390 },
};
static const char *const customers[] = {
  "Mina Park", "Jonas Weber", "Aisha Khan", "이서준", "Clara Rossi", "Tom O’Neill", "Ines Duarte",
};
static const char *const cooks[] = { "Marco", "Ji-woo", "Lena", "Arjun" };
static const char *const reasons[] = {
  "sold out", "kitchen closes soon", "too many orders at the moment",
};

StormDemoShop *
storm_demo_shop_new (guint32 seed,
                     double  rate,
                     gint64  opened_ms)
{
  StormDemoShop *self = g_new0 (StormDemoShop, 1);
  Pending first = { .due = 100 * 1000, .step = STEP_PLACE, .order = FIRST_ORDER };

  if (!(rate > 0))
    rate = STORM_DEMO_RATE;
  self->rand = g_rand_new_with_seed (seed);
  self->interval = G_USEC_PER_SEC / rate;
  self->pace = MIN (1.0, STORM_DEMO_RATE / rate);
  self->opened_ms = opened_ms;
  self->payload = g_string_new (NULL);
  self->pending = g_array_new (FALSE, FALSE, sizeof (Pending));
  g_array_append_val (self->pending, first);

  return self;
}

void
storm_demo_shop_free (StormDemoShop *self)
{
  if (self == NULL)
    return;

  g_rand_free (self->rand);
  g_array_unref (self->pending);
  g_string_free (self->payload, TRUE);
  g_free (self);
}

static Pending
take_first (StormDemoShop *self)
{
  guint first = 0;
  Pending pending;

  for (guint i = 1; i < self->pending->len; i++)
    {
      const Pending *a = &g_array_index (self->pending, Pending, i);
      const Pending *b = &g_array_index (self->pending, Pending, first);

      if (a->due < b->due || (a->due == b->due && a->turn < b->turn))
        first = i;
    }
  pending = g_array_index (self->pending, Pending, first);
  g_array_remove_index_fast (self->pending, first);

  return pending;
}

static void
plan (StormDemoShop *self,
      Pending        pending,
      Step           step,
      double         delay)
{
  pending.step = step;
  pending.due += (gint64) delay;
  pending.turn = ++self->n_turns;
  g_array_append_val (self->pending, pending);
}

/* Each step takes 1 to 3 seconds at the default rate. */
static void
plan_step (StormDemoShop *self,
           Pending        pending,
           Step           step)
{
  plan (self, pending, step, g_rand_double_range (self->rand, 1.0, 3.0) * self->pace *
                             G_USEC_PER_SEC);
}

static Fate
draw_fate (StormDemoShop *self)
{
  double draw = g_rand_double (self->rand);

  if (draw < 0.15)
    return FATE_REJECTED;
  return draw < 0.25 ? FATE_STUCK : FATE_COOKED;
}

static void
add_text (GString    *out,
          const char *name,
          const char *text)
{
  g_string_append_printf (out, ",\"%s\":", name);
  storm_json_append_string (out, text, -1);
}

static void
begin (StormDemoShop *self,
       const Pending *pending,
       const char    *type,
       const char    *id_name)
{
  g_string_printf (self->payload,
                   "{\"eventType\":\"%s\",\"timestamp\":%" G_GINT64_FORMAT
                   ",\"%s\":\"order-%u\"", type, self->opened_ms + pending->due / 1000, id_name,
                   pending->order);
}

static const char *
place (StormDemoShop *self,
       Pending        pending)
{
  guint menu = g_rand_int_range (self->rand, 0, 3);
  gint qty = g_rand_int_range (self->rand, 1, 4);
  guint customer = g_rand_int_range (self->rand, 0, G_N_ELEMENTS (customers));
  Pending next = pending;

  pending.restaurant = g_rand_int_range (self->rand, 0, G_N_ELEMENTS (restaurants));
  pending.fate = draw_fate (self);
  begin (self, &pending, "OrderPlaced", "id");
  add_text (self->payload, "customer", customers[customer]);
  add_text (self->payload, "restaurant", restaurants[pending.restaurant]);
  add_text (self->payload, "menu", menus[pending.restaurant][menu]);
  g_string_append_printf (self->payload, ",\"qty\":%d,\"price\":%d.%02d", qty,
                          qty * prices[pending.restaurant][menu] / 100,
                          qty * prices[pending.restaurant][menu] % 100);
  plan_step (self, pending, pending.fate == FATE_REJECTED ? STEP_REJECT : STEP_ACCEPT);

  next.order++;
  plan (self, next, STEP_PLACE, self->interval * g_rand_double_range (self->rand, 0.7, 1.3));
  return "OrderPlaced";
}

static const char *
go_on (StormDemoShop *self,
       Pending        pending)
{
  switch (pending.step)
    {
    case STEP_ACCEPT:
      begin (self, &pending, "OrderAccepted", "orderId");
      add_text (self->payload, "restaurant", restaurants[pending.restaurant]);
      g_string_append_printf (self->payload, ",\"readyInMinutes\":%d",
                              g_rand_int_range (self->rand, 10, 40));
      plan_step (self, pending, STEP_START);
      return "OrderAccepted";

    case STEP_REJECT:
      begin (self, &pending, "OrderRejected", "orderId");
      add_text (self->payload, "restaurant", restaurants[pending.restaurant]);
      add_text (self->payload, "reason",
                reasons[g_rand_int_range (self->rand, 0, G_N_ELEMENTS (reasons))]);
      plan_step (self, pending, STEP_CANCEL);
      return "OrderRejected";

    case STEP_CANCEL:
      begin (self, &pending, "OrderCanceled", "id");
      add_text (self->payload, "reason", "the restaurant rejected the order");
      return "OrderCanceled";

    case STEP_START:
      begin (self, &pending, "CookStarted", "orderId");
      add_text (self->payload, "cook", cooks[pending.restaurant]);
      if (pending.fate != FATE_STUCK)
        plan_step (self, pending, STEP_FINISH);
      return "CookStarted";

    case STEP_FINISH:
    case STEP_PLACE:
    default:
      begin (self, &pending, "CookFinished", "orderId");
      add_text (self->payload, "cook", cooks[pending.restaurant]);
      return "CookFinished";
    }
}

void
storm_demo_shop_next (StormDemoShop  *self,
                      StormDemoEvent *event)
{
  Pending pending;

  g_return_if_fail (self != NULL && event != NULL);

  pending = take_first (self);
  event->type = pending.step == STEP_PLACE ? place (self, pending) : go_on (self, pending);
  g_string_append_c (self->payload, '}');
  event->due = pending.due;
  event->payload = self->payload->str;
  event->partition = self->n_events++ % STORM_DEMO_PARTITIONS;
}
