//! Sums over distinct values of which equal ones can look different.

use std::collections::BTreeMap;
use std::hash::Hash;

use cosmictron_types::{Identical, Look, Varied};
use hashbrown::HashMap;

/// The distinct values of a group. Equal values are one kind; of each kind, the look that comes first represents it: which one PostgreSQL
/// takes is open, but it is that of a row that is there.
///
/// A change costs a lookup, and the logarithm of the number of looks of the kind.
#[derive(Clone, Debug)]
pub struct Kinds<T> {
    kinds: HashMap<T, BTreeMap<Look<T>, u32>>,
}

impl<T> Default for Kinds<T> {
    fn default() -> Self {
        Self { kinds: HashMap::new() }
    }
}

/// How the representative of a kind has changed: the one before and the one now, if they are not the same.
pub type Represented<T> = (Option<T>, Option<T>);

impl<T: Varied + Eq + Hash + Clone> Kinds<T> {
    /// Adds a value; NULL counts for nothing.
    pub fn insert(&mut self, value: &Option<T>) -> Represented<T> {
        let Some(value) = value else { return (None, None) };
        let looks = self.kinds.entry(value.clone()).or_default();
        let before = first(looks);
        *looks.entry(Look(value.clone())).or_insert(0) += 1;
        changed(before, first(looks))
    }

    /// Takes out a value that was added.
    pub fn remove(&mut self, value: &Option<T>) -> Represented<T> {
        let Some(value) = value else { return (None, None) };
        let Some(looks) = self.kinds.get_mut(value) else { return (None, None) };
        let before = first(looks);
        let look = Look(value.clone());
        if let Some(count) = looks.get_mut(&look) {
            *count -= 1;
            if *count == 0 {
                looks.remove(&look);
            }
        }
        let now = first(looks);
        if now.is_none() {
            self.kinds.remove(value);
        }
        changed(before, now)
    }

    /// How many distinct values there are.
    pub fn count(&self) -> i64 {
        self.kinds.len() as i64
    }
}

fn first<T: Varied + Clone>(looks: &BTreeMap<Look<T>, u32>) -> Option<T> {
    looks.first_key_value().map(|(look, _)| look.0.clone())
}

fn changed<T: Varied>(before: Option<T>, now: Option<T>) -> Represented<T> {
    if before.identical(&now) { (None, None) } else { (before, now) }
}

#[cfg(test)]
mod tests {
    use cosmictron_types::Numeric;

    use super::*;
    use crate::operators::random::Random;

    /// Values come and go: what is told adds up to the least look of each kind that is there.
    #[test]
    fn random_values_are_represented_by_one_that_is_there() {
        let looks: Vec<Numeric> = ["1", "1.0", "1.00", "2", "2.0", "-3"].map(|t| t.parse().unwrap()).into();
        for seed in 0..20 {
            let mut random = Random::new(seed);
            let mut kinds = Kinds::default();
            let mut values: Vec<Numeric> = Vec::new();
            let mut told: Vec<String> = Vec::new();
            for _ in 0..300 {
                let (before, now) = if values.is_empty() || random.below(2) == 0 {
                    values.push(looks[random.at(looks.len())]);
                    kinds.insert(&values.last().copied())
                } else {
                    kinds.remove(&Some(values.swap_remove(random.at(values.len()))))
                };
                if let Some(before) = before {
                    let at = told.iter().position(|t| *t == before.to_string()).unwrap();
                    told.swap_remove(at);
                }
                told.extend(now.map(|n| n.to_string()));
                let mut sorted = values.clone();
                sorted.sort_by(Varied::cmp_looks);
                sorted.dedup();
                let mut expected: Vec<String> = sorted.iter().map(Numeric::to_string).collect();
                expected.sort();
                told.sort();
                assert_eq!(told, expected);
                assert_eq!(kinds.count(), expected.len() as i64);
            }
        }
        assert_eq!(Kinds::<Numeric>::default().insert(&None), (None, None));
    }
}
