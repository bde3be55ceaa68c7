//! A group's chain: for each input, the function that takes a change of it through filters and joins to the group.

pub(crate) mod filters;
mod notes;

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::expr::{Code, Scope};
use super::group::{GroupNames, module_name};
use super::published::Reader;
use super::schema::{column_fields, index_names};
use super::states::{self, States};
use super::table_names::{row_type, table_field};
use super::text::comment;
use super::types::tuple;
use crate::algebra::{Expr, ExprKind};
use crate::catalog::{Catalog, TableId};
use crate::circuit::group::input_of;
use crate::circuit::{Circuit, Group, GroupId, Predicate, Source};
use crate::schedule::{Access, IndexRef, Lookup, Port};
use crate::types::Type;

/// Everything the code of a chain refers to.
pub(crate) struct Chain<'a> {
    pub catalog: &'a Catalog,
    pub circuit: &'a Circuit,
    pub group: &'a Group,
    pub names: &'a GroupNames,
    /// The states of all groups.
    pub states: &'a [States],
    /// The group's own.
    pub own: &'a States,
}

impl Chain<'_> {
    /// The function of a port.
    pub(crate) fn port(&self, input: usize, port: &Port) -> TokenStream {
        let function = &self.names.ports[input];
        let row = self.row_type(input);
        let groups = self.group_parameters(&port.groups());
        let mut bound = vec![input];
        let first_and_last = port.test.as_ref().map(|access| self.first_and_last(input, access));
        let id = first_and_last.as_ref().map(|_| quote!(id: ::cosmictron::store::RowId,));
        let mut filters = self.window_filters(&[input], &bound, false);
        filters.extend(self.predicates(&exprs(&port.predicates), &bound));
        let same = filters::beyond_tests(port).map(|_| quote!(same: bool,));
        if same.is_some() {
            filters.extend(quote! {
                if same && old.is_some() == new.is_some() {
                    return;
                }
            });
        }
        let rest = self.lookups(input, port, &port.lookups, &mut bound);
        let change = if self.is_temporal(input) {
            quote!(Option<(#row, ::cosmictron::Timestamp)>)
        } else {
            quote!(Option<#row>)
        };
        let doc = format!("A change of `{}`.", self.group.inputs[input].alias);
        let skip = self.names.self_join.then(|| quote!(skip: Option<::cosmictron::store::RowId>,));
        quote! {
            #[doc = #doc]
            fn #function<'r>(
                &mut self,
                tables: &'r super::schema::Tables,
                indexes: &'r super::indexes::Indexes,
                #groups
                #skip
                #same
                #id
                old: #change,
                new: #change,
            ) {
                let _ = (tables, indexes);
                self.work += 1;
                #first_and_last
                #filters
                #rest
            }
        }
    }

    pub(crate) fn is_temporal(&self, input: usize) -> bool {
        super::group::is_temporal(self.group, input)
    }

    /// The type of an input's row variable: a reference to a table's row, or to a group's key and value.
    pub(super) fn row_type(&self, input: usize) -> TokenStream {
        match &self.group.inputs[input].source {
            Source::Table(table) => {
                let row = row_struct(self.catalog, *table);
                quote!(&'r #row)
            }
            Source::Group { group, .. } => {
                let module = module_name(self.circuit.group(*group));
                quote!((&'r super::#module::Key, &'r super::#module::Value))
            }
        }
    }

    /// The parameters by which other groups are passed to a port that looks into them.
    pub(crate) fn group_parameters(&self, groups: &[GroupId]) -> TokenStream {
        let modules: Vec<Ident> = groups.iter().map(|g| module_name(self.circuit.group(*g))).collect();
        quote!(#(#modules: &'r super::#modules::Group,)*)
    }

    /// The arguments that pass them on.
    pub(crate) fn group_arguments(&self, groups: &[GroupId]) -> TokenStream {
        let modules = groups.iter().map(|g| module_name(self.circuit.group(*g)));
        quote!(#(#modules,)*)
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
    pub(super) fn environment(&self, bound: &[usize]) -> TokenStream {
        tuple(&bound.iter().map(|i| self.element(*i)).collect::<Vec<_>>())
    }

    /// The same as a closure's parameter.
    pub(super) fn parameter(&self, bound: &[usize]) -> TokenStream {
        let types = bound.iter().map(|i| {
            let row = self.row_type(*i);
            if self.is_temporal(*i) { quote!((#row, ::cosmictron::Timestamp)) } else { row }
        });
        let types = tuple(&types.collect::<Vec<_>>());
        let environment = self.environment(bound);
        quote!(#environment: #types)
    }

    /// The variable of an input's clock.
    fn now(&self, input: usize) -> Ident {
        format_ident!("{}_now", self.names.aliases[input].to_string().trim_start_matches("r#"))
    }

    /// The column of an input, read from its row variable.
    pub(crate) fn column(&self, column: usize) -> Code {
        let at = input_of(&self.group.inputs, column);
        let input = &self.group.inputs[at];
        let alias = &self.names.aliases[at];
        match &input.source {
            Source::Table(table) => {
                let table = self.catalog.table(*table);
                let field = &column_fields(&table.columns)[column - input.first];
                let declared = &table.columns[column - input.first];
                Code::place(quote!(#alias.#field), declared.ty, declared.nullable)
            }
            Source::Group { group, published } => self.reader(*group).code(
                &published[column - input.first],
                &quote!(#alias.0),
                &quote!(#alias.1),
            ),
        }
    }

    fn reader(&self, group: GroupId) -> Reader<'_> {
        Reader { group: self.circuit.group(group), states: &self.states[group.0 as usize] }
    }

    /// Whether evaluating an expression can fail, or reading what it reads.
    fn can_fail(&self, expr: &Expr) -> bool {
        let reading_fails = |column: usize| {
            let input = &self.group.inputs[input_of(&self.group.inputs, column)];
            match &input.source {
                Source::Table(_) => false,
                Source::Group { group, published } => {
                    self.reader(*group).fails(&published[column - input.first])
                }
            }
        };
        expr.can_fail() || expr.columns().into_iter().any(reading_fails)
    }

    fn code(&self, expr: &Expr) -> Code {
        Scope { catalog: self.catalog, column: &|c| self.column(c) }.code(expr)
    }

    /// The joins of a port from here on, then the group.
    fn lookups(&self, from: usize, port: &Port, lookups: &[Lookup], bound: &mut Vec<usize>) -> TokenStream {
        let Some((lookup, rest)) = lookups.split_first() else { return self.sink(port, bound) };
        let before = self.parameter(bound);
        let key = self.key(&lookup.access);
        if self.group.inputs[lookup.input].is_tested() {
            let test = self.match_test(lookup, bound);
            let filters = self.predicates(&exprs(&lookup.predicates), bound);
            let rest = self.lookups(from, port, rest, bound);
            return quote!(#test #filters #rest);
        }
        let joined = self.environment(bound);
        bound.push(lookup.input);
        let after = self.environment(bound);
        let clock = self.is_temporal(lookup.input).then(|| {
            let (now, expiry) = (self.now(lookup.input), &self.names.expiries[lookup.input]);
            quote!(let #now = self.#expiry.now();)
        });
        let mut filters = self.window_filters(&[lookup.input], bound, false);
        let equalities = lookup.equalities.iter().map(|(l, r)| Expr::equal(l.clone(), r.clone()));
        let tests: Vec<Expr> = equalities.chain(exprs(&lookup.predicates)).collect();
        filters.extend(self.predicates(&tests, bound));
        let rest = self.lookups(from, port, rest, bound);
        let note = self.join_note("JOIN", lookup);
        let alias = &self.names.aliases[lookup.input];
        if let IndexRef::Group(group) = lookup.access.index {
            let module = module_name(self.circuit.group(group));
            return quote! {
                #note
                let key = |#before| Some(#key);
                let (old_match, new_match) = ::cosmictron::operators::unique_matches(
                    old.and_then(key),
                    new.and_then(key),
                    |key| #module.group.find(&key),
                );
                let old = old.zip(old_match).map(|(#joined, #alias)| #after);
                let new = new.zip(new_match).map(|(#joined, #alias)| #after);
                #filters
                #rest
            };
        }
        let (rows, index) = self.index(&lookup.access.index, lookup.input);
        let skips = self.names.self_join
            && lookup.input < from
            && self.group.inputs[lookup.input].source == self.group.inputs[from].source;
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
                let key = |#before| Some(#key);
                let find = |key| {
                    let id = index.find(rows, key)?;
                    #skip
                    rows.get(id)
                };
                let (old_match, new_match) =
                    ::cosmictron::operators::unique_matches(old.and_then(key), new.and_then(key), find);
                let old = old.zip(old_match).map(|(#joined, #alias)| #after);
                let new = new.zip(new_match).map(|(#joined, #alias)| #after);
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

    pub(super) fn index(&self, index: &IndexRef, input: usize) -> (TokenStream, TokenStream) {
        let Some(table) = self.group.inputs[input].table().map(|t| self.catalog.table(t)) else {
            return (TokenStream::new(), TokenStream::new());
        };
        let field = table_field(table);
        let rows = quote!(tables.#field.rows());
        match index {
            IndexRef::Group(_) => (TokenStream::new(), TokenStream::new()),
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
    pub(super) fn key(&self, access: &Access) -> TokenStream {
        let parts: Vec<_> = access
            .key
            .iter()
            .map(|part| {
                let expr = narrow(&part.expr, part.column);
                let code = self.code(expr);
                if let IndexRef::Group(_) = access.index {
                    return group_key_part(code, part.nullable);
                }
                let tokens = code.into_index_key(part.owned);
                match (expr.ty, part.column) {
                    (from, to) if from == to => tokens,
                    (from, Type::SmallInt) if from.is_integer() => quote!(i16::try_from(#tokens).ok()?),
                    (from, Type::Integer) if from.is_integer() => quote!(i32::try_from(#tokens).ok()?),
                    (from, Type::BigInt) if from.is_integer() => quote!(i64::from(#tokens)),
                    _ => tokens,
                }
            })
            .collect();
        tuple(&parts)
    }

    /// The end of a port: what can fail is tested, and the rows that are left go to their groups.
    fn sink(&self, port: &Port, bound: &[usize]) -> TokenStream {
        let mut filters = self.predicates(&exprs(&port.last), bound);
        filters.extend(self.window_filters(bound, bound, true));
        let environment = self.parameter(bound);
        let keys: Vec<_> = self.group.keys.iter().map(|k| self.code(k).into_owned_as(k.nullable)).collect();
        let key = tuple(&keys);
        let scope = Scope { catalog: self.catalog, column: &|c| self.column(c) };
        let input = states::contribution(&scope, self.group, self.own, &|w| self.window_test(w));
        let note = comment(&self.sink_text());
        let fallible = self.group.keys.iter().any(|e| self.can_fail(e))
            || self.group.states.iter().any(|s| s.exprs().any(|e| self.can_fail(e)))
            || self.state_windows().any(|w| self.group.windows[w].row.can_fail());
        if fallible {
            quote! {
                #filters
                #note
                let contribution = |#environment| -> Result<_, ::cosmictron::EvalError> { Ok((#key, #input)) };
                let old = self.errors.check(old, -1, contribution);
                let new = self.errors.check(new, 1, contribution);
                self.group.change(old, new);
            }
        } else {
            quote! {
                #filters
                #note
                let contribution = |#environment| (#key, #input);
                self.group.change(old.map(contribution), new.map(contribution));
            }
        }
    }

    /// The tables that a table's change reaches, as positions of inputs.
    pub(crate) fn inputs_of(&self, table: TableId) -> Vec<usize> {
        (0..self.group.inputs.len()).filter(|i| self.group.inputs[*i].table() == Some(table)).collect()
    }
}

/// The struct of a table's rows, as seen from a module beside the schema's.
pub(crate) fn row_struct(catalog: &Catalog, table: TableId) -> TokenStream {
    let row = row_type(catalog.table(table));
    quote!(super::schema::#row)
}

/// A part of a group's key, owned; what is NULL finds nothing.
fn group_key_part(code: Code, nullable: bool) -> TokenStream {
    let optional = code.nullable;
    let mut tokens = code.into_owned();
    if optional {
        tokens = quote!((#tokens)?);
    }
    if nullable { quote!(Some(#tokens)) } else { tokens }
}

fn exprs(predicates: &[Predicate]) -> Vec<Expr> {
    predicates.iter().map(|p| p.expr.clone()).collect()
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
