//! What the rows of tables do to the states.

use hashbrown::hash_map::Entry;

use super::{ByDay, ByHour, DAY, HOUR, Handwritten, Order, RangeByRegion, TopCustomers, add, count};
use cosmictron_bench_harness::recipe::Item;

impl Handwritten {
    pub(super) fn order_comes(&mut self, id: i64, order: Order) {
        self.order_changes(id, &order, 1);
        if let Some(ByHour { deadlines, .. }) = &mut self.by_hour
            && order.created_at > self.now - DAY
        {
            deadlines.add(order.created_at + DAY, id);
        }
        if let Some(kpi) = &mut self.kpi
            && order.created_at > self.now - HOUR
        {
            kpi.deadlines.add(order.created_at + HOUR, id);
        }
        self.orders.insert(id, order);
    }

    /// An order comes (1) or leaves (-1), as far as it is counted; when it leaves its windows is another matter.
    pub(super) fn order_changes(&mut self, id: i64, order: &Order, sign: i64) {
        let Order { customer, total, created_at, region, ref status } = *order;
        if let Some(ByHour { chart, .. }) = &mut self.by_hour
            && created_at > self.now - DAY
        {
            chart.groups.update(created_at / HOUR, add(sign * total, sign));
        }
        if let Some(kpi) = &mut self.kpi {
            if created_at > self.now - HOUR {
                kpi.row.last_hour += sign;
            }
            if status == "pending" {
                add(sign * total, sign)(&mut kpi.row.pending);
            }
            add(sign * total, sign)(&mut kpi.row.all);
        }
        if let Some(chart) = &mut self.by_status {
            chart.groups.update(status.clone(), count(sign));
        }
        if let Some(chart) = &mut self.by_region {
            chart.groups.update(region, add(sign * total, sign));
        }
        if let Some(TopCustomers { spend, ranking, touched, .. }) = &mut self.top_customers {
            let (old, new) = match spend.entry(customer) {
                Entry::Occupied(mut spend) => {
                    let old = *spend.get();
                    *spend.get_mut() += sign * total;
                    (Some(old), *spend.get())
                }
                Entry::Vacant(spend) => (None, *spend.insert(sign * total)),
            };
            ranking.change(customer, old, Some(new));
            *touched = true;
        }
        if let Some(range) = &mut self.range {
            range.change(region, total, sign);
        }
        if let Some(ByDay { visits, chart }) = &mut self.by_day {
            let day = created_at / DAY;
            let visits = visits.entry((day, customer)).or_insert(0);
            let before = *visits;
            *visits = visits.wrapping_add_signed(sign as i32);
            if before == 0 || *visits == 0 {
                chart.groups.update(day, count(sign));
            }
        }
        if let Some(empty) = &mut self.empty
            && self.items_of.get(&id).is_none_or(Vec::is_empty)
        {
            empty.count += sign;
        }
    }

    /// The items of an order count for their categories (1) or do not (-1).
    pub(super) fn items_count(&mut self, order: i64, sign: i64) {
        if let Some(chart) = &mut self.by_category {
            for id in self.items_of.get(&order).into_iter().flatten() {
                let item = &self.items[id];
                let revenue = sign * i64::from(item.quantity) * item.price;
                chart.groups.update(self.products[&item.product_id].category, add(revenue, sign));
            }
        }
    }

    pub(super) fn item_changes(&mut self, item: &Item, sign: i64) {
        let revenue = sign * i64::from(item.quantity) * item.price;
        if let Some(top) = &mut self.top_products {
            let sold = top.sold.entry(item.product_id).or_default();
            let old = (sold.lines > 0).then_some(sold.units);
            sold.units += sign * i64::from(item.quantity);
            sold.revenue += revenue;
            sold.lines += sign;
            let new = (sold.lines > 0).then_some(sold.units);
            top.ranking.change(item.product_id, old, new);
            top.touched = true;
        }
        if let Some(chart) = &mut self.by_category
            && self.orders[&item.order_id].status != "void"
        {
            chart.groups.update(self.products[&item.product_id].category, add(revenue, sign));
        }
        let siblings = self.items_of.entry(item.order_id).or_default();
        match sign {
            1 => siblings.push(item.id),
            _ => siblings.retain(|id| *id != item.id),
        }
        if let Some(empty) = &mut self.empty {
            match (siblings.len(), sign) {
                (1, 1) => empty.count -= 1,
                (0, -1) => empty.count += 1,
                _ => {}
            }
        }
    }
}

impl RangeByRegion {
    fn change(&mut self, region: i16, total: i64, sign: i64) {
        let Self { totals, chart } = self;
        let totals = totals.entry(region).or_default();
        let number = totals.entry(total).or_insert(0);
        *number = number.wrapping_add_signed(sign as i32);
        if *number == 0 {
            totals.remove(&total);
        }
        let ends = totals.first_key_value().zip(totals.last_key_value());
        chart.groups.update(region, |range| {
            *range = ends.map_or((0, 0), |(least, greatest)| (*least.0, *greatest.0));
            ends.is_some()
        });
    }
}
