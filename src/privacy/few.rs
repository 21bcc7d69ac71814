//! A list that holds few items, in place: what is read for a moment should not ask for memory.
//! It grows no further than its room; what does not fit is left out.

use std::ops::Deref;

/// At most `N` items.
pub(super) struct Few<T, const N: usize> {
    items: [T; N],
    length: usize,
}

impl<T: Copy + Default, const N: usize> Few<T, N> {
    pub(super) fn new() -> Few<T, N> {
        Few { items: [T::default(); N], length: 0 }
    }

    /// Adds an item, if there is room.
    pub(super) fn push(&mut self, item: T) {
        if let Some(room) = self.items.get_mut(self.length) {
            *room = item;
            self.length += 1;
        }
    }

    /// Keeps the first items.
    pub(super) fn truncate(&mut self, length: usize) {
        self.length = self.length.min(length);
    }
}

impl<T, const N: usize> Deref for Few<T, N> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        self.items.get(..self.length).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn holds_what_fits() {
        let mut few: Few<u8, 3> = Few::new();
        (0..5).for_each(|item| few.push(item));
        assert_eq!(*few, [0, 1, 2]);
        few.truncate(1);
        assert_eq!(*few, [0]);
    }
}
