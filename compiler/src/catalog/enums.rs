//! `CREATE TYPE … AS ENUM`.

use sqlparser::ast::{self, UserDefinedTypeRepresentation};

use super::EnumType;
use super::build::{Builder, Context, duplicate, invalid, unsupported};
use super::identifiers::{MAX_NAME_BYTES, unqualified};
use crate::diagnostic::{Code, Diagnostic};

/// Adds the enum to the catalog.
pub(super) fn create(
    builder: &mut Builder<'_>,
    context: &Context<'_>,
    name: &ast::ObjectName,
    representation: Option<&UserDefinedTypeRepresentation>,
) {
    let spans = context.spans;
    let span = spans.of(name);
    let Some(UserDefinedTypeRepresentation::Enum { labels }) = representation else {
        builder.report(
            unsupported(span, "CREATE TYPE without AS ENUM")
                .help("write `CREATE TYPE name AS ENUM (…)`; the parts of a composite type become columns"),
        );
        return;
    };
    let Some(name) = builder.ok(unqualified(name, span)) else { return };
    if let Some(first) = builder.find_type(&name) {
        builder.report(duplicate(span, "type", &name, first));
        return;
    }
    if labels.is_empty() {
        builder.report(invalid(span, format!("the enum `{name}` has no values")));
    }
    for (i, label) in labels.iter().enumerate() {
        let message = format!("the value '{}' is listed twice", label.value);
        if let Some(first) = labels[..i].iter().find(|other| other.value == label.value) {
            let diagnostic = Diagnostic::error(Code::Duplicate, spans.of(label), message);
            builder.report(diagnostic.also(spans.of(first), "first listed here"));
        }
        if label.value.len() > MAX_NAME_BYTES {
            builder.report(invalid(
                spans.of(label),
                format!("a value of an enum has at most {MAX_NAME_BYTES} bytes"),
            ));
        }
    }
    let labels = labels.iter().map(|label| label.value.clone()).collect();
    builder.catalog.enums.push(EnumType { name, labels, rust_name: String::new(), span });
}
