#pragma once

/* A small board and its pictures, as several tests make them. */

#include "storm-edit.h"
#include "storm-picture-export.h"
#include "storm-test.h"

static inline StormBoard *
small_board (void)
{
  StormBoard *board = storm_board_new ();

  storm_test_apply (board, storm_edit_set_text (board, NULL, STORM_PROP_TITLE, "Shop <&> \"A\""));
  storm_test_add_context (board, "c", "주문", 0, 0, 400, 200);
  storm_test_add_context (board, "d", "Payment", 0, 300, 400, 200);
  storm_test_add_sticky (board, "a", STORM_KIND_COMMAND, "Pay", 20, 40);
  storm_test_add_sticky (board, "b", STORM_KIND_EVENT, "Paid]]><!--", 240, 40);
  storm_test_add_flow (board, "f", "a", "b");
  return board;
}

static inline GBytes *
export_picture (StormPicture        *picture,
                StormPictureFormat   format,
                StormPictureOptions  options,
                char               **notice)
{
  g_autoptr (GError) error = NULL;
  GBytes *bytes = storm_picture_export_bytes (picture, format, &options, notice, &error);

  g_assert_no_error (error);
  g_assert_nonnull (bytes);
  return bytes;
}

static inline GBytes *
export_board (StormBoard          *board,
              StormPictureFormat   format,
              StormPictureOptions  options)
{
  g_autoptr (StormPicture) picture = storm_picture_new (board, NULL, NULL);
  g_autofree char *text = storm_picture_board_text (picture, board);

  if (format == STORM_PICTURE_SVG)
    options.board_text = text;
  return export_picture (picture, format, options, NULL);
}

static inline char *
as_text (GBytes *bytes)
{
  gsize len;
  const char *data = g_bytes_get_data (bytes, &len);
  char *text = g_strndup (data, len);

  /* What is compressed has zeros in it. */
  for (gsize i = 0; i < len; i++)
    text[i] = data[i] != '\0' ? data[i] : ' ';
  return text;
}

static inline guint
count (const char *text,
       const char *word)
{
  guint n = 0;

  for (const char *at = strstr (text, word); at != NULL; at = strstr (at + 1, word))
    n++;
  return n;
}
