//! Trains the tagger's weights: a linear-chain CRF (Lafferty, McCallum and Pereira, 2001) over the words of runs, labels out,
//! first, further; stochastic gradient with AdaGrad (Duchi, Hazan and Singer, 2011). The same every time: one seed, one thread.
//!
//! It reads words and features with the product's own files, so what is trained is what runs.
//! Usage: trainer ROWS evaluate [even]   four-fold figures for each source; `even`: trained on even parts, scored on odd ones
//!        trainer ROWS ship OUT.bin [even]  trains on everything, or on even parts alone, and writes the weights
#![allow(dead_code, unreachable_pub, reason = "the product's files are read as they are")]

#[path = "../../../../src/privacy"]
mod privacy {
    pub mod person {
        pub mod features;
        pub mod fence;
        pub mod names;
        pub mod surroundings;
        pub mod words;
        include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/model.rs"));
    }
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    privacy::person::run(&arguments);
}
