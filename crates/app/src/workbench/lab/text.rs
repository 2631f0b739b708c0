//! The fields of a lab in the making, and the words around them.

use waxseal_api::sandbox::Start;

use super::blank::{Blank, Kind};
use crate::words::counted;

pub(in crate::workbench) const TITLE: &str = "Make a lab";
pub(in crate::workbench) const LEAD: &str = "Do in the terminal what somebody else should learn to do. Then make an exercise of it here: where it begins, \
    what has to hold in the end, and what you would tell whoever is stuck.";
pub(in crate::workbench) const LINK: &str = "Make a lab of this sandbox";

pub(super) const BEGINS: &str = "Where it begins";
pub(super) const BEGINS_HINT: &str = "The lines that you have done here are known, whether you typed them or used forms. Choose up to which of them everything is there \
    already when the lab begins; the rest becomes the solution. Both can be changed.";
pub(super) const CUT: &str = "It begins";
pub(super) const CUT_FIRST: &str = "before the first line";
pub(super) const NO_LINES: &str =
    "No line is known yet. Do something in the terminal or in the console, and come back.";
pub(super) const OLD_LINES: &str = "Only the newest 500 lines are known, so what came before is missing.";
pub(super) const TAKE_BACK: &str = "Take it back";
pub(super) const STARTS: &str = "The world it begins with";

pub(super) const GOALS: &str = "Goals";
pub(super) const GOALS_HINT: &str = "What has to hold in the end, each as an expression in JMESPath over keys, log, files and more. A lab looks only at what there is \
    and at what was done, never at what was typed.";
pub(super) const SUGGESTED: &str = "What holds now and did not at the beginning";
pub(super) const NONE_SUGGESTED: &str =
    "Nothing yet. Once something has changed since the beginning, it can be ticked here.";
pub(super) const ADD_GOAL: &str = "Add a goal of your own";
pub(super) const MISTAKES: &str = "Mistakes";
pub(super) const MISTAKES_HINT: &str = "How it typically goes wrong. The first that holds is told, even when the goals hold. Each comes with the lines that make it.";
pub(super) const ADD_MISTAKE: &str = "Add a mistake";
pub(super) const REMOVE: &str = "Remove";

pub(super) const WORDS: &str = "Words";
pub(super) const TRY: &str = "Try it";
pub(super) const TRY_HINT: &str = "Everything is played in new sandboxes that are forgotten afterwards, and judged as cargo xtask lesson check does it.";
pub(super) const PLAY: &str = "Play all of it";
pub(super) const PLAYING: &str = "Playing…";
pub(super) const STALE: &str = "The lab has changed since it was played.";
pub(super) const ALL_FINE: &str = "All of it ends as it should.";
pub(super) const FINE: &str = "As it should be";
pub(super) const NOT_FINE: &str = "Not yet";
pub(super) const LINES: &str = "What was done";

pub(super) const FILES: &str = "For the lesson";
pub(super) const FILES_HINT: &str = "Copy each part to the end of its file, or download both as one.";
pub(super) const NOT_JUDGED: &str = "This cannot be judged yet. What the reader of JMESPath says:";
pub(super) const MISSING: &str = "What is not there yet:";
pub(super) const COMPLETE: &str = "Nothing is missing.";
pub(super) const DOWNLOAD: &str = "Download the lab";
pub(super) const COPIED: &str = "It is on the clipboard.";
pub(super) const NOT_COPIED: &str = "The browser does not allow copying; select the text instead.";
pub(super) const KEPT: &str = "The draft is kept in this browser as you write.";
pub(super) const NOT_KEPT: &str =
    "This browser keeps nothing for this page. Download the lab before you leave, or it is lost.";

/// The scripts of the beginning and of the solution.
pub(super) const SCRIPTS: [Blank; 2] = [
    Blank {
        name: "lab-prepare",
        label: "What is there when it begins",
        hint: "Lines that have run then; each has to succeed. May be empty.",
        kind: Kind::Script,
        text: |draft, _| Some(&mut draft.prepare),
    },
    Blank {
        name: "lab-solution",
        label: "A solution",
        hint: "What was done beside the terminal begins with @: @as NAME, @in REGION, @wait 7 days.",
        kind: Kind::Script,
        text: |draft, _| Some(&mut draft.solution),
    },
];

/// Another solution.
pub(super) const ROUTE: Blank = Blank {
    name: "lab-route",
    label: "Another way",
    hint: "Other lines that solve it too, so that the goals ask for the outcome and not for your way to it.",
    kind: Kind::Script,
    text: |draft, _| Some(&mut draft.route),
};

/// The fields of a goal; what its check says stands below the first.
pub(super) const GOAL: [Blank; 2] = [
    Blank {
        name: "lab-goal",
        label: "Goal #",
        hint: "An expression that is true when it is reached.",
        kind: Kind::Exact,
        text: |draft, at| draft.goals.get_mut(at).map(|goal| &mut goal.check),
    },
    Blank {
        name: "lab-goal-words",
        label: "Words of goal #",
        hint: "What holds then, in a few words.",
        kind: Kind::Line,
        text: |draft, at| draft.goals.get_mut(at).map(|goal| &mut goal.words),
    },
];

/// The fields of a mistake; what its check says stands below the first.
pub(super) const MISTAKE: [Blank; 4] = [
    Blank {
        name: "lab-mistake",
        label: "Mistake #",
        hint: "An expression that is true when it was made.",
        kind: Kind::Exact,
        text: |draft, at| draft.mistakes.get_mut(at).map(|it| &mut it.when),
    },
    Blank {
        name: "lab-mistake-name",
        label: "Name of mistake #",
        hint: "For the files: left-alive.",
        kind: Kind::Exact,
        text: |draft, at| draft.mistakes.get_mut(at).map(|it| &mut it.name),
    },
    Blank {
        name: "lab-mistake-script",
        label: "Lines that make mistake #",
        hint: "Played on what is there when the lab begins.",
        kind: Kind::Script,
        text: |draft, at| draft.mistakes.get_mut(at).map(|it| &mut it.script),
    },
    Blank {
        name: "lab-mistake-words",
        label: "What to say of mistake #",
        hint: "What has gone wrong, and what to do.",
        kind: Kind::Words,
        text: |draft, at| draft.mistakes.get_mut(at).map(|it| &mut it.words),
    },
];

/// What the lab says, and its names.
pub(super) const SAID: [Blank; 4] = [
    Blank {
        name: "lab-id",
        label: "Name in addresses",
        hint: "Small letters, digits and hyphens, up to 28; no other lab of the course has it.",
        kind: Kind::Exact,
        text: |draft, _| Some(&mut draft.id),
    },
    Blank {
        name: "lab-objectives",
        label: "Objectives",
        hint: "Their numbers, as in 2.4 6.1.",
        kind: Kind::Exact,
        text: |draft, _| Some(&mut draft.objectives),
    },
    Blank {
        name: "lab-title",
        label: "Title",
        hint: "A few words.",
        kind: Kind::Line,
        text: |draft, _| Some(&mut draft.title),
    },
    Blank {
        name: "lab-task",
        label: "Task",
        hint: "One sentence, in Markdown.",
        kind: Kind::Words,
        text: |draft, _| Some(&mut draft.task),
    },
];

/// The hints.
pub(super) const HINT: Blank = Blank {
    name: "lab-hint",
    label: "Hint #",
    hint: "First a nudge, then which command, then the command.",
    kind: Kind::Words,
    text: |draft, at| draft.hints.get_mut(at),
};

/// What to notice.
pub(super) const NOTICE: Blank = Blank {
    name: "lab-notice",
    label: "What to notice",
    hint: "Shown when it was done.",
    kind: Kind::Words,
    text: |draft, _| Some(&mut draft.notice),
};

/// What a lab can begin with, and its name in the field.
pub(super) const ALL: [(Start, &str); 3] =
    [(Start::Empty, "empty"), (Start::TwoAccounts, "two-accounts"), (Start::Company, "company")];

/// A line after which the lab can begin.
pub(super) fn cut(at: usize, line: &str) -> String {
    format!("after line {at}: {line}")
}

/// Takes lines over.
pub(super) fn take(all: usize) -> String {
    format!("Take over {}", counted(all as u64, "line", "lines"))
}
