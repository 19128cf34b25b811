/* The process in which an expression of jq runs (storm-filter.h). It has nothing that an expression
 * could reach: no file can be opened, the environment is empty, and memory and time have limits
 * that the kernel keeps, because libjq keeps none. */

#include <errno.h>
#include <jq.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <unistd.h>

#include "storm-filter-private.h"
#include "storm-filter-tokens-private.h"

#define MEMORY (512ul << 20)
#define SECONDS 2
#define STACK (64 * 1024)

static char refusal[STORM_FILTER_MAX_TEXT];
static char answers[65536];
static size_t n_answers;

static void
write_all (const char *data,
           size_t      len)
{
  while (len > 0)
    {
      ssize_t n = write (STDOUT_FILENO, data, len);

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        _exit (1);
      data += n;
      len -= n;
    }
}

static void
send_answers (void)
{
  write_all (answers, n_answers);
  n_answers = 0;
}

static void
answer (char        kind,
        const char *text)
{
  uint32_t len = text != NULL ? strlen (text) : 0;

  if (n_answers + 1 + 2 * sizeof len + STORM_FILTER_MAX_TEXT > sizeof answers)
    send_answers ();
  answers[n_answers++] = kind;
  if (text == NULL)
    return;
  if (len > STORM_FILTER_MAX_TEXT)
    len = STORM_FILTER_MAX_TEXT;
  memcpy (answers + n_answers, &len, sizeof len);
  memcpy (answers + n_answers + sizeof len, text, len);
  n_answers += sizeof len + len;
}

/* The last word. The answers before it are lost, and nobody needs them any more. */
static void
end_with (char kind)
{
  ssize_t n = write (STDOUT_FILENO, &kind, 1);

  _exit (n == 1 ? 0 : 1);
}

static void
too_long (int number)
{
  end_with (STORM_FILTER_TOO_LONG);
}

/* No memory for the stack, or what libjq does when a size overflows. */
static void
too_large (int number)
{
  end_with (STORM_FILTER_TOO_LARGE);
}

static void
no_memory (void *data)
{
  end_with (STORM_FILTER_TOO_LARGE);
}

static void
set_limits (void)
{
  static char stack[STACK];
  stack_t other = { .ss_sp = stack, .ss_size = sizeof stack };
  struct sigaction action = { .sa_handler = too_large, .sa_flags = SA_ONSTACK };
  struct rlimit limit = { MEMORY, MEMORY };
  struct rlimit none = { 0, 0 };

  sigaltstack (&other, NULL);
  sigaction (SIGSEGV, &action, NULL);
  sigaction (SIGBUS, &action, NULL);
  sigaction (SIGABRT, &action, NULL);
  action.sa_handler = too_long;
  sigaction (SIGVTALRM, &action, NULL);
  signal (SIGPIPE, SIG_IGN);

  if (setrlimit (RLIMIT_AS, &limit) != 0 || setrlimit (RLIMIT_CORE, &none) != 0 ||
      setrlimit (RLIMIT_NOFILE, &none) != 0 || setrlimit (RLIMIT_FSIZE, &none) != 0 ||
      prctl (PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
    _exit (1);
}

/* Of the time that this process computes, so that a busy machine makes no difference. */
static void
set_clock (int seconds)
{
  struct itimerval timer = { .it_value = { seconds, 0 } };

  setitimer (ITIMER_VIRTUAL, &timer, NULL);
}

/* Most documents are small: many are read at once. */
static size_t
read_some (char   *to,
           size_t  len)
{
  static char ahead[65536];
  static size_t at, end;
  int direct = len >= sizeof ahead;
  ssize_t n;

  if (at == end)
    {
      do
        n = read (STDIN_FILENO, direct ? to : ahead, direct ? len : sizeof ahead);
      while (n < 0 && errno == EINTR);
      if (n <= 0 || direct)
        return n > 0 ? n : 0;
      at = 0;
      end = n;
    }
  if (len > end - at)
    len = end - at;
  memcpy (to, ahead + at, len);
  at += len;
  return len;
}

/* 1, or 0 at the end of the input. */
static int
read_all (void   *data,
          size_t  len)
{
  char *to = data;

  while (len > 0)
    {
      size_t n = read_some (to, len);

      if (n == 0)
        return 0;
      to += n;
      len -= n;
    }
  return 1;
}

static char *
read_text (uint32_t  max,
           uint32_t *len)
{
  static char *buffer;
  static uint32_t size;

  if (!read_all (len, sizeof *len) || *len > max)
    return NULL;
  if (*len + 1 > size)
    {
      free (buffer);
      size = *len + 1;
      buffer = malloc (size);
      if (buffer == NULL)
        end_with (STORM_FILTER_TOO_LARGE);
    }
  if (!read_all (buffer, *len))
    return NULL;
  buffer[*len] = '\0';
  return buffer;
}

/* The first of libjq's lines says what is wrong: "jq: error: WHAT at <top-level>, line 1:". */
static void
keep_refusal (void *data,
              jv    message)
{
  static const char *const ends[] = { "\n", " at <top-level>", " (Unix shell quoting issues?)" };
  const char *text = jv_get_kind (message) == JV_KIND_STRING ? jv_string_value (message) : "";

  if (refusal[0] == '\0')
    {
      if (strncmp (text, "jq: error: ", 11) == 0)
        text += 11;
      snprintf (refusal, sizeof refusal, "%s", text);
      for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++)
        if (strstr (refusal, ends[i]) != NULL)
          *strstr (refusal, ends[i]) = '\0';
    }
  jv_free (message);
}

static void
ignore (void *data,
        jv    message)
{
  jv_free (message);
}

/* Whether jq could go on behind the first @len bytes of @text: the whole is an expression, or its
 * end comes too early. What it says is kept. */
static int
could_go_on (const char *text,
             uint32_t    len)
{
  jq_state *jq = jq_init ();
  char *start = malloc (len + 2);

  if (jq == NULL || start == NULL)
    end_with (STORM_FILTER_TOO_LARGE);
  /* In parentheses, as compile() has it. */
  snprintf (start, len + 2, "(%s", text);
  refusal[0] = '\0';
  jq_set_nomem_handler (jq, no_memory, NULL);
  jq_set_error_cb (jq, keep_refusal, NULL);
  jq_compile (jq, start);
  jq_teardown (&jq);
  free (start);
  return strncmp (refusal, "syntax error", 12) != 0 || strstr (refusal, "$end") != NULL ||
         strstr (refusal, "end of file") != NULL;
}

/* libjq of many a version knows no more than the line. Of the beginnings of the expression, each a
 * token longer, the first that can't be gone on from ends with the wrong one. */
static uint32_t
find_syntax_error (const char *text,
                   uint32_t    len)
{
  static uint32_t ends[STORM_FILTER_MAX_PLACED];
  uint32_t low = 0, high, at = 0, n = 0;

  while (at < len && n < STORM_FILTER_MAX_PLACED)
    {
      at = storm_filter_skip_token (text, at, len);
      ends[n++] = at;
    }
  if (at < len)
    return STORM_FILTER_NOWHERE;

  for (high = n; low < high;)
    {
      uint32_t middle = low + (high - low) / 2;

      if (could_go_on (text, ends[middle]))
        low = middle + 1;
      else
        high = middle;
    }
  /* So that it says what it says there. */
  could_go_on (text, low < n ? ends[low] : len);
  return low < n ? storm_filter_skip_space (text, low > 0 ? ends[low - 1] : 0, len) : len;
}

/* "NAME/2 is not defined" */
static uint32_t
find_name (const char *text)
{
  const char *end = strchr (refusal, '/');
  const char *at;
  size_t len;

  if (strstr (refusal, " is not defined") == NULL)
    return STORM_FILTER_NOWHERE;
  if (end == NULL || refusal[0] == '$')
    end = strchr (refusal, ' ');
  len = end - refusal;
  for (at = text; (at = strchr (at, refusal[0])) != NULL; at++)
    if (strncmp (at, refusal, len) == 0 && !storm_filter_is_name (at[len]) &&
        (at == text || (!storm_filter_is_name (at[-1]) && at[-1] != '.')))
      return at - text;
  return STORM_FILTER_NOWHERE;
}

static void
refuse (const char *text,
        uint32_t    len)
{
  uint32_t place = STORM_FILTER_NOWHERE;

  set_clock (SECONDS);
  if (strlen (text) == len)
    place = strncmp (refusal, "syntax error", 12) == 0 ? find_syntax_error (text, len)
                                                       : find_name (text);
  set_clock (0);
  answer (STORM_FILTER_REFUSED, refusal);
  memcpy (answers + n_answers, &place, sizeof place);
  n_answers += sizeof place;
}

static jq_state *
compile (void)
{
  jq_state *jq = jq_init ();
  uint32_t len = 0;
  const char *text = read_text (STORM_FILTER_MAX_EXPRESSION, &len);
  char *whole;
  int good;

  if (jq == NULL || text == NULL)
    _exit (1);
  jq_set_nomem_handler (jq, no_memory, NULL);
  jq_set_error_cb (jq, keep_refusal, NULL);
  /* In parentheses, where “import” and “include” can't stand. */
  whole = malloc (len + 4);
  if (whole == NULL)
    end_with (STORM_FILTER_TOO_LARGE);
  snprintf (whole, len + 4, "(%s\n)", text);
  set_clock (SECONDS);
  good = strlen (text) == len && jq_compile (jq, whole);
  set_clock (0);
  free (whole);
  jq_set_error_cb (jq, ignore, NULL);
  jq_set_debug_cb (jq, ignore, NULL);

  if (good)
    answer (STORM_FILTER_COMPILED, NULL);
  else
    refuse (text, len);
  send_answers ();
  return good ? jq : NULL;
}

static void
answer_failure (jv message)
{
  jv text = jv_invalid_get_msg (message);

  if (jv_get_kind (text) == JV_KIND_STRING)
    answer (STORM_FILTER_FAILED, jv_string_value (text));
  else if (jv_get_kind (text) == JV_KIND_NULL)
    answer (STORM_FILTER_MATCHES_NOT, NULL);
  else
    answer (STORM_FILTER_FAILED, "");
  jv_free (text);
}

static void
look_at (jq_state   *jq,
         const char *text,
         uint32_t    len)
{
  jv value, result;

  set_clock (SECONDS);
  value = jv_parse_sized (text, len);
  if (!jv_is_valid (value))
    {
      answer_failure (value);
      return;
    }
  jq_start (jq, value, 0);
  result = jq_next (jq);
  if (jq_halted (jq))
    end_with (STORM_FILTER_HALTED);
  if (!jv_is_valid (result))
    {
      answer_failure (result);
      return;
    }
  answer (jv_get_kind (result) == JV_KIND_FALSE || jv_get_kind (result) == JV_KIND_NULL
            ? STORM_FILTER_MATCHES_NOT : STORM_FILTER_MATCHES, NULL);
  jv_free (result);
}

int
main (void)
{
  uint32_t len, n;
  jq_state *jq;
  char *text;

  set_limits ();
  jq = compile ();
  /* Documents come in packs: their number, then each of them. */
  while (jq != NULL && read_all (&n, sizeof n))
    {
      while (n-- > 0 && (text = read_text (STORM_FILTER_MAX_DOCUMENT, &len)) != NULL)
        look_at (jq, text, len);
      set_clock (0);
      send_answers ();
    }
  if (jq != NULL)
    jq_teardown (&jq);
  return 0;
}
