//! Functions and operators of JSONB.

use super::prelude::*;

functions! {
    "->"(Jsonb, Text) -> Jsonb = json_field;
    "->"(Jsonb, Integer) -> Jsonb = json_element;
    "->>"(Jsonb, Text) -> Text = json_field_text;
    "->>"(Jsonb, Integer) -> Text = json_element_text;
    "?"(Jsonb, Text) -> Boolean = json_has_key;
    "@>"(Jsonb, Jsonb) -> Boolean = json_contains;
    "<@"(Jsonb, Jsonb) -> Boolean = json_contained;
    "jsonb_typeof"(Jsonb) -> Text = json_typeof;
    "jsonb_array_length"(Jsonb) -> Integer = json_array_length;
}
