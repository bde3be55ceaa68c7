//! The circuit.
//!
//! Statuses are numbers. Sums are linear aggregates, so that their inputs need not be kept, and each sum has the number of its summands beside
//! it, so that a group whose sum is nothing stays as long as it has rows. Items are summed by product before they meet the categories, and the
//! rankings look up names only for the rows they show.

use cosmictron_bench_harness::Setup;
use dbsp::operator::{Max, Min};
use dbsp::typed_batch::{IndexedZSetReader, SpineSnapshot};
use dbsp::utils::{Tup2, Tup3, Tup4, Tup5};
use dbsp::{DBData, InputHandle, MapHandle, OrdIndexedZSet, OutputHandle, RootCircuit, Stream, TypedBox};

use super::super::dashboard::{DAY, Dashboard, HOUR, PENDING, SHOWN, VOID};

/// Name, picture, category.
type Product = Tup3<String, String, i64>;
/// Customer, status, total, created at, region.
type Order = Tup5<i64, u8, i64, i64, i64>;
/// Order, product, quantity, price.
type Item = Tup4<i64, i64, i64, i64>;
/// An index of a Z-set.
type Index<K, V> = Stream<RootCircuit, OrdIndexedZSet<K, V>>;

/// Where changes go in.
pub struct Tables {
    /// The clock.
    pub now: InputHandle<i64>,
    /// Products by key; their names change.
    pub products: MapHandle<i64, Product, String>,
    /// Orders by key; their statuses change.
    pub orders: MapHandle<i64, Order, u8>,
    /// Items by key; nothing about them changes.
    pub items: MapHandle<i64, Item, ()>,
}

/// Reads what the last transaction changed in a result.
pub type Delivery = Box<dyn Fn(&mut Dashboard) + Send>;

/// The streams that several queries share.
struct Streams {
    now: Stream<RootCircuit, i64>,
    products: Index<i64, Product>,
    orders: Index<i64, Order>,
    items: Index<i64, Item>,
    /// Totals by the moment of the order.
    by_time: Index<i64, i64>,
    /// Totals by region.
    by_region: Index<i64, i64>,
    /// Product and revenue by order.
    by_order: Index<i64, Tup2<i64, i64>>,
}

/// Tables, and the queries that the setup asks for.
pub fn build(circuit: &mut RootCircuit, setup: &Setup) -> (Tables, Vec<Delivery>) {
    let (now, now_handle) = circuit.add_input_stream::<i64>();
    let (products, products_handle) =
        circuit.add_input_map(|p: &mut Product, name: &String| name.clone_into(&mut p.0));
    let (orders, orders_handle) = circuit.add_input_map(|o: &mut Order, status: &u8| o.1 = *status);
    let (items, items_handle) = circuit.add_input_map(|_: &mut Item, (): &()| ());
    let tables =
        Tables { now: now_handle, products: products_handle, orders: orders_handle, items: items_handle };
    let by_time = orders.map_index(|(_, Tup5(_, _, total, at, _))| (*at, *total));
    let by_region = orders.map_index(|(_, Tup5(_, _, total, _, region))| (*region, *total));
    let by_order = items.map_index(|(_, Tup4(order, product, n, price))| (*order, Tup2(*product, n * price)));
    let streams = Streams { now, products, orders, items, by_time, by_region, by_order };

    let queries: [(&str, fn(&Streams, &mut Vec<Delivery>)); 10] = [
        ("revenue_by_hour", revenue_by_hour),
        ("top_products", top_products),
        ("kpi", kpi),
        ("orders_by_status", orders_by_status),
        ("revenue_by_region", revenue_by_region),
        ("revenue_by_category", revenue_by_category),
        ("top_customers", top_customers),
        ("order_range_by_region", order_range_by_region),
        ("customers_by_day", customers_by_day),
        ("empty_orders", empty_orders),
    ];
    let mut deliveries = Vec::new();
    let wanted = queries.into_iter().filter(|(name, _)| setup.has(name));
    wanted.for_each(|(_, query)| query(&streams, &mut deliveries));
    (tables, deliveries)
}

/// Has the changes of a result delivered.
fn deliver<K: DBData, V: DBData>(
    result: &Index<K, V>,
    deliveries: &mut Vec<Delivery>,
    add: impl Fn(&mut Dashboard, K, V, i64) + Send + 'static,
) {
    let output: OutputHandle<SpineSnapshot<OrdIndexedZSet<K, V>>> = result.accumulate_output();
    deliveries.push(Box::new(move |dashboard| {
        for snapshot in output.take_from_all() {
            snapshot.iter().for_each(|(key, value, weight)| add(dashboard, key, value, weight));
        }
    }));
}

/// Totals of the orders that are less than `length` old.
fn since(streams: &Streams, length: i64) -> Index<i64, i64> {
    let bounds = streams.now.apply(move |now| (TypedBox::new(now - length), TypedBox::new(i64::MAX)));
    streams.by_time.window((false, true), &bounds)
}

fn revenue_by_hour(streams: &Streams, deliveries: &mut Vec<Delivery>) {
    let totals = since(streams, DAY).map_index(|(at, total)| (at / HOUR, *total));
    deliver(
        &totals.aggregate_linear(|total| Tup2(*total, 1)),
        deliveries,
        |d, hour, Tup2(sum, n), weight| {
            d.revenue_by_hour.add((hour, sum, n), weight);
        },
    );
}

fn top_products(streams: &Streams, deliveries: &mut Vec<Delivery>) {
    let lines = streams.items.map_index(|(_, Tup4(_, product, n, price))| (*product, Tup2(*n, *price)));
    let top = lines
        .aggregate_linear(|Tup2(n, price)| Tup3(*n, n * price, 1))
        .map_index(|(product, Tup3(units, revenue, _))| ((), Tup3(-units, *product, *revenue)))
        .topk_asc(SHOWN)
        .map_index(|((), Tup3(units, product, revenue))| (*product, Tup2(*units, *revenue)));
    let named = top.join_index(&streams.products, |product, Tup2(units, revenue), Tup3(name, image, _)| {
        Some((*product, Tup4(*units, name.clone(), image.clone(), *revenue)))
    });
    deliver(&named, deliveries, |d, product, Tup4(units, name, image, revenue), weight| {
        d.top_products.add((units, product, name, image, revenue), weight);
    });
}

fn kpi(streams: &Streams, deliveries: &mut Vec<Delivery>) {
    let last_hour = since(streams, HOUR).map(|_| ()).weighted_count();
    deliver(&last_hour, deliveries, |d, (), n, weight| d.last_hour.add(n, weight));
    let totals = streams
        .orders
        .map_index(|(_, Tup5(_, status, total, _, _))| ((), Tup2(*status == PENDING, *total)))
        .aggregate_linear(|Tup2(pending, total)| match pending {
            true => Tup4(*total, 1, *total, 1),
            false => Tup4(0, 0, *total, 1),
        });
    deliver(&totals, deliveries, |d, (), Tup4(pending, pending_orders, all, orders), weight| {
        d.totals.add((pending, pending_orders, all, orders), weight);
    });
}

fn orders_by_status(streams: &Streams, deliveries: &mut Vec<Delivery>) {
    let counts = streams.orders.map(|(_, order)| order.1).weighted_count();
    deliver(&counts, deliveries, |d, status, n, weight| d.orders_by_status.add((status, n), weight));
}

fn revenue_by_region(streams: &Streams, deliveries: &mut Vec<Delivery>) {
    let sums = streams.by_region.aggregate_linear(|total| Tup2(*total, 1));
    deliver(&sums, deliveries, |d, region, Tup2(sum, n), weight| {
        d.revenue_by_region.add((region, sum, n), weight);
    });
}

fn revenue_by_category(streams: &Streams, deliveries: &mut Vec<Delivery>) {
    let valid = streams.orders.filter(|(_, order)| order.1 != VOID).map_index(|(id, _)| (*id, ()));
    let by_product = streams
        .by_order
        .join_index(&valid, |_, Tup2(product, revenue), ()| Some((*product, *revenue)))
        .aggregate_linear(|revenue| Tup2(*revenue, 1));
    let categories = streams.products.map_index(|(id, product)| (*id, product.2));
    let sums = by_product
        .join_index(&categories, |_, sum, category| Some((*category, sum.clone())))
        .aggregate_linear(Clone::clone);
    deliver(&sums, deliveries, |d, category, Tup2(sum, _), weight| {
        d.revenue_by_category.add((category, sum), weight);
    });
}

fn top_customers(streams: &Streams, deliveries: &mut Vec<Delivery>) {
    let top = streams
        .orders
        .map_index(|(_, Tup5(customer, _, total, _, _))| (*customer, *total))
        .aggregate_linear(|total| Tup2(*total, 1))
        .map_index(|(customer, Tup2(spend, _))| ((), Tup2(-spend, *customer)))
        .topk_asc(SHOWN);
    deliver(&top, deliveries, |d, (), Tup2(spend, customer), weight| {
        d.top_customers.add((spend, customer), weight);
    });
}

fn order_range_by_region(streams: &Streams, deliveries: &mut Vec<Delivery>) {
    deliver(&streams.by_region.aggregate(Min), deliveries, |d, region, total, weight| {
        d.smallest_by_region.add((region, total), weight);
    });
    deliver(&streams.by_region.aggregate(Max), deliveries, |d, region, total, weight| {
        d.largest_by_region.add((region, total), weight);
    });
}

fn customers_by_day(streams: &Streams, deliveries: &mut Vec<Delivery>) {
    let customers = streams.orders.map_index(|(_, Tup5(customer, _, _, at, _))| (at / DAY, *customer));
    deliver(&customers.distinct_count(), deliveries, |d, day, n, weight| {
        d.customers_by_day.add((day, n), weight);
    });
}

fn empty_orders(streams: &Streams, deliveries: &mut Vec<Delivery>) {
    let ids = streams.orders.map_index(|(id, _)| (*id, ()));
    let count = ids.antijoin(&streams.by_order).map(|_| ()).weighted_count();
    deliver(&count, deliveries, |d, (), n, weight| d.empty_orders.add(n, weight));
}
