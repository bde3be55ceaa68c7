//! Foreign keys.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::super::expr::Code;
use super::super::table_names::{row_type, table_field};
use super::super::types::tuple;
use super::{column_fields, index};
use crate::catalog::{Catalog, ColumnId, ForeignKey, OnDelete, Table, TableIndex};
use crate::types::Type;

/// The marker type of a foreign key and what the store asks of it.
pub(super) fn emit(catalog: &Catalog, child: &Table, key: &ForeignKey, marker: &Ident) -> TokenStream {
    let parent = catalog.table(key.table);
    let (child_row, parent_row) = (row_type(child), row_type(parent));
    let (child_field, parent_field) = (table_field(child), table_field(parent));
    let name = &key.name;
    let doc = format!("The foreign key `{}` of `{}`.", key.name, child.name);
    let on_delete = match key.on_delete {
        OnDelete::NoAction => quote!(NoAction),
        OnDelete::Restrict => quote!(Restrict),
        OnDelete::Cascade => quote!(Cascade),
        OnDelete::SetNull => quote!(SetNull),
    };
    let child_fields = column_fields(&child.columns);
    let parent_fields = column_fields(&parent.columns);
    let same = |columns: &[ColumnId], fields: &[Ident]| {
        let parts = columns.iter().map(|c| {
            let field = &fields[c.0 as usize];
            quote!(old.#field == new.#field)
        });
        quote!(#(#parts)&&*)
    };
    let same_reference = same(&key.columns, &child_fields);
    let same_referenced = same(&key.referenced, &parent_fields);
    // The parent is found through its unique index, in that index's order of columns.
    let (parent_index, parent_index_field) = covering(parent, &key.referenced);
    let satisfied = converted(child, &key.columns, parent, &key.referenced, &parent_index, &quote!(child));
    let (child_index, child_index_field) = covering(child, &key.columns);
    let sought = converted(parent, &key.referenced, child, &key.columns, &child_index, &quote!(parent));
    let unique_child = child_index.constraint.is_some();
    let (children, first_child) = if unique_child {
        (
            quote!(key.and_then(|key| indexes.#child_index_field.find(rows, key)).into_iter().collect()),
            quote!(rows.get(indexes.#child_index_field.find(rows, key?)?)),
        )
    } else {
        (
            quote!(key.into_iter().flat_map(|key| indexes.#child_index_field.matches(rows, key)).map(|(id, _)| id).collect()),
            quote!(indexes.#child_index_field.matches(rows, key?).next().map(|(_, row)| row)),
        )
    };
    let clear = (key.on_delete == OnDelete::SetNull).then(|| {
        let fields = key.columns.iter().map(|c| &child_fields[c.0 as usize]);
        quote!(#(child.#fields = None;)*)
    });
    let nullable = key.columns.iter().filter(|c| child.column(**c).nullable).map(|c| {
        let field = &child_fields[c.0 as usize];
        quote!(child.#field.is_none())
    });
    let described = TableIndex { name: String::new(), columns: key.columns.clone(), constraint: None };
    let describe = index::describe(child, &described, &quote!(child));
    quote! {
        #[doc = #doc]
        #[derive(Clone, Copy, Debug)]
        pub struct #marker;

        impl ::cosmictron::store::ForeignKey for #marker {
            type Child = #child_row;
            type Parent = #parent_row;
            type Schema = Schema;
            const NAME: &'static str = #name;
            const ON_DELETE: ::cosmictron::store::OnDelete = ::cosmictron::store::OnDelete::#on_delete;

            fn satisfied(tables: &Tables, child: &#child_row) -> bool {
                if false #(|| #nullable)* {
                    return true;
                }
                let rows = tables.#parent_field.rows();
                let key = (|| #satisfied)();
                key.is_some_and(|key| tables.#parent_field.indexes().#parent_index_field.find(rows, key).is_some())
            }

            fn same_reference(old: &#child_row, new: &#child_row) -> bool {
                #same_reference
            }

            fn same_referenced(old: &#parent_row, new: &#parent_row) -> bool {
                #same_referenced
            }

            fn children(tables: &Tables, parent: &#parent_row) -> Vec<::cosmictron::store::RowId> {
                let rows = tables.#child_field.rows();
                let indexes = tables.#child_field.indexes();
                let key = (|| #sought)();
                #children
            }

            fn first_child<'t>(tables: &'t Tables, parent: &'t #parent_row) -> Option<&'t #child_row> {
                let rows = tables.#child_field.rows();
                let indexes = tables.#child_field.indexes();
                let key = (|| #sought)();
                #first_child
            }

            fn clear(child: &mut #child_row) {
                #clear
                let _ = child;
            }

            fn describe(child: &#child_row) -> String {
                #describe
            }
        }
    }
}

/// The index over exactly these columns, in whatever order.
fn covering(table: &Table, columns: &[ColumnId]) -> (TableIndex, Ident) {
    let names = index::index_names(table);
    let covers = |index: &TableIndex| {
        index.columns.len() == columns.len() && columns.iter().all(|c| index.columns.contains(c))
    };
    let exact = names.iter().position(|(index, ..)| index.columns == columns);
    let at = exact.or_else(|| names.iter().position(|(index, ..)| covers(index))).unwrap_or(0);
    let (index, field, _) = names[at].clone();
    (index, field)
}

/// An `Option` of the key of `index` (of `to`) read from a row of `from`, whose columns correspond to those of `to`.
fn converted(
    from: &Table,
    from_columns: &[ColumnId],
    to: &Table,
    to_columns: &[ColumnId],
    index: &TableIndex,
    row: &TokenStream,
) -> TokenStream {
    let fields = column_fields(&from.columns);
    let parts: Vec<_> = index
        .columns
        .iter()
        .filter_map(|c| {
            let at = to_columns.iter().position(|t| t == c)?;
            let column = from.column(from_columns[at]);
            let field = &fields[from_columns[at].0 as usize];
            let code = Code::place(quote!(#row.#field), column.ty, column.nullable).tokens;
            let value = if column.nullable { quote!(#code?) } else { code };
            Some(convert_integer(value, column.ty, to.column(*c).ty))
        })
        .collect();
    let key = tuple(&parts);
    quote!(Some(#key))
}

/// Integers of different widths may reference each other; one that does not fit references nothing.
fn convert_integer(value: TokenStream, from: Type, to: Type) -> TokenStream {
    let rust = match to {
        Type::SmallInt => quote!(i16),
        Type::Integer => quote!(i32),
        Type::BigInt => quote!(i64),
        _ => return value,
    };
    if from == to || !from.is_integer() {
        value
    } else if from < to {
        quote!(#rust::from(#value))
    } else {
        quote!(#rust::try_from(#value).ok()?)
    }
}
