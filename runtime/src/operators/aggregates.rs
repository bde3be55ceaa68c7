//! What a group keeps to know its aggregates. Counts and sums of exact numbers are plain integers in the emitted struct; the rest is here.
//!
//! # Measured
//!
//! Time and memory of what could stand here instead, as ratios (`kernels --only min_max,count_distinct`; ARCHITECTURE.md tells how and on what machine).
//!
//! MIN and MAX of a million totals by region, of which there are sixteen, in 50,000 distinct values:
//!
//! | | insert | a row changes | the least leaves | memory |
//! |---|---|---|---|---|
//! | **BTreeMap of counted values** | 1 | 1 | 1 | 1 |
//! | BTreeSet of value and row | 1.57 | 1.53 | 1.07 | 2.24 |
//! | two heaps, values leave late | 0.34 | 0.24 | 1.61 | 2.22 |
//! | sorted vector of counted values | 7.05 | 3.93 | 19.3 | 0.71 |
//! | hash map, extremes sought when they go | 0.23 | 0.26 | 240 | 1.38 |
//!
//! The same by customer, where most groups are small:
//!
//! | | insert | a row changes | the least leaves | memory |
//! |---|---|---|---|---|
//! | **BTreeMap of counted values** | 1 | 1 | 1 | 1 |
//! | BTreeSet of value and row | 1.13 | 1.09 | 1.05 | 1.32 |
//! | two heaps, values leave late | 0.69 | 0.53 | 1.64 | 1.93 |
//! | sorted vector of counted values | 1.90 | 1.85 | 4.48 | 0.77 |
//! | hash map, extremes sought when they go | 0.39 | 0.41 | 35 | 1.12 |
//!
//! Heaps and a hash map are faster as long as the extremes stay. Heaps take twice the memory; a hash map is read from end to end when they go, which happens
//! all the time where old rows are the least.
//!
//! COUNT(DISTINCT customer) by day, of which there are thirty:
//!
//! | | insert | a row leaves and comes | memory |
//! |---|---|---|---|
//! | **hash map, foldhash** | 1 | 1 | 1 |
//! | hash map, FxHash | 0.91 | 0.93 | 1.00 |
//! | hash map, SipHash | 1.80 | 1.83 | 1.00 |
//! | BTreeMap | 3.45 | 3.07 | 0.92 |
//! | sorted vector | 10.5 | 6.17 | 0.66 |
//!
//! COUNT(DISTINCT region) by customer, in many small groups:
//!
//! | | insert | a row leaves and comes | memory |
//! |---|---|---|---|
//! | **hash map, foldhash** | 1 | 1 | 1 |
//! | hash map, FxHash | 0.96 | 0.92 | 0.95 |
//! | hash map, SipHash | 1.88 | 1.88 | 1.06 |
//! | BTreeMap | 1.62 | 1.89 | 1.12 |
//! | sorted vector | 0.71 | 1.37 | 0.73 |

use std::collections::BTreeMap;
use std::hash::Hash;

use cosmictron_types::Identical;
use hashbrown::HashMap;
use hashbrown::hash_map::Entry;

/// The aggregates of one group. Emitted code implements it on a struct with a field for each state.
pub trait Aggregates: Default {
    /// What the states read of a row.
    type Input: Identical;
    /// What the group publishes.
    type Value: Clone + Identical;

    /// Adds a row.
    fn insert(&mut self, input: &Self::Input);
    /// Takes out a row that was added.
    fn remove(&mut self, input: &Self::Input);
    /// The values over `rows` rows. `None` only where a carried column has no value, which it has in every group with rows.
    fn value(&self, rows: i64) -> Option<Self::Value>;
}

/// `MIN` and `MAX`: all values of the group in order, with their multiplicity, so that a delete finds the next one.
/// A change costs the logarithm of the number of distinct values.
#[derive(Clone, Debug)]
pub struct Extremes<T> {
    values: BTreeMap<T, u32>,
}

impl<T> Default for Extremes<T> {
    fn default() -> Self {
        Self { values: BTreeMap::new() }
    }
}

impl<T: Ord + Clone> Extremes<T> {
    /// Adds a value; NULL counts for nothing.
    pub fn insert(&mut self, value: &Option<T>) {
        if let Some(value) = value {
            *self.values.entry(value.clone()).or_insert(0) += 1;
        }
    }

    /// Takes out a value that was added.
    pub fn remove(&mut self, value: &Option<T>) {
        if let Some(value) = value
            && let Some(count) = self.values.get_mut(value)
        {
            *count -= 1;
            if *count == 0 {
                self.values.remove(value);
            }
        }
    }

    /// The least value.
    pub fn min(&self) -> Option<T> {
        self.values.first_key_value().map(|(value, _)| value.clone())
    }

    /// The greatest value.
    pub fn max(&self) -> Option<T> {
        self.values.last_key_value().map(|(value, _)| value.clone())
    }
}

/// The distinct values of a group with their multiplicity, for `COUNT(DISTINCT x)` and, since it tells when
/// a value comes and goes, for sums over distinct values. A change costs a lookup.
#[derive(Clone, Debug)]
pub struct Distinct<T> {
    values: HashMap<T, u32>,
}

impl<T> Default for Distinct<T> {
    fn default() -> Self {
        Self { values: HashMap::new() }
    }
}

impl<T: Eq + Hash + Clone> Distinct<T> {
    /// Adds a value; true if it was not there before. NULL counts for nothing.
    pub fn insert(&mut self, value: &Option<T>) -> bool {
        let Some(value) = value else { return false };
        match self.values.entry(value.clone()) {
            Entry::Occupied(mut entry) => {
                *entry.get_mut() += 1;
                false
            }
            Entry::Vacant(entry) => {
                entry.insert(1);
                true
            }
        }
    }

    /// Takes out a value that was added; true if it was the last one.
    pub fn remove(&mut self, value: &Option<T>) -> bool {
        let Some(value) = value else { return false };
        match self.values.get_mut(value) {
            Some(1) => {
                self.values.remove(value);
                true
            }
            Some(count) => {
                *count -= 1;
                false
            }
            None => false,
        }
    }

    /// How many distinct values there are.
    pub fn count(&self) -> i64 {
        self.values.len() as i64
    }
}

/// The value an expression has in every row of the group, such as the name of the product that the group is keyed by.
///
/// When it changes, every row of the group is taken out and put back with the new value within one step, so the value put in last is
/// the value of all rows whenever a step ends.
#[derive(Clone, Debug)]
pub struct Determined<T> {
    value: Option<T>,
}

impl<T> Default for Determined<T> {
    fn default() -> Self {
        Self { value: None }
    }
}

impl<T: Clone + Identical> Determined<T> {
    /// Adds a row with this value.
    pub fn insert(&mut self, value: &T) {
        if !self.value.as_ref().is_some_and(|old| old.identical(value)) {
            self.value = Some(value.clone());
        }
    }

    /// The value; `None` only while the group has no rows.
    pub fn get(&self) -> Option<T> {
        self.value.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::operators::random::Random;

    /// Values come and go, and steps are undone: extremes and distinct counts are those of the list of values.
    #[test]
    fn random_values_equal_the_list_of_them() {
        for seed in 0..20 {
            let mut random = Random::new(seed);
            let (mut extremes, mut distinct) = (Extremes::default(), Distinct::default());
            let mut values: Vec<Option<i64>> = Vec::new();
            for _ in 0..400 {
                let before = values.clone();
                let mut log = Vec::new();
                for _ in 0..random.below(4) + 1 {
                    let comes = values.is_empty() || random.below(2) == 0;
                    let value = if comes {
                        (random.below(6) > 0).then(|| random.below(7) as i64 - 3)
                    } else {
                        values.swap_remove(random.at(values.len()))
                    };
                    let others = values.contains(&value);
                    values.extend(comes.then_some(value));
                    let changed = apply((&mut extremes, &mut distinct), value, comes);
                    assert_eq!(
                        changed,
                        value.is_some() && !others,
                        "{value:?} is the first or the last of its kind"
                    );
                    log.push((value, comes));
                }
                if random.below(4) == 0 {
                    for (value, comes) in log.into_iter().rev() {
                        apply((&mut extremes, &mut distinct), value, !comes);
                    }
                    values = before;
                }
                let known = || values.iter().flatten().copied();
                assert_eq!((extremes.min(), extremes.max()), (known().min(), known().max()));
                let kinds: std::collections::BTreeSet<i64> = known().collect();
                assert_eq!(distinct.count(), kinds.len() as i64);
            }
        }
    }

    fn apply(states: (&mut Extremes<i64>, &mut Distinct<i64>), value: Option<i64>, comes: bool) -> bool {
        let (extremes, distinct) = states;
        if comes {
            extremes.insert(&value);
            distinct.insert(&value)
        } else {
            extremes.remove(&value);
            distinct.remove(&value)
        }
    }

    /// All rows of the group change their value within one step, in any order: the new one stands.
    #[test]
    fn a_determined_value_is_that_of_the_rows_put_in_last() {
        let mut name = Determined::default();
        assert_eq!(name.get(), None);
        name.insert(&Some("pen"));
        name.insert(&Some("pen"));
        assert_eq!(name.get(), Some(Some("pen")));
        name.insert(&None);
        name.insert(&None);
        assert_eq!(name.get(), Some(None));
        // 1.0 and 1.00 are equal and not the same.
        let mut price = Determined::default();
        let numeric = |text: &str| text.parse::<cosmictron_types::Numeric>().unwrap();
        price.insert(&numeric("1.0"));
        price.insert(&numeric("1.00"));
        assert_eq!(price.get().unwrap().to_string(), "1.00");
    }

    #[test]
    fn extremes_fall_back_to_the_next_value() {
        let mut e = Extremes::default();
        for v in [Some(3), None, Some(1), Some(1), Some(7)] {
            e.insert(&v);
        }
        assert_eq!((e.min(), e.max()), (Some(1), Some(7)));
        e.remove(&Some(7));
        e.remove(&Some(1));
        assert_eq!((e.min(), e.max()), (Some(1), Some(3)));
        e.remove(&Some(1));
        e.remove(&Some(3));
        e.remove(&None);
        assert_eq!((e.min(), e.max()), (None, None));
    }

    #[test]
    fn distinct_tells_first_and_last() {
        let mut d = Distinct::default();
        assert!(d.insert(&Some("a")));
        assert!(!d.insert(&Some("a")));
        assert!(!d.insert(&None));
        assert_eq!(d.count(), 1);
        assert!(!d.remove(&Some("a")));
        assert!(d.remove(&Some("a")));
        assert_eq!(d.count(), 0);
    }
}
