//! What a line of a piece is: prose, or what a machine printed.
//! It parses no log format: it looks at how a line begins.

/// What a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Line {
    /// Written by somebody.
    Prose,
    /// A frame of a stack trace.
    Frame,
    /// A line of a log.
    Log,
}

/// Looks at one line.
pub(super) fn line(line: &str) -> Line {
    let line = line.trim_start();
    if is_frame(line) {
        Line::Frame
    } else if is_log(line) {
        Line::Log
    } else {
        Line::Prose
    }
}

/// `at org.example.Name.call(Name.java:12)`, `... 12 more`, `File "x.py", line 12, in call`.
fn is_frame(line: &str) -> bool {
    let called = |rest: &str| rest.contains('(') && !rest.split('(').next().unwrap_or_default().trim().contains(' ');
    line.strip_prefix("at ").is_some_and(called)
        || line.strip_prefix("... ").is_some_and(|rest| rest.ends_with(" more"))
        || line.strip_prefix("File \"").is_some_and(|rest| rest.contains(", line "))
}

/// A date or a time of day in front, or a level in brackets.
fn is_log(line: &str) -> bool {
    let head = line.trim_start_matches('[');
    let digits = |from: usize, to: usize| head.get(from..to).is_some_and(|d| d.bytes().all(|b| b.is_ascii_digit()));
    let sign = |at: usize, signs: &[u8]| head.as_bytes().get(at).is_some_and(|b| signs.contains(b));
    (digits(0, 4) && sign(4, b"-/") && digits(5, 7) && sign(7, b"-/") && digits(8, 10))
        || (digits(0, 2) && sign(2, b":/") && digits(3, 5) && sign(5, b":/") && digits(6, 8))
        || ["INFO]", "ERROR]", "WARN]", "WARNING]", "DEBUG]", "TRACE]"].iter().any(|level| head.starts_with(level))
}
