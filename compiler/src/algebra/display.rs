//! The text form of the algebra: one operator a line, inputs indented below it.

use std::fmt;

use cosmictron_types::{Date, Interval, Time, Timestamp};

use super::{Aggregate, Expr, ExprKind, Field, Literal, Query, Relation, RelationKind, SortKey};

impl fmt::Display for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "query {}", self.name)?;
        if !self.order.is_empty() {
            write!(f, " order by {}", sort_keys(&self.order, &self.root.columns))?;
        }
        if self.visible < self.root.columns.len() {
            write!(f, " visible {}", self.visible)?;
        }
        writeln!(f)?;
        self.root.write(f, 1)
    }
}

impl fmt::Display for Relation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write(f, 0)
    }
}

impl Relation {
    fn write(&self, f: &mut fmt::Formatter<'_>, depth: usize) -> fmt::Result {
        let pad = "  ".repeat(depth);
        match &self.kind {
            RelationKind::Scan { table: _, alias } => {
                writeln!(f, "{pad}scan {alias}({})", fields(&self.columns))
            }
            RelationKind::Join { left, right, condition } => {
                match condition {
                    Some(c) => {
                        writeln!(f, "{pad}join on {}", ExprText(c, &self.columns))?;
                    }
                    None => writeln!(f, "{pad}join")?,
                }
                left.write(f, depth + 1)?;
                right.write(f, depth + 1)
            }
            RelationKind::SemiJoin { left, right, condition, anti } => {
                let columns: Vec<Field> = left.columns.iter().chain(&right.columns).cloned().collect();
                let on: Vec<_> = condition.iter().map(|c| ExprText(c, &columns).to_string()).collect();
                let kind = if *anti { "anti-join" } else { "semi-join" };
                writeln!(f, "{pad}{kind} on {}", on.join(" and "))?;
                left.write(f, depth + 1)?;
                right.write(f, depth + 1)
            }
            RelationKind::Filter { input, predicate } => {
                writeln!(f, "{pad}filter {}", ExprText(predicate, &input.columns))?;
                input.write(f, depth + 1)
            }
            RelationKind::Aggregate { input, keys, aggregates } => {
                let keys: Vec<_> = keys.iter().map(|k| ExprText(k, &input.columns).to_string()).collect();
                let aggregates: Vec<_> =
                    aggregates.iter().map(|a| AggregateText(a, &input.columns).to_string()).collect();
                writeln!(f, "{pad}aggregate [{}] by [{}]", aggregates.join(", "), keys.join(", "))?;
                input.write(f, depth + 1)
            }
            RelationKind::Project { input, columns } => {
                let columns: Vec<_> = columns
                    .iter()
                    .zip(&self.columns)
                    .map(|(e, field)| {
                        let null = if field.nullable { "?" } else { "" };
                        format!("{}: {}{null} = {}", field.name, field.ty, ExprText(e, &input.columns))
                    })
                    .collect();
                writeln!(f, "{pad}project [{}]", columns.join(", "))?;
                input.write(f, depth + 1)
            }
            RelationKind::Limit { input, order, limit, offset } => {
                write!(f, "{pad}limit")?;
                if let Some(limit) = limit {
                    write!(f, " {limit}")?;
                }
                if *offset > 0 {
                    write!(f, " offset {offset}")?;
                }
                if !order.is_empty() {
                    write!(f, " by {}", sort_keys(order, &input.columns))?;
                }
                writeln!(f)?;
                input.write(f, depth + 1)
            }
        }
    }
}

fn fields(columns: &[Field]) -> String {
    let columns: Vec<_> = columns
        .iter()
        .map(|c| format!("{}: {}{}", c.name, c.ty, if c.nullable { "?" } else { "" }))
        .collect();
    columns.join(", ")
}

/// The text of an `ORDER BY` over these columns.
pub(crate) fn sort_keys(keys: &[SortKey], columns: &[Field]) -> String {
    let keys: Vec<_> = keys
        .iter()
        .map(|k| {
            let name = columns.get(k.column).map_or("?", |c| c.name.as_str());
            let direction = if k.descending { " desc" } else { "" };
            let nulls = match (k.descending, k.nulls_first) {
                (true, false) => " nulls last",
                (false, true) => " nulls first",
                _ => "",
            };
            format!("{name}#{}{direction}{nulls}", k.column)
        })
        .collect();
    keys.join(", ")
}

/// An expression over named columns, written the way SQL would; columns carry their positions.
pub(crate) struct ExprText<'a>(pub &'a Expr, pub &'a [Field]);

impl fmt::Display for ExprText<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = |i: usize| match self.1.get(i) {
            Some(c) => format!("{}#{i}", c.name),
            None => format!("#{i}"),
        };
        SqlText(self.0, &name).fmt(f)
    }
}

/// An expression written the way SQL would, with whatever the function calls the columns.
pub(crate) struct SqlText<'a>(pub &'a Expr, pub &'a dyn Fn(usize) -> String);

impl fmt::Display for SqlText<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(expr, name) = self;
        let text = |e: &Expr| SqlText(e, name).to_string();
        let list = |es: &[Expr], sep: &str| es.iter().map(text).collect::<Vec<_>>().join(sep);
        match &expr.kind {
            ExprKind::Column(i) => f.write_str(&name(*i)),
            ExprKind::Literal(l) => write!(f, "{l}"),
            ExprKind::Call { function, args } if function.unit.is_some() => {
                write!(f, "{}('{}', {})", function.name, function.unit.unwrap_or_default(), list(args, ", "))
            }
            ExprKind::Call { function, args } => match args.as_slice() {
                [l, r] if !function.name.starts_with(|c: char| c.is_alphabetic()) => {
                    write!(f, "({} {} {})", text(l), function.name, text(r))
                }
                args => match function.unit {
                    Some(unit) => write!(f, "{}('{unit}', {})", function.name, list(args, ", ")),
                    None => write!(f, "{}({})", function.name, list(args, ", ")),
                },
            },
            ExprKind::Cast(e) => write!(f, "{}::{}", text(e), expr.ty),
            ExprKind::Compare(op, l, r) => write!(f, "({} {} {})", text(l), op.symbol(), text(r)),
            ExprKind::Distinct { negated, left, right } => {
                let not = if *negated { "not " } else { "" };
                write!(f, "({} is {not}distinct from {})", text(left), text(right))
            }
            ExprKind::And(es) => write!(f, "({})", list(es, " and ")),
            ExprKind::Or(es) => write!(f, "({})", list(es, " or ")),
            ExprKind::Not(e) => write!(f, "(not {})", text(e)),
            ExprKind::IsNull { negated, expr } => {
                write!(f, "({} is {}null)", text(expr), if *negated { "not " } else { "" })
            }
            ExprKind::In { negated, expr, list: values } => {
                write!(
                    f,
                    "({} {}in ({}))",
                    text(expr),
                    if *negated { "not " } else { "" },
                    list(values, ", ")
                )
            }
            ExprKind::Case { branches, otherwise } => {
                f.write_str("case")?;
                for (condition, result) in branches {
                    write!(f, " when {} then {}", text(condition), text(result))?;
                }
                if let Some(e) = otherwise {
                    write!(f, " else {}", text(e))?;
                }
                f.write_str(" end")
            }
            ExprKind::Coalesce(es) => write!(f, "coalesce({})", list(es, ", ")),
            ExprKind::Now(_) => f.write_str("now()"),
        }
    }
}

impl Expr {
    /// The expression over these columns, written the way SQL would.
    pub fn text<'a>(&'a self, columns: &'a [Field]) -> impl fmt::Display + 'a {
        ExprText(self, columns)
    }
}

/// An aggregate over named columns.
pub(crate) struct AggregateText<'a>(pub &'a Aggregate, pub &'a [Field]);

impl fmt::Display for AggregateText<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Aggregate { function, arg, distinct, filter, .. } = self.0;
        let name = function.name();
        let arg = arg.as_ref().map_or("*".to_owned(), |e| ExprText(e, self.1).to_string());
        write!(f, "{name}({}{arg})", if *distinct { "distinct " } else { "" })?;
        match filter {
            Some(e) => write!(f, " filter {}", ExprText(e, self.1)),
            None => Ok(()),
        }
    }
}

impl fmt::Display for Literal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Literal::Null => f.write_str("null"),
            Literal::Boolean(b) => write!(f, "{b}"),
            Literal::Integer(i) => write!(f, "{i}"),
            Literal::Float(bits) => write!(f, "{:?}", f64::from_bits(*bits)),
            Literal::Numeric { mantissa, scale: 0 } => write!(f, "{mantissa}"),
            Literal::Numeric { mantissa, scale } => {
                let sign = if *mantissa < 0 { "-" } else { "" };
                let digits = format!("{:0>width$}", mantissa.unsigned_abs(), width = *scale as usize + 1);
                let (whole, fraction) = digits.split_at(digits.len() - *scale as usize);
                write!(f, "{sign}{whole}.{fraction}")
            }
            Literal::Text(s) | Literal::Jsonb(s) => write!(f, "'{}'", s.replace('\'', "''")),
            Literal::Timestamp(micros) => write!(f, "timestamp '{}'", Timestamp::from_micros(*micros)),
            Literal::Date(days) => write!(f, "date '{}'", Date::from_days(*days)),
            Literal::Time(micros) => write!(f, "time '{}'", Time::from_micros(*micros)),
            Literal::Interval { months, days, micros } => {
                write!(f, "interval '{}'", Interval::new(*months, *days, *micros))
            }
            Literal::Uuid(bytes) => {
                f.write_str("uuid ")?;
                bytes.iter().try_for_each(|b| write!(f, "{b:02x}"))
            }
            Literal::Bytea(bytes) => {
                f.write_str("\\x")?;
                bytes.iter().try_for_each(|b| write!(f, "{b:02x}"))
            }
            Literal::Enum(label) => write!(f, "label#{label}"),
        }
    }
}
