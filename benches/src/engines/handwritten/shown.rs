//! What the loop tells its subscribers, and what it holds in the end.

use cosmictron::Text;
use cosmictron_bench_harness::results::{Results, average, cents, descending, null, sorted};

use super::super::charts::{Change, shown_changes};
use super::{DAY, HOUR, Handwritten, Kpi, KpiRow, ProductRow, Sold, Total, mean, tell};

impl Handwritten {
    pub(super) fn publish_all(&mut self) {
        if let Some(by_hour) = &mut self.by_hour {
            by_hour.chart.publish(|k, v| (*k, *v, mean(*v)));
        }
        if let Some(top) = &mut self.top_products
            && std::mem::take(&mut top.touched)
            && top.subscriber.is_some()
        {
            let row = |id: i64| {
                let (product, Sold { units, revenue, .. }) = (&self.products[&id], top.sold[&id]);
                let (name, image_url) = (product.name.clone(), product.image_url.clone());
                (id, ProductRow { name, image_url, units, revenue })
            };
            let changes = shown_changes(&mut top.shown, top.ranking.first().map(row));
            tell(&mut top.subscriber, &changes);
        }
        if let Some(kpi) = &mut self.kpi
            && kpi.row != kpi.shown
        {
            let old = Some(std::mem::replace(&mut kpi.shown, kpi.row));
            let row = |row: KpiRow| (row, mean(row.all));
            tell(&mut kpi.subscriber, &[Change { old: old.map(row), new: Some(row(kpi.row)) }]);
        }
        if let Some(chart) = &mut self.by_status {
            chart.publish(|k, v| (k.clone(), *v));
        }
        if let Some(chart) = &mut self.by_region {
            chart.publish(|k, v| (*k, *v));
        }
        if let Some(chart) = &mut self.by_category {
            chart.publish(|k, v| (*k, v.0));
        }
        if let Some(top) = &mut self.top_customers
            && std::mem::take(&mut top.touched)
            && top.subscriber.is_some()
        {
            let row = |id: i64| (id, (id, top.spend[&id]));
            let changes = shown_changes(&mut top.shown, top.ranking.first().map(row));
            tell(&mut top.subscriber, &changes);
        }
        if let Some(range) = &mut self.range {
            range.chart.publish(|k, v| (*k, v.0, v.1));
        }
        if let Some(by_day) = &mut self.by_day {
            by_day.chart.publish(|k, v| (*k, *v));
        }
        if let Some(empty) = &mut self.empty
            && empty.count != empty.shown
        {
            let old = Some(std::mem::replace(&mut empty.shown, empty.count));
            tell(&mut empty.subscriber, &[Change { old, new: Some(empty.count) }]);
        }
    }

    pub(super) fn shown(&self) -> Results {
        let mut results = Results::new();
        let mut note = |name: &str, rows: Vec<Vec<String>>| results.insert(name.to_owned(), rows);
        let amount = |amount: i64| cents(i128::from(amount));
        let rounded_mean = |(sum, count): Total| average(i128::from(sum), i128::from(count));
        if let Some(by_hour) = &self.by_hour {
            let mut hours: Vec<_> = by_hour.chart.groups.values.iter().collect();
            hours.sort_by_key(|(hour, _)| std::cmp::Reverse(**hour));
            let row = |(hour, v): (&i64, &Total)| {
                vec![(*hour * HOUR).to_string(), amount(v.0), v.1.to_string(), rounded_mean(*v)]
            };
            note("revenue_by_hour", hours.into_iter().map(row).collect());
        }
        if let Some(top) = &self.top_products {
            let row = |id: i64| {
                let (p, sold) = (&self.products[&id], top.sold[&id]);
                vec![p.name.clone(), p.image_url.clone(), sold.units.to_string(), amount(sold.revenue)]
            };
            note("top_products", top.ranking.first().map(row).collect());
        }
        if let Some(Kpi { row, .. }) = &self.kpi {
            let pending = if row.pending.1 > 0 { amount(row.pending.0) } else { null() };
            note("kpi", vec![vec![row.last_hour.to_string(), pending, rounded_mean(row.all)]]);
        }
        if let Some(chart) = &self.by_status {
            let row = |(status, n): (&Text, &i64)| vec![status.to_string(), n.to_string()];
            note("orders_by_status", sorted(chart.groups.values.iter().map(row).collect()));
        }
        if let Some(chart) = &self.by_region {
            let row = |(region, v): (&i16, &Total)| vec![region.to_string(), amount(v.0), v.1.to_string()];
            note("revenue_by_region", descending(chart.groups.values.iter().map(row).collect(), 1));
        }
        if let Some(chart) = &self.by_category {
            let row = |(category, v): (&i32, &Total)| vec![category.to_string(), amount(v.0)];
            note("revenue_by_category", sorted(chart.groups.values.iter().map(row).collect()));
        }
        if let Some(top) = &self.top_customers {
            let row = |id: i64| vec![id.to_string(), amount(top.spend[&id])];
            note("top_customers", top.ranking.first().map(row).collect());
        }
        if let Some(range) = &self.range {
            let row = |(region, v): (&i16, &(i64, i64))| vec![region.to_string(), amount(v.0), amount(v.1)];
            note("order_range_by_region", sorted(range.chart.groups.values.iter().map(row).collect()));
        }
        if let Some(by_day) = &self.by_day {
            let row = |(d, n): (&i64, &i64)| vec![(*d * DAY).to_string(), n.to_string()];
            note("customers_by_day", sorted(by_day.chart.groups.values.iter().map(row).collect()));
        }
        if let Some(empty) = &self.empty {
            note("empty_orders", vec![vec![empty.count.to_string()]]);
        }
        results
    }
}
