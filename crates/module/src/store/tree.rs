//! The steps of a sandbox as a tree.
//!
//! Steps are numbered as they are made, and so are the entries of the log. A step follows on the one before it, but where somebody
//! has gone back and then done something else; there a new way begins. So the tree is as small as the list of its ways, however
//! many steps there are, and going back changes nothing but where one is.

use serde::{Deserialize, Serialize};

/// A row of steps, or of entries, by number: from the first up to and including the last.
pub type Row = (u64, u64);

/// Which steps there are, and which of them have led to what there is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tree {
    /// The step that all of what is there is the outcome of; 0 at the beginning.
    pub head: u64,
    /// The oldest step that is kept, and the last one that was made; 0 where there is none.
    pub kept: Row,
    /// Where it forks, and which entries of the log are to be seen.
    pub shape: Shape,
}

/// What changes of a tree only where somebody goes back, or begins another way.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Shape {
    /// In the order in which they were begun.
    pub ways: Vec<Way>,
    /// The first entry of the log that comes after the head, where somebody has gone back to it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<u64>,
}

/// Steps that follow on one another, up to where the next way begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Way {
    /// The first of them.
    pub first: u64,
    /// The step that it follows on; 0 for none.
    pub parent: u64,
    /// The first entry of the log that is theirs.
    pub entry: u64,
    /// The first entry that comes after those of the parent.
    pub shared: u64,
}

impl Shape {
    /// Takes in a new step, which has this number, follows on the head and has its first entry here. Says whether it forks.
    pub fn grow(&mut self, step: u64, head: u64, entry: u64) -> bool {
        if head + 1 == step && !self.ways.is_empty() {
            return self.until.take().is_some();
        }
        let shared = self.until.take().unwrap_or(entry);
        self.ways.push(Way { first: step, parent: head, entry, shared });
        true
    }

    /// Whether this can be the shape of a tree with so many steps.
    pub fn is_sound(&self, last: u64) -> bool {
        let rising =
            self.ways.windows(2).all(|pair| pair[0].first < pair[1].first && pair[0].entry <= pair[1].entry);
        let rooted = self
            .ways
            .iter()
            .all(|way| way.parent < way.first && way.shared <= way.entry && way.first <= last);
        rising && rooted && (self.ways.first().is_some_and(|way| way.first == 1) || last == 0)
    }
}

impl Tree {
    fn way(&self, step: u64) -> Option<&Way> {
        let after = self.shape.ways.partition_point(|way| way.first <= step);
        self.shape.ways.get(after.checked_sub(1)?)
    }

    /// The step before one; 0 for none.
    pub fn parent(&self, step: u64) -> u64 {
        self.way(step).map_or(0, |way| if way.first == step { way.parent } else { step - 1 })
    }

    /// Whether a step and the one before it are kept, so that it can be taken back and made again.
    pub fn is_kept(&self, step: u64) -> bool {
        let (oldest, last) = self.kept;
        let parent = self.parent(step);
        (oldest.max(1)..=last).contains(&step) && (parent == 0 || parent >= oldest)
    }

    /// From one step to another: the rows of steps to take back, and those to make again, in their order.
    pub fn between(&self, from: u64, to: u64) -> (Vec<Row>, Vec<Row>) {
        let (mut left, mut back) = (Vec::new(), Vec::new());
        let (mut a, mut b) = (from, to);
        while a != b {
            let of = |step| self.way(step).map_or((0, 0), |way| (way.first, way.parent));
            let ((first_a, parent_a), (first_b, parent_b)) = (of(a), of(b));
            if first_a == first_b {
                if a > b {
                    left.push((b + 1, a))
                } else {
                    back.push((a + 1, b))
                }
                break;
            }
            if first_a > first_b {
                left.push((first_a, a));
                a = parent_a;
            } else {
                back.push((first_b, b));
                b = parent_b;
            }
        }
        back.reverse();
        (left, back)
    }

    /// Whether a step has led to what there is.
    pub fn has_led_here(&self, step: u64) -> bool {
        self.between(self.head, 0).0.iter().any(|(first, last)| (*first..=*last).contains(&step))
    }

    /// Where there is something to return to, the latest first.
    pub fn ends(&self) -> Vec<u64> {
        let ways = &self.shape.ways;
        let begun_after = ways.iter().skip(1).map(|way| way.first - 1);
        let lasts = begun_after.chain((!ways.is_empty()).then_some(self.kept.1));
        let is_end = |step: &u64| {
            *step != self.head && *step >= self.kept.0 && !ways.iter().any(|way| way.parent == *step)
        };
        let mut ends: Vec<u64> = lasts.filter(is_end).collect();
        ends.reverse();
        ends
    }

    /// The entries that the log has, as rows in their order: those of no step, and of those that have led here.
    pub fn seen(&self) -> Vec<Row> {
        let Some(root) = self.shape.ways.first() else { return vec![(1, u64::MAX)] };
        let (mut rows, mut step) = (Vec::new(), self.head);
        let mut last = self.shape.until.map_or(u64::MAX, |until| until.saturating_sub(1));
        while let Some(way) = self.way(step) {
            rows.push((way.entry, last));
            (step, last) = (way.parent, way.shared.saturating_sub(1));
        }
        rows.push((1, root.entry.saturating_sub(1)));
        rows.retain(|(first, last)| first <= last);
        rows.reverse();
        rows
    }
}

/// How many there are.
pub fn count(rows: &[Row]) -> u64 {
    rows.iter().map(|(first, last)| last - first + 1).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two steps, back to the first, two others: 3 and 4; back to the beginning, another one: 5. Each has an entry of its own,
    /// the third has two, and before all of them is one of no step.
    fn forked(head: u64, until: Option<u64>) -> Tree {
        let mut shape = Shape::default();
        assert!(shape.grow(1, 0, 2));
        assert!(!shape.grow(2, 1, 3));
        shape.until = Some(3);
        assert!(shape.grow(3, 1, 4));
        assert!(!shape.grow(4, 3, 6));
        shape.until = Some(2);
        assert!(shape.grow(5, 0, 7));
        assert!(shape.is_sound(5));
        shape.until = until;
        Tree { head, kept: (1, 5), shape }
    }

    #[test]
    fn what_is_before_a_step() {
        let tree = forked(5, None);
        assert_eq!([0, 1, 2, 3, 4, 5].map(|step| tree.parent(step)), [0, 0, 1, 1, 3, 0]);
        assert!(Tree { head: 2, ..tree }.has_led_here(1));
    }

    #[test]
    fn the_way_from_one_step_to_another() {
        let tree = forked(5, None);
        assert_eq!(tree.between(4, 2), (vec![(3, 4)], vec![(2, 2)]));
        assert_eq!(tree.between(5, 4), (vec![(5, 5)], vec![(1, 1), (3, 4)]));
        assert_eq!(tree.between(2, 0), (vec![(1, 2)], vec![]));
        assert_eq!(tree.between(0, 2), (vec![], vec![(1, 2)]));
        assert_eq!(tree.between(3, 3), (vec![], vec![]));
    }

    #[test]
    fn what_can_be_returned_to() {
        assert_eq!(forked(5, None).ends(), [4, 2]);
        assert_eq!(forked(3, Some(6)).ends(), [5, 4, 2]);
        let tree = Tree { kept: (3, 5), ..forked(5, None) };
        assert_eq!((tree.ends(), tree.is_kept(3), tree.is_kept(4)), (vec![4], false, true));
    }

    #[test]
    fn the_log_shows_what_has_led_here() {
        assert_eq!(forked(5, None).seen(), [(1, 1), (7, u64::MAX)]);
        assert_eq!(forked(4, Some(7)).seen(), [(1, 1), (2, 2), (4, 6)]);
        assert_eq!(forked(2, Some(4)).seen(), [(1, 1), (2, 3)]);
        assert_eq!(forked(0, Some(2)).seen(), [(1, 1)]);
        assert_eq!(Tree::default().seen(), [(1, u64::MAX)]);
    }

    #[test]
    fn a_shape_that_cannot_be_is_told() {
        let sound = forked(5, None).shape;
        for (way, change) in [
            (0, Way { first: 2, ..sound.ways[0] }),
            (1, Way { parent: 3, ..sound.ways[1] }),
            (1, Way { first: 5, ..sound.ways[1] }),
            (2, Way { entry: 3, ..sound.ways[2] }),
            (2, Way { first: 6, ..sound.ways[2] }),
        ] {
            let mut shape = sound.clone();
            shape.ways[way] = change;
            assert!(!shape.is_sound(5), "{change:?}");
        }
    }
}
