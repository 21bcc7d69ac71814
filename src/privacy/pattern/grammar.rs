//! The grammar of patterns: text to a tree, or the reason why not and where.
//! It builds no automaton and judges no meaning.

use super::{BadPattern, BadReason, Pattern, Set};

/// A part of a pattern.
pub(super) enum Node {
    /// One character.
    Set(Set),
    /// One after the other.
    All(Vec<Node>),
    /// One of these.
    Either(Vec<Node>),
    /// From so many to so many times.
    Times(Box<Node>, usize, usize),
}

impl Node {
    /// Positions with counts written out.
    fn size(&self) -> usize {
        match self {
            Node::Set(_) => 1,
            Node::All(parts) | Node::Either(parts) => {
                parts.iter().fold(0, |size: usize, part| size.saturating_add(part.size()))
            }
            Node::Times(part, _, most) => part.size().saturating_mul(*most),
        }
    }

    /// Characters of the shortest match.
    pub(super) fn least(&self) -> usize {
        match self {
            Node::Set(_) => 1,
            Node::All(parts) => parts.iter().fold(0, |least: usize, part| least.saturating_add(part.least())),
            Node::Either(parts) => parts.iter().map(Node::least).min().unwrap_or(0),
            Node::Times(part, least, _) => part.least().saturating_mul(*least),
        }
    }
}

/// Reads a whole pattern.
pub(super) fn parse(source: &str) -> Result<Node, BadPattern> {
    let mut parser = Parser { characters: source.chars().collect(), at: 0 };
    if parser.characters.len() > Pattern::LONGEST {
        return Err(parser.bad(BadReason::TooLong, Pattern::LONGEST));
    }
    let node = parser.either(0)?;
    if parser.peek().is_some() {
        return Err(parser.bad(BadReason::Unbalanced, parser.at));
    }
    if node.size() > Pattern::POSITIONS {
        return Err(parser.bad(BadReason::TooLong, parser.at));
    }
    Ok(node)
}

struct Parser {
    characters: Vec<char>,
    at: usize,
}

impl Parser {
    fn peek(&self) -> Option<char> {
        self.characters.get(self.at).copied()
    }

    fn take(&mut self, expected: char) -> bool {
        let is_next = self.peek() == Some(expected);
        self.at += usize::from(is_next);
        is_next
    }

    fn bad(&self, reason: BadReason, at: usize) -> BadPattern {
        BadPattern { reason, at: self.characters.iter().take(at).map(|character| character.len_utf16()).sum() }
    }

    /// Branches, to the closing bracket or the end.
    fn either(&mut self, depth: usize) -> Result<Node, BadPattern> {
        if depth > DEEPEST {
            return Err(self.bad(BadReason::TooLong, self.at));
        }
        let mut branches = vec![self.all(depth)?];
        while self.take('|') {
            branches.push(self.all(depth)?);
        }
        Ok(Node::Either(branches))
    }

    fn all(&mut self, depth: usize) -> Result<Node, BadPattern> {
        let mut parts = Vec::new();
        while let Some(next) = self.peek().filter(|next| !matches!(next, '|' | ')')) {
            let part = self.part(next, depth)?;
            parts.push(self.counted(part)?);
        }
        Ok(Node::All(parts))
    }

    fn part(&mut self, next: char, depth: usize) -> Result<Node, BadPattern> {
        let at = self.at;
        self.at += 1;
        match next {
            '(' => {
                let inner = self.either(depth + 1)?;
                if self.take(')') { Ok(inner) } else { Err(self.bad(BadReason::Unbalanced, at)) }
            }
            '[' => Ok(Node::Set(self.class(at)?)),
            '\\' => Ok(Node::Set(self.escape(at)?)),
            '*' | '+' => Err(self.bad(BadReason::Unbounded, at)),
            '.' | '^' | '$' => Err(self.bad(BadReason::UnknownClass, at)),
            ']' | '{' | '}' | '?' => Err(self.bad(BadReason::Unbalanced, at)),
            literal => Ok(Node::Set(Set { ranges: vec![(literal, literal)], word: false })),
        }
    }

    /// A count behind a part, if there is one; one alone, so that counts are not multiplied out of sight.
    fn counted(&mut self, part: Node) -> Result<Node, BadPattern> {
        let at = self.at;
        let (least, most) = match self.peek() {
            Some('*' | '+') => return Err(self.bad(BadReason::Unbounded, at)),
            Some('?') => {
                self.at += 1;
                (0, 1)
            }
            Some('{') => {
                self.at += 1;
                self.count(at)?
            }
            _ => return Ok(part),
        };
        match self.peek() {
            Some('*' | '+') => Err(self.bad(BadReason::Unbounded, self.at)),
            Some('?' | '{') => Err(self.bad(BadReason::Unbalanced, self.at)),
            _ => Ok(Node::Times(Box::new(part), least, most)),
        }
    }

    fn count(&mut self, at: usize) -> Result<(usize, usize), BadPattern> {
        let least = self.number(at)?;
        let most = if self.take(',') {
            if self.peek() == Some('}') {
                return Err(self.bad(BadReason::Unbounded, at));
            }
            self.number(at)?
        } else {
            least
        };
        if !self.take('}') || most < least {
            return Err(self.bad(BadReason::Unbalanced, at));
        }
        Ok((least, most))
    }

    fn number(&mut self, at: usize) -> Result<usize, BadPattern> {
        let (from, mut number) = (self.at, 0_usize);
        while let Some(digit) = self.peek().and_then(|next| next.to_digit(10)) {
            number = number * 10 + usize::try_from(digit).unwrap_or_default();
            if number > MOST {
                return Err(self.bad(BadReason::TooMany, from));
            }
            self.at += 1;
        }
        if self.at == from { Err(self.bad(BadReason::Unbalanced, at)) } else { Ok(number) }
    }

    /// Behind `[`.
    fn class(&mut self, at: usize) -> Result<Set, BadPattern> {
        let mut set = Set::default();
        loop {
            let from = self.at;
            let Some(next) = self.peek() else { return Err(self.bad(BadReason::Unbalanced, at)) };
            self.at += 1;
            match next {
                ']' if set == Set::default() => return Err(self.bad(BadReason::UnknownClass, at)),
                ']' => return Ok(set),
                '^' if from == at + 1 => return Err(self.bad(BadReason::UnknownClass, from)),
                '[' => return Err(self.bad(BadReason::UnknownClass, from)),
                '\\' => {
                    let escaped = self.escape(from)?;
                    set.word |= escaped.word;
                    set.ranges.extend(escaped.ranges);
                }
                first => set.ranges.push((first, self.range_end(first, from)?)),
            }
        }
    }

    /// The last of a range that begins with a character, or that character.
    fn range_end(&mut self, first: char, from: usize) -> Result<char, BadPattern> {
        let closes = self.characters.get(self.at + 1).is_none_or(|next| *next == ']');
        if self.peek() != Some('-') || closes {
            return Ok(first);
        }
        self.at += 1;
        let last = self.peek().filter(|last| *last >= first && !matches!(last, '\\' | '['));
        self.at += 1;
        last.ok_or_else(|| self.bad(BadReason::UnknownClass, from))
    }

    /// Behind a backslash.
    fn escape(&mut self, at: usize) -> Result<Set, BadPattern> {
        let next = self.peek();
        self.at += 1;
        match next {
            Some('d') => Ok(Set { ranges: vec![('0', '9')], word: false }),
            Some('w') => Ok(Set { ranges: Vec::new(), word: true }),
            Some(sign) if !sign.is_alphanumeric() => Ok(Set { ranges: vec![(sign, sign)], word: false }),
            _ => Err(self.bad(BadReason::UnknownEscape, at)),
        }
    }
}

/// The highest count.
const MOST: usize = 64;
/// Brackets in brackets.
const DEEPEST: usize = 16;
