//! A query's own state, and what it does in a step.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::QueryCode;
use crate::emit::group::module_name;

impl QueryCode<'_> {
    /// The query's own state and what it does in a step.
    pub(super) fn state(&self) -> TokenStream {
        let name = &self.output.name;
        let single = self.is_single();
        let node = module_name(self.group);
        let order = self.order_type();
        let (top_field, top_new) = match self.output.limit {
            Some(limit) => {
                let offset = Literal::usize_unsuffixed(usize::try_from(limit.offset).unwrap_or(usize::MAX));
                let count = match limit.limit.and_then(|l| usize::try_from(l).ok()) {
                    Some(limit) => {
                        let limit = Literal::usize_unsuffixed(limit);
                        quote!(#limit)
                    }
                    None => quote!(usize::MAX),
                };
                (
                    Some(quote!(window: ::cosmictron::operators::TopK<#order, Key, Row>,)),
                    Some(quote!(window: ::cosmictron::operators::TopK::new(#offset, #count),)),
                )
            }
            None => (None, None),
        };
        let begins = self.is_single() && (self.has_window() || self.fallible);
        let begin = begins.then(|| self.begin());
        let begun = begins.then(|| quote!(.begun()));
        let change = self.change();
        let publish = self.publish();
        let rows = self.rows();
        let get = self.get();
        let fetch = self.fetch();
        quote! {
            /// The query's part of the circuit.
            pub struct State {
                /// Where the result goes.
                pub output: ::cosmictron::subscribe::Output<Key, Row>,
                /// Groups on which an expression fails.
                pub errors: ::cosmictron::operators::Errors,
                #top_field
            }

            impl ::core::default::Default for State {
                fn default() -> Self {
                    Self {
                        output: ::cosmictron::subscribe::Output::new(#name, #single),
                        errors: ::core::default::Default::default(),
                        #top_new
                    }
                    #begun
                }
            }

            impl State {
                #begin
                #change
                #publish

                /// The rows of the result, in order.
                pub fn rows(&self, group: &super::#node::Group) -> Vec<Row> {
                    #rows
                }

                /// The row with this key.
                pub fn get(&self, group: &super::#node::Group, key: &Key) -> Option<Row> {
                    #get
                }
            }

            #fetch
        }
    }

    /// `compute(key, value)` as an `Option`, errors left out.
    fn computed(&self, key: TokenStream, value: TokenStream) -> TokenStream {
        if self.fallible {
            quote!(compute(#key, #value).ok().flatten())
        } else {
            quote!(compute(#key, #value))
        }
    }

    /// A group has changed.
    fn change(&self) -> TokenStream {
        let node = module_name(self.group);
        // An aggregation without GROUP BY has a value over no rows too.
        let defaults = self.is_single().then(|| {
            let empty = self.empty_value();
            quote! {
                let empty = if old.is_some() && new.is_some() { None } else { #empty };
                let (old, new) = (old.or(empty.as_ref()), new.or(empty.as_ref()));
            }
        });
        let computed = match (self.fallible, self.has_window()) {
            (true, window) => {
                let split = window.then(|| {
                    quote! {
                        let old = old.map(|(_, order)| order);
                        let (row, new) = new.unzip();
                        let row = || row.clone();
                    }
                });
                quote! {
                    let old = self.errors.check(old, -1, |value| compute(key, value)).flatten();
                    let new = self.errors.check(new, 1, |value| compute(key, value)).flatten();
                    #split
                }
            }
            (false, true) => quote! {
                let row = || new.and_then(|value| compute(key, value)).map(|(row, _)| row);
                let old = old.and_then(|value| order(key, value));
                let new = new.and_then(|value| order(key, value));
            },
            (false, false) => quote! {
                let old = old.and_then(|value| compute(key, value));
                let new = new.and_then(|value| compute(key, value));
            },
        };
        let idle = (!self.fallible && !self.has_window()).then(|| {
            quote!(if !self.output.is_active() {
                return;
            })
        });
        let forward = match (self.has_window(), self.is_bag()) {
            (false, false) => quote! {
                self.output.push(key.clone(), old.map(|(row, _)| row), new.map(|(row, _)| row));
            },
            (true, false) => quote! {
                self.window.change(key, old, new, row);
            },
            (false, true) => quote! {
                for copy in copies_old.min(copies_new)..copies_old.max(copies_new) {
                    let there = |copies: i64| copy < copies;
                    let old = old.as_ref().filter(|_| there(copies_old)).map(|(row, _)| row.clone());
                    let new = new.as_ref().filter(|_| there(copies_new)).map(|(row, _)| row.clone());
                    self.output.push((key.clone(), copy), old, new);
                }
            },
            (true, true) => quote! {
                for copy in copies_old.min(copies_new)..copies_old.max(copies_new) {
                    let there = |copies: i64| copy < copies;
                    let old = old.clone().filter(|_| there(copies_old));
                    let new = new.clone().filter(|_| there(copies_new));
                    self.window.change(&(key.clone(), copy), old, new, row);
                }
            },
        };
        let copies = self.is_bag().then(|| {
            quote! {
                let copies_old = old.map_or(0, |value| value.rows);
                let copies_new = new.map_or(0, |value| value.rows);
            }
        });
        quote! {
            /// What the group published has changed.
            pub fn change(
                &mut self,
                key: &super::#node::Key,
                old: Option<&super::#node::Value>,
                new: Option<&super::#node::Value>,
            ) {
                #idle
                #defaults
                #copies
                #computed
                #forward
            }
        }
    }

    /// The row over empty tables, which no change announces: a window shows it from the start, and what fails on it counts
    /// as an error until the first row comes.
    fn begin(&self) -> TokenStream {
        let empty = self.empty_value();
        let computed = if self.fallible {
            quote!(self.errors.check(empty.as_ref(), 1, |value| compute(&(), value)).flatten())
        } else {
            quote!(empty.as_ref().and_then(|value| compute(&(), value)))
        };
        let show = if self.has_window() {
            quote! {
                let (row, order) = row.unzip();
                self.window.change(&(), None, order, || row);
            }
        } else {
            quote!(let _ = row;)
        };
        quote! {
            /// With the row over empty tables.
            fn begun(mut self) -> Self {
                let empty = #empty;
                let row = #computed;
                #show
                self
            }
        }
    }

    /// The value of an aggregation without GROUP BY over no rows.
    fn empty_value(&self) -> TokenStream {
        let node = module_name(self.group);
        quote! {
            <super::#node::States as ::cosmictron::operators::Aggregates>::value(
                &::core::default::Default::default(),
                0,
            )
        }
    }

    /// The end of a step.
    fn publish(&self) -> TokenStream {
        let node = module_name(self.group);
        let window = self.has_window().then(|| {
            let order = if self.orders_alone() {
                quote!(order(key, value))
            } else {
                let computed = self.computed(quote!(key), quote!(value));
                quote!(#computed.map(|(_, order)| order))
            };
            let all = if self.is_bag() {
                quote! {
                    group.group.iter().flat_map(|(key, value)| {
                        let order = #order;
                        (0..value.rows).filter_map(move |copy| Some((order.clone()?, (key.clone(), copy))))
                    })
                }
            } else {
                quote!(group.group.iter().filter_map(|(key, value)| Some((#order?, key.clone()))))
            };
            quote! {
                if self.window.is_touched() {
                    let Self { window, output, .. } = self;
                    window.finish(
                        |key| fetch(group, key).map(|(row, _)| row),
                        || #all,
                        |key, old, new| output.push(key.clone(), old, new),
                    );
                }
            }
        });
        quote! {
            /// Ends the step. `upstream` is an error on the way to the group, if there is one.
            pub fn publish(
                &mut self,
                group: &super::#node::Group,
                upstream: Option<::cosmictron::EvalError>,
                stamp: ::cosmictron::store::Stamp,
                deliveries: &mut Vec<::cosmictron::store::Delivery>,
            ) {
                #window
                let failing = upstream.or(self.errors.first());
                if self.output.is_idle(failing) {
                    return;
                }
                // The rows are computed only for subscribers that are still owed a snapshot.
                let rows = if self.output.owes_snapshot() { self.rows(group) } else { Vec::new() };
                self.output.publish(failing, stamp, rows, deliveries);
            }
        }
    }

    fn rows(&self) -> TokenStream {
        if self.has_window() {
            return quote! {
                let _ = group;
                self.window.iter().cloned().collect()
            };
        }
        if self.is_single() {
            return quote!(fetch(group, &()).into_iter().map(|(row, _)| row).collect());
        }
        let computed = self.computed(quote!(key), quote!(value));
        let item = if self.is_bag() {
            quote! {
                rows.extend((0..value.rows).map(|copy| (order.clone(), (key.clone(), copy), row.clone())));
            }
        } else {
            quote!(rows.push((order, key.clone(), row));)
        };
        quote! {
            let mut rows = Vec::new();
            for (key, value) in group.group.iter() {
                if let Some((row, order)) = #computed {
                    #item
                }
            }
            rows.sort_unstable_by(|a, b| (&a.0, &a.1).cmp(&(&b.0, &b.1)));
            rows.into_iter().map(|(_, _, row)| row).collect()
        }
    }

    fn get(&self) -> TokenStream {
        if self.has_window() {
            quote! {
                let (_, order) = fetch(group, key)?;
                self.window.get(order, key).cloned()
            }
        } else {
            quote!(fetch(group, key).map(|(row, _)| row))
        }
    }

    /// Computes the row of a key from the group's current value.
    fn fetch(&self) -> TokenStream {
        let node = module_name(self.group);
        let order = self.order_type();
        let body = if self.is_single() {
            let computed = self.computed(quote!(key), quote!(&value));
            quote! {
                let value = group.group.total(key)?;
                #computed
            }
        } else if self.is_bag() {
            let computed = self.computed(quote!(key), quote!(value));
            quote! {
                let (key, copy) = key;
                let (_, value) = group.group.find(key)?;
                if *copy < value.rows { #computed } else { None }
            }
        } else {
            let computed = self.computed(quote!(key), quote!(value));
            quote! {
                let (_, value) = group.group.find(key)?;
                #computed
            }
        };
        quote! {
            fn fetch(group: &super::#node::Group, key: &Key) -> Option<(Row, #order)> {
                #body
            }
        }
    }
}
