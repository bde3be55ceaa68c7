//! The dashboard, drawn with characters.

use std::fmt::Write as _;
use std::io::{self, IsTerminal, Write as _};
use std::time::Duration;

use cosmictron::{Numeric, Timestamp};

use crate::live::{kpi, revenue_by_hour, top_products};

/// Rows inserted, updated and deleted since the last frame, for each query.
#[derive(Default)]
pub struct Changes {
    pub revenue_by_hour: [usize; 3],
    pub top_products: [usize; 3],
    pub kpi: [usize; 3],
}

/// Everything that is on the screen at one moment.
pub struct Frame {
    pub now: Timestamp,
    pub hours: Vec<revenue_by_hour::Row>,
    pub products: Vec<top_products::Row>,
    pub kpi: Option<kpi::Row>,
    pub changes: Changes,
    pub slowest: Option<Duration>,
}

/// How many lines of each list are shown.
const LINES: usize = 8;
const BAR: usize = 24;

/// Whether a person is watching.
pub fn is_terminal() -> bool {
    io::stdout().is_terminal()
}

impl Frame {
    /// Draws the frame over the one before; where nobody watches, a line is enough.
    pub fn draw(&self) {
        let text = if is_terminal() { format!("\x1b[H\x1b[J{}", self.full()) } else { self.line() };
        let mut out = io::stdout().lock();
        if out.write_all(text.as_bytes()).and_then(|()| out.flush()).is_err() {
            // Nobody reads any more.
            std::process::exit(0);
        }
    }

    fn full(&self) -> String {
        let mut text = format!("Shop time {}", self.now.to_rfc3339());
        if let Some(slowest) = self.slowest {
            let _ = write!(text, "   slowest durable commit {slowest:.0?}");
        }
        text.push_str("\n\n");
        if let Some(kpi) = &self.kpi {
            let money = |m: Option<String>| m.unwrap_or_else(|| "–".to_owned());
            let _ = writeln!(
                text,
                "orders last hour {:>4}   pending {:>11}   average order {:>8}   {}",
                kpi.orders_last_hour,
                money(kpi.pending_revenue.map(|m| m.to_string())),
                money(kpi.avg_order_value.and_then(|m: Numeric| m.rescale(2).ok()).map(|m| m.to_string())),
                delta(self.changes.kpi),
            );
        }
        let _ = writeln!(
            text,
            "\nRevenue by hour                        {}",
            delta(self.changes.revenue_by_hour)
        );
        let most = self.hours.iter().map(|h| h.revenue.to_f64()).fold(1.0, f64::max);
        for hour in self.hours.iter().take(LINES) {
            let bar = "█".repeat((hour.revenue.to_f64() / most * BAR as f64).round() as usize);
            let clock = hour.hour.to_rfc3339();
            let _ = writeln!(
                text,
                "{}  {bar:<BAR$} {:>10}  {:>4} orders",
                clock.get(..13).unwrap_or(&clock).replace('T', " "),
                hour.revenue.to_string(),
                hour.orders
            );
        }
        let _ = writeln!(text, "{} in the last 24\n", hours(self.hours.len()));
        let _ = writeln!(text, "Best sellers                           {}", delta(self.changes.top_products));
        for product in self.products.iter().take(LINES) {
            let _ = writeln!(
                text,
                "{:<24} {:>6} units {:>12}",
                product.name.as_str(),
                product.units_sold,
                product.total_revenue.to_string()
            );
        }
        text
    }

    fn line(&self) -> String {
        let best = self.products.first().map_or("nothing", |p| p.name.as_str());
        let orders = self.kpi.as_ref().map_or(0, |k| k.orders_last_hour);
        format!(
            "{}  {} with revenue, {orders} orders in the last hour, best seller {best}; {}\n",
            self.now.to_rfc3339(),
            hours(self.hours.len()),
            delta(self.changes.revenue_by_hour)
        )
    }
}

/// `1 hour`, `2 hours`
fn hours(count: usize) -> String {
    if count == 1 { "1 hour".to_owned() } else { format!("{count} hours") }
}

/// `+2 ~1 -0`
fn delta([inserts, updates, deletes]: [usize; 3]) -> String {
    format!("+{inserts} ~{updates} -{deletes}")
}
