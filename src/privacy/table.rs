//! The map of one request: which token stands for which text.
//! It lives in the memory of one invocation and is never stored; it does not find anything.

use super::Kind;
use super::token::Token;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Tokens issued, in order.
#[derive(Default)]
pub(super) struct Table {
    by_value: HashMap<(Kind, String), usize>,
    by_token: BTreeMap<Token, usize>,
    entries: Vec<Entry>,
    last: BTreeMap<Kind, u32>,
    /// Number and count of forms for each person the host named.
    persons: BTreeMap<usize, (u32, u32)>,
    /// Numbers that occur in the request's own texts, so that no token of ours reads the same.
    taken: BTreeSet<(Kind, u32)>,
}

/// One value and its token.
pub(super) struct Entry {
    pub(super) token: Token,
    pub(super) value: String,
    /// It stood directly between brackets somewhere, so brackets around its token are not a model's doubling.
    pub(super) enclosed: bool,
    /// It is itself a token-like text of the input, masked only so that it comes back.
    pub(super) literal: bool,
}

impl Table {
    /// Whether nothing was issued and no number is kept from it.
    pub(super) fn is_empty(&self) -> bool {
        self.entries.is_empty() && self.taken.is_empty()
    }

    /// Keeps a number from being issued, because a text has it already. `false` when it was issued before.
    pub(super) fn take(&mut self, kind: Kind, number: u32) -> bool {
        let issued = self.last.get(&kind).is_some_and(|last| number <= *last) && !self.taken.contains(&(kind, number));
        if !issued {
            self.taken.insert((kind, number));
        }
        !issued
    }

    /// Whether the request's own texts have this token-like text.
    pub(super) fn is_taken(&self, token: Token) -> bool {
        self.taken.contains(&(token.kind, token.number))
    }

    /// The token of a value, issued now if it is new. `person`: which of the host's identities it names.
    pub(super) fn issue(&mut self, kind: Kind, value: &str, person: Option<usize>) -> &mut Entry {
        let key = (kind, value.to_owned());
        let at = self.by_value.get(&key).copied().unwrap_or_else(|| {
            let token = self.next(kind, person);
            let at = self.entries.len();
            self.entries.push(Entry { token, value: value.to_owned(), enclosed: false, literal: false });
            self.by_value.insert(key, at);
            self.by_token.insert(token, at);
            at
        });
        #[expect(clippy::indexing_slicing, reason = "the map holds places in this list alone, and the list only grows")]
        &mut self.entries[at]
    }

    /// Enters a pair that was issued elsewhere.
    pub(super) fn admit(&mut self, token: Token, value: String, enclosed: bool) {
        if let Some(entry) = self.by_token.get(&token).and_then(|at| self.entries.get_mut(*at)) {
            entry.enclosed |= enclosed;
            return;
        }
        self.by_token.insert(token, self.entries.len());
        self.entries.push(Entry { token, value, enclosed, literal: false });
    }

    pub(super) fn find(&self, token: Token) -> Option<&Entry> {
        self.by_token.get(&token).and_then(|at| self.entries.get(*at))
    }

    pub(super) fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The first token of a person, when the request named them.
    pub(super) fn person(&self, person: usize) -> Option<Token> {
        let (number, _) = self.persons.get(&person)?;
        Some(Token { kind: Kind::Person, number: *number, form: 0 })
    }

    fn next(&mut self, kind: Kind, person: Option<usize>) -> Token {
        if let Some((number, forms)) = person.and_then(|person| self.persons.get_mut(&person)) {
            *forms += 1;
            return Token { kind, number: *number, form: *forms };
        }
        let last = self.last.entry(kind).or_insert(0);
        *last += 1;
        while self.taken.contains(&(kind, *last)) {
            *last += 1;
        }
        let number = *last;
        if let Some(person) = person {
            self.persons.insert(person, (number, 0));
        }
        Token { kind, number, form: 0 }
    }
}
