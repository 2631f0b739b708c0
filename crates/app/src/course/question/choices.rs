//! What can be answered.

use waxseal_study::{Kind, Question, QuestionText};
use yew::prelude::*;

use super::cards::Cards;
use crate::course::words::{rich, say};

/// What can be answered to a question, and what is so far.
pub(crate) struct Choices<'a> {
    pub(crate) question: &'a Question,
    pub(crate) words: &'a QuestionText,
    /// The options' indexes, in the order in which they are shown.
    pub(crate) shown: &'a [usize],
    /// The indexes of those that were chosen; for an order all, in order. None while there is no answer.
    pub(crate) answer: &'a [usize],
    /// Told the answer when it changes.
    pub(crate) choose: Callback<Vec<usize>>,
}

impl Choices<'_> {
    /// Draws them.
    pub(crate) fn draw(&self) -> Html {
        html! {
            <fieldset class="stacked choices" id={name(self.question)} key={name(self.question)}>
                <legend class="soft small">{ say(self.question.instruction()) }</legend>
                if self.question.kind == Kind::Order { { self.cards() } } else { { for self.shown.iter().map(|at| self.option(*at)) } }
            </fieldset>
        }
    }

    fn option(&self, at: usize) -> Html {
        let single = self.question.kind == Kind::Single;
        let chosen = self.answer.contains(&at);
        let answer = if single { vec![at] } else { toggled(self.answer, at) };
        let choose = self.choose.clone();
        html! {
            <label class="check">
                <input type={if single { "radio" } else { "checkbox" }} name={name(self.question)} checked={chosen}
                    onchange={move |_| choose.emit(answer.clone())} />
                <span>{ rich(self.words.options.get(at).map_or("", String::as_str)) }</span>
            </label>
        }
    }

    fn cards(&self) -> Html {
        let order = if self.answer.is_empty() { self.shown } else { self.answer };
        html! {
            <Cards id={name(self.question)} order={order.to_vec()} texts={self.words.options.clone()} choose={self.choose.clone()} />
        }
    }
}

/// What names the choices of a question in the document.
pub(super) fn name(question: &Question) -> String {
    format!("choices-{}", question.id)
}

/// One more, or one less.
fn toggled(answer: &[usize], at: usize) -> Vec<usize> {
    let mut toggled: Vec<usize> = answer.iter().copied().filter(|it| *it != at).collect();
    if toggled.len() == answer.len() {
        toggled.push(at);
        toggled.sort_unstable();
    }
    toggled
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_box_is_ticked_and_unticked() {
        assert_eq!(toggled(&[], 2), [2]);
        assert_eq!(toggled(&[2], 0), [0, 2]);
        assert_eq!(toggled(&[0, 2], 0), [2]);
    }
}
