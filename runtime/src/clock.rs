//! Where a database gets its time from.

use std::time::{SystemTime, UNIX_EPOCH};

use cosmictron_types::Timestamp;

/// What `NOW()` is. Within a transaction it stands still, and it never goes back.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Clock {
    /// The machine's clock. A background thread sleeps until the next row enters or leaves a time window.
    #[default]
    System,
    /// Stands at this moment until [`crate::Database::advance`] moves it: for tests, replays and simulations. No clock shows an infinite
    /// time, so one that is to start there starts at the nearest time that is finite.
    Manual(Timestamp),
}

impl Clock {
    /// The time to start with.
    pub(crate) fn start(self) -> Timestamp {
        match self {
            Clock::System => system_now(),
            Clock::Manual(start) => Timestamp::from_micros(start.micros().clamp(i64::MIN + 1, i64::MAX - 1)),
        }
    }
}

/// The machine's clock, in microseconds.
pub(crate) fn system_now() -> Timestamp {
    let micros = match SystemTime::now().duration_since(UNIX_EPOCH) {
        Ok(since) => i64::try_from(since.as_micros()).unwrap_or(i64::MAX - 1),
        Err(before) => i64::try_from(before.duration().as_micros()).map_or(i64::MIN + 1, |m| -m),
    };
    Timestamp::from_micros(micros)
}
