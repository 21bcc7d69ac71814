//! The port for random bytes; every use asks the host anew.
//! It keeps no generator state, so a copied process cannot repeat one.

use super::Secret;
use subtle::ConstantTimeEq;

/// A source of random bytes.
pub trait Entropy {
    /// Fills the whole slice.
    ///
    /// # Errors
    /// [`EntropyError`] when the source has none or visibly does not work; nothing may be sealed then.
    fn fill(&mut self, out: &mut [u8]) -> Result<(), EntropyError>;
}

/// Why there are no random bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EntropyError {
    /// The host's source failed.
    Unavailable,
    /// The source returned one byte over and over, or the same block twice.
    Stuck,
}

/// The host's generator: `crypto.getRandomValues` in wasm, the operating system's natively.
#[derive(Default)]
pub struct HostEntropy;

impl Entropy for HostEntropy {
    fn fill(&mut self, out: &mut [u8]) -> Result<(), EntropyError> {
        getrandom::fill(out).map_err(|_| EntropyError::Unavailable)
    }
}

/// Draws blocks from a source that visibly works.
pub(super) struct Blocks<'a> {
    source: &'a mut dyn Entropy,
    last: Secret<32>,
}

/// A fresh key.
///
/// # Errors
/// [`EntropyError`] without a source that visibly works.
pub(crate) fn random_key(source: &mut dyn Entropy) -> Result<Secret<32>, EntropyError> {
    Blocks::from(source).draw()
}

impl<'a> Blocks<'a> {
    /// Nothing is drawn yet.
    pub(super) fn from(source: &'a mut dyn Entropy) -> Blocks<'a> {
        Blocks { source, last: Secret::empty() }
    }

    /// 32 random bytes; neither one byte over and over nor the block before.
    pub(super) fn draw(&mut self) -> Result<Secret<32>, EntropyError> {
        let mut block = Secret::empty();
        self.source.fill(block.expose_mut())?;
        let first = block.expose().first().copied().unwrap_or_default();
        let constant = block.expose().ct_eq(&[first; 32]);
        if bool::from(constant | block.expose().ct_eq(self.last.expose())) {
            return Err(EntropyError::Stuck);
        }
        *self.last.expose_mut() = *block.expose();
        Ok(block)
    }
}

/// A deterministic source for tests: the bytes it was given, block after block, then `Unavailable`.
#[doc(hidden)]
pub struct FixedEntropy(std::collections::VecDeque<u8>);

impl FixedEntropy {
    /// Gives out these bytes.
    pub fn of(bytes: &[u8]) -> FixedEntropy {
        FixedEntropy(bytes.iter().copied().collect())
    }

    /// Gives out a sequence that never repeats within a test, by splitmix64 (Steele, Lea and Flood, 2014).
    pub fn seeded(seed: u64) -> FixedEntropy {
        let mut state = seed;
        let next = |_| {
            state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
            let mut word = state;
            word = (word ^ (word >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            word = (word ^ (word >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            (word ^ (word >> 31)).to_be_bytes()
        };
        FixedEntropy((0..256).flat_map(next).collect())
    }
}

impl Entropy for FixedEntropy {
    fn fill(&mut self, out: &mut [u8]) -> Result<(), EntropyError> {
        for byte in out {
            *byte = self.0.pop_front().ok_or(EntropyError::Unavailable)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draw(bytes: &[u8]) -> Option<EntropyError> {
        Blocks::from(&mut FixedEntropy::of(bytes)).draw().err()
    }

    #[test]
    fn refuses_one_byte_over_and_over() {
        assert_eq!(draw(&[0; 32]), Some(EntropyError::Stuck));
        assert_eq!(draw(&[0xff; 32]), Some(EntropyError::Stuck));
    }

    #[test]
    fn refuses_the_same_block_again() {
        let source = &mut FixedEntropy::of(&[(0..32).collect::<Vec<u8>>(), (0..32).collect()].concat());
        let mut blocks = Blocks::from(source);
        assert!(blocks.draw().is_ok());
        assert_eq!(blocks.draw().err(), Some(EntropyError::Stuck));
    }

    #[test]
    fn refuses_a_source_that_runs_dry() {
        assert_eq!(draw(&[]), Some(EntropyError::Unavailable));
        assert_eq!(draw(&[1, 2, 3]), Some(EntropyError::Unavailable));
    }

    #[test]
    fn the_host_gives_different_bytes_each_time() {
        let mut host = HostEntropy;
        let one = Blocks::from(&mut host).draw().unwrap();
        assert_ne!(one.expose(), Blocks::from(&mut host).draw().unwrap().expose());
    }
}
