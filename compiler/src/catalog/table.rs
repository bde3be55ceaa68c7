//! `CREATE TABLE`: the table and its columns.

use sqlparser::ast::{self, ColumnOption, GeneratedAs};

use super::build::{Builder, Context, duplicate, invalid, unsupported};
use super::constraints::{self, Constraint, Kind};
use super::data_type::{self, Declared};
use super::identifiers::unqualified;
use super::{Column, ColumnId, Default, RustNames, Table, TableId, fold};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;
use crate::types::Type;

/// PostgreSQL's limit.
const MAX_COLUMNS: usize = 1600;
/// Columns that every PostgreSQL table has.
const SYSTEM_COLUMNS: [&str; 6] = ["tableoid", "xmin", "cmin", "xmax", "cmax", "ctid"];

/// Adds the table to the catalog.
pub(super) fn create(builder: &mut Builder<'_>, context: &Context<'_>, create: &ast::CreateTable) {
    refuse_options(builder, context, create);
    let span = context.spans.of(&create.name);
    let Some(name) = builder.ok(unqualified(&create.name, span)) else { return };
    if let Some(ident) = create.name.0.last().and_then(|part| part.as_ident()) {
        builder.refuse_reserved(ident, span);
    }
    if let Some(first) = builder.find_type(&name) {
        builder.report(duplicate(span, "table or type", &name, first));
        return;
    }
    if !builder.declare_relation(&name, span) {
        return;
    }
    if create.columns.is_empty() {
        let columns_elsewhere = create.query.is_some() || create.like.is_some();
        if !columns_elsewhere {
            builder.report(invalid(span, format!("the table `{name}` has no columns")));
        }
        return;
    }
    if create.columns.len() > MAX_COLUMNS {
        let message =
            format!("the table `{name}` has {} columns, the limit is {MAX_COLUMNS}", create.columns.len());
        builder.report(Diagnostic::error(Code::TooLarge, span, message));
        return;
    }
    let id = TableId(builder.catalog.tables.len() as u32);
    builder.catalog.tables.push(Table {
        name,
        columns: Vec::with_capacity(create.columns.len()),
        primary_key: None,
        unique: Vec::new(),
        foreign_keys: Vec::new(),
        checks: Vec::new(),
        indexes: Vec::new(),
        rust: RustNames::default(),
        span,
    });
    let mut constraints = Vec::new();
    for column in &create.columns {
        let declared = ColumnReader::read(builder, context, id, column, &mut constraints);
        builder.catalog.tables[id.0 as usize].columns.push(declared);
    }
    constraints::of_table(builder, context, id, &create.constraints, &mut constraints);
    // PostgreSQL names them in the order in which they are written.
    constraints.sort_by_key(|c| c.span.start);
    constraints::apply(builder, context, id, &constraints);
}

/// Clauses behind the columns, none of which a compiled database has.
fn refuse_options(builder: &mut Builder<'_>, context: &Context<'_>, create: &ast::CreateTable) {
    let mut refuse = |present: bool, words: &[&str], what: &str, help: &str| {
        if present {
            let outside = context.spans.find(context.span, words);
            let span = outside.or_else(|| context.spans.find_anywhere(words)).unwrap_or(context.span);
            builder.report(unsupported(span, what).help(help));
        }
    };
    refuse(
        create.query.is_some(),
        &["AS"],
        "CREATE TABLE AS",
        "put the SELECT among the queries, with a name",
    );
    refuse(create.like.is_some(), &["LIKE"], "LIKE", "write the columns out");
    refuse(
        create.inherits.is_some(),
        &["INHERITS"],
        "INHERITS",
        "write the columns out, and a column for the kind of row",
    );
    let partitions = create.partition_by.is_some() || create.partition_of.is_some();
    refuse(partitions, &["PARTITION"], "PARTITION", "declare one table; it is held in memory as a whole");
    let with = create.table_options != ast::CreateTableOptions::None;
    refuse(with, &["WITH"], "a storage parameter", "leave it out");
    refuse(create.on_commit.is_some(), &["ON", "COMMIT"], "ON COMMIT", "leave it out; tables are permanent");
}

/// Gathers what is declared of one column.
struct ColumnReader<'c> {
    context: &'c Context<'c>,
    name: String,
    span: Span,
    resolved: Declared,
    /// `NULL` and `NOT NULL`, with where it is written.
    nullable: Option<(bool, Span)>,
    default: Option<(Default, Span)>,
}

impl<'c> ColumnReader<'c> {
    /// Reads a column; its constraints are added to those of the table.
    fn read<'s>(
        builder: &mut Builder<'_>,
        context: &'c Context<'c>,
        table: TableId,
        column: &'s ast::ColumnDef,
        constraints: &mut Vec<Constraint<'s>>,
    ) -> Column {
        let span = context.spans.of(&column.name);
        builder.refuse_reserved(&column.name, span);
        let name = fold(&column.name);
        let earlier = &builder.catalog.table(table).columns;
        let id = ColumnId(earlier.len() as u32);
        if let Some(first) = earlier.iter().find(|c| c.name == name) {
            let diagnostic = duplicate(span, "column", &name, first.span);
            builder.report(diagnostic);
        }
        if SYSTEM_COLUMNS.contains(&name.as_str()) {
            let message = format!("`{name}` is a column that PostgreSQL gives to every table");
            builder.report(Diagnostic::error(Code::InvalidName, span, message).help("choose another name"));
        }
        let resolved = Declared::from(Type::Error);
        let mut reader = ColumnReader { context, name, span, resolved, nullable: None, default: None };
        reader.read_type(builder, table, &column.data_type);
        for option in &column.options {
            reader.read_option(builder, id, option, constraints);
        }
        Column {
            name: reader.name,
            ty: reader.resolved.ty,
            max_length: reader.resolved.max_length,
            nullable: reader.nullable.is_none_or(|(nullable, _)| nullable),
            default: reader.default.map_or(Default::None, |(default, _)| default),
            span,
        }
    }

    fn read_type(&mut self, builder: &mut Builder<'_>, table: TableId, written: &ast::DataType) {
        let span = self.context.spans.type_after(self.span);
        if let Some(ty) = serial(written) {
            self.resolved = ty.into();
            self.nullable = Some((false, span));
            self.default = Some((Default::Identity { always: false }, span));
            // The sequence takes its name in PostgreSQL, and indexes are named around it.
            let table = builder.catalog.table(table).name.clone();
            let sequence = builder.names.choose(&table, Some(&self.name), "seq");
            let _ = builder.names.declare(&sequence, span);
            return;
        }
        match data_type::resolve(&builder.catalog, written, span) {
            Ok(resolved) => self.resolved = resolved,
            Err(mut diagnostic) => {
                let name = match written {
                    ast::DataType::Custom(name, _) => {
                        name.0.last().and_then(|part| part.as_ident()).map(fold)
                    }
                    _ => None,
                };
                if let Some((name, below)) =
                    name.and_then(|n| builder.declared_below(&n).map(|below| (n, below)))
                {
                    *diagnostic = diagnostic.also(below, "declared only here");
                    diagnostic.help =
                        Some(format!("move `{name}` above: a type is declared before it is used"));
                }
                builder.report(*diagnostic);
            }
        }
    }

    fn read_option<'s>(
        &mut self,
        builder: &mut Builder<'_>,
        id: ColumnId,
        option: &'s ast::ColumnOptionDef,
        constraints: &mut Vec<Constraint<'s>>,
    ) {
        let words = |words: &[&str]| self.context.words(self.span, words);
        let name = option.name.as_ref();
        let mut constraint = |kind: Kind<'s>, span: Span| {
            constraints.push(Constraint { name, columns: vec![id], span, kind });
        };
        match &option.option {
            ColumnOption::Null => {
                let span = words(&["NULL"]);
                constraint(Kind::Null, span);
                self.set_nullable(builder, true, span);
            }
            ColumnOption::NotNull => self.set_nullable(builder, false, words(&["NOT", "NULL"])),
            ColumnOption::PrimaryKey(key) => {
                let span = words(&["PRIMARY", "KEY"]);
                constraints::refuse_characteristics(
                    builder,
                    self.context,
                    span,
                    key.characteristics.as_ref(),
                );
                constraint(Kind::PrimaryKey, span);
            }
            ColumnOption::Unique(unique) => {
                let span = words(&["UNIQUE"]);
                constraints::refuse_unique_options(builder, self.context, span, unique);
                constraint(Kind::Unique, span);
            }
            ColumnOption::ForeignKey(key) => constraint(Kind::ForeignKey(key), words(&["REFERENCES"])),
            ColumnOption::Check(check) => constraint(Kind::Check(check), self.context.spans.of(&check.expr)),
            ColumnOption::Default(expr) => {
                let span = self.context.spans.of(expr);
                let bound = builder.bind_default(self.resolved.ty, expr, self.context.spans);
                self.set_default(builder, bound.map_or(Default::None, Default::Expr), span);
            }
            ColumnOption::Generated { generated_as, sequence_options, .. } => {
                let span = words(&["GENERATED"]);
                if matches!(generated_as, GeneratedAs::ExpStored) {
                    let help = "write the expression in the queries that need it";
                    builder.report(unsupported(span, "a generated column").help(help));
                    return;
                }
                if sequence_options.as_ref().is_some_and(|options| !options.is_empty()) {
                    let help = "leave the parenthesis out: numbers start at 1, or after the highest one in the table";
                    builder.report(unsupported(span, "an option of the sequence").help(help));
                }
                self.set_identity(builder, matches!(generated_as, GeneratedAs::Always), span);
            }
            ColumnOption::Collation(collation) => {
                let last = collation.0.last().and_then(|part| part.as_ident()).map(|i| i.value.as_str());
                if !matches!(last, Some("C" | "POSIX" | "default" | "ucs_basic")) {
                    let span = self.context.spans.of(collation);
                    builder.report(
                        unsupported(span, "this collation")
                            .help("text compares by code points, as with COLLATE \"C\""),
                    );
                }
            }
            _ => {
                let span = self.context.spans.declaration(self.span);
                builder.report(unsupported(span, "an option of this column").help("remove it"));
            }
        }
    }

    fn set_nullable(&mut self, builder: &mut Builder<'_>, nullable: bool, span: Span) {
        match self.nullable {
            Some((other, first)) if other != nullable => {
                let message = format!("the column `{}` is declared both NULL and NOT NULL", self.name);
                builder.report(invalid(span, message).also(first, "it is the other here"));
            }
            _ => self.nullable = Some((nullable, span)),
        }
    }

    fn set_default(&mut self, builder: &mut Builder<'_>, default: Default, span: Span) {
        match &self.default {
            Some((_, first)) => {
                let message = format!("the column `{}` has two defaults", self.name);
                builder.report(invalid(span, message).also(*first, "the first one"));
            }
            None => self.default = Some((default, span)),
        }
    }

    fn set_identity(&mut self, builder: &mut Builder<'_>, always: bool, span: Span) {
        if !self.resolved.ty.is_integer() && self.resolved.ty != Type::Error {
            let message = format!(
                "an identity column is SMALLINT, INTEGER or BIGINT, not {}",
                builder.catalog.type_name(self.resolved.ty)
            );
            builder.report(invalid(span, message));
        }
        self.set_nullable(builder, false, span);
        self.set_default(builder, Default::Identity { always }, span);
    }
}

/// The integer type behind a SERIAL.
fn serial(written: &ast::DataType) -> Option<Type> {
    let ast::DataType::Custom(name, modifiers) = written else { return None };
    let [part] = name.0.as_slice() else { return None };
    let ident = part.as_ident().filter(|ident| ident.quote_style.is_none() && modifiers.is_empty())?;
    match fold(ident).as_str() {
        "smallserial" | "serial2" => Some(Type::SmallInt),
        "serial" | "serial4" => Some(Type::Integer),
        "bigserial" | "serial8" => Some(Type::BigInt),
        _ => None,
    }
}
