//! Every topic that a PostgreSQL has answered, see [`cosmictron_tests::recorded`].

use cosmictron_tests::recorded::run;
use cosmictron_tests::units::ALL;

macro_rules! topics {
    ($($topic:ident),*) => {
        $(#[test]
        fn $topic() {
            let name = concat!("recorded_", stringify!($topic), "/queries");
            run(*ALL.iter().find(|unit| unit.name() == name).unwrap_or_else(|| panic!("there is no unit {name}")));
        })*

        /// A topic that nobody runs would be forgotten.
        #[test]
        fn every_topic_runs() {
            let run = [$(concat!("recorded_", stringify!($topic), "/queries")),*];
            let topics = ALL.iter().map(|unit| unit.name()).filter(|name| name.starts_with("recorded_"));
            assert_eq!(topics.filter(|name| !run.contains(name)).collect::<Vec<_>>(), Vec::<&str>::new());
        }
    };
}

topics!(
    aggregates, casts, clock, documents, errors, kinds, logic, looks, numbers, subqueries, texts, times,
    varchars
);
