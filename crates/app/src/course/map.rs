//! The map of lessons: how well each is known, what is due, and what to do until an exam.

use std::rc::Rc;

use waxseal_api::Timestamp;
use waxseal_study::{
    Index,
    exam::LENGTH,
    progress::{Counts, Day, Deed, Progress},
    words::Word,
};
use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::{
    progress::{now, use_learner},
    said::page,
    words::{self, count, rich, say, tell},
};
use crate::components::time;

/// What is known of the learner and of the course, once both are there.
#[hook]
fn use_known() -> Option<(Rc<Progress>, Rc<Index>, Callback<Deed>)> {
    let learner = use_learner()?;
    let known = learner.known.read.then(|| learner.known.index.clone()).flatten()?;
    Some((learner.known.progress.clone(), known, learner.record))
}

#[derive(Properties, PartialEq)]
pub(crate) struct MarkProps {
    /// The lesson's slug.
    pub(crate) slug: AttrValue,
}

/// How well a lesson is known.
#[component]
pub(crate) fn Mark(props: &MarkProps) -> Html {
    let Some((progress, index, _)) = use_known() else { return Html::default() };
    let lesson = index.lessons.iter().find(|lesson| lesson.slug == props.slug.as_str());
    let Some(lesson) = lesson else { return Html::default() };
    let counts = progress.lesson(lesson, now(), &index).objectives;
    let all = counts.solid + counts.shaky + counts.untouched;
    html! {
        <p class="standing soft small">
            <progress max={all.to_string()} value={counts.solid.to_string()} aria-hidden="true" />
            { said(counts, all) }
        </p>
    }
}

/// How well something is known, in words.
fn said(Counts { solid, shaky, untouched }: Counts, all: usize) -> String {
    match (solid, shaky) {
        (0, 0) => say(Word::MapNone).to_owned(),
        _ if solid == all => tell(Word::MapAll, &[("n", &all)]),
        _ => {
            let rest: Vec<String> = [(shaky, Word::MapShaky), (untouched, Word::MapUntouched)]
                .into_iter()
                .filter(|(count, _)| *count > 0)
                .map(|(count, word)| tell(word, &[("n", &count)]))
                .collect();
            tell(Word::MapSolid, &[("n", &solid), ("of", &all)]) + &rest.concat()
        }
    }
}

/// What is due, and what to do on which day.
#[component]
pub(crate) fn Plan() -> Html {
    let Some((progress, index, record)) = use_known() else { return Html::default() };
    let due = progress.due(now(), &index).len();
    let set = Callback::from(move |event: Event| {
        let Some(field) = event.target_dyn_into::<HtmlInputElement>() else { return };
        record.emit(Deed::Date(beginning_of(&field.value())));
    });
    let planned = progress.exam.map(|exam| match exam > now() {
        true => plan(&progress.plan(now(), exam, &index), &index),
        false => html! { <p>{ say(Word::MapPast) }</p> },
    });
    html! {<>
        if *progress != Progress::default() { <p class="soft small">{ say(Word::MapLegend) }</p> }
        <section aria-labelledby="plan">
            <h2 id="plan">{ say(Word::MapUntil) }</h2>
            if due > 0 {
                <p><a href={page("review")}>{ count(due, [Word::MapDueOne, Word::MapDueMany]) }</a></p>
            }
            <p class="field plan-date">
                <label for="exam-date">{ say(Word::MapDate) }</label>
                <input type="date" id="exam-date" value={progress.exam.map(date_of).unwrap_or_default()} onchange={set} />
            </p>
            { planned.unwrap_or_default() }
        </section>
    </>}
}

fn plan(days: &[Day<'_>], index: &Index) -> Html {
    if days.is_empty() {
        return html! { <p>{ say(Word::MapNothing) }</p> };
    }
    let title = |slug: &str| index.lessons.iter().find(|lesson| lesson.slug == slug);
    let lesson = |slug: &str| {
        let Some(lesson) = title(slug) else { return Html::default() };
        html! { <li><a href={words::place(lesson)} lang={lesson.language.clone()}>{ rich(&lesson.title) }</a></li> }
    };
    let day = |day: &Day<'_>| {
        let again = day.repeat.len();
        html! {
            <li>
                <h3>{ time(day.at, true) }<span class="soft small">{ tell(Word::MapMinutes, &[("n", &day.minutes)]) }</span></h3>
                <ul class="plain">
                    { for day.learn.iter().map(|study| lesson(study.lesson)) }
                    if again > 0 { <li>{ count(again, [Word::MapAgainOne, Word::MapAgainMany]) }</li> }
                    if day.exam { <li><a href={page("exam")}>{ tell(Word::MapExam, &[("n", &LENGTH)]) }</a></li> }
                </ul>
            </li>
        }
    };
    html! { <ol class="plan">{ for days.iter().map(day) }</ol> }
}

/// The beginning of a day, in the reader's own time zone: of `2026-12-05`.
fn beginning_of(date: &str) -> Option<Timestamp> {
    let millis = js_sys::Date::new(&format!("{date}T00:00").into()).get_time();
    millis.is_finite().then_some(Timestamp::from_millis(millis as i64))
}

/// The day of a point in time, as a field for dates has it.
fn date_of(at: Timestamp) -> String {
    let date = js_sys::Date::new(&(at.as_millis() as f64).into());
    format!("{:04}-{:02}-{:02}", date.get_full_year(), date.get_month() + 1, date.get_date())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_standing_in_words() {
        let of =
            |solid, shaky, untouched| said(Counts { solid, shaky, untouched }, solid + shaky + untouched);
        assert_eq!(of(0, 0, 8), "Not begun");
        assert_eq!(of(2, 1, 5), "2 of 8 things solid, 1 shaky, 5 untouched");
        assert_eq!(of(0, 8, 0), "0 of 8 things solid, 8 shaky");
        assert_eq!(of(8, 0, 0), "All 8 things solid");
    }
}
