//! What the kernels are tested with.

/// A small seeded generator (xorshift64), so that a failure is the same on every machine.
pub(crate) struct Random(u64);

impl Random {
    /// The sequence of a seed.
    pub(crate) fn new(seed: u64) -> Self {
        // Zero would stay zero.
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    /// The next 64 bits.
    pub(crate) fn bits(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    /// A number less than `limit`, which is not 0.
    pub(crate) fn below(&mut self, limit: u64) -> u64 {
        (self.bits() >> 11) % limit
    }

    /// A position in something of this length.
    pub(crate) fn at(&mut self, length: usize) -> usize {
        self.below(length as u64) as usize
    }
}
