//! Choices drawn from a seed, or from bytes that a fuzzer or a shrinking test turns over.

/// A source of choices.
pub struct Dice<'a> {
    bytes: Option<&'a [u8]>,
    state: u64,
}

impl<'a> Dice<'a> {
    /// Endless choices that only depend on the seed.
    pub fn seeded(seed: u64) -> Self {
        Self { bytes: None, state: seed }
    }

    /// Choices read from bytes; after the last, always the first of what there is to choose.
    pub fn of(bytes: &'a [u8]) -> Self {
        Self { bytes: Some(bytes), state: 0 }
    }

    fn byte(&mut self) -> u8 {
        match self.bytes {
            Some([first, rest @ ..]) => {
                self.bytes = Some(rest);
                *first
            }
            Some([]) => 0,
            None => (self.word() >> 56) as u8,
        }
    }

    /// SplitMix64.
    fn word(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.state ^ (self.state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn wide(&mut self) -> u64 {
        match self.bytes {
            Some(_) => (0..8).fold(0, |all, _| all << 8 | u64::from(self.byte())),
            None => self.word(),
        }
    }

    /// One of `0..count`; 0 for a count of 0.
    pub fn below(&mut self, count: usize) -> usize {
        match count {
            0 | 1 => 0,
            2..=256 => usize::from(self.byte()) % count,
            _ => (self.wide() % count as u64) as usize,
        }
    }

    /// A number from `lo` to `hi`, both included.
    pub fn within(&mut self, lo: i64, hi: i64) -> i64 {
        let span = hi.wrapping_sub(lo) as u64;
        match span.checked_add(1) {
            None => self.wide() as i64,
            Some(count) if count <= 256 => lo + self.below(count as usize) as i64,
            Some(count) => lo.wrapping_add((self.wide() % count) as i64),
        }
    }

    /// Yes in `part` of `whole` cases.
    pub fn chance(&mut self, part: usize, whole: usize) -> bool {
        self.below(whole) >= whole - part
    }

    /// One of several.
    pub fn pick<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.below(all.len())]
    }
}
