//! Row storage: a slab of rows with small ids.
//!
//! # Measured
//!
//! Time and memory of what could stand here instead, as ratios (`kernels --only row_storage`; ARCHITECTURE.md tells how and on what machine).
//!
//! A million orders of 72 bytes; a place is known to whoever comes from an index, a window or a step:
//!
//! | | insert | read by key | at a place | update | delete and insert | scan | memory |
//! |---|---|---|---|---|---|---|---|
//! | **slots in a vector, table of ids** | 1 | 1 | 1 | 1 | 1 | 1 | 1 |
//! | slab crate, table of ids | 1.01 | 1.05 | 1.05 | 0.97 | 1.06 | 1.03 | 1.00 |
//! | boxed rows in slots, table of ids | 1.17 | 1.59 | 1.70 | 2.03 | 2.78 | 11.9 | 1.32 |
//! | hashbrown map of rows | 1.38 | 0.72 | 2.10 | 0.89 | 0.57 | 7.81 | 2.05 |
//! | BTreeMap of rows | 0.44 | 8.77 | 13.0 | 4.36 | 4.25 | 12.4 | 1.85 |
//!
//! A hash map of rows finds by key with one lookup, which favours it in the columns by key, but it has one key only, moves its rows when it grows
//! and leaves nothing small for other indexes to hold. The `slab` crate is the same structure; this one can put a row back where it was.

/// Where a row of one table lives. Ids are reused after a delete.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RowId(pub u32);

/// The rows of one table. Insert, remove and access are O(1); a removed row's place is reused, last freed first,
/// so that undoing writes in reverse order gives every row its old place back.
#[derive(Debug)]
pub struct Rows<R> {
    slots: Vec<Option<R>>,
    free: Vec<RowId>,
}

impl<R> Default for Rows<R> {
    fn default() -> Self {
        Self { slots: Vec::new(), free: Vec::new() }
    }
}

impl<R> Rows<R> {
    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.slots.len() - self.free.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The row with this id, if there is one.
    pub fn get(&self, id: RowId) -> Option<&R> {
        self.slots.get(id.0 as usize)?.as_ref()
    }

    /// Makes room for this many further rows.
    pub fn reserve(&mut self, additional: usize) {
        self.slots.reserve(additional.saturating_sub(self.free.len()));
    }

    /// The id that the next row will have, or `None` when all 2³² are taken.
    pub fn next_id(&self) -> Option<RowId> {
        match self.free.last() {
            Some(id) => Some(*id),
            None => u32::try_from(self.slots.len()).ok().map(RowId),
        }
    }

    /// Stores a row under [`Rows::next_id`].
    pub(crate) fn insert(&mut self, row: R) -> RowId {
        match self.free.pop() {
            Some(id) => {
                self.slots[id.0 as usize] = Some(row);
                id
            }
            None => {
                self.slots.push(Some(row));
                RowId(self.slots.len() as u32 - 1)
            }
        }
    }

    /// Stores a recovered row under the id it had. [`Rows::free_gaps`] comes last.
    pub(crate) fn restore(&mut self, id: RowId, row: R) {
        let at = id.0 as usize;
        if at >= self.slots.len() {
            self.slots.resize_with(at + 1, || None);
        }
        self.slots[at] = Some(row);
    }

    /// Makes the ids that no recovered row had available, the lowest first.
    pub(crate) fn free_gaps(&mut self) {
        let empty = self.slots.iter().enumerate().rev().filter(|(_, row)| row.is_none());
        self.free = empty.map(|(at, _)| RowId(at as u32)).collect();
    }

    /// Puts another row in the place of an existing one, which is returned.
    pub(crate) fn replace(&mut self, id: RowId, row: R) -> Option<R> {
        self.slots.get_mut(id.0 as usize)?.replace(row)
    }

    /// Removes a row and frees its place.
    pub(crate) fn remove(&mut self, id: RowId) -> Option<R> {
        let row = self.slots.get_mut(id.0 as usize)?.take()?;
        self.free.push(id);
        Some(row)
    }

    /// All rows in order of their ids.
    pub fn iter(&self) -> impl Iterator<Item = (RowId, &R)> {
        self.slots.iter().enumerate().filter_map(|(at, row)| Some((RowId(at as u32), row.as_ref()?)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn undoing_in_reverse_order_restores_the_places() {
        let mut rows = Rows::default();
        let ids: Vec<_> = (0..4).map(|i| rows.insert(i)).collect();
        rows.remove(ids[1]);
        rows.remove(ids[3]);
        assert_eq!(rows.insert(30), ids[3]);
        rows.remove(ids[3]);
        assert_eq!(rows.insert(3), ids[3]);
        assert_eq!(rows.insert(1), ids[1]);
        assert_eq!(
            rows.iter().map(|(id, r)| (id.0, *r)).collect::<Vec<_>>(),
            [(0, 0), (1, 1), (2, 2), (3, 3)]
        );
    }

    #[test]
    fn restored_rows_keep_their_ids_and_gaps_are_reused() {
        let mut rows = Rows::default();
        rows.restore(RowId(3), 'd');
        rows.restore(RowId(0), 'a');
        rows.free_gaps();
        assert_eq!(rows.len(), 2);
        assert_eq!(rows.insert('b'), RowId(1));
        assert_eq!(rows.insert('c'), RowId(2));
        assert_eq!(rows.insert('e'), RowId(4));
        assert_eq!(rows.get(RowId(9)), None);
    }
}
