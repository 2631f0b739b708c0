//! Mock exams: which questions are drawn, and what the answers are worth. The same seed always draws the same.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::{Index, Kind, Question};

/// How many questions a mock exam can have.
pub const LENGTHS: [usize; 3] = [10, 20, 40];
/// How many it has unless another number is chosen, and where a plan has one.
pub const LENGTH: usize = LENGTHS[1];
/// Minutes for a question: what the exam itself gives, 130 minutes for 65.
pub const QUESTION_MINUTES: usize = 2;

/// A question as it can be drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item<'a> {
    /// Its name.
    pub id: &'a str,
    /// The lesson that has it.
    pub lesson: &'a str,
    /// The skills of DVA-C02 that it belongs to.
    pub skills: BTreeSet<&'a str>,
}

/// All questions of the course.
pub fn pool(index: &Index) -> Vec<Item<'_>> {
    let parts =
        index.lessons.iter().flat_map(|lesson| lesson.questions.iter().map(move |part| (lesson, part)));
    parts
        .map(|(lesson, part)| {
            let aims = part.objectives.iter().filter_map(|id| index.objective(id));
            let skills = aims.flat_map(|(_, aim)| aim.skills.iter().map(String::as_str)).collect();
            Item { id: &part.id, lesson: &lesson.slug, skills }
        })
        .collect()
}

/// Draws questions from a pool: as many of each lesson as of any other, and within that those whose skill has been drawn least.
/// `asked` says when a question was last asked, if ever: none comes again before half of the pool has been asked after it. The
/// places of those that were drawn, in the order in which they are asked.
pub fn draw(pool: &[Item<'_>], count: usize, asked: impl Fn(&str) -> Option<i64>, seed: u64) -> Vec<usize> {
    let mut left: Vec<usize> = shuffled(pool.len(), seed);
    left.sort_by_key(|at| asked(pool[*at].id));
    let fresh = left.iter().filter(|at| asked(pool[**at].id).is_none()).count();
    left.truncate(fresh.max(pool.len().div_ceil(2)).max(count));
    let (_, all) = score(pool.iter().map(|item| (item, true)));
    let (mut drawn, mut lessons, mut skills) = (Vec::new(), BTreeMap::new(), BTreeMap::new());
    while drawn.len() < count {
        let burden = |at: &usize| {
            let Item { lesson, skills: its, .. } = &pool[*at];
            // Of skills that were drawn as often as each other, the one with the fewest questions has to be first.
            let skill = its.iter().map(|skill| (times(&skills, skill), all.get(skill).map(|it| it.of))).min();
            (times(&lessons, lesson), skill, asked(pool[*at].id).is_some())
        };
        let Some(next) = (0..left.len()).min_by_key(|it| burden(&left[*it])) else { break };
        let next = left.remove(next);
        *lessons.entry(pool[next].lesson).or_default() += 1;
        pool[next].skills.iter().for_each(|skill| *skills.entry(*skill).or_default() += 1);
        drawn.push(next);
    }
    shuffled(drawn.len(), !seed).into_iter().map(|at| drawn[at]).collect()
}

fn times(counts: &BTreeMap<&str, usize>, name: &str) -> usize {
    counts.get(name).copied().unwrap_or_default()
}

/// The numbers below `count`, shuffled.
pub fn shuffled(count: usize, seed: u64) -> Vec<usize> {
    let (mut order, mut dice): (Vec<usize>, _) = ((0..count).collect(), Dice(seed));
    (1..count).rev().for_each(|last| order.swap(last, dice.below(last + 1)));
    order
}

/// The numbers below `count`, shuffled so that they are not in order; one number always is.
pub fn disordered(count: usize, seed: u64) -> Vec<usize> {
    let mut order = shuffled(count, seed);
    if order.is_sorted() && count > 1 {
        order.rotate_left(1);
    }
    order
}

/// SplitMix64, which makes numbers that look random of a seed. They are for games, not for keys.
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % bound as u64) as usize
    }
}

/// A seed for what has a name, so that it looks the same each time.
pub fn seed(name: &str) -> u64 {
    // FNV-1a.
    name.bytes()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3))
}

/// How many of how many are right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Score {
    /// These are.
    pub right: usize,
    /// Of these.
    pub of: usize,
}

impl Score {
    /// In percent, rounded down, so that 100 means all; 0 of none.
    pub fn percent(self) -> usize {
        (self.right * 100).checked_div(self.of).unwrap_or_default()
    }

    pub(crate) fn count(&mut self, right: bool) {
        self.right += usize::from(right);
        self.of += 1;
    }
}

/// Whether an answer is right. It has the indexes of the options that were chosen; for [`Kind::Order`] all, in order. As in the
/// exam there is nothing between right and wrong, and no answer is a wrong one.
pub fn is_right(question: &Question, answer: &[usize]) -> bool {
    if question.kind == Kind::Order {
        return answer.len() == question.options.len() && answer.is_sorted();
    }
    let chosen: BTreeSet<usize> = answer.iter().copied().collect();
    let right = question.options.iter().enumerate().filter(|(_, option)| option.right).map(|(at, _)| at);
    chosen == right.collect()
}

/// What came of an exam: of all questions, and of those of each skill. A question of several skills counts for each.
pub fn score<'a>(
    answered: impl IntoIterator<Item = (&'a Item<'a>, bool)>,
) -> (Score, BTreeMap<&'a str, Score>) {
    let (mut all, mut skills) = (Score::default(), BTreeMap::<&str, Score>::new());
    for (item, right) in answered {
        all.count(right);
        item.skills.iter().for_each(|skill| skills.entry(skill).or_default().count(right));
    }
    (all, skills)
}

#[cfg(test)]
mod tests;
