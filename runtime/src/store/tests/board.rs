//! A circuit written by hand over the [shop](super::shop), as the compiler would emit it for
//!
//! ```sql
//! -- name: revenue
//! SELECT customer_id, SUM(total) AS revenue, COUNT(*) AS orders FROM orders GROUP BY customer_id;
//! -- name: last_hour
//! SELECT COUNT(*) AS orders FROM orders WHERE created_at > NOW() - INTERVAL '1 hour';
//! -- name: share
//! SELECT id, 100 / total::bigint AS share FROM orders;
//! ```

use std::collections::BTreeMap;

use cosmictron_types::{EvalError, Identical, SqlType, Timestamp, ToValue, Value, WideDecimal};

use super::shop::{Change, Order, Shop, Tables};
use crate::error::QueryError;
use crate::operators::{Aggregates, Errors, Expiry, Group};
use crate::store::{Circuit, Delivery, RowId, Stamp};
use crate::subscribe::{
    DynamicListener, LiveQuery, Output, QueryInfo, ResultColumn, ResultRow, Subscription, dynamic_rows,
    dynamic_subscribe,
};
use crate::zset::{Columns, RowChange};

/// An order id that no circuit survives.
pub(crate) const POISON: i64 = -666;

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Revenue {
    pub(crate) customer_id: i64,
    pub(crate) revenue: WideDecimal<2>,
    pub(crate) orders: i64,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct LastHour {
    pub(crate) orders: i64,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Share {
    pub(crate) id: i64,
    pub(crate) share: i64,
}

const fn column(name: &'static str, ty: SqlType) -> ResultColumn {
    ResultColumn { name, ty, nullable: false }
}

macro_rules! identical_if_equal {
    ($($ty:ty),*) => {
        $(impl Identical for $ty {
            fn identical(&self, other: &Self) -> bool {
                self == other
            }
        })*
    };
}

identical_if_equal!(Revenue, LastHour, Share);

impl ResultRow for Revenue {
    const COLUMNS: &'static [ResultColumn] = &[
        column("customer_id", SqlType::BigInt),
        column("revenue", SqlType::Numeric),
        column("orders", SqlType::BigInt),
    ];
    fn to_values(&self) -> Vec<Value> {
        vec![self.customer_id.to_value(), self.revenue.to_value(), self.orders.to_value()]
    }
}

impl ResultRow for LastHour {
    const COLUMNS: &'static [ResultColumn] = &[column("orders", SqlType::BigInt)];
    fn to_values(&self) -> Vec<Value> {
        vec![self.orders.to_value()]
    }
}

impl ResultRow for Share {
    const COLUMNS: &'static [ResultColumn] =
        &[column("id", SqlType::BigInt), column("share", SqlType::BigInt)];
    fn to_values(&self) -> Vec<Value> {
        vec![self.id.to_value(), self.share.to_value()]
    }
}

static QUERIES: [&QueryInfo; 3] = [
    &QueryInfo {
        name: "revenue",
        sql: "SELECT customer_id, SUM(total) AS revenue, COUNT(*) AS orders FROM orders GROUP BY customer_id",
        columns: Revenue::COLUMNS,
        key: &["customer_id"],
        single_row: false,
        ordered: false,
    },
    &QueryInfo {
        name: "last_hour",
        sql: "SELECT COUNT(*) AS orders FROM orders WHERE created_at > NOW() - INTERVAL '1 hour'",
        columns: LastHour::COLUMNS,
        key: &[],
        single_row: true,
        ordered: false,
    },
    &QueryInfo {
        name: "share",
        sql: "SELECT id, 100 / total::bigint AS share FROM orders",
        columns: Share::COLUMNS,
        key: &["id"],
        single_row: false,
        ordered: false,
    },
];

#[derive(Default)]
pub(crate) struct Sums {
    cents: i128,
}

impl Aggregates for Sums {
    type Input = i64;
    type Value = (WideDecimal<2>, i64);
    fn insert(&mut self, cents: &i64) {
        self.cents += i128::from(*cents);
    }
    fn remove(&mut self, cents: &i64) {
        self.cents -= i128::from(*cents);
    }
    fn value(&self, rows: i64) -> Option<Self::Value> {
        Some((WideDecimal::from_mantissa(self.cents), rows))
    }
}

pub(crate) struct Board {
    revenue: Group<i64, Sums>,
    revenue_out: Output<i64, Revenue>,
    expiry: Expiry,
    recent: i64,
    recent_before: i64,
    recent_out: Output<(), LastHour>,
    shares: BTreeMap<i64, i64>,
    share_changes: BTreeMap<i64, Option<i64>>,
    errors: Errors,
    share_out: Output<i64, Share>,
    work: u64,
}

impl Default for Board {
    fn default() -> Self {
        Self {
            revenue: Group::default(),
            revenue_out: Output::new("revenue", false),
            expiry: Expiry::default(),
            recent: 0,
            recent_before: 0,
            recent_out: Output::new("last_hour", true),
            shares: BTreeMap::new(),
            share_changes: BTreeMap::new(),
            errors: Errors::default(),
            share_out: Output::new("share", false),
            work: 0,
        }
    }
}

fn leaves(order: &Order) -> Timestamp {
    Timestamp::from_micros(order.created_at.micros() + 3_600_000_000)
}

impl Board {
    fn recent(&mut self, id: RowId, old: Option<&Order>, new: Option<&Order>) {
        let now = self.expiry.now();
        let open = |order: Option<&Order>| order.map(leaves).filter(|deadline| *deadline > now);
        let (old, new) = (open(old), open(new));
        self.recent += i64::from(new.is_some()) - i64::from(old.is_some());
        self.expiry.change(id, old, new);
    }

    fn share(&mut self, order: Option<&Order>, weight: i64) {
        let Some(order) = order else { return };
        let divisor = order.total.mantissa() / 100;
        let share = self.errors.check(Some(divisor), weight, |d| {
            if d == 0 { Err(EvalError::DivisionByZero) } else { Ok(100 / d) }
        });
        let Some(share) = share else { return };
        let before =
            if weight > 0 { self.shares.insert(order.id, share) } else { self.shares.remove(&order.id) };
        self.share_changes.entry(order.id).or_insert(before);
    }

    fn change(&mut self, change: RowChange<'_, Order>) {
        self.work += 1;
        let RowChange { id, old, new, .. } = change;
        let input = |order: &Order| (order.customer_id, order.total.mantissa());
        self.revenue.change(old.map(input), new.map(input));
        self.recent(id, old, new);
        self.share(old, -1);
        self.share(new, 1);
    }

    fn share_rows(&self) -> Vec<Share> {
        self.shares.iter().map(|(id, share)| Share { id: *id, share: *share }).collect()
    }

    fn last_hour(count: i64) -> Option<LastHour> {
        Some(LastHour { orders: count })
    }
}

impl Circuit<Shop> for Board {
    fn queries(&self) -> &'static [&'static QueryInfo] {
        &QUERIES
    }

    fn load(&mut self, tables: &Tables, now: Timestamp) {
        self.expiry.set_now(now);
        for (id, order) in tables.orders.rows().iter() {
            self.change(RowChange { id, old: None, new: Some(order), columns: Columns::ALL });
        }
        self.revenue.finish(|_, _, _| {});
        self.share_changes.clear();
        self.recent_before = self.recent;
        self.work = 0;
    }

    fn advance(&mut self, _: &Tables, now: Timestamp) {
        self.expiry.set_now(now);
        while self.expiry.due(now).is_some() {
            self.recent -= 1;
        }
    }

    fn next_deadline(&self) -> Option<Timestamp> {
        self.expiry.next_deadline()
    }

    fn after(&mut self, _: &Tables, change: Change<'_>) {
        if let Change::Orders(change) = change {
            assert!(change.new.is_none_or(|order| order.id != POISON), "a circuit with a bug");
            self.change(change);
        }
    }

    fn finish(&mut self, _: &Tables, stamp: Stamp, deliveries: &mut Vec<Delivery>) {
        let out = &mut self.revenue_out;
        self.revenue.finish(|key, old, new| {
            let row = |v: &(WideDecimal<2>, i64)| Revenue { customer_id: *key, revenue: v.0, orders: v.1 };
            out.push(*key, old.map(row), new.map(row));
        });
        let before = std::mem::replace(&mut self.recent_before, self.recent);
        self.recent_out.push((), Self::last_hour(before), Self::last_hour(self.recent));
        for (id, before) in std::mem::take(&mut self.share_changes) {
            let row = |share: i64| Share { id, share };
            self.share_out.push(id, before.map(row), self.shares.get(&id).copied().map(row));
        }
        self.revenue_out.publish(None, stamp, Vec::new(), deliveries);
        self.recent_out.publish(None, stamp, Vec::new(), deliveries);
        let rows = if self.share_out.owes_snapshot() { self.share_rows() } else { Vec::new() };
        self.share_out.publish(self.errors.first(), stamp, rows, deliveries);
    }

    fn rows(&self, tables: &Tables, query: usize) -> Result<Vec<Vec<Value>>, QueryError> {
        match query {
            0 => dynamic_rows::<RevenueQuery>(self, tables),
            1 => dynamic_rows::<LastHourQuery>(self, tables),
            2 => dynamic_rows::<ShareQuery>(self, tables),
            _ => Ok(Vec::new()),
        }
    }

    fn subscribe(
        &mut self,
        tables: &Tables,
        query: usize,
        stamp: Stamp,
        listener: DynamicListener,
        deliveries: &mut Vec<Delivery>,
    ) -> Option<Subscription> {
        match query {
            0 => Some(dynamic_subscribe::<RevenueQuery>(self, tables, stamp, listener, deliveries)),
            1 => Some(dynamic_subscribe::<LastHourQuery>(self, tables, stamp, listener, deliveries)),
            2 => Some(dynamic_subscribe::<ShareQuery>(self, tables, stamp, listener, deliveries)),
            _ => None,
        }
    }

    fn work(&self, _: usize) -> u64 {
        self.work
    }
}

pub(crate) struct RevenueQuery;
pub(crate) struct LastHourQuery;
pub(crate) struct ShareQuery;

impl LiveQuery for RevenueQuery {
    type Schema = Shop;
    type Circuit = Board;
    type Row = Revenue;
    type Key = i64;
    const INFO: &'static QueryInfo = QUERIES[0];

    fn output(circuit: &mut Board) -> &mut Output<i64, Revenue> {
        &mut circuit.revenue_out
    }
    fn rows(circuit: &Board, _: &Tables) -> Result<Vec<Revenue>, QueryError> {
        circuit.revenue_out.check()?;
        let mut rows: Vec<_> = circuit
            .revenue
            .iter()
            .map(|(key, (revenue, orders))| Revenue { customer_id: *key, revenue: *revenue, orders: *orders })
            .collect();
        rows.sort_by_key(|row| row.customer_id);
        Ok(rows)
    }
    fn get(circuit: &Board, _: &Tables, key: &i64) -> Result<Option<Revenue>, QueryError> {
        let value = circuit.revenue.find(key).map(|(_, value)| *value);
        Ok(value.map(|(revenue, orders)| Revenue { customer_id: *key, revenue, orders }))
    }
}

impl LiveQuery for LastHourQuery {
    type Schema = Shop;
    type Circuit = Board;
    type Row = LastHour;
    type Key = ();
    const INFO: &'static QueryInfo = QUERIES[1];

    fn output(circuit: &mut Board) -> &mut Output<(), LastHour> {
        &mut circuit.recent_out
    }
    fn rows(circuit: &Board, _: &Tables) -> Result<Vec<LastHour>, QueryError> {
        Ok(vec![LastHour { orders: circuit.recent }])
    }
    fn get(circuit: &Board, _: &Tables, (): &()) -> Result<Option<LastHour>, QueryError> {
        Ok(Some(LastHour { orders: circuit.recent }))
    }
}

impl LiveQuery for ShareQuery {
    type Schema = Shop;
    type Circuit = Board;
    type Row = Share;
    type Key = i64;
    const INFO: &'static QueryInfo = QUERIES[2];

    fn output(circuit: &mut Board) -> &mut Output<i64, Share> {
        &mut circuit.share_out
    }
    fn rows(circuit: &Board, _: &Tables) -> Result<Vec<Share>, QueryError> {
        circuit.share_out.check()?;
        Ok(circuit.share_rows())
    }
    fn get(circuit: &Board, _: &Tables, key: &i64) -> Result<Option<Share>, QueryError> {
        circuit.share_out.check()?;
        Ok(circuit.shares.get(key).map(|share| Share { id: *key, share: *share }))
    }
}
