//! The verbs on content: `markdown`, `adf`, `storage`, `roundtrip`, `excerpts`, `extract`.
//! It converts nothing itself: [`crate::content`] does.

use super::refused::Refused;
use crate::content::{self, ExcerptLimits, Format, Origin, Places, extract::Source, tokens::Tokenizer};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A line of `markdown`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct MarkdownIn {
    /// Given back.
    #[serde(default)]
    pub id: Value,
    /// What the body is.
    pub format: Format,
    /// The document.
    pub body: String,
}

/// The answer of `markdown`.
#[derive(Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct MarkdownOut {
    /// The line's.
    pub id: Value,
    /// The document as Markdown.
    pub markdown: String,
}

/// Prints a document as Markdown.
///
/// # Errors
/// [`Refused`] with the code of [`content::Malformed`].
pub fn markdown(line: MarkdownIn) -> Result<MarkdownOut, Refused> {
    Ok(MarkdownOut { id: line.id, markdown: content::markdown_of(line.format, &line.body)? })
}

/// A line of `adf`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct AdfIn {
    /// Given back.
    #[serde(default)]
    pub id: Value,
    /// The document as Markdown.
    pub markdown: String,
}

/// The answer of `adf`.
#[derive(Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct AdfOut {
    /// The line's.
    pub id: Value,
    /// ADF, as JSON text.
    pub adf: String,
}

/// Prints Markdown as ADF.
///
/// # Errors
/// [`Refused`] with the code of [`content::Malformed`].
pub fn adf(line: AdfIn) -> Result<AdfOut, Refused> {
    let document = content::parse(Format::Markdown, &line.markdown)?;
    Ok(AdfOut { id: line.id, adf: content::print_adf(&document) })
}

/// A line of `storage`: one of `markdown` and `adf`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct StorageIn {
    /// Given back.
    #[serde(default)]
    pub id: Value,
    /// The document as Markdown.
    pub markdown: Option<String>,
    /// The document as ADF JSON text.
    pub adf: Option<String>,
}

/// The answer of `storage`.
#[derive(Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct StorageOut {
    /// The line's.
    pub id: Value,
    /// The document in storage format.
    pub storage: String,
}

/// Prints Markdown or ADF as storage format.
///
/// # Errors
/// [`Refused`]: `bad-input` when not exactly one body is given, else the code of [`content::Malformed`].
pub fn storage(line: StorageIn) -> Result<StorageOut, Refused> {
    let document = match (&line.markdown, &line.adf) {
        (Some(body), None) => content::parse(Format::Markdown, body)?,
        (None, Some(body)) => content::parse(Format::Adf, body)?,
        (Some(_), Some(_)) | (None, None) => {
            return Err(Refused::bad_input("give one of the fields \"markdown\" and \"adf\""));
        }
    };
    Ok(StorageOut { id: line.id, storage: content::print_storage(&document) })
}

/// The answer of `roundtrip`; its line is that of `markdown`.
#[derive(Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct RoundtripOut {
    /// The line's.
    pub id: Value,
    /// The document, parsed and printed again.
    pub body: String,
}

/// Parses a document and prints it in its own format.
///
/// # Errors
/// [`Refused`] with the code of [`content::Malformed`].
pub fn roundtrip(line: MarkdownIn) -> Result<RoundtripOut, Refused> {
    let document = content::parse(line.format, &line.body)?;
    Ok(RoundtripOut { id: line.id, body: content::print(line.format, &document) })
}

/// A line of `excerpts`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct ExcerptsIn {
    /// Given back.
    #[serde(default)]
    pub id: Value,
    /// What the body is.
    pub format: Format,
    /// The document.
    pub body: String,
    /// Stands before the heading path.
    pub title: Option<String>,
    /// UTF-16 code units an excerpt may have; 1,800 when not said.
    pub max_chars: Option<usize>,
    /// Whose tokens are meant, by the name of a vocabulary or provider; OpenAI's when not said.
    pub tokenizer: Option<String>,
}

/// The answer of `excerpts`.
#[derive(Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ExcerptsOut {
    /// The line's.
    pub id: Value,
    /// The document's excerpts in order.
    pub excerpts: Vec<ExcerptOut>,
}

/// One excerpt.
#[derive(Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ExcerptOut {
    /// The headings it stands under, outermost first.
    pub heading: Vec<String>,
    /// Markdown.
    pub text: String,
    /// Its UTF-16 code units.
    pub chars: usize,
    /// A safe upper bound of its tokens.
    pub tokens: u32,
    /// The blocks of the document it holds; always there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub origin: Option<Origin>,
}

/// Cuts a document into excerpts.
///
/// # Errors
/// [`Refused`]: `bad-input` for a size out of range, else the code of [`content::Malformed`].
pub fn excerpts(line: ExcerptsIn) -> Result<ExcerptsOut, Refused> {
    let max_chars = line.max_chars.unwrap_or(ExcerptLimits::default().max_chars);
    if !SIZES.contains(&max_chars) {
        return Err(Refused::bad_input("field \"maxChars\" is out of range"));
    }
    let tokenizer = line.tokenizer.as_deref().map_or(Some(Tokenizer::OpenAi), Tokenizer::named);
    let tokenizer = tokenizer.ok_or_else(|| Refused::bad_input("field \"tokenizer\" is unknown"))?;
    let limits = ExcerptLimits { max_chars, ..ExcerptLimits::default() };
    let all = content::excerpts_of(line.format, &line.body, &limits)?;
    let title = line.title.filter(|t| !t.trim().is_empty());
    let out = |excerpt: content::Piece| ExcerptOut {
        heading: title.iter().cloned().chain(excerpt.heading).collect(),
        chars: content::utf16_len(&excerpt.text),
        text: excerpt.text,
        tokens: tokenizer.scaled(excerpt.tokens),
        origin: Some(excerpt.origin),
    };
    Ok(ExcerptsOut { id: line.id, excerpts: all.into_iter().map(out).collect() })
}

/// A line of `extract`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct ExtractIn {
    /// Given back.
    #[serde(default)]
    pub id: Value,
    /// What to extract from.
    pub sources: Vec<ExtractSource>,
    /// How many sentences at most; 5 when not said.
    pub max_sentences: Option<usize>,
}

/// A source of an extract.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct ExtractSource {
    /// Given back with each sentence.
    #[serde(rename = "ref")]
    pub reference: Value,
    /// What the body is.
    pub format: Format,
    /// The document.
    pub body: String,
    /// Its title.
    pub title: Option<String>,
}

/// The answer of `extract`.
#[derive(Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ExtractOut {
    /// The line's.
    pub id: Value,
    /// The sentences, the best first.
    pub sentences: Vec<ExtractSentence>,
}

/// One sentence of an extract.
#[derive(Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ExtractSentence {
    /// The sentence, as the source's Markdown has it.
    pub text: String,
    /// Its source's `ref`.
    #[serde(rename = "ref")]
    pub reference: Value,
    /// Where it starts in the source's Markdown (of the Markdown body itself), in UTF-16 code units.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// The block of the source it stands in; none of Markdown, whose places `start` and `end` are.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub origin: Option<Origin>,
}

/// Picks the sentences that say most, without a model.
///
/// # Errors
/// [`Refused`]: `bad-input` for a count out of range, else the code of [`content::Malformed`].
pub fn extract(line: ExtractIn) -> Result<ExtractOut, Refused> {
    let most = line.max_sentences.unwrap_or(DEFAULT_SENTENCES);
    if !(1..=MOST_SENTENCES).contains(&most) {
        return Err(Refused::bad_input("field \"maxSentences\" is out of range"));
    }
    let sources: Vec<Source> = line.sources.iter().map(source).collect::<Result<_, _>>()?;
    let ranked = content::extract::rank(&sources, most);
    let sentences = ranked.into_iter().map(|s| ExtractSentence {
        text: s.text,
        reference: line.sources.get(s.source).map(|from| from.reference.clone()).unwrap_or_default(),
        start: s.start,
        end: s.end,
        origin: s.origin,
    });
    Ok(ExtractOut { id: line.id, sentences: sentences.collect() })
}

fn source(from: &ExtractSource) -> Result<Source, Refused> {
    match from.format {
        Format::Markdown => {
            content::parse(from.format, &from.body)?;
            Ok(Source { markdown: from.body.clone(), title: from.title.clone(), places: Places::default() })
        }
        Format::Adf | Format::Storage => Ok(Source::of(from.format, &from.body, from.title.as_deref())?),
    }
}

/// Sizes an excerpt may be asked for.
const SIZES: core::ops::RangeInclusive<usize> = 64..=100_000;

const DEFAULT_SENTENCES: usize = 5;
const MOST_SENTENCES: usize = 200;

#[cfg(test)]
mod tests {
    use super::*;

    fn line<T: serde::de::DeserializeOwned>(text: &str) -> T {
        serde_json::from_str(text).unwrap()
    }

    #[test]
    fn answers_each_verb() {
        let body =
            r#"{"version":1,"type":"doc","content":[{"type":"paragraph","content":[{"type":"text","text":"Hi"}]}]}"#;
        let of = |body: &str| serde_json::json!({ "id": 7, "format": "adf", "body": body }).to_string();
        assert_eq!(markdown(line(&of(body))).unwrap().markdown, "Hi\n");
        let again: Value = serde_json::from_str(&roundtrip(line(&of(body))).unwrap().body).unwrap();
        assert_eq!(again, serde_json::from_str::<Value>(body).unwrap());
        let printed: Value = serde_json::from_str(&adf(line(r#"{"id":"a","markdown":"Hi"}"#)).unwrap().adf).unwrap();
        assert_eq!(printed, again);
        assert_eq!(storage(line(r#"{"id":"a","markdown":"Hi"}"#)).unwrap().storage, "<p>Hi</p>");
        let found = excerpts(line(r##"{"id":1,"format":"markdown","body":"# A\n\nb","title":"T"}"##)).unwrap();
        assert_eq!(found.excerpts[0].heading, ["T", "A"]);
        assert_eq!(found.excerpts[0].chars, found.excerpts[0].text.len());
        assert_eq!(found.excerpts[0].origin, Some(Origin { first: 0, last: 1, id: None }));
    }

    #[test]
    fn gives_places_in_utf16_of_the_body() {
        let body = "🎉 Nothing here. The pump of hall 3 fails when pressure drops.";
        let asked = serde_json::json!({
            "id": 1, "maxSentences": 5, "sources": [{ "ref": "A-1", "format": "markdown", "body": body }]
        });
        let found = extract(line(&asked.to_string())).unwrap();
        let units: Vec<u16> = body.encode_utf16().collect();
        for sentence in &found.sentences {
            assert_eq!(String::from_utf16(&units[sentence.start..sentence.end]).unwrap(), sentence.text);
        }
        assert!(found.sentences.iter().any(|s| s.text.starts_with("The pump")));
    }

    #[test]
    fn refuses_with_codes_and_without_echo() {
        let refused = markdown(line(r#"{"id":1,"format":"adf","body":"{\"secret\""}"#)).unwrap_err();
        assert_eq!(refused.code, "not-json");
        assert!(!refused.message.contains("secret"));
        assert_eq!(storage(line(r#"{"id":1}"#)).unwrap_err().code, "bad-input");
        assert_eq!(
            excerpts(line(r#"{"id":1,"format":"markdown","body":"a","maxChars":1}"#)).unwrap_err().code,
            "bad-input"
        );
        let refused = excerpts(line(r#"{"id":1,"format":"markdown","body":"a","tokenizer":"p50k"}"#)).unwrap_err();
        assert_eq!((refused.code, refused.message.contains("tokenizer")), ("bad-input", true));
        assert!(serde_json::from_str::<AdfIn>(r#"{"id":1,"markdown":"a","other":1}"#).is_err());
    }
}
