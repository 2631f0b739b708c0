//! What a lab's goals are and which of them hold; what has gone wrong; and what to notice when it is solved.

use waxseal_study::{Lab, LabText, Verdict, words::Word};
use yew::prelude::*;

use super::standing::Standing;
use crate::course::words::{around, rich, say};

/// The goals as a list, each with a mark and a word once it is known.
pub(super) fn goals(words: &LabText, verdict: Option<&Verdict>) -> Html {
    let line = |(at, goal): (usize, &String)| {
        let holds = verdict.map(|verdict| verdict.goals.get(at) == Some(&true));
        html! { <li class={holds.map(|holds| if holds { "goal-holds" } else { "goal-open" })}>{ for holds.map(mark) }<span>{ rich(goal) }</span></li> }
    };
    html! {<>
        <p class="label">{ say(Word::LabGoals) }</p>
        <ul class={classes!("goals", verdict.map(|_| "goals-judged"))}>{ for words.goals.iter().enumerate().map(line) }</ul>
    </>}
}

fn mark(holds: bool) -> Html {
    let (path, word) =
        if holds { ("M4.5 12.5l5 5 10-11", say(Word::LabHolds)) } else { ("M6 12h12", say(Word::LabNotYet)) };
    html! {
        <span class="goal-mark">
            <svg class="shape" viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d={path} /></svg>
            <span>{ word }</span>
        </span>
    }
}

/// What is said of a lab that is being done. `counted` is whether this attempt was solved before.
pub(super) fn judged(lab: &Lab, words: &LabText, standing: &Standing, counted: bool) -> Html {
    let Some(verdict) = &standing.now else { return goals(words, None) };
    let solved = verdict.solved();
    html! {<>
        { goals(words, Some(verdict)) }
        <div class="heard" role="status">{ news(words, standing) }</div>
        <div role="status">{ mistake(lab, words, verdict) }</div>
        <div role="status">
            if solved { <p class="lab-solved"><strong>{ say(Word::LabSolved) }</strong></p> }
            else if counted { <p class="soft">{ say(Word::LabChangedSince) }</p> }
        </div>
        if solved || counted { <h4>{ say(Word::LabNotice) }</h4>{ rich(&words.notice) } }
    </>}
}

/// What has changed, for those who do not see the list.
fn news(words: &LabText, standing: &Standing) -> Html {
    let line = |what: Word, at: usize| {
        let goal = words.goals.get(at).map(|goal| rich(goal)).unwrap_or_default();
        html! { <p>{ around(what, goal) }</p> }
    };
    html! {<>
        { for standing.changed(true).into_iter().map(|at| line(Word::LabReached, at)) }
        { for standing.changed(false).into_iter().map(|at| line(Word::LabLost, at)) }
    </>}
}

/// The mistake that is to be told.
fn mistake(lab: &Lab, words: &LabText, verdict: &Verdict) -> Html {
    let told = verdict.mistake.and_then(|at| words.mistakes.get(&lab.mistakes.get(at)?.name));
    let Some(told) = told else { return Html::default() };
    let all = verdict.goals.iter().all(|it| *it);
    html! {
        <div class="lab-mistake">
            <p class="label">{ say(if all { Word::LabAndYet } else { Word::LabAsItIs }) }</p>
            { rich(told) }
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        components::html_text,
        course::lab::sample::{lab, words},
    };

    fn shown(goals: [bool; 2], mistake: Option<usize>, counted: bool) -> String {
        let now = Verdict { goals: goals.to_vec(), mistake };
        let standing = Standing { now: Some(now), before: None };
        html_text(judged(&lab(), &words(), &standing, counted))
    }

    fn count(html: &str, word: &str) -> usize {
        html.matches(&format!("<span>{word}</span>")).count()
    }

    #[test]
    fn before_it_begins_the_goals_are_only_named() {
        let html = html_text(goals(&words(), None));
        assert!(html.contains("A <code>name</code>") && html.contains("Another"), "{html}");
        assert_eq!((count(&html, say(Word::LabHolds)), count(&html, say(Word::LabNotYet))), (0, 0), "{html}");
    }

    #[test]
    fn each_goal_says_in_a_word_whether_it_holds() {
        for (goals, hold) in [([false, false], 0), ([true, false], 1), ([false, true], 1), ([true, true], 2)]
        {
            let html = shown(goals, None, false);
            assert_eq!(
                (count(&html, say(Word::LabHolds)), count(&html, say(Word::LabNotYet))),
                (hold, 2 - hold),
                "{html}"
            );
            assert_eq!(html.contains(say(Word::LabSolved)), hold == 2, "{html}");
            assert_eq!(html.contains("Both lead to one key."), hold == 2, "{html}");
        }
    }

    #[test]
    fn a_mistake_is_told_and_keeps_it_from_being_solved() {
        for (goals, before) in [([true, true], say(Word::LabAndYet)), ([true, false], say(Word::LabAsItIs))] {
            let html = shown(goals, Some(0), false);
            assert!(html.contains("The key is <code>there</code>.") && html.contains(before), "{html}");
            assert!(!html.contains("Other.") && !html.contains(say(Word::LabSolved)), "{html}");
            assert!(!html.contains("Both lead to one key."), "{html}");
        }
    }

    #[test]
    fn what_was_solved_once_keeps_its_notice() {
        let html = shown([true, false], None, true);
        assert!(
            html.contains(say(Word::LabChangedSince)) && html.contains("Both lead to one key."),
            "{html}"
        );
        assert!(!html.contains(say(Word::LabSolved)), "{html}");
    }

    #[test]
    fn what_changes_is_said_aloud() {
        let verdict = |goals: [bool; 2]| Some(Verdict { goals: goals.to_vec(), mistake: None });
        let standing = Standing { now: verdict([true, false]), before: verdict([false, true]) };
        let html = html_text(news(&words(), &standing)).replace("<!---->", "");
        assert_eq!(html, "<p>Holds now: A <code>name</code></p><p>Holds no longer: Another</p>");
    }
}
