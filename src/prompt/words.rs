//! The words that carry meaning, cut to a stem that is good enough to compare with.
//! It is no linguistics: it only has to find that two texts speak of the same things.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::OnceLock;

/// The sentences of a line, as byte ranges that leave out white space alone. A sentence ends at white space: a question mark
/// inside a link or a name ends none.
pub(super) fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut joined: Vec<Range<usize>> = Vec::new();
    for range in crate::content::sentences(text) {
        let gap = joined.last().and_then(|last| text.get(last.start..range.start));
        match joined.last_mut() {
            Some(last) if gap.is_some_and(|gap| !gap.ends_with(char::is_whitespace)) => last.end = range.end,
            _ => joined.push(range),
        }
    }
    // Whatever the splitter left over belongs to its neighbor: no text is lost.
    match (joined.first_mut(), text.len()) {
        (Some(first), _) => first.start = 0,
        (None, length) => joined.push(0..length),
    }
    if let Some(last) = joined.last_mut() {
        last.end = text.len();
    }
    joined
}

/// The stems of the content words of a text, in order, with repetitions.
pub(super) fn stems(text: &str) -> Vec<String> {
    let words = text.split(|char: char| !char.is_alphabetic() && char != '\'' && char != '’');
    words
        .map(str::to_lowercase)
        .filter(|word| word.chars().count() >= 3 && !is_common(word))
        .map(|word| stem(&word))
        .collect()
}

/// The same as a set.
pub(super) fn stem_set(text: &str) -> HashSet<String> {
    stems(text).into_iter().collect()
}

/// Five letters after the commonest endings: enough for inflection in the languages we know, and cheap.
fn stem(word: &str) -> String {
    let bare = word.trim_end_matches("'s").trim_end_matches("’s");
    let mut base = bare;
    for ending in ["ings", "ing", "ies", "ied", "ed", "es", "en", "s", "e", "y"] {
        if let Some(head) = bare.strip_suffix(ending)
            && head.chars().count() >= 3
        {
            base = head;
            break;
        }
    }
    base.chars().take(5).collect()
}

fn is_common(word: &str) -> bool {
    static SET: OnceLock<HashSet<&str>> = OnceLock::new();
    SET.get_or_init(|| COMMON.split(' ').collect()).contains(word)
}

/// Words that say nothing by themselves in English, German, French, Spanish, Italian and Russian.
const COMMON: &str = "\
aber about after again all alla alle allem allen aller alles als also always anche and ante any are auch auf aus \
aux avec avere avoir been before bei beim being bin bis bist both but can ces cet cette che chez come como con \
could cui dal dalla dans das dass degli dei del della delle dem den der des desde did die dies diese diesem \
diesen dieser dieses does doing donc donde durch each ein eine einem einen einer eines ella elle elles ellos \
entre era eran ese eso est esta este esto etc fait for from für gli had hanno has hat have having her here him \
his how ihr ihre ils into ist its itself jede jeder jedes just kann kein keine las les leur loro los mais man \
may mehr mit more most much must nach nei nel nella nicht noch nor not nous nur oder off ohne only other our out \
over par para pas per pero peut più plus por porque pour puis può que quella quello questa questo qui same sans \
sehr sein seine ser shall she should sich sie sind sobre some son sono sont sous stati stato such sul sulla sur \
than that the their them then there these they this those through too tra tutti tutto una und under une uno \
unter until upon used vers very via von vor vous war was werden were what when where which while who why will \
wird with within without would wurde wurden you your zum zur été être über без более был была были было быть вам \
вас все всех для его если есть еще ещё или как когда которая которые который между мне может над нас нет них она \
они оно перед под при про так также там тем тех том тот уже чем что чтобы эта эти это этот";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_same_stem_for_forms_of_a_word() {
        for pair in [
            ["crash", "crashes"],
            ["upload", "uploading"],
            ["files", "file"],
            ["Fehler", "Fehlers"],
            ["настройка", "настройки"],
        ] {
            assert_eq!(stems(pair[0]), stems(pair[1]), "{pair:?}");
        }
        assert!(stems("the and für который").is_empty());
    }
}
