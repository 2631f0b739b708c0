//! What is left of the time.

use gloo_timers::callback::Interval;
use waxseal_study::words::Word;
use yew::prelude::*;

use super::sitting::Clock;
use crate::{
    components::dom,
    course::words::{say, tell},
};

const SECOND: u32 = 1000;

#[derive(Properties, PartialEq)]
pub(super) struct TimeProps {
    pub(super) clock: Clock,
    /// Told to let it run or to stop it.
    pub(super) turn: Callback<bool>,
}

/// The time that is left, which can be hidden and stopped. It is told politely when little is left.
#[component]
pub(super) fn TimeLeft(props: &TimeProps) -> Html {
    let (now, hidden) = (use_state_eq(|| 0), use_state_eq(|| false));
    use_effect_with(props.clock, {
        let now = now.setter();
        move |clock| {
            now.set(dom::now());
            let ticks = clock.runs().then(|| Interval::new(SECOND, move || now.set(dom::now())));
            move || drop(ticks)
        }
    });
    let Some(left) = props.clock.left(*now) else { return Html::default() };
    let runs = props.clock.runs();
    let turn = props.turn.reform(move |_: MouseEvent| !runs);
    let hide = {
        let (hidden, now_hidden) = (hidden.setter(), *hidden);
        move |_: MouseEvent| hidden.set(!now_hidden)
    };
    html! {
        <div class="actions exam-clock">
            if !*hidden { <p role="timer">{ shown(left) }</p> }
            <button type="button" class="quiet" onclick={hide}>{ say(if *hidden { Word::ExamShowTime } else { Word::ExamHideTime }) }</button>
            <button type="button" class="quiet" onclick={turn}>{ say(if runs { Word::ExamStopTime } else { Word::ExamRunTime }) }</button>
            <p class="soft" role="status">{ if runs { told(left) } else { Some(Word::ExamStands) }.map_or("", say) }</p>
        </div>
    }
}

/// `9:05 left`
fn shown(left: i64) -> String {
    let seconds = (left / 1000).max(0);
    let time = format!("{}:{:02}", seconds / 60, seconds % 60);
    tell(Word::ExamLeft, &[("time", &time)])
}

/// What is told when little is left.
fn told(left: i64) -> Option<Word> {
    Some(match left {
        ..=0 => Word::ExamTimeUp,
        1..=60_000 => Word::ExamOneLeft,
        60_001..=300_000 => Word::ExamFiveLeft,
        300_001..=600_000 => Word::ExamTenLeft,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_is_told_thrice_and_when_it_is_up() {
        let told: Vec<Option<Word>> =
            [601_000, 600_000, 300_001, 300_000, 60_001, 60_000, 1, 0, -5].map(told).to_vec();
        let mut changes = told.clone();
        changes.dedup();
        assert_eq!(changes.len(), 5);
        assert_eq!((told[0], told[8]), (None, Some(Word::ExamTimeUp)));
    }

    #[test]
    fn time_is_shown_in_minutes_and_seconds() {
        assert_eq!(shown(2_400_000), "40:00 left");
        assert_eq!(shown(65_999), "1:05 left");
        assert_eq!(shown(-5_000), "0:00 left");
    }
}
