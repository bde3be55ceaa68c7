//! What undoes the writes of a table.

use std::collections::VecDeque;

/// For each write that may still be undone, oldest first, the row it replaced; inserts have none. Everything is O(1), and a row is not
/// allocated by itself.
#[derive(Debug)]
pub(crate) struct History<R> {
    /// The number of the row that a write has replaced.
    writes: VecDeque<Option<u32>>,
    /// The replaced rows, numbered one after the other.
    rows: VecDeque<R>,
    /// The number of the first of them.
    first: u32,
}

/// How many replaced rows there is always room for.
const KEPT: usize = 1024;

impl<R> Default for History<R> {
    fn default() -> Self {
        Self { writes: VecDeque::new(), rows: VecDeque::new(), first: 0 }
    }
}

impl<R> History<R> {
    /// Adds a write.
    pub(crate) fn remember(&mut self, old: Option<R>) {
        // There are never 2³² of them, since a table has no room for so many rows.
        self.writes.push_back(old.as_ref().map(|_| self.first.wrapping_add(self.rows.len() as u32)));
        self.rows.extend(old);
    }

    /// What the newest write has replaced.
    pub(crate) fn newest(&self) -> Option<&R> {
        self.replaced(0)
    }

    /// What a write has replaced, so many writes before the newest.
    pub(crate) fn replaced(&self, age: usize) -> Option<&R> {
        let write = self.writes.len().checked_sub(age + 1)?;
        let number = (*self.writes.get(write)?)?;
        self.rows.get(number.wrapping_sub(self.first) as usize)
    }

    /// Takes out the newest write, if there is one, and what it has replaced.
    pub(crate) fn recall(&mut self) -> Option<Option<R>> {
        let write = self.writes.pop_back()?;
        Some(write.and_then(|_| self.rows.pop_back()))
    }

    /// Gives up undoing the oldest write.
    pub(crate) fn forget(&mut self) {
        if let Some(Some(number)) = self.writes.pop_front() {
            self.rows.pop_front();
            self.first = number.wrapping_add(1);
        }
        if self.writes.is_empty() && self.rows.capacity() > KEPT {
            self.rows.shrink_to(KEPT);
        }
    }

    /// Whether nothing can be undone.
    #[cfg(test)]
    pub(crate) fn is_empty(&self) -> bool {
        self.writes.is_empty() && self.rows.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::operators::random::Random;

    /// Beside a list of what was replaced, also where the numbers begin again.
    #[test]
    fn it_is_a_list_of_replaced_rows() {
        let mut random = Random::new(1);
        let mut history = History { first: u32::MAX - 50, ..History::default() };
        let mut list: VecDeque<Option<u32>> = VecDeque::new();
        for step in 0..2000 {
            match random.below(4) {
                0 => assert_eq!(history.recall(), list.pop_back()),
                1 => {
                    history.forget();
                    list.pop_front();
                }
                _ => {
                    let old = (random.below(2) == 0).then_some(step);
                    history.remember(old);
                    list.push_back(old);
                }
            }
            assert_eq!(history.newest().copied(), list.back().copied().flatten());
            for age in 0..list.len() + 1 {
                let listed = list.iter().rev().nth(age).copied().flatten();
                assert_eq!(history.replaced(age).copied(), listed);
            }
            if step % 100 == 99 {
                list.drain(..).for_each(|_| history.forget());
                assert!(history.is_empty());
            }
        }
    }
}
