//! The control: a bug behind a condition that only well-formed input meets. A fuzzer that does not find it tells nothing by
//! finding nothing else. It is compiled in with the feature `planted` alone.

/// Fails where the condition holds, in a build with planted bugs.
pub fn planted(condition: impl FnOnce() -> bool) {
    if cfg!(feature = "planted") && condition() {
        // What libFuzzer prints is the proof; no text of the input is in it.
        panic!("the planted bug was found");
    }
}

/// The input as text; bytes that are none are no input.
pub fn text(data: &[u8]) -> Option<&str> {
    std::str::from_utf8(data).ok()
}
