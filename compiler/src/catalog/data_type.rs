//! Type names of the schema and of casts.

use sqlparser::ast::{self, CharacterLength, DataType, ExactNumberInfo, TimezoneInfo};

use super::Catalog;
use super::identifiers::unqualified;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;
use crate::suggest::nearest;
use crate::types::Type;

/// A type as it is written, resolved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Declared {
    /// The type.
    pub ty: Type,
    /// `n` of `VARCHAR(n)`, in characters.
    pub max_length: Option<u32>,
}

impl From<Type> for Declared {
    fn from(ty: Type) -> Self {
        Declared { ty, max_length: None }
    }
}

/// Digits of the widest NUMERIC.
const MAX_PRECISION: u64 = 38;
/// PostgreSQL's longest VARCHAR(n) and CHAR(n).
const MAX_CHARACTERS: u64 = 10_485_760;

/// Resolves a type as written at `span`.
pub fn resolve(catalog: &Catalog, written: &DataType, span: Span) -> Result<Declared, Box<Diagnostic>> {
    let ty = match written {
        DataType::Boolean | DataType::Bool => Type::Boolean,
        DataType::SmallInt(None) | DataType::Int2(None) => Type::SmallInt,
        DataType::Integer(None) | DataType::Int(None) | DataType::Int4(None) => Type::Integer,
        DataType::BigInt(None) | DataType::Int8(None) => Type::BigInt,
        DataType::SmallInt(_)
        | DataType::Int2(_)
        | DataType::Integer(_)
        | DataType::Int(_)
        | DataType::Int4(_) => {
            return Err(invalid(span, "an integer type has no length").help("remove the parenthesis").into());
        }
        DataType::BigInt(_) | DataType::Int8(_) => {
            return Err(invalid(span, "an integer type has no length").help("remove the parenthesis").into());
        }
        DataType::Real | DataType::Float4 => Type::Real,
        DataType::DoublePrecision | DataType::Float8 => Type::Double,
        DataType::Float(ExactNumberInfo::None | ExactNumberInfo::Precision(25..=53)) => Type::Double,
        DataType::Float(ExactNumberInfo::Precision(1..=24)) => Type::Real,
        DataType::Float(_) => {
            return Err(invalid(span, "the precision of FLOAT is 1 to 53 bits")
                .suggest("double precision")
                .into());
        }
        DataType::Numeric(info) | DataType::Decimal(info) | DataType::Dec(info) => numeric(info, span)?,
        DataType::Text => Type::Text,
        DataType::Varchar(length) | DataType::CharacterVarying(length) | DataType::CharVarying(length) => {
            let max_length = character_length(length, span)?;
            return Ok(Declared { ty: Type::Varchar, max_length });
        }
        DataType::Char(length) | DataType::Character(length) => {
            Type::Char(character_length(length, span)?.unwrap_or(1))
        }
        DataType::Timestamp(precision, zone) => {
            microseconds(*precision, span, if with_time_zone(zone) { "timestamptz" } else { "timestamp" })?;
            if with_time_zone(zone) { Type::TimestampTz } else { Type::Timestamp }
        }
        DataType::Time(precision, zone) if !with_time_zone(zone) => {
            microseconds(*precision, span, "time")?;
            Type::Time
        }
        DataType::Time(..) => {
            let diagnostic = unsupported(span, "TIME WITH TIME ZONE").suggest("time");
            return Err(diagnostic.help("use TIME, or TIMESTAMPTZ for a moment").into());
        }
        DataType::Date => Type::Date,
        DataType::Interval { fields: None, precision } => {
            microseconds(*precision, span, "interval")?;
            Type::Interval
        }
        DataType::Interval { .. } => {
            return Err(unsupported(span, "an INTERVAL restricted to some fields")
                .suggest("interval")
                .into());
        }
        DataType::Uuid => Type::Uuid,
        DataType::Bytea => Type::Bytea,
        DataType::JSONB => Type::Jsonb,
        DataType::JSON => {
            let diagnostic = unsupported(span, "JSON").suggest("jsonb");
            return Err(diagnostic.help("use JSONB, whose values can be compared and grouped").into());
        }
        DataType::Array(_) => {
            let help = "put the elements into a table of their own that references this one";
            return Err(unsupported(span, "an array type").help(help).into());
        }
        DataType::Custom(name, modifiers) => return named(catalog, name, modifiers.len(), span),
        other => return Err(foreign(&other.to_string(), span, catalog).into()),
    };
    Ok(ty.into())
}

fn with_time_zone(zone: &TimezoneInfo) -> bool {
    matches!(zone, TimezoneInfo::Tz | TimezoneInfo::WithTimeZone)
}

fn numeric(info: &ExactNumberInfo, span: Span) -> Result<Type, Box<Diagnostic>> {
    let (precision, scale) = match *info {
        ExactNumberInfo::None => return Ok(Type::Numeric),
        ExactNumberInfo::Precision(precision) => (precision, 0),
        ExactNumberInfo::PrecisionAndScale(precision, scale) => (precision, scale),
    };
    if !(1..=MAX_PRECISION).contains(&precision) {
        let message = format!("the precision of NUMERIC is 1 to {MAX_PRECISION}, not {precision}");
        return Err(invalid(span, message)
            .help("NUMERIC without a parenthesis holds values with any number of decimals")
            .into());
    }
    match u8::try_from(scale) {
        Ok(scale) if u64::from(scale) <= precision => Ok(Type::Decimal { precision: precision as u8, scale }),
        _ => Err(invalid(
            span,
            format!("the scale of NUMERIC({precision}, …) is 0 to {precision}, not {scale}"),
        )
        .into()),
    }
}

fn character_length(length: &Option<CharacterLength>, span: Span) -> Result<Option<u32>, Box<Diagnostic>> {
    match length {
        None => Ok(None),
        Some(CharacterLength::IntegerLength { length, unit: None })
            if (1..=MAX_CHARACTERS).contains(length) =>
        {
            Ok(Some(*length as u32))
        }
        Some(CharacterLength::IntegerLength { unit: Some(_), .. }) => {
            Err(invalid(span, "the length is counted in characters").help("leave the unit out").into())
        }
        Some(CharacterLength::IntegerLength { .. }) => {
            Err(invalid(span, format!("the length is 1 to {MAX_CHARACTERS} characters")).into())
        }
        Some(CharacterLength::Max) => Err(invalid(span, "the length is a number").suggest("text").into()),
    }
}

/// Times count microseconds; a coarser precision would round on every write.
fn microseconds(precision: Option<u64>, span: Span, name: &str) -> Result<(), Box<Diagnostic>> {
    match precision {
        None | Some(6) => Ok(()),
        Some(precision) => {
            let message = format!("precision {precision} is not supported: times count microseconds");
            let help = format!("write `{name}`, and round in the query with DATE_TRUNC");
            Err(Diagnostic::error(Code::Unsupported, span, message).help(help).suggest(name).into())
        }
    }
}

fn named(
    catalog: &Catalog,
    name: &ast::ObjectName,
    modifiers: usize,
    span: Span,
) -> Result<Declared, Box<Diagnostic>> {
    let system = match name.0.as_slice() {
        [schema, name] if schema.as_ident().is_some_and(|s| s.value.eq_ignore_ascii_case("pg_catalog")) => {
            name.as_ident()
        }
        _ => None,
    };
    let folded = match system {
        Some(name) => super::fold(name),
        None => unqualified(name, span)?,
    };
    if let Some((_, ty)) = INTERNAL_NAMES.iter().find(|(known, _)| *known == folded)
        && modifiers == 0
    {
        return Ok((*ty).into());
    }
    match catalog.find_enum(&folded) {
        Some(id) if modifiers == 0 => Ok(Type::Enum(id).into()),
        Some(_) => Err(invalid(span, format!("`{folded}` is an enum and has no length")).into()),
        None => Err(foreign(&folded, span, catalog).into()),
    }
}

/// Names under which a dump of a schema may call the types that the parser has keywords for.
const INTERNAL_NAMES: [(&str, Type); 14] = [
    ("bool", Type::Boolean),
    ("int2", Type::SmallInt),
    ("int4", Type::Integer),
    ("int8", Type::BigInt),
    ("float4", Type::Real),
    ("float8", Type::Double),
    ("numeric", Type::Numeric),
    ("text", Type::Text),
    ("varchar", Type::Varchar),
    ("timestamp", Type::Timestamp),
    ("timestamptz", Type::TimestampTz),
    ("date", Type::Date),
    ("time", Type::Time),
    ("uuid", Type::Uuid),
];

/// What to write for types of other databases, and for types of PostgreSQL's that are left out.
const REPLACEMENTS: [(&str, &str); 32] = [
    ("tinyint", "smallint"),
    ("mediumint", "integer"),
    ("int16", "smallint"),
    ("int32", "integer"),
    ("int64", "bigint"),
    ("int128", "numeric(38, 0)"),
    ("uint32", "bigint"),
    ("uint64", "numeric(20, 0)"),
    ("float32", "real"),
    ("float64", "double precision"),
    ("double", "double precision"),
    ("bignumeric", "numeric"),
    ("string", "text"),
    ("nvarchar", "varchar"),
    ("clob", "text"),
    ("tinytext", "text"),
    ("mediumtext", "text"),
    ("longtext", "text"),
    ("citext", "text"),
    ("bpchar", "text"),
    ("name", "text"),
    ("xml", "text"),
    ("inet", "text"),
    ("cidr", "text"),
    ("macaddr", "text"),
    ("blob", "bytea"),
    ("binary", "bytea"),
    ("varbinary", "bytea"),
    ("bytes", "bytea"),
    ("datetime", "timestamp"),
    ("money", "numeric(15, 2)"),
    ("hstore", "jsonb"),
];

/// The types that a misspelt name may have meant.
const SPELLINGS: [&str; 22] = [
    "boolean",
    "bool",
    "smallint",
    "integer",
    "int",
    "bigint",
    "real",
    "float",
    "numeric",
    "decimal",
    "text",
    "varchar",
    "char",
    "timestamp",
    "timestamptz",
    "date",
    "time",
    "interval",
    "uuid",
    "bytea",
    "jsonb",
    "bigserial",
];

/// The error for a type that does not exist here.
fn foreign(name: &str, span: Span, catalog: &Catalog) -> Diagnostic {
    let lower = name.to_ascii_lowercase();
    let word = lower.split(['(', '<', ' ']).next().unwrap_or_default();
    if ["serial", "bigserial", "smallserial", "serial4", "serial8", "serial2"].contains(&word) {
        return invalid(span, format!("`{word}` is a type of columns only")).suggest("bigint");
    }
    if word == "enum" || word == "set" {
        let help = "declare `CREATE TYPE name AS ENUM (…)` above the table and use its name";
        return unsupported(span, "a list of values in place of a type").help(help);
    }
    let diagnostic = Diagnostic::error(Code::UnknownType, span, format!("there is no type `{lower}`"));
    if let Some((_, replacement)) = REPLACEMENTS.iter().find(|(known, _)| *known == word) {
        return diagnostic.suggest(*replacement);
    }
    let enums = catalog.enums.iter().map(|e| e.name.as_str());
    match nearest(word, enums.chain(SPELLINGS)) {
        Some(near) => diagnostic.help(format!("did you mean `{near}`?")).suggest(near),
        None => diagnostic,
    }
}

fn invalid(span: Span, message: impl Into<String>) -> Diagnostic {
    Diagnostic::error(Code::InvalidSchema, span, message)
}

fn unsupported(span: Span, what: &str) -> Diagnostic {
    Diagnostic::error(Code::Unsupported, span, format!("{what} is not supported"))
}
