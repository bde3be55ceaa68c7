//! A group's chain: for each input, the function that takes a change of it through filters and joins to the group.

use std::collections::BTreeSet;

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::expr::{Code, Scope};
use super::group::GroupNames;
use super::naming::{pascal, snake};
use super::schema::{column_fields, index_names};
use super::states::{self, States};
use super::text::comment;
use super::types::tuple;
use super::window;
use crate::algebra::{CompareOp, Expr, ExprKind, ExprText};
use crate::catalog::{Catalog, TableId};
use crate::circuit::Group;
use crate::schedule::{Access, IndexRef, Lookup, Port};
use crate::types::Type;

/// Everything the code of a chain refers to.
pub(crate) struct Chain<'a> {
    pub catalog: &'a Catalog,
    pub group: &'a Group,
    pub names: &'a GroupNames,
    pub states: &'a States,
}

impl Chain<'_> {
    /// The function of a port.
    pub(crate) fn port(&self, input: usize, port: &Port) -> TokenStream {
        let function = &self.names.ports[input];
        let row = self.row_type(input);
        let mut bound = vec![input];
        let mut filters = self.window_filter(input, &bound);
        filters.extend(
            self.predicates(&port.predicates.iter().map(|p| p.expr.clone()).collect::<Vec<_>>(), &bound),
        );
        let rest = self.lookups(input, &port.lookups, &mut bound);
        let change = if self.is_temporal(input) {
            quote!(Option<(&'r #row, ::cosmictron::Timestamp)>)
        } else {
            quote!(Option<&'r #row>)
        };
        let doc = format!("A change of `{}`.", self.group.inputs[input].alias);
        let skip = self.names.self_join.then(|| quote!(skip: Option<::cosmictron::store::RowId>,));
        quote! {
            #[doc = #doc]
            fn #function<'r>(
                &mut self,
                tables: &'r super::schema::Tables,
                indexes: &'r super::indexes::Indexes,
                #skip
                old: #change,
                new: #change,
            ) {
                let _ = (tables, indexes);
                self.work += 1;
                #filters
                #rest
            }
        }
    }

    pub(crate) fn is_temporal(&self, input: usize) -> bool {
        self.group.windows.iter().any(|w| w.input == input)
    }

    pub(crate) fn row_type(&self, input: usize) -> TokenStream {
        let row = pascal(&self.catalog.table(self.group.inputs[input].table).name);
        quote!(super::schema::#row)
    }

    /// The pattern that binds an input's variables, which is also the expression that makes it.
    fn element(&self, input: usize) -> TokenStream {
        let alias = &self.names.aliases[input];
        if self.is_temporal(input) {
            let now = self.now(input);
            quote!((#alias, #now))
        } else {
            quote!(#alias)
        }
    }

    /// The variables of the inputs that are there, as a value.
    fn environment(&self, bound: &[usize]) -> TokenStream {
        tuple(&bound.iter().map(|i| self.element(*i)).collect::<Vec<_>>())
    }

    /// The same as a closure's parameter.
    fn parameter(&self, bound: &[usize]) -> TokenStream {
        let types = bound.iter().map(|i| {
            let row = self.row_type(*i);
            if self.is_temporal(*i) { quote!((&'r #row, ::cosmictron::Timestamp)) } else { quote!(&'r #row) }
        });
        let types = tuple(&types.collect::<Vec<_>>());
        let environment = self.environment(bound);
        quote!(#environment: #types)
    }

    /// The variable of an input's clock.
    fn now(&self, input: usize) -> Ident {
        format_ident!("{}_now", self.names.aliases[input].to_string().trim_start_matches("r#"))
    }

    /// The column of an input as a field of its row variable.
    fn column(&self, column: usize) -> Code {
        let at = self.group.inputs.iter().rposition(|i| i.first <= column).unwrap_or(0);
        let input = &self.group.inputs[at];
        let table = self.catalog.table(input.table);
        let alias = &self.names.aliases[at];
        let field = &column_fields(&table.columns)[column - input.first];
        let declared = &table.columns[column - input.first];
        Code::place(quote!(#alias.#field), declared.ty, declared.nullable)
    }

    fn code(&self, expr: &Expr) -> Code {
        Scope { catalog: self.catalog, column: &|c| self.column(c) }.code(expr)
    }

    /// The joins of a port from here on, then the group.
    fn lookups(&self, from: usize, lookups: &[Lookup], bound: &mut Vec<usize>) -> TokenStream {
        let Some((lookup, rest)) = lookups.split_first() else { return self.sink(bound) };
        let before = self.parameter(bound);
        let key = self.key(&lookup.access, bound);
        bound.push(lookup.input);
        let after = self.environment(bound);
        let clock = self.is_temporal(lookup.input).then(|| {
            let (now, expiry) = (self.now(lookup.input), &self.names.expiries[lookup.input]);
            quote!(let #now = self.#expiry.now();)
        });
        let mut filters = self.window_filter(lookup.input, bound);
        let equalities = lookup.equalities.iter().map(|(l, r)| equality(l, r));
        let tests: Vec<Expr> = equalities.chain(lookup.predicates.iter().map(|p| p.expr.clone())).collect();
        filters.extend(self.predicates(&tests, bound));
        let rest = self.lookups(from, rest, bound);
        let note = comment(&format!("JOIN {} ON {}", self.table_text(lookup.input), self.key_text(lookup)));
        let alias = &self.names.aliases[lookup.input];
        let (rows, index) = self.index(&lookup.access.index, lookup.input);
        let skips = self.names.self_join
            && lookup.input < from
            && self.group.inputs[lookup.input].table == self.group.inputs[from].table;
        if lookup.access.is_unique() {
            let skip = skips.then(|| {
                quote!(if Some(id) == skip {
                    return None;
                })
            });
            quote! {
                #note
                #clock
                let (rows, index) = (#rows, #index);
                let find = |#before| {
                    let id = index.find(rows, #key)?;
                    #skip
                    let #alias = rows.get(id)?;
                    Some(#after)
                };
                let (old, new) = (old.and_then(find), new.and_then(find));
                #filters
                #rest
            }
        } else {
            let skip = skips.then(|| {
                quote!(if Some(id) == skip {
                    continue;
                })
            });
            quote! {
                #note
                #clock
                let (rows, index) = (#rows, #index);
                let key = |#before| Some(#key);
                let matches = |key| index.matches(rows, key);
                for pair in ::cosmictron::operators::pairs(old.and_then(key), new.and_then(key), matches) {
                    let (id, #alias) = pair.item;
                    let _ = id;
                    #skip
                    let old = old.filter(|_| pair.old).map(|#before| #after);
                    let new = new.filter(|_| pair.new).map(|#before| #after);
                    #filters
                    #rest
                }
            }
        }
    }

    fn index(&self, index: &IndexRef, input: usize) -> (TokenStream, TokenStream) {
        let table = self.catalog.table(self.group.inputs[input].table);
        let field = snake(&table.name);
        let rows = quote!(tables.#field.rows());
        match index {
            IndexRef::Table(wanted) => {
                let names = index_names(table);
                let name = names.into_iter().find(|(index, ..)| index == wanted).map(|(_, field, _)| field);
                (rows, quote!(&tables.#field.indexes().#name))
            }
            IndexRef::Owned(at) => {
                let name = super::unit::owned_index_field(*at);
                (rows, quote!(&indexes.#name))
            }
        }
    }

    /// The key to look for, with `?` where a part may be NULL or does not fit the index's column.
    fn key(&self, access: &Access, _bound: &[usize]) -> TokenStream {
        let parts: Vec<_> = access
            .key
            .iter()
            .map(|part| {
                let expr = narrow(&part.expr, part.column);
                let code = self.code(expr);
                let mut tokens = code.tokens.clone();
                if code.nullable {
                    tokens = quote!((#tokens)?);
                }
                match (expr.ty, part.column) {
                    (from, to) if from == to => {}
                    (from, Type::SmallInt) if from.is_integer() => {
                        tokens = quote!(i16::try_from(#tokens).ok()?)
                    }
                    (from, Type::Integer) if from.is_integer() => {
                        tokens = quote!(i32::try_from(#tokens).ok()?)
                    }
                    (from, Type::BigInt) if from.is_integer() => tokens = quote!(i64::from(#tokens)),
                    (_, Type::Char(_)) => {}
                    _ => {}
                }
                if matches!(part.column, Type::Char(_)) {
                    quote!((#tokens).trim_end_matches(' '))
                } else {
                    tokens
                }
            })
            .collect();
        tuple(&parts)
    }

    fn sink(&self, bound: &[usize]) -> TokenStream {
        let environment = self.parameter(bound);
        let keys: Vec<_> = self.group.keys.iter().map(|k| self.code(k).into_owned_as(k.nullable)).collect();
        let key = tuple(&keys);
        let scope = Scope { catalog: self.catalog, column: &|c| self.column(c) };
        let input = states::contribution(&scope, self.group, self.states, &|w| self.window_test(w));
        let note = comment(&self.sink_text());
        let fallible = self.group.keys.iter().any(Expr::can_fail)
            || self.group.states.iter().any(|s| s.exprs().any(Expr::can_fail))
            || self.state_windows().any(|w| self.group.windows[w].row.can_fail());
        if fallible {
            quote! {
                #note
                let contribution = |#environment| -> Result<_, ::cosmictron::EvalError> { Ok((#key, #input)) };
                let old = self.errors.check(old, -1, contribution);
                let new = self.errors.check(new, 1, contribution);
                self.group.change(old, new);
            }
        } else {
            quote! {
                #note
                let contribution = |#environment| (#key, #input);
                self.group.change(old.map(contribution), new.map(contribution));
            }
        }
    }

    fn state_windows(&self) -> impl Iterator<Item = usize> {
        self.group.states.iter().filter_map(|s| s.condition()).flat_map(|c| c.windows.iter().copied())
    }

    /// The code that tests whether a window holds at its input's clock.
    fn window_test(&self, at: usize) -> TokenStream {
        let window = &self.group.windows[at];
        let (alias, now) = (&self.names.aliases[window.input], self.now(window.input));
        window::test(window, &self.names.moments[at], alias, &now)
    }

    /// The filter of an input's windows that decide whether a row passes.
    fn window_filter(&self, input: usize, bound: &[usize]) -> TokenStream {
        let windows = (0..self.group.windows.len()).filter(|w| {
            let window = &self.group.windows[*w];
            window.input == input && window.filters
        });
        let mut fallible = false;
        let tests: Vec<_> = windows
            .map(|w| {
                fallible |= self.group.windows[w].row.can_fail();
                self.window_test(w)
            })
            .collect();
        if tests.is_empty() {
            return TokenStream::new();
        }
        let note = comment(&format!("WHERE {}", self.window_text(input)));
        let filter = self.filter(bound, &quote!(#(#tests)&&*), fallible);
        quote!(#note #filter)
    }

    fn predicates(&self, predicates: &[Expr], bound: &[usize]) -> TokenStream {
        let filters = predicates.iter().map(|predicate| {
            let note = comment(&format!("WHERE {}", text(predicate, self.group)));
            let filter = self.filter(bound, &self.code(predicate).is_true(), predicate.can_fail());
            quote!(#note #filter)
        });
        quote!(#(#filters)*)
    }

    fn filter(&self, bound: &[usize], test: &TokenStream, fallible: bool) -> TokenStream {
        let (parameter, environment) = (self.parameter(bound), self.environment(bound));
        if fallible {
            quote! {
                let keep = |#parameter| -> Result<_, ::cosmictron::EvalError> {
                    Ok(if #test { Some(#environment) } else { None })
                };
                let old = self.errors.check(old, -1, keep).flatten();
                let new = self.errors.check(new, 1, keep).flatten();
            }
        } else {
            quote! {
                let keep = |#parameter| if #test { Some(#environment) } else { None };
                let (old, new) = (old.and_then(keep), new.and_then(keep));
            }
        }
    }

    /// The columns that a port reads of its input, as a mask.
    pub(crate) fn mask(&self, input: usize) -> u64 {
        let range = &self.group.inputs[input];
        let group = self.group;
        let exprs = group
            .predicates
            .iter()
            .map(|p| &p.expr)
            .chain(group.equalities.iter().flat_map(|e| [&e.left, &e.right]))
            .chain(group.windows.iter().map(|w| &w.row))
            .chain(&group.keys)
            .chain(group.states.iter().flat_map(|s| s.exprs()));
        let read: BTreeSet<usize> = exprs.flat_map(|e| e.columns()).collect();
        let own = read.into_iter().filter(|c| (range.first..range.first + range.width).contains(c));
        own.fold(0, |mask, c| mask | 1u64 << (c - range.first).min(63))
    }

    fn table_text(&self, input: usize) -> String {
        let input = &self.group.inputs[input];
        let name = &self.catalog.table(input.table).name;
        if *name == input.alias { name.clone() } else { format!("{name} {}", input.alias) }
    }

    fn key_text(&self, lookup: &Lookup) -> String {
        let sought: Vec<_> = lookup.access.key.iter().map(|part| text(&part.expr, self.group)).collect();
        let index = match &lookup.access.index {
            IndexRef::Table(index) => {
                let table = self.catalog.table(self.group.inputs[lookup.input].table);
                index.columns.iter().map(|c| table.column(*c).name.clone()).collect::<Vec<_>>()
            }
            IndexRef::Owned(_) => vec!["key".to_owned()],
        };
        format!("({}) = ({})", index.join(", "), sought.join(", "))
    }

    fn window_text(&self, input: usize) -> String {
        let windows = self.group.windows.iter().filter(|w| w.input == input && w.filters);
        windows.map(|w| window::text(w, self.group)).collect::<Vec<_>>().join(" AND ")
    }

    fn sink_text(&self) -> String {
        let keys: Vec<_> = self.group.keys.iter().map(|k| text(k, self.group)).collect();
        if keys.is_empty() {
            "into the only group".to_owned()
        } else {
            format!("GROUP BY {}", keys.join(", "))
        }
    }

    /// The tables that a table's change reaches, as positions of inputs.
    pub(crate) fn inputs_of(&self, table: TableId) -> Vec<usize> {
        (0..self.group.inputs.len()).filter(|i| self.group.inputs[*i].table == table).collect()
    }
}

/// An expression as a comment shows it.
pub(crate) fn text(expr: &Expr, group: &Group) -> String {
    let shown = ExprText(expr, &group.fields).to_string();
    // Column numbers are for the text form of the algebra.
    let mut result = String::with_capacity(shown.len());
    let mut chars = shown.chars().peekable();
    while let Some(c) = chars.next() {
        if c == '#' && chars.peek().is_some_and(char::is_ascii_digit) {
            while chars.peek().is_some_and(char::is_ascii_digit) {
                chars.next();
            }
        } else {
            result.push(c);
        }
    }
    result
}

fn equality(left: &Expr, right: &Expr) -> Expr {
    Expr {
        ty: Type::Boolean,
        nullable: left.nullable || right.nullable,
        span: left.span,
        kind: ExprKind::Compare(CompareOp::Eq, Box::new(left.clone()), Box::new(right.clone())),
    }
}

/// Without casts that only widen an integer beyond the index's column.
fn narrow(expr: &Expr, column: Type) -> &Expr {
    match &expr.kind {
        ExprKind::Cast(inner) if inner.ty.is_integer() && expr.ty.is_integer() && expr.ty != column => {
            narrow(inner, column)
        }
        _ => expr,
    }
}
