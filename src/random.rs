//! Numbers from a seed for tests, the same in every run and on every machine: a failure names its seed.
//! They are no secret and make none; a key's come from [`crate::vault`].

/// A xorshift generator of 64 bits (Marsaglia, 2003).
#[derive(Clone, Debug)]
pub(crate) struct Xorshift(u64);

impl Xorshift {
    /// One that is the same for the same seed.
    pub(crate) fn seeded(seed: u64) -> Self {
        // Neighboring seeds are spread, and no state is 0, which would stay 0.
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    /// A number below `end`; 0 when `end` is 0.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(end.max(1)).unwrap()).unwrap()
    }
}
