//! The figures as a table of ratios.

use std::time::Duration;

use cosmictron_bench_harness::report::machine;
use cosmictron_bench_harness::{Case, Figure};

/// Prints a table for each number of orders and each set of queries; ratios are to the first engine's.
pub fn print(figures: &[Figure]) {
    let mut shown: Vec<(i64, &str)> = Vec::new();
    for figure in figures {
        let group = (figure.orders, figure.query.as_str());
        if shown.contains(&group) {
            continue;
        }
        shown.push(group);
        let mut group: Vec<&Figure> =
            figures.iter().filter(|f| (f.orders, f.query.as_str()) == group).collect();
        group.sort_by_key(|f| f.case as u8);
        println!("\n{} orders, queries: {}; {}", figure.orders, figure.query, machine());
        println!(
            "{:<15} {:<19} {:>11} {:>11} {:>11} {:>8} {:>12} {:>9}",
            "case", "engine", "p50", "p99", "mean", "ratio", "rows/s", "peak MB"
        );
        group.iter().for_each(|f| line(f, &group));
    }
}

fn line(figure: &Figure, group: &[&Figure]) {
    let first = group.iter().find(|f| f.case == figure.case);
    let time = |t: Option<u64>| t.map_or("–".to_owned(), |t| format!("{:.1?}", Duration::from_nanos(t)));
    let ratio = first.and_then(|first| match figure.case {
        Case::Load => Some(first.rows_per_s? / figure.rows_per_s?),
        _ => Some(figure.p50_ns? as f64 / first.p50_ns? as f64),
    });
    println!(
        "{:<15} {:<19} {:>11} {:>11} {:>11} {:>8} {:>12} {:>9.0}",
        format!("{:?}", figure.case).to_lowercase(),
        figure.engine,
        time(figure.p50_ns),
        time(figure.p99_ns),
        time(figure.mean_ns),
        ratio.map_or("–".to_owned(), |r| format!("{r:.2}×")),
        figure.rows_per_s.map_or("–".to_owned(), |r| format!("{r:.0}")),
        figure.rss_mb
    );
}
