//! Every text is Markdown: it becomes ADF and storage format that read back, and Markdown again without growing each time.
#![no_main]
use libfuzzer_sys::fuzz_target;
use quillgate::content::{self, Format};
use quillgate_fuzz::{planted, text};

fuzz_target!(|data: &[u8]| {
    let Some(body) = text(data) else { return };
    let Ok(document) = content::parse(Format::Markdown, body) else { return };
    for format in [Format::Adf, Format::Storage] {
        let printed = content::print(format, &document);
        let read = content::parse(format, &printed).expect("what is printed can be read");
        assert_eq!(content::print(format, &read), printed);
    }
    let adf = content::print_adf(&document);
    planted(|| adf.contains("\"type\":\"table\"") && adf.contains("\"type\":\"codeBlock\""));
});
