//! A sorted queue that grows at its end.

use std::collections::VecDeque;

/// Elements in ascending order, each once.
///
/// At both ends an element comes and goes in constant time. One from the middle is found by bisection and only marked as gone, so that it can come back
/// to its place; marks are cleared away when they are as many as the elements.
#[derive(Debug)]
pub(super) struct Run<T> {
    /// The first and the last element are there.
    elements: VecDeque<Element<T>>,
    gone: usize,
}

#[derive(Debug)]
struct Element<T> {
    value: T,
    is_gone: bool,
}

impl<T> Default for Run<T> {
    fn default() -> Self {
        Self { elements: VecDeque::new(), gone: 0 }
    }
}

/// From sorted elements.
impl<T> From<Vec<T>> for Run<T> {
    fn from(sorted: Vec<T>) -> Self {
        Self {
            elements: sorted.into_iter().map(|value| Element { value, is_gone: false }).collect(),
            gone: 0,
        }
    }
}

impl<T: Ord> Run<T> {
    pub(super) fn first(&self) -> Option<&T> {
        self.elements.front().map(|element| &element.value)
    }

    /// Adds an element that is not there: at the end, or in a place it had before; false if it belongs elsewhere.
    pub(super) fn push(&mut self, value: T) -> bool {
        if self.elements.back().is_none_or(|last| last.value < value) {
            self.elements.push_back(Element { value, is_gone: false });
            return true;
        }
        // Only what is marked as gone can come back; where nothing is, there is nothing to look for.
        let place = if self.gone == 0 { None } else { self.find(&value) };
        match place.map(|at| &mut self.elements[at]).filter(|element| element.is_gone) {
            Some(element) => {
                element.is_gone = false;
                self.gone -= 1;
                true
            }
            None => false,
        }
    }

    /// Removes an element; false if it is not there.
    pub(super) fn remove(&mut self, value: &T) -> bool {
        let at = if self.first() == Some(value) { Some(0) } else { self.find(value) };
        let Some(element) = at.map(|at| &mut self.elements[at]).filter(|element| !element.is_gone) else {
            return false;
        };
        element.is_gone = true;
        self.gone += 1;
        self.clear_away();
        true
    }

    fn find(&self, value: &T) -> Option<usize> {
        self.elements.binary_search_by(|element| element.value.cmp(value)).ok()
    }

    fn clear_away(&mut self) {
        while self.elements.pop_front_if(|element| element.is_gone).is_some() {
            self.gone -= 1;
        }
        while self.elements.pop_back_if(|element| element.is_gone).is_some() {
            self.gone -= 1;
        }
        if self.gone > self.elements.len() / 2 {
            self.elements.retain(|element| !element.is_gone);
            self.gone = 0;
        }
    }

    #[cfg(test)]
    pub(super) fn iter(&self) -> impl Iterator<Item = &T> {
        self.elements.iter().filter(|element| !element.is_gone).map(|element| &element.value)
    }
}
