#pragma once

/* What a filter and its helper process say to each other, over one socket. Numbers are 32 bits in
 * the byte order of the machine.
 *
 * To the helper: the expression, then any number of packs: how many documents, then these. A
 * document, like the expression, is its length and its bytes.
 * From the helper: first COMPILED, or REFUSED with a text and the byte of the expression at which
 * it is none (its length for the end; NOWHERE when that is not known); then a byte for each
 * document, FAILED with a text. A text is its length and its bytes. TOO_LONG, TOO_LARGE and HALTED
 * end the helper. */

#define STORM_FILTER_COMPILED 'c'
#define STORM_FILTER_REFUSED 'r'
#define STORM_FILTER_MATCHES '1'
#define STORM_FILTER_MATCHES_NOT '0'
#define STORM_FILTER_FAILED 'f'
#define STORM_FILTER_TOO_LONG 't'
#define STORM_FILTER_TOO_LARGE 'm'
#define STORM_FILTER_HALTED 'h'

#define STORM_FILTER_NOWHERE 0xffffffffu
#define STORM_FILTER_MAX_TEXT 300
/* Longer is no expression that somebody wrote. */
#define STORM_FILTER_MAX_EXPRESSION 16384
/* A document is one event; sources hold no larger ones. */
#define STORM_FILTER_MAX_DOCUMENT (256u << 20)
