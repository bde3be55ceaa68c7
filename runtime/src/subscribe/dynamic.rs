//! Queries with rows as dynamic values: what emitted circuits call to serve the by-name interface.

use std::sync::Arc;

use cosmictron_types::Value;

use super::Subscription;
use super::delta::{DynamicListener, Event, ResultRow};
use super::query::LiveQuery;
use crate::error::QueryError;
use crate::store::{Delivery, Schema, Stamp};

/// The rows of a query, in order.
///
/// # Errors
/// The query's error while it is in its error state.
pub fn dynamic_rows<Q: LiveQuery>(
    circuit: &Q::Circuit,
    tables: &<Q::Schema as Schema>::Tables,
) -> Result<Vec<Vec<Value>>, QueryError> {
    Ok(Q::rows(circuit, tables)?.iter().map(ResultRow::to_values).collect())
}

/// Subscribes to a query.
pub fn dynamic_subscribe<Q: LiveQuery>(
    circuit: &mut Q::Circuit,
    tables: &<Q::Schema as Schema>::Tables,
    stamp: Stamp,
    mut listener: DynamicListener,
    deliveries: &mut Vec<Delivery>,
) -> Subscription {
    // A failing query has no rows; the subscriber is told of the failure instead.
    let rows = Q::rows(circuit, tables).unwrap_or_default();
    let listener = move |event: &Arc<Event<Q::Row>>| match &**event {
        Event::Delta(delta) => listener(&Event::Delta(delta.map(ResultRow::to_values))),
        Event::Failed(failure) => listener(&Event::Failed(*failure)),
    };
    Q::output(circuit).subscribe(stamp, || rows, listener, deliveries)
}
