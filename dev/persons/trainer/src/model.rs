use features::Seen;
use serde_json::Value;
use std::collections::BTreeMap;

/// How much a word of a source counts. Old newspapers and made sentences teach names, not what today's prose is like.
const SHARE: &[(&str, f32)] = &[("europeana_de", 0.25), ("europeana_fr", 0.5), ("meddocan", 0.4), ("made_", 0.5)];
const EPOCHS: usize = 6;
const RATE: f32 = 0.06;
const DECAY: f32 = 1e-2;
const PLACES: usize = 1 << features::BITS;
/// Added to "out" when decoding: more precision for less recall. The product's is in tagger.rs.
fn bias() -> f32 { std::env::var("BIAS").ok().and_then(|bias| bias.parse().ok()).unwrap_or(-0.75) }

struct Row { source: usize, part: u64, gold: Vec<(usize, usize)>, runs: Vec<Sequence> }
struct Sequence { words: Vec<(usize, usize)>, labels: Vec<usize>, features: Vec<Vec<u32>> }
struct Model { weights: Vec<[f32; 2]>, steps: [[f32; 3]; 4] }

/// From out, first, further, start: what may follow.
const ALLOWED: [[bool; 3]; 4] = [[true, true, false], [true, true, true], [true, true, true], [true, true, false]];
const NEVER: f32 = -1e4;

pub fn run(arguments: &[String]) {
    let (names, rows) = read(&arguments[0]);
    eprintln!("{} rows, {} runs", rows.len(), rows.iter().map(|row| row.runs.len()).sum::<usize>());
    let mut tally = BTreeMap::new();
    match arguments[1].as_str() {
        "ship" => {
            let even = arguments.get(3).is_some_and(|word| word == "even");
            let model = train(&rows, &names, |row| !even || row.part % 2 == 0);
            std::fs::write(&arguments[2], model.packed()).unwrap();
            let small = Model::unpacked(&model.packed());
            rows.iter().for_each(|row| small.count(row, &mut tally));
        }
        _ if arguments.get(2).is_some_and(|word| word == "even") => {
            let model = Model::unpacked(&train(&rows, &names, |row| row.part % 2 == 0).packed());
            rows.iter().filter(|row| row.part % 2 == 1).for_each(|row| model.count(row, &mut tally));
        }
        _ => for fold in 0..4 {
            let model = Model::unpacked(&train(&rows, &names, |row| row.part != fold).packed());
            rows.iter().filter(|row| row.part == fold).for_each(|row| model.count(row, &mut tally));
        },
    }
    for (source, [hit, gold, found]) in tally {
        let (p, r) = (hit / f64::max(found, 1.0), hit / f64::max(gold, 1.0));
        println!("{:28} gold {gold:5} P {p:.3} R {r:.3} F1 {:.3}", names[source], 2.0 * p * r / (p + r).max(1e-9));
    }
}

fn read(folder: &str) -> (Vec<String>, Vec<Row>) {
    let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().flatten().map(|entry| entry.path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "jsonl"));
    paths.sort();
    let (mut names, mut rows) = (Vec::new(), Vec::new());
    for path in paths {
        names.push(path.file_stem().unwrap().to_string_lossy().into_owned());
        for line in std::fs::read_to_string(&path).unwrap().lines() {
            let row: Value = serde_json::from_str(line).unwrap();
            let text = row["text"].as_str().unwrap();
            let bytes: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
            let place = |span: &Value, end: &str| bytes[span[end].as_u64().unwrap() as usize];
            let gold: Vec<_> = row["spans"].as_array().unwrap().iter().map(|span| (place(span, "start"), place(span, "end"))).collect();
            let mut runs = Vec::new();
            words::runs(text, |run| {
                run.look_around(text);
                runs.push(sequence(run, &gold));
            });
            rows.push(Row { source: names.len() - 1, part: row["part"].as_u64().unwrap(), gold, runs });
        }
    }
    (names, rows)
}

fn sequence(run: &words::Run, gold: &[(usize, usize)]) -> Sequence {
    let seen = Seen::of(run);
    let mut inside = None;
    let mut sequence = Sequence { words: Vec::new(), labels: Vec::new(), features: Vec::new() };
    for (at, word) in run.words().iter().enumerate() {
        let span = gold.iter().position(|(start, end)| *start < word.end && word.start < *end);
        sequence.labels.push(span.map_or(0, |_| if span == inside { 2 } else { 1 }));
        inside = span;
        sequence.words.push((word.start, word.end));
        sequence.features.push(seen.features(at).places().iter().map(|place| *place as u32).collect());
    }
    sequence
}

/// splitmix64 (Steele, Lea and Flood, 2014).
fn next(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut word = *state;
    word = (word ^ (word >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    word = (word ^ (word >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    word ^ (word >> 31)
}

fn train(rows: &[Row], names: &[String], chosen: impl Fn(&Row) -> bool) -> Model {
    let mut order: Vec<(&Sequence, f32)> = Vec::new();
    for row in rows.iter().filter(|row| chosen(row)) {
        let share = SHARE.iter().find(|(name, _)| names[row.source].starts_with(name)).map_or(1.0, |(_, share)| *share);
        order.extend(row.runs.iter().map(|run| (run, share)));
    }
    let mut model = Model { weights: vec![[0.0; 2]; PLACES], steps: [[0.0; 3]; 4] };
    let mut past = Model { weights: vec![[1e-3; 2]; PLACES], steps: [[1e-3; 3]; 4] };
    let mut seed = 20261;
    for _ in 0..EPOCHS {
        for at in (1..order.len()).rev() {
            order.swap(at, (next(&mut seed) % (at as u64 + 1)) as usize);
        }
        for (run, share) in &order {
            model.learn(run, *share, &mut past);
        }
    }
    model
}

fn sum(values: &[f32; 3]) -> f32 {
    let top = values.iter().copied().fold(f32::MIN, f32::max);
    top + values.iter().map(|value| (value - top).exp()).sum::<f32>().ln()
}

impl Model {
    fn emissions(&self, run: &Sequence) -> Vec<[f32; 3]> {
        run.features.iter().map(|places| places.iter().fold([0.0; 3], |sum, place| {
            let [first, further] = self.weights[*place as usize];
            [0.0, sum[1] + first, sum[2] + further]
        })).collect()
    }

    fn step(&self, from: usize, to: usize) -> f32 { if ALLOWED[from][to] { self.steps[from][to] } else { NEVER } }

    fn learn(&mut self, run: &Sequence, share: f32, past: &mut Model) {
        let emissions = self.emissions(run);
        let length = emissions.len();
        let (mut ahead, mut behind) = (vec![[0f32; 3]; length], vec![[0f32; 3]; length]);
        for at in 0..length {
            for to in 0..3 {
                ahead[at][to] = emissions[at][to] + if at == 0 { self.step(3, to) } else {
                    sum(&std::array::from_fn(|from| ahead[at - 1][from] + self.step(from, to)))
                };
            }
        }
        for at in (0..length - 1).rev() {
            for from in 0..3 {
                behind[at][from] = sum(&std::array::from_fn(|to| self.step(from, to) + emissions[at + 1][to] + behind[at + 1][to]));
            }
        }
        let all = sum(&ahead[length - 1]);
        let mut slope = [[0f32; 3]; 4];
        for at in 0..length {
            let chance: [f32; 3] = std::array::from_fn(|label| (ahead[at][label] + behind[at][label] - all).exp());
            let gold = run.labels[at];
            if at == 0 {
                for to in 0..3 { slope[3][to] += chance[to] - f32::from(u8::from(to == gold)); }
            } else {
                for from in 0..3 { for to in 0..3 {
                    let pair = (ahead[at - 1][from] + self.step(from, to) + emissions[at][to] + behind[at][to] - all).exp();
                    slope[from][to] += pair - f32::from(u8::from(from == run.labels[at - 1] && to == gold));
                } }
            }
            for label in 1..3 {
                let slope = (chance[label] - f32::from(u8::from(label == gold))) * share;
                if slope.abs() < 1e-4 { continue; }
                for place in &run.features[at] {
                    let (weight, past) = (&mut self.weights[*place as usize][label - 1], &mut past.weights[*place as usize][label - 1]);
                    let slope = slope + DECAY * *weight;
                    *past += slope * slope;
                    *weight -= RATE * slope / past.sqrt();
                }
            }
        }
        for from in 0..4 { for to in 0..3 {
            let slope = slope[from][to] * share;
            past.steps[from][to] += slope * slope;
            self.steps[from][to] -= RATE * slope / past.steps[from][to].sqrt();
        } }
    }

    /// As the product reads it: steps as 16 bits, weights as 8, in sixteenths.
    fn packed(&self) -> Vec<u8> {
        let steps = self.steps.iter().flatten().flat_map(|step| ((step * 16.0).round() as i16).to_le_bytes());
        let weights = self.weights.iter().flatten().map(|weight| (weight * 16.0).round().clamp(-127.0, 127.0) as i8 as u8);
        steps.chain(weights).collect()
    }

    fn unpacked(packed: &[u8]) -> Model {
        let (steps, weights) = packed.split_at(24);
        let mut model = Model { weights: vec![[0.0; 2]; PLACES], steps: [[0.0; 3]; 4] };
        for (slot, pair) in model.steps.iter_mut().flatten().zip(steps.chunks(2)) { *slot = f32::from(i16::from_le_bytes([pair[0], pair[1]])) / 16.0; }
        for (slot, byte) in model.weights.iter_mut().flatten().zip(weights) { *slot = f32::from(*byte as i8) / 16.0; }
        model
    }

    fn decode(&self, run: &Sequence) -> Vec<usize> {
        let emissions = self.emissions(run);
        let mut best = [[0f32; 3]; words::MOST];
        let mut back = [[0usize; 3]; words::MOST];
        for at in 0..emissions.len() {
            for to in 0..3 {
                let options: [f32; 3] = std::array::from_fn(|from| if at == 0 { self.step(3, to) } else { best[at - 1][from] + self.step(from, to) });
                let from = (0..3).fold(0, |best, from| if options[from] > options[best] { from } else { best });
                back[at][to] = from;
                best[at][to] = options[from] + emissions[at][to] - if to == 1 { bias() } else { 0.0 };
            }
        }
        let last = emissions.len() - 1;
        let mut label = (0..3).fold(0, |top, to| if best[last][to] > best[last][top] { to } else { top });
        let mut labels = vec![0; last + 1];
        for at in (0..=last).rev() { labels[at] = label; label = back[at][label]; }
        labels
    }

    /// A find and an annotated range that overlap are a hit, each once.
    fn count(&self, row: &Row, tally: &mut BTreeMap<usize, [f64; 3]>) {
        let mut found: Vec<(usize, usize)> = Vec::new();
        for run in &row.runs {
            for (label, (start, end)) in self.decode(run).into_iter().zip(&run.words) {
                match (label, found.last_mut()) {
                    (1, _) => found.push((*start, *end)),
                    (2, Some(last)) => last.1 = *end,
                    _ => {}
                }
            }
        }
        let tally = tally.entry(row.source).or_default();
        tally[1] += row.gold.len() as f64;
        tally[2] += found.len() as f64;
        for (start, end) in &row.gold {
            if let Some(at) = found.iter().position(|(a, b)| a < end && start < b) {
                found.remove(at);
                tally[0] += 1.0;
            }
        }
    }
}
