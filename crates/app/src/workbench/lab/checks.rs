//! Goals and mistakes: what is suggested, what is written, and what it says of the sandbox.

use waxseal_study::author::{Draft, Goal, Slip};
use yew::prelude::*;

use super::{
    go_to,
    judge::Judged,
    pad::{Edit, Pad, Part},
    take_back, text,
};

/// So many suggestions are shown.
const SHOWN: usize = 24;
const GOALS: Part = "lab-goals";
const MISTAKES: Part = "lab-mistakes";

/// What has to hold in the end.
pub(super) fn goals(pad: &UseReducerHandle<Pad>, judged: &Judged) -> Html {
    let one = |(at, goal): (usize, &Goal)| {
        html! {
            <li key={at} class="lab-item">
                { text::GOAL[0].draw(pad, at, told(judged, &goal.check, goal_words)) }
                { text::GOAL[1].draw(pad, at, Html::default()) }
                { remove(pad, GOALS, "goal", at, |draft, at| remove_at(&mut draft.goals, at)) }
            </li>
        }
    };
    let new = &judged.new;
    html! {
        <section class="bench-part" aria-labelledby={GOALS}>
            <h2 id={GOALS} tabindex="-1">{ text::GOALS }</h2>
            <p class="soft reading">{ text::GOALS_HINT }</p>
            <fieldset class="lab-suggested">
                <legend>{ text::SUGGESTED }</legend>
                if new.is_empty() { <p class="soft">{ text::NONE_SUGGESTED }</p> }
                { for new.iter().take(SHOWN).map(|goal| suggestion(pad, goal)) }
            </fieldset>
            <ol class="plain lab-items">{ for pad.draft.goals.iter().enumerate().map(one) }</ol>
            <p class="actions">
                { add(pad, text::ADD_GOAL, format!("#lab-goal-{}", pad.draft.goals.len()), |draft| draft.goals.push(Goal::default())) }
                { take_back(pad, GOALS) }
            </p>
        </section>
    }
}

/// How it goes wrong.
pub(super) fn mistakes(pad: &UseReducerHandle<Pad>, judged: &Judged) -> Html {
    let one = |(at, slip): (usize, &Slip)| {
        html! {
            <li key={at} class="lab-item">
                { text::MISTAKE[0].draw(pad, at, told(judged, &slip.when, mistake_words)) }
                { for text::MISTAKE[1..].iter().map(|it| it.draw(pad, at, Html::default())) }
                { remove(pad, MISTAKES, "mistake", at, |draft, at| remove_at(&mut draft.mistakes, at)) }
            </li>
        }
    };
    html! {
        <section class="bench-part" aria-labelledby={MISTAKES}>
            <h2 id={MISTAKES} tabindex="-1">{ text::MISTAKES }</h2>
            <p class="soft reading">{ text::MISTAKES_HINT }</p>
            <ol class="plain lab-items">{ for pad.draft.mistakes.iter().enumerate().map(one) }</ol>
            <p class="actions">
                { add(pad, text::ADD_MISTAKE, format!("#lab-mistake-{}", pad.draft.mistakes.len()), |draft| draft.mistakes.push(Slip::default())) }
                { take_back(pad, MISTAKES) }
            </p>
        </section>
    }
}

/// A check to be ticked; it is a goal then.
fn suggestion(pad: &UseReducerHandle<Pad>, goal: &Goal) -> Html {
    let checked = pad.draft.goals.iter().any(|it| it.check.trim() == goal.check);
    let onchange = {
        let (pad, goal) = (pad.dispatcher(), goal.clone());
        move |_: Event| {
            let goal = goal.clone();
            let tick = Box::new(move |draft: &mut Draft| match checked {
                true => draft.goals.retain(|it| it.check.trim() != goal.check),
                false => draft.goals.push(goal),
            });
            pad.dispatch(Edit::Replace(GOALS, tick));
        }
    };
    html! {
        <label class="check"><input type="checkbox" {checked} {onchange} /><span>{ marked(&goal.words) }<br /><code class="soft small">{ &goal.check }</code></span></label>
    }
}

/// Words in Markdown of which only names are marked.
fn marked(words: &str) -> Html {
    let part = |(at, part): (usize, &str)| match at % 2 {
        1 => html! { <code>{ part.to_owned() }</code> },
        _ => html! { part.to_owned() },
    };
    html! { <>{ for words.split('`').enumerate().map(part) }</> }
}

/// A button that adds something, and moves the focus to its first field.
fn add(pad: &UseReducerHandle<Pad>, words: &'static str, field: String, add: fn(&mut Draft)) -> Html {
    let pad = pad.dispatcher();
    let onclick = move |_: MouseEvent| {
        pad.dispatch(Edit::Write(Box::new(add)));
        go_to(field.clone());
    };
    html! { <button type="button" class="button" {onclick}>{ words }</button> }
}

/// A button that removes something of a part of the page, and moves the focus to its heading.
fn remove(
    pad: &UseReducerHandle<Pad>,
    part: Part,
    what: &str,
    at: usize,
    remove: fn(&mut Draft, usize),
) -> Html {
    let pad = pad.dispatcher();
    let onclick = move |_: MouseEvent| {
        pad.dispatch(Edit::Replace(part, Box::new(move |draft| remove(draft, at))));
        go_to(format!("#{part}"));
    };
    html! { <p><button type="button" class="quiet small" {onclick}>{ text::REMOVE }<span class="heard">{ format!(" {what} {}", at + 1) }</span></button></p> }
}

fn remove_at<T>(list: &mut Vec<T>, at: usize) {
    // A second press may come before what the first has removed is gone from the page.
    if at < list.len() {
        list.remove(at);
    }
}

/// What is said of a check, once it is known.
fn told(judged: &Judged, check: &str, words: fn(bool, bool) -> (&'static str, bool)) -> Html {
    match judged.of(check) {
        None => Html::default(),
        Some((Err(error), _) | (_, Err(error))) => html! {<>
            <p class="wrong">{ text::NOT_JUDGED }</p>
            <pre class="small soft">{ error }</pre>
        </>},
        Some((Ok(now), Ok(first))) => {
            let (words, fine) = words(*now, *first);
            html! { <p class={if fine { "soft small" } else { "wrong" }}>{ words }</p> }
        }
    }
}

/// What is said of a goal that holds now or not, and at the beginning or not, and whether that is as it should be.
fn goal_words(now: bool, first: bool) -> (&'static str, bool) {
    match (now, first) {
        (true, false) => ("Holds now, and does not hold at the beginning.", true),
        (true, true) => {
            ("Holds now, and at the beginning too. That is right only for what has to stay as it is.", true)
        }
        (false, false) => ("Does not hold now.", false),
        (false, true) => ("Holds at the beginning and not now.", false),
    }
}

/// The same of a mistake.
fn mistake_words(now: bool, first: bool) -> (&'static str, bool) {
    match (now, first) {
        (_, true) => ("Holds at the beginning, when nothing was done yet.", false),
        (true, false) => ("Holds now: here it would be told.", true),
        (false, false) => ("Does not hold now, nor at the beginning.", true),
    }
}
