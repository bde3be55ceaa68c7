//! The proleptic Gregorian calendar as arithmetic on days since 1970-01-01.
//!
//! PostgreSQL's dates reach the year 5874897, further than calendar crates do, hence the two conversions here
//! (Hinnant, "chrono-Compatible Low-Level Date Algorithms"); a test holds them against `chrono`.

/// Microseconds in a second.
pub(crate) const SECOND: i64 = 1_000_000;
/// Microseconds in a minute.
pub(crate) const MINUTE: i64 = 60 * SECOND;
/// Microseconds in an hour.
pub(crate) const HOUR: i64 = 60 * MINUTE;
/// Microseconds in a day.
pub(crate) const DAY: i64 = 24 * HOUR;

/// Days of the 400 years after which the calendar repeats.
const DAYS_OF_ERA: i64 = 146_097;
/// From the beginning of March of year 0, where eras begin, to 1970-01-01.
const EPOCH: i64 = 719_468;

/// A day of the calendar; year 0 is 1 BC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Civil {
    pub year: i64,
    pub month: u32,
    pub day: u32,
}

impl Civil {
    /// The day that is so many days after 1970-01-01.
    pub fn from_days(days: i64) -> Civil {
        let days = days + EPOCH;
        let era = days.div_euclid(DAYS_OF_ERA);
        let day_of_era = days.rem_euclid(DAYS_OF_ERA);
        let year_of_era =
            (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / (DAYS_OF_ERA - 1)) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let from_march = (5 * day_of_year + 2) / 153;
        let day = (day_of_year - (153 * from_march + 2) / 5 + 1) as u32;
        let month = if from_march < 10 { from_march + 3 } else { from_march - 9 } as u32;
        Civil { year: year_of_era + era * 400 + i64::from(month <= 2), month, day }
    }

    /// Days since 1970-01-01.
    pub fn to_days(self) -> i64 {
        let year = self.year - i64::from(self.month <= 2);
        let (era, year_of_era) = (year.div_euclid(400), year.rem_euclid(400));
        let from_march = i64::from((self.month + 9) % 12);
        let day_of_year = (153 * from_march + 2) / 5 + i64::from(self.day) - 1;
        era * DAYS_OF_ERA + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - EPOCH
    }

    /// The day, if the month has it.
    pub fn new(year: i64, month: u32, day: u32) -> Option<Civil> {
        let valid = (1..=12).contains(&month) && (1..=days_of_month(year, month)).contains(&day);
        valid.then_some(Civil { year, month, day })
    }

    /// The same day so many months later, or the month's last day where it has no such day.
    pub fn add_months(self, months: i64) -> Civil {
        let month = self.year * 12 + i64::from(self.month) - 1 + months;
        let (year, month) = (month.div_euclid(12), month.rem_euclid(12) as u32 + 1);
        Civil { year, month, day: self.day.min(days_of_month(year, month)) }
    }

    /// Days since the first of January, from 1.
    pub fn day_of_year(self) -> i64 {
        self.to_days() - Civil { year: self.year, month: 1, day: 1 }.to_days() + 1
    }
}

/// How many days a month has.
pub(crate) fn days_of_month(year: i64, month: u32) -> u32 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// The weekday of a day since 1970-01-01: 1 is Monday, 7 is Sunday.
pub(crate) fn iso_weekday(days: i64) -> i64 {
    (days + 3).rem_euclid(7) + 1
}

/// ISO 8601's year and week: the week belongs to the year of its Thursday.
pub(crate) fn iso_week(days: i64) -> (i64, i64) {
    let thursday = Civil::from_days(days + 4 - iso_weekday(days));
    (thursday.year, (thursday.day_of_year() - 1) / 7 + 1)
}

#[cfg(test)]
mod tests {
    use chrono::{Datelike, NaiveDate};

    use super::*;

    #[test]
    fn agrees_with_chrono_over_its_range() {
        let epoch = NaiveDate::from_ymd_opt(1970, 1, 1).unwrap();
        for days in (-90_000_000..90_000_000).step_by(9_973) {
            let date = epoch + chrono::TimeDelta::days(days);
            let civil = Civil::from_days(days);
            assert_eq!((civil.year, civil.month, civil.day), (date.year().into(), date.month(), date.day()));
            assert_eq!(civil.to_days(), days);
            assert_eq!(civil.day_of_year(), i64::from(date.ordinal()));
            assert_eq!(iso_weekday(days), i64::from(date.weekday().number_from_monday()));
            let week = date.iso_week();
            assert_eq!(iso_week(days), (week.year().into(), week.week().into()));
        }
    }

    #[test]
    fn every_day_follows_the_one_before() {
        let mut civil = Civil { year: -4800, month: 1, day: 1 };
        for days in civil.to_days()..civil.to_days() + 2 * DAYS_OF_ERA {
            assert_eq!(Civil::from_days(days), civil);
            civil = Civil::new(civil.year, civil.month, civil.day + 1)
                .or(Civil::new(civil.year, civil.month + 1, 1))
                .unwrap_or(Civil { year: civil.year + 1, month: 1, day: 1 });
        }
    }
}
