//! A shop whose revenue by hour, best sellers and key figures are live queries.
//!
//! Opens a durable database, sends a stream of orders through it and shows the three results changing. Time runs
//! fast: a frame is several minutes of the shop, so that rows are seen leaving their windows. Stop it with Ctrl-C at any moment and
//! start it again: it goes on where it was.

#[rustfmt::skip]
mod live;
mod screen;
mod shop;

use std::process::ExitCode;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use cosmictron::{Clock, Durability, Error, Event, Options, Timestamp};

use live::Queries;
use live::schema::{Database, Orders};
use screen::{Changes, Frame};
use shop::Shop;

const USAGE: &str = "usage: ecommerce [--db FILE] [--frames N]";

fn main() -> ExitCode {
    let (path, frames) = match arguments() {
        Ok(Some(arguments)) => arguments,
        Ok(None) => {
            println!("{USAGE}");
            return ExitCode::SUCCESS;
        }
        Err(message) => {
            eprintln!("{message}\n{USAGE}");
            return ExitCode::from(2);
        }
    };
    match run(&path, frames) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("ecommerce: {error}");
            ExitCode::FAILURE
        }
    }
}

/// The file and the number of frames; `None` if only the usage is asked for.
fn arguments() -> Result<Option<(String, usize)>, String> {
    let (mut path, mut frames) = ("ecommerce.db".to_owned(), 120);
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        if argument == "--help" || argument == "-h" {
            return Ok(None);
        }
        let value = arguments.next().ok_or_else(|| format!("{argument:?} needs a value"))?;
        match argument.as_str() {
            "--db" => path = value,
            "--frames" => {
                frames = value.parse().map_err(|_| format!("--frames needs a number, not {value:?}"))?;
            }
            _ => return Err(format!("unknown argument {argument:?}")),
        }
    }
    Ok(Some((path, frames)))
}

/// How much time of the shop passes between two orders, in microseconds.
const BETWEEN_ORDERS: i64 = 45 * 1_000_000;
const ORDERS_A_FRAME: usize = 8;

fn run(path: &str, frames: usize) -> Result<(), Error> {
    // A new shop opens at noon; an old one goes on at the time of its last order.
    let noon = Timestamp::from_micros(1_767_268_800_000_000);
    let options = Options { durability: Durability::Normal, clock: Clock::Manual(noon) };
    let database = Database::open_with(path, options)?;
    let opened = Instant::now();
    let queries = Queries::attach(&database)?;
    let attached = opened.elapsed();

    let mut shop = Shop::open(&database)?;
    let known = database.transaction(|tx| Ok::<_, Error>(tx.iter::<Orders>().count()))?.value;
    println!("{path}: {known} orders from before, three queries live after {attached:.1?}");

    let changes = Arc::new(Mutex::new(Changes::default()));
    let _subscriptions = [
        queries.revenue_by_hour().subscribe(count(&changes, |c| &mut c.revenue_by_hour))?,
        queries.top_products().subscribe(count(&changes, |c| &mut c.top_products))?,
        queries.kpi().subscribe(count(&changes, |c| &mut c.kpi))?,
    ];

    let mut now = database.now()?;
    for _ in 0..frames {
        let mut slowest = Duration::ZERO;
        for _ in 0..ORDERS_A_FRAME {
            now = Timestamp::from_micros(now.micros() + BETWEEN_ORDERS);
            database.advance(now)?;
            let started = Instant::now();
            shop.act(&database)?;
            slowest = slowest.max(started.elapsed());
        }
        show(&queries, now, &changes, Some(slowest))?;
    }

    println!("\nThe shop closes: no more orders, only time.");
    for _ in 0..13 {
        now = Timestamp::from_micros(now.micros() + 2 * 3_600_000_000);
        database.advance(now)?;
        show(&queries, now, &changes, None)?;
    }
    Ok(())
}

/// A listener that counts the changed rows of one query.
fn count<R>(
    changes: &Arc<Mutex<Changes>>,
    of: impl Fn(&mut Changes) -> &mut [usize; 3] + Send + 'static,
) -> impl FnMut(&Event<R>) + Send + 'static {
    let changes = changes.clone();
    move |event| {
        let (Some(delta), Ok(mut changes)) = (event.delta(), changes.lock()) else { return };
        let counts = of(&mut changes);
        counts[0] += delta.inserts.len();
        counts[1] += delta.updates.len();
        counts[2] += delta.deletes.len();
    }
}

fn show(
    queries: &Queries,
    now: Timestamp,
    changes: &Mutex<Changes>,
    slowest: Option<Duration>,
) -> Result<(), Error> {
    let changes = changes.lock().map(|mut c| std::mem::take(&mut *c)).unwrap_or_default();
    let frame = Frame {
        now,
        hours: queries.revenue_by_hour().snapshot()?,
        products: queries.top_products().snapshot()?,
        kpi: queries.kpi().get(&())?,
        changes,
        slowest,
    };
    frame.draw();
    thread::sleep(Duration::from_millis(if screen::is_terminal() { 150 } else { 0 }));
    Ok(())
}
