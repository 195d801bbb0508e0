//! A part of a long list.

/// Which part of a list is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Page {
    /// From 1.
    pub number: i64,
    /// How many rows a page has, at most [`Page::SIZE_MAX`].
    pub size: i64,
}

impl Page {
    /// No page has more rows, whatever is asked for.
    pub const SIZE_MAX: i64 = 1_000;

    /// The first page of this size.
    pub fn first(size: i64) -> Self {
        Self { number: 1, size }
    }

    pub(crate) fn size_at_most_max(self) -> i64 {
        self.size.clamp(1, Self::SIZE_MAX)
    }

    pub(crate) fn offset(self) -> i64 {
        self.number.saturating_sub(1).max(0).saturating_mul(self.size_at_most_max())
    }

    /// How long the list is, if so many rows show that this page is its last: then nobody has to count.
    pub(crate) fn ends_with(self, rows: usize) -> Option<i64> {
        let rows = i64::try_from(rows).ok()?;
        let is_last = rows < self.size_at_most_max() && (rows > 0 || self.offset() == 0);
        is_last.then(|| self.offset() + rows)
    }
}

/// One page of a list, and how long the list is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed<T> {
    /// The rows of this page.
    pub rows: Vec<T>,
    /// How many rows all pages have, counted up to [`TOTAL_MAX`].
    pub total: i64,
}

/// Counting stops here: a list longer than this is "more than 100,000" to everybody.
pub const TOTAL_MAX: i64 = 100_000;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_within_bounds() {
        for (number, size, offset, limit) in
            [(1, 50, 0, 50), (3, 50, 100, 50), (0, 50, 0, 50), (-5, 0, 0, 1), (2, 9_999, 1_000, 1_000), (i64::MIN, 1, 0, 1)]
        {
            let page = Page { number, size };
            assert_eq!((page.offset(), page.size_at_most_max()), (offset, limit), "{page:?}");
        }
        for (number, rows, total) in [(1, 0, Some(0)), (1, 49, Some(49)), (1, 50, None), (3, 7, Some(107)), (3, 0, None)] {
            assert_eq!(Page { number, size: 50 }.ends_with(rows), total, "{number} {rows}");
        }
        assert_eq!(Page { number: i64::MAX, size: 1_000 }.offset(), i64::MAX);
    }
}
