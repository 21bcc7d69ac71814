//! Pairs what was removed with what was added between two blocks that stayed, so that a rewritten block is one change.
//!
//! The pairs keep the order on both sides; what finds no partner stays removed or added.

use super::sketch::{ALIKE, Sketch};

/// How many pairs of blocks one comparison of two pages may still score.
pub(crate) struct Budget(usize);

impl Budget {
    pub(crate) const fn new() -> Self {
        Self(PAIRS_SCORED)
    }
}

/// Pairs of positions in `before` and `after`, rising on both sides, with the greatest sum of likeness among those
/// scored. Within the budget every pair is scored; above it only pairs near the diagonal, and at last none.
pub(crate) fn pair(before: &[&Sketch], after: &[&Sketch], budget: &mut Budget) -> Vec<(usize, usize)> {
    if before.is_empty() || after.is_empty() {
        return Vec::new();
    }
    let floor = if before.len() == 1 && after.len() == 1 { LONE_FLOOR } else { FLOOR };
    let table = Table::fill(before, after, Band::new(before.len(), after.len(), budget), floor);
    table.pairs()
}

/// Which columns (numbers of blocks of `after` already passed) each row (of `before`) looks at.
struct Band {
    rows: usize,
    columns: usize,
    reach: usize,
}

impl Band {
    fn new(rows: usize, columns: usize, budget: &mut Budget) -> Self {
        let wanted = rows.saturating_mul(columns);
        let reach = if wanted <= budget.0 { rows.max(columns) } else { budget.0 / rows / 2 };
        let spent = rows.saturating_mul((2 * reach + 1).min(columns));
        budget.0 = budget.0.saturating_sub(spent);
        Self { rows, columns, reach }
    }

    /// The first and last column of a row; both rise with the row.
    fn of(&self, row: usize) -> (usize, usize) {
        let middle = row * self.columns / self.rows;
        (middle.saturating_sub(self.reach), middle.saturating_add(self.reach).min(self.columns))
    }
}

struct Row {
    first: usize,
    cells: Vec<(u32, Step)>,
}

#[derive(Clone, Copy)]
enum Step {
    /// The block of `before` has no partner.
    Up,
    /// The block of `after` has no partner.
    Left,
    /// Both are a pair.
    Both,
}

impl Row {
    fn at(&self, column: usize) -> Option<(u32, Step)> {
        self.cells.get(column.checked_sub(self.first)?).copied()
    }

    /// The best sum up to a column; right of the row it stays that of its last column.
    fn sum(&self, column: usize) -> u32 {
        let last = self.first + self.cells.len().saturating_sub(1);
        self.at(column.min(last)).map_or(0, |(sum, _)| sum)
    }
}

struct Table {
    rows: Vec<Row>,
    columns: usize,
}

impl Table {
    fn fill(before: &[&Sketch], after: &[&Sketch], band: Band, floor: u32) -> Self {
        let (first, last) = band.of(0);
        let mut above = Row { first, cells: vec![(0, Step::Left); last - first + 1] };
        let mut rows = Vec::with_capacity(before.len() + 1);
        for (number, sketch) in before.iter().enumerate() {
            let row = next_row(&above, sketch, after, band.of(number + 1), floor);
            rows.push(std::mem::replace(&mut above, row));
        }
        rows.push(above);
        Self { rows, columns: band.columns }
    }

    /// Walks back from the end along the steps taken.
    fn pairs(&self) -> Vec<(usize, usize)> {
        let (mut row, mut column) = (self.rows.len() - 1, self.columns);
        let mut pairs = Vec::new();
        while row > 0 && column > 0 {
            let Some(cells) = self.rows.get(row) else { break };
            column = column.min(cells.first + cells.cells.len().saturating_sub(1));
            match cells.at(column) {
                Some((_, Step::Both)) => {
                    pairs.push((row - 1, column - 1));
                    (row, column) = (row - 1, column - 1);
                }
                Some((_, Step::Left)) => column -= 1,
                Some((_, Step::Up)) | None => row -= 1,
            }
        }
        pairs.reverse();
        pairs
    }
}

fn next_row(above: &Row, sketch: &Sketch, after: &[&Sketch], band: (usize, usize), floor: u32) -> Row {
    let (first, last) = band;
    let mut row = Row { first, cells: Vec::with_capacity(last - first + 1) };
    for column in first..=last {
        let mut best = (above.sum(column), Step::Up);
        let left = column.checked_sub(1).and_then(|left| row.at(left)).map_or(0, |(sum, _)| sum);
        if left > best.0 {
            best = (left, Step::Left);
        }
        let partner = column.checked_sub(1).and_then(|at| Some((at, after.get(at)?)));
        if let Some((at, partner)) = partner.filter(|(at, _)| *at >= above.first) {
            let alike = sketch.alike(partner).min(ALIKE);
            let sum = above.sum(at).saturating_add(alike);
            if alike >= floor && sum > best.0 {
                best = (sum, Step::Both);
            }
        }
        row.cells.push(best);
    }
    row
}

/// Pairs of blocks scored in one comparison of two pages.
const PAIRS_SCORED: usize = 300_000;
/// Blocks less alike than this are a removal and an addition.
const FLOOR: u32 = ALIKE * 3 / 10;
/// The same for a single block between two that stayed.
const LONE_FLOOR: u32 = ALIKE * 15 / 100;

#[cfg(test)]
mod tests {
    use super::{Budget, pair};
    use crate::publish::sketch::Sketch;

    fn check(before: &[&str], after: &[&str], budget: usize, expected: &[(usize, usize)]) {
        let sketches = |texts: &[&str]| texts.iter().map(|text| Sketch::new(0, text)).collect::<Vec<_>>();
        let (before, after) = (sketches(before), sketches(after));
        let (before, after): (Vec<_>, Vec<_>) = (before.iter().collect(), after.iter().collect());
        assert_eq!(pair(&before, &after, &mut Budget(budget)), expected);
    }

    #[test]
    fn pairs_rewritten_blocks_in_order() {
        check(&[], &["a"], 99, &[]);
        check(&["a b c"], &["a b d"], 99, &[(0, 0)]);
        check(&["a b c"], &["x y z"], 99, &[]);
        check(&["a b c"], &["x y z", "a b d"], 99, &[(0, 1)]);
        check(&["a b c", "d e f"], &["d e g", "a b h"], 99, &[(0, 1)]);
        check(&["a b c", "q", "d e f"], &["a b x", "d e y"], 99, &[(0, 0), (2, 1)]);
    }

    #[test]
    fn stays_near_the_diagonal_above_the_budget() {
        let texts = ["a b c", "d e f", "g h i", "j k l"];
        let all = [(0, 0), (1, 1), (2, 2), (3, 3)];
        check(&texts, &texts, 99, &all);
        check(&texts, &texts, 8, &all);
        let turned = ["j k l", "x", "y", "a b c"];
        check(&texts, &turned, 99, &[(0, 3)]);
        check(&texts, &turned, 8, &[]);
    }

    #[test]
    fn spends_the_budget_once() {
        let sketch = Sketch::new(0, "a");
        let blocks = vec![&sketch; 2_000];
        let mut budget = Budget::new();
        for _ in 0..50 {
            let pairs = pair(&blocks, &blocks, &mut budget);
            assert!(pairs.windows(2).all(|two| two[0].0 < two[1].0 && two[0].1 < two[1].1));
        }
        assert_eq!(budget.0, 0);
    }
}
