//! The ten queries in the SQL that SQLite and DuckDB share, over cents and microseconds.

use cosmictron_bench_harness::results::{average, cents, descending, null, sorted};

/// A value of an answer.
#[derive(Clone, Debug)]
pub enum Cell {
    /// None.
    Null,
    /// A number.
    Integer(i128),
    /// A text.
    Text(String),
}

impl Cell {
    /// A number; 0 for none.
    fn number(&self) -> i128 {
        if let Self::Integer(number) = self { *number } else { 0 }
    }
}

/// What a column of a result is made of.
#[derive(Clone, Copy)]
enum Column {
    /// A value as it is.
    Plain,
    /// Cents.
    Amount,
    /// Two values: a sum of cents and the number of summands.
    Mean,
}

use Column::{Amount, Mean, Plain};

/// How rows are put in order.
#[derive(Clone, Copy)]
enum Order {
    /// As the query has them.
    Given,
    /// By all columns.
    Sorted,
    /// By the second column, the greatest first.
    Second,
}

/// A query and how its answers are read.
pub struct Query {
    /// What it is called.
    pub name: &'static str,
    /// `?1` is the clock.
    pub sql: &'static str,
    columns: &'static [Column],
    order: Order,
}

impl Query {
    /// The result in the form in which engines are compared.
    pub fn text(&self, rows: &[Vec<Cell>]) -> Vec<Vec<String>> {
        let rows = rows.iter().map(|row| self.row(row)).collect();
        match self.order {
            Order::Given => rows,
            Order::Sorted => sorted(rows),
            Order::Second => descending(rows, 1),
        }
    }

    fn row(&self, row: &[Cell]) -> Vec<String> {
        let mut cells = row.iter();
        let mut next = || cells.next().expect("a value for each column");
        let text = |column: &Column| match (column, next()) {
            (Plain, Cell::Text(text)) => text.clone(),
            (Plain, Cell::Integer(number)) => number.to_string(),
            (Amount, Cell::Integer(amount)) => cents(*amount),
            (Mean, sum) => average(sum.number(), next().number()),
            (_, Cell::Null) => null(),
            (Amount, Cell::Text(_)) => unreachable!("an amount is a number"),
        };
        self.columns.iter().map(text).collect()
    }
}

/// The queries of the dashboard, in order.
pub const QUERIES: [Query; 10] = [
    Query {
        name: "revenue_by_hour",
        sql: "SELECT created_at - created_at % 3600000000 AS hour, SUM(total), COUNT(*), SUM(total), COUNT(*)
              FROM orders WHERE created_at > ?1 - 86400000000 GROUP BY hour ORDER BY hour DESC",
        columns: &[Plain, Amount, Plain, Mean],
        order: Order::Given,
    },
    Query {
        name: "top_products",
        sql: "SELECT p.name, p.image_url, s.units, s.revenue
              FROM (SELECT product_id, SUM(quantity) AS units, SUM(quantity * price) AS revenue
                    FROM order_items GROUP BY product_id ORDER BY units DESC, product_id LIMIT 10) s
              JOIN products p ON p.id = s.product_id ORDER BY s.units DESC, p.id",
        columns: &[Plain, Plain, Plain, Amount],
        order: Order::Given,
    },
    Query {
        name: "kpi",
        sql: "SELECT (SELECT COUNT(*) FROM orders WHERE created_at > ?1 - 3600000000),
                     (SELECT SUM(total) FROM orders WHERE status = 'pending'), SUM(total), COUNT(*)
              FROM orders",
        columns: &[Plain, Amount, Mean],
        order: Order::Given,
    },
    Query {
        name: "orders_by_status",
        sql: "SELECT status, COUNT(*) FROM orders GROUP BY status",
        columns: &[Plain, Plain],
        order: Order::Sorted,
    },
    Query {
        name: "revenue_by_region",
        sql: "SELECT region, SUM(total), COUNT(*) FROM orders GROUP BY region",
        columns: &[Plain, Amount, Plain],
        order: Order::Second,
    },
    Query {
        name: "revenue_by_category",
        sql: "SELECT p.category, SUM(oi.quantity * oi.price)
              FROM orders o JOIN order_items oi ON oi.order_id = o.id JOIN products p ON p.id = oi.product_id
              WHERE o.status <> 'void' GROUP BY p.category",
        columns: &[Plain, Amount],
        order: Order::Sorted,
    },
    Query {
        name: "top_customers",
        sql: "SELECT customer_id, SUM(total) AS spend FROM orders GROUP BY customer_id ORDER BY spend DESC, customer_id LIMIT 10",
        columns: &[Plain, Amount],
        order: Order::Given,
    },
    Query {
        name: "order_range_by_region",
        sql: "SELECT region, MIN(total), MAX(total) FROM orders GROUP BY region",
        columns: &[Plain, Amount, Amount],
        order: Order::Sorted,
    },
    Query {
        name: "customers_by_day",
        sql: "SELECT created_at - created_at % 86400000000 AS day, COUNT(DISTINCT customer_id) FROM orders GROUP BY day",
        columns: &[Plain, Plain],
        order: Order::Sorted,
    },
    Query {
        name: "empty_orders",
        sql: "SELECT COUNT(*) FROM orders o WHERE NOT EXISTS (SELECT 1 FROM order_items i WHERE i.order_id = o.id)",
        columns: &[Plain],
        order: Order::Given,
    },
];
