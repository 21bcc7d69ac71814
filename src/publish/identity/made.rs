//! Blocks of both formats with ids from a counter, for the laws of identity; the same seed gives the same block.
//! It makes no pages.

use crate::publish::Form;
use crate::publish::generate::Generator;

/// How many kinds of blocks there are.
pub(in crate::publish) const KINDS: usize = 6;

/// A few texts that say something.
pub(in crate::publish) fn texts(random: &mut Generator) -> Vec<String> {
    (0..=random.below(4)).map(|_| format!("{} {}", random.word(), random.sentence(8))).collect()
}

/// A block of this kind that says these texts; with ids, no two of them the same, or without.
pub(in crate::publish) fn made(
    random: &mut Generator,
    form: Form,
    next: &mut usize,
    named: bool,
    kind: usize,
    texts: &[String],
) -> String {
    Maker { random, form, next, named }.block(kind, texts)
}

/// Blocks with ids from a counter, so that no two are the same.
struct Maker<'a> {
    random: &'a mut Generator,
    form: Form,
    next: &'a mut usize,
    /// Whether what is made has ids.
    named: bool,
}

impl Maker<'_> {
    /// The attribute that names an element or a node.
    fn id(&mut self, key: &str) -> String {
        *self.next += 1;
        match (self.named, self.form) {
            (false, _) => String::new(),
            (true, Form::Storage) => format!(r#" {key}="id-{}""#, self.next),
            (true, Form::Adf) => format!(r#""localId":"id-{}""#, self.next),
        }
    }

    fn element(&mut self, name: &str, inside: &str) -> String {
        let id = self.id("local-id");
        format!("<{name}{id}>{inside}</{name}>")
    }

    fn node(&mut self, name: &str, attrs: &str, content: &[String]) -> String {
        let needed = !self.named && name.starts_with("task");
        let id = if needed { r#""localId":"""#.to_owned() } else { self.id("") };
        let attrs = [attrs, &id].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(",");
        let attrs = if attrs.is_empty() { String::new() } else { format!(r#""attrs":{{{attrs}}},"#) };
        format!(r#"{{"type":"{name}",{attrs}"content":[{}]}}"#, content.join(","))
    }

    fn paragraph(&mut self, text: &str) -> String {
        match self.form {
            Form::Storage => self.element("p", text),
            Form::Adf => self.node("paragraph", "", &[words(text)]),
        }
    }

    /// A list, a table, tasks or one of the simple blocks, of these texts.
    fn block(&mut self, kind: usize, texts: &[String]) -> String {
        let all = texts.join(" ");
        match (kind, self.form) {
            (0, _) => self.paragraph(&all),
            (1, Form::Storage) => self.element("h2", &all),
            (1, Form::Adf) => self.node("heading", r#""level":2"#, &[words(&all)]),
            (2, _) => self.list(texts),
            (3, _) => self.tasks(texts),
            (4, _) => self.table(texts),
            (_, Form::Storage) => {
                let (id, inside) = (self.id("ac:macro-id"), self.paragraph(&all));
                format!(
                    r#"<ac:structured-macro ac:name="info"{id}><ac:rich-text-body>{inside}</ac:rich-text-body></ac:structured-macro>"#
                )
            }
            (_, Form::Adf) => {
                let inside = self.paragraph(&all);
                self.node("panel", r#""panelType":"info""#, &[inside])
            }
        }
    }

    fn list(&mut self, texts: &[String]) -> String {
        let items: Vec<String> = texts
            .iter()
            .map(|text| {
                let inside = self.paragraph(text);
                match self.form {
                    Form::Storage => self.element("li", &inside),
                    Form::Adf => self.node("listItem", "", &[inside]),
                }
            })
            .collect();
        match self.form {
            Form::Storage => self.element("ul", &items.concat()),
            Form::Adf => self.node("bulletList", "", &items),
        }
    }

    fn tasks(&mut self, texts: &[String]) -> String {
        let items: Vec<String> = texts.iter().map(|text| self.task(text)).collect();
        match self.form {
            Form::Storage => self.element("ac:task-list", &items.concat()),
            Form::Adf => self.node("taskList", "", &items),
        }
    }

    fn task(&mut self, text: &str) -> String {
        let state = if self.random.below(2) == 0 { ["incomplete", "TODO"] } else { ["complete", "DONE"] };
        match self.form {
            Form::Adf => self.node("taskItem", &format!(r#""state":"{}""#, state[1]), &[words(text)]),
            Form::Storage => {
                *self.next += 1;
                let id = if self.named { format!("<ac:task-id>{}</ac:task-id>", self.next) } else { String::new() };
                let [state, _] = state;
                format!(
                    "<ac:task>{id}<ac:task-status>{state}</ac:task-status><ac:task-body>{text}</ac:task-body></ac:task>"
                )
            }
        }
    }

    fn table(&mut self, texts: &[String]) -> String {
        let rows: Vec<String> = texts
            .iter()
            .map(|text| {
                let cells = ["number", text].map(|text| {
                    let inside = self.paragraph(text);
                    match self.form {
                        Form::Storage => self.element("td", &inside),
                        Form::Adf => self.node("tableCell", "", &[inside]),
                    }
                });
                match self.form {
                    Form::Storage => self.element("tr", &cells.concat()),
                    Form::Adf => self.node("tableRow", "", &cells),
                }
            })
            .collect();
        match self.form {
            Form::Storage => self.element("table", &format!("<tbody>{}</tbody>", rows.concat())),
            Form::Adf => self.node("table", "", &rows),
        }
    }
}

fn words(text: &str) -> String {
    if text.is_empty() { r#"{"type":"hardBreak"}"#.to_owned() } else { format!(r#"{{"type":"text","text":"{text}"}}"#) }
}
