//! Identifiers, and the names PostgreSQL gives to result columns that have no alias.

use sqlparser::ast::{self, CastKind, DataType, ObjectName, ObjectNamePart, TrimWhereField};

use crate::catalog::fold;

/// The parts of a dotted name, folded; `None` if a part is not an identifier.
pub(super) fn parts(name: &ObjectName) -> Option<Vec<String>> {
    let part = |p: &ObjectNamePart| match p {
        ObjectNamePart::Identifier(ident) => Some(fold(ident)),
        ObjectNamePart::Function(_) => None,
    };
    name.0.iter().map(part).collect()
}

/// The name of a function without the schemas it may be qualified with.
pub(super) fn function(name: &ObjectName) -> Option<String> {
    match parts(name)?.as_slice() {
        [name] => Some(name.clone()),
        [schema, name] if schema == "pg_catalog" => Some(name.clone()),
        _ => None,
    }
}

/// The name of a result column that has no alias, by the rule of PostgreSQL's `FigureColname`.
pub(super) fn figure(expr: &ast::Expr) -> String {
    figure_strength(expr).map_or_else(|| "?column?".to_owned(), |(name, _)| name)
}

/// How good a name is: a cast's or CASE's own name gives way to that of what is inside.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Strength {
    Weak,
    Strong,
}

fn figure_strength(expr: &ast::Expr) -> Option<(String, Strength)> {
    use ast::Expr::*;
    let strong = |name: &str| Some((name.to_owned(), Strength::Strong));
    match expr {
        Identifier(ident) => Some((fold(ident), Strength::Strong)),
        CompoundIdentifier(idents) => idents.last().map(|i| (fold(i), Strength::Strong)),
        Function(call) => {
            let name = call.name.0.last().and_then(|p| p.as_ident()).map(fold)?;
            strong(&name)
        }
        Nested(inner) => figure_strength(inner),
        Collate { expr, .. } => figure_strength(expr),
        Cast { expr, data_type, kind: CastKind::Cast | CastKind::DoubleColon, .. } => {
            outer(expr, internal_type_name(data_type))
        }
        TypedString(typed) => Some((internal_type_name(&typed.data_type)?, Strength::Weak)),
        Interval(_) => Some(("interval".to_owned(), Strength::Weak)),
        Case { else_result, .. } => match else_result {
            Some(e) => outer(e, Some("case".to_owned())),
            None => Some(("case".to_owned(), Strength::Weak)),
        },
        Extract { .. } => strong("extract"),
        Ceil { .. } => strong("ceil"),
        Floor { .. } => strong("floor"),
        Position { .. } => strong("position"),
        Substring { shorthand: true, .. } => strong("substr"),
        Substring { .. } => strong("substring"),
        Overlay { .. } => strong("overlay"),
        AtTimeZone { .. } => strong("timezone"),
        Trim { trim_where, .. } => strong(match trim_where {
            Some(TrimWhereField::Leading) => "ltrim",
            Some(TrimWhereField::Trailing) => "rtrim",
            _ => "btrim",
        }),
        Exists { .. } => strong("exists"),
        Array(_) => strong("array"),
        Tuple(_) => strong("row"),
        _ => None,
    }
}

/// The inner name if it is a good one, otherwise the outer one.
fn outer(inner: &ast::Expr, name: Option<String>) -> Option<(String, Strength)> {
    match figure_strength(inner) {
        Some((inner, Strength::Strong)) => Some((inner, Strength::Strong)),
        weak => name.map(|n| (n, Strength::Weak)).or(weak),
    }
}

/// What PostgreSQL calls a type in its own catalog, which is what a column named after a cast is called.
fn internal_type_name(ty: &DataType) -> Option<String> {
    use ast::TimezoneInfo::{Tz, WithTimeZone};
    let name = match ty {
        DataType::SmallInt(_) | DataType::Int2(_) => "int2",
        DataType::Int(_) | DataType::Integer(_) | DataType::Int4(_) => "int4",
        DataType::BigInt(_) | DataType::Int8(_) => "int8",
        DataType::Real | DataType::Float4 => "float4",
        DataType::Float8 | DataType::DoublePrecision | DataType::Double(_) => "float8",
        DataType::Float(ast::ExactNumberInfo::Precision(bits)) if *bits <= 24 => "float4",
        DataType::Float(_) => "float8",
        DataType::Numeric(_) | DataType::Decimal(_) | DataType::Dec(_) => "numeric",
        DataType::Bool | DataType::Boolean => "bool",
        DataType::Text => "text",
        DataType::Varchar(_) | DataType::CharVarying(_) | DataType::CharacterVarying(_) => "varchar",
        DataType::Char(_) | DataType::Character(_) => "bpchar",
        DataType::Timestamp(_, WithTimeZone | Tz) => "timestamptz",
        DataType::Timestamp(..) => "timestamp",
        DataType::Time(_, WithTimeZone | Tz) => "timetz",
        DataType::Time(..) => "time",
        DataType::Date => "date",
        DataType::Interval { .. } => "interval",
        DataType::Uuid => "uuid",
        DataType::Bytea => "bytea",
        DataType::JSON => "json",
        DataType::JSONB => "jsonb",
        DataType::Custom(name, _) => return parts(name)?.pop(),
        _ => return None,
    };
    Some(name.to_owned())
}
