//! The seeded generator of the room's property tests: texts, pages, and a person's edits.
//!
//! Not random: the same seed gives the same page on every machine.

use crate::random::Xorshift;

/// What makes them.
pub(crate) struct Generator(Xorshift);

impl Generator {
    pub(crate) fn new(seed: u64) -> Self {
        Self(Xorshift::seeded(seed + 1))
    }

    /// A number below `end`; 0 when `end` is 0.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        self.0.below(end)
    }

    pub(crate) fn pick<'a, T>(&mut self, all: &'a [T]) -> Option<&'a T> {
        let at = self.below(all.len());
        all.get(at)
    }

    pub(crate) fn word(&mut self) -> &'static str {
        self.pick(&WORDS).unwrap()
    }

    /// Up to `most` words, some with punctuation between.
    pub(crate) fn sentence(&mut self, most: usize) -> String {
        let words: Vec<&str> = (0..self.below(most + 1)).map(|_| self.word()).collect();
        words.join(self.pick(&[" ", " ", ", ", "-"]).unwrap())
    }

    /// The same sentence with some words put in, taken out or changed.
    pub(crate) fn rewritten(&mut self, text: &str) -> String {
        let mut words: Vec<&str> = text.split(' ').collect();
        for _ in 0..=self.below(3) {
            let at = self.below(words.len());
            match self.below(3) {
                0 => words.insert(at, self.word()),
                1 if words.len() > 1 => drop(words.remove(at)),
                _ => words[at] = self.word(),
            }
        }
        words.join(" ")
    }
}

const WORDS: [&str; 24] = [
    "router", "the", "of", "page", "server", "fix", "größe", "資料", "don't", "v1.2.3", "404", "build", "fails",
    "when", "a", "token", "expires", "🚀", "naïve", "retry", "(beta)", "done.", "queue", "is",
];

/// A storage-format page that can be edited as a person would.
#[derive(Clone, Debug)]
pub(crate) struct Sheet {
    parts: Vec<Part>,
    /// The spaces between blocks, used in turn.
    spaces: Vec<&'static str>,
}

#[derive(Clone, Debug)]
enum Part {
    Block(String),
    /// The cells of a layout of one section.
    Layout(Vec<Vec<String>>),
}

impl Generator {
    /// One block of storage format.
    pub(crate) fn block(&mut self) -> String {
        let text = self.sentence(12);
        match self.below(14) {
            0 => "<p />".to_owned(),
            1 => "<hr />".to_owned(),
            2 => format!("<h2>{text}</h2>"),
            3 => format!("<ul><li><p>{text}</p></li><li><p>{}</p></li></ul>", self.sentence(5)),
            4 => format!("<table><tbody><tr><th>{}</th><td>{text}</td></tr></tbody></table>", self.word()),
            5 => format!(
                r#"<ac:structured-macro ac:name="code" ac:macro-id="{}"><ac:plain-text-body><![CDATA[{text} < & ]]></ac:plain-text-body></ac:structured-macro>"#,
                self.below(9_999)
            ),
            6 => format!(
                r#"<ac:structured-macro ac:name="info"><ac:rich-text-body><p>{text}</p></ac:rich-text-body></ac:structured-macro>"#
            ),
            7 => format!(r#"<p><strong>{text}</strong>&nbsp;<a href="https://x.example/{}">x</a></p>"#, self.below(99)),
            8 => format!(r#"<p style="text-align: center;" local-id="{}">{text}&rsquo;s</p>"#, self.below(99)),
            _ => format!("<p>{text}.</p>"),
        }
    }

    pub(crate) fn sheet(&mut self, most: usize) -> Sheet {
        let spaces = match self.below(3) {
            0 => vec![""],
            1 => vec!["\n"],
            _ => vec!["", "\n", "\n\n  ", " "],
        };
        let count = self.below(most + 1);
        let parts = (0..count).map(|_| self.part()).collect();
        Sheet { parts, spaces }
    }

    fn part(&mut self) -> Part {
        if self.below(8) > 0 {
            return Part::Block(self.block());
        }
        let mut cells = Vec::new();
        for _ in 0..=self.below(3) {
            let count = self.below(4);
            cells.push((0..count).map(|_| self.block()).collect());
        }
        Part::Layout(cells)
    }

    /// The same sheet after some edits.
    pub(crate) fn edited(&mut self, sheet: &Sheet) -> Sheet {
        let mut sheet = sheet.clone();
        for _ in 0..=self.below(5) {
            self.edit(&mut sheet);
        }
        sheet
    }

    fn edit(&mut self, sheet: &mut Sheet) {
        let at = self.below(sheet.parts.len());
        match (self.below(7), sheet.parts.get_mut(at)) {
            (0, Some(Part::Layout(cells))) if !cells.is_empty() => {
                let cell = self.below(cells.len());
                let block = self.block();
                cells[cell].push(block);
            }
            (1, Some(Part::Layout(cells))) => cells.retain(|_| self.below(3) > 0),
            (0 | 1, _) => sheet.parts.insert(at, self.part()),
            (2, Some(_)) => drop(sheet.parts.remove(at)),
            (3, Some(_)) => {
                let part = sheet.parts.remove(at);
                let to = self.below(sheet.parts.len() + 1);
                sheet.parts.insert(to, part);
            }
            (4, Some(part)) => {
                let copy = part.clone();
                sheet.parts.insert(at, copy);
            }
            (_, Some(Part::Block(block))) => *block = self.touched(block),
            (_, Some(Part::Layout(cells))) => {
                for block in cells.iter_mut().flatten() {
                    *block = self.touched(block);
                }
            }
            (_, None) => {}
        }
    }

    /// The block with other words, or another block.
    fn touched(&mut self, block: &str) -> String {
        let inner =
            block.strip_prefix("<p>").and_then(|rest| rest.strip_suffix("</p>")).filter(|inner| !inner.contains('<'));
        match inner {
            Some(inner) => format!("<p>{}</p>", self.rewritten(inner)),
            None => self.block(),
        }
    }
}

impl Sheet {
    /// The same without layouts.
    pub(crate) fn only_blocks(mut self) -> Self {
        self.parts.retain(|part| matches!(part, Part::Block(_)));
        self
    }

    /// The same without layouts, and with a number in each block so that no two are equal.
    pub(crate) fn flat(self) -> Self {
        let mut this = self.only_blocks();
        for (number, part) in this.parts.iter_mut().enumerate() {
            if let Part::Block(block) = part {
                *block = format!("<blockquote>{block}<p>block {number}</p></blockquote>");
            }
        }
        this
    }

    pub(crate) fn blocks(&self) -> Vec<&str> {
        let all = self.parts.iter().flat_map(|part| match part {
            Part::Block(block) => vec![block.as_str()],
            Part::Layout(cells) => cells.iter().flatten().map(String::as_str).collect(),
        });
        all.collect()
    }

    /// The same with one block for another, wherever it stands.
    pub(crate) fn with(&self, old: &str, new: &str) -> Self {
        let mut sheet = self.clone();
        for part in &mut sheet.parts {
            match part {
                Part::Block(block) if block == old => *block = new.to_owned(),
                Part::Block(_) | Part::Layout(_) => {}
            }
        }
        sheet
    }

    /// The body in storage format.
    pub(crate) fn body(&self) -> String {
        let mut writer = Writer { out: String::new(), spaces: &self.spaces, used: 0 };
        for part in &self.parts {
            match part {
                Part::Block(block) => writer.put(block),
                Part::Layout(cells) => {
                    writer.put("<ac:layout><ac:layout-section ac:type=\"single\">");
                    for cell in cells {
                        writer.put("<ac:layout-cell>");
                        cell.iter().for_each(|block| writer.put(block));
                        writer.put("</ac:layout-cell>");
                    }
                    writer.put("</ac:layout-section></ac:layout>");
                }
            }
        }
        writer.put("");
        writer.out
    }
}

struct Writer<'a> {
    out: String,
    spaces: &'a [&'static str],
    used: usize,
}

impl Writer<'_> {
    fn put(&mut self, text: &str) {
        self.out.push_str(self.spaces[self.used % self.spaces.len()]);
        self.out.push_str(text);
        self.used += 1;
    }
}
