//! Functions and operators of text and bytes.

use super::prelude::*;

functions! {
    "||"(Text, Text) -> Text = concat;
    "||"(Bytea, Bytea) -> Bytea = concat_bytes;

    "length"(Text) -> Integer = length;
    "length"(Char) -> Integer = length_char;
    "length"(Bytea) -> Integer = length_bytes;
    "char_length"(Text) -> Integer = length;
    "char_length"(Char) -> Integer = length_char;
    "character_length"(Text) -> Integer = length;
    "character_length"(Char) -> Integer = length_char;
    "octet_length"(Characters) -> Integer = octet_length;
    "octet_length"(Bytea) -> Integer = length_bytes;
    "bit_length"(Text) -> Integer = bit_length;

    "lower"(Text) -> Text = lower;
    "upper"(Text) -> Text = upper;
    "initcap"(Text) -> Text = initcap;
    "substring"(Text, Integer) -> Text = substring;
    "substring"(Text, Integer, Integer) -> Text = substring_for;
    "substr"(Text, Integer) -> Text = substring;
    "substr"(Text, Integer, Integer) -> Text = substring_for;
    "left"(Text, Integer) -> Text = left;
    "right"(Text, Integer) -> Text = right;
    "btrim"(Text) -> Text = btrim;
    "btrim"(Text, Text) -> Text = btrim_of;
    "ltrim"(Text) -> Text = ltrim;
    "ltrim"(Text, Text) -> Text = ltrim_of;
    "rtrim"(Text) -> Text = rtrim;
    "rtrim"(Text, Text) -> Text = rtrim_of;
    "replace"(Text, Text, Text) -> Text = replace;
    "translate"(Text, Text, Text) -> Text = translate;
    "strpos"(Text, Text) -> Integer = strpos;
    "position"(Text, Text) -> Integer = strpos;
    "split_part"(Text, Text, Integer) -> Text = split_part;
    "starts_with"(Text, Text) -> Boolean = starts_with;
    "^@"(Text, Text) -> Boolean = starts_with;
    "lpad"(Text, Integer) -> Text = lpad;
    "lpad"(Text, Integer, Text) -> Text = lpad_with;
    "rpad"(Text, Integer) -> Text = rpad;
    "rpad"(Text, Integer, Text) -> Text = rpad_with;
    "repeat"(Text, Integer) -> Text = repeat;
    "reverse"(Text) -> Text = reverse;
    "ascii"(Text) -> Integer = ascii;
    "chr"(Integer) -> Text = chr;
    "to_hex"(Integer) -> Text = to_hex_i32;
    "to_hex"(BigInt) -> Text = to_hex_i64;

    "like"(Characters, Text) -> Boolean = like;
    "not_like"(Characters, Text) -> Boolean = not_like;
    "like"(Characters, Text, Text) -> Boolean = like_escape;
    "not_like"(Characters, Text, Text) -> Boolean = not_like_escape;
    "ilike"(Characters, Text) -> Boolean = ilike;
    "not_ilike"(Characters, Text) -> Boolean = not_ilike;
    "ilike"(Characters, Text, Text) -> Boolean = ilike_escape;
    "not_ilike"(Characters, Text, Text) -> Boolean = not_ilike_escape;
}
