//! The proof: what the options say is tried on the engine.

use std::rc::Rc;

use waxseal_api::sandbox::{Experiment, Tried};
use waxseal_study::{Kind, Offer, Question, QuestionText, words::Word};
use yew::prelude::*;

use crate::{
    course::{
        engine::{Trying, use_trial},
        step::{commands, lines},
        words::{halves, rich, say},
    },
    failure::FailureNote,
};

#[derive(Properties, PartialEq)]
pub(crate) struct ProofProps {
    pub(crate) question: Rc<Question>,
    pub(crate) words: Rc<QuestionText>,
    /// What was answered.
    pub(crate) answer: Vec<usize>,
}

/// A button that proves the answer, and what came of it.
#[component]
pub(crate) fn Proof(props: &ProofProps) -> Html {
    let (trying, start) = use_trial();
    let busy = trying == Trying::Busy;
    let onclick = {
        let (question, answer) = (props.question.clone(), props.answer.clone());
        move |_: MouseEvent| start.emit(experiments(&question, &answer))
    };
    html! {<>
        <p class="actions">
            <button type="button" class="button" {onclick} disabled={busy}>{ say(Word::ProofProve) }</button>
            <span class="soft" role="status">{ match &trying {
                Trying::Idle => say(Word::ProofHint),
                Trying::Busy => say(Word::StepRunning),
                Trying::Failed(_) => "",
                Trying::Done(_) => say(Word::ProofRan),
            } }</span>
        </p>
        { match &trying {
            Trying::Idle | Trying::Busy => Html::default(),
            Trying::Failed(failure) => html! { <FailureNote failure={failure.clone()} /> },
            Trying::Done(tried) => html! { <div class="stacked proof">
                { before(&props.question) }{ proved(&props.question, &props.words, tried) }
                <p class="small soft">{ say(Word::ProofNames) }</p>
            </div> },
        } }
    </>}
}

/// What proves an answer: where options only say different things of the same script, it runs once.
fn experiments(question: &Question, answer: &[usize]) -> Vec<Experiment> {
    if question.kind == Kind::Order {
        let right: Vec<usize> = (0..question.options.len()).collect();
        let yours = (answer.len() == right.len() && answer != right).then(|| question.in_order(answer));
        return yours.into_iter().chain([question.in_order(&right)]).collect();
    }
    if is_one_script(question) {
        let claims = question.options.iter().map(|it| it.shows.clone());
        let whole = question.options.first().map(|first| question.experiment(first));
        return whole.into_iter().map(|it| Experiment { checks: claims.clone().collect(), ..it }).collect();
    }
    question.options.iter().map(|option| question.experiment(option)).collect()
}

fn is_one_script(question: &Question) -> bool {
    question.options.iter().all(|option| option.script.trim().is_empty())
}

/// What was there before.
fn before(question: &Question) -> Html {
    if question.prepare.trim().is_empty() {
        return Html::default();
    }
    html! { <details><summary>{ say(Word::ProofBefore) }</summary>{ commands(&question.prepare) }</details> }
}

/// What came of the experiments: of each first what it shows. What is right, and both orders, can be seen at once.
fn proved(question: &Question, words: &QuestionText, tried: &[Tried]) -> Html {
    let option = |at: usize| rich(words.options.get(at).map_or("", String::as_str));
    let holds = |tried: &Tried, at: usize| tried.holds.get(at) == Some(&Ok(true));
    if question.kind == Kind::Order {
        let names = [Word::QuestionYourOrder, Word::QuestionRightOrder]
            .into_iter()
            .skip(usize::from(tried.len() < 2));
        let one = |(name, tried): (Word, &Tried)| {
            Claim { said: say(name).into(), check: None, holds: holds(tried, 0) }.draw(Some(tried), true)
        };
        return html! {<>
            <p><strong>{ say(Word::ProofTested) }{ " " }</strong>{ words.tested.as_deref().map(rich).unwrap_or_default() }</p>
            { for names.zip(tried).map(one) }
            { asked(&question.shows) }
        </>};
    }
    let claims = question.options.iter().enumerate();
    if let ([tried], true) = (tried, is_one_script(question)) {
        let one = |(at, it): (usize, &Offer)| {
            Claim { said: option(at), check: Some(&it.shows), holds: holds(tried, at) }.draw(None, false)
        };
        return html! {<>{ lines(tried) }{ for claims.map(one) }</>};
    }
    let one = |((at, it), tried): ((usize, &Offer), &Tried)| {
        let holds = holds(tried, 0);
        Claim { said: option(at), check: Some(&it.shows), holds }.draw(Some(tried), holds)
    };
    html! {<>{ for claims.zip(tried).map(one) }</>}
}

/// What was said, whether it holds, and how that was seen.
struct Claim<'a> {
    said: Html,
    /// None where it is the same of all.
    check: Option<&'a str>,
    holds: bool,
}

impl Claim<'_> {
    /// With what has run for it alone.
    fn draw(self, tried: Option<&Tried>, open: bool) -> Html {
        let (mark, verdict) =
            if self.holds { ("✓ ", Word::ProofHolds) } else { ("✗ ", Word::ProofFails) };
        let (before, after) = halves(say(verdict));
        html! {
            <details class="claim" {open}>
                <summary><span aria-hidden="true">{ mark }</span><strong>{ before }</strong>{ self.said }{ after }</summary>
                { tried.map(lines).unwrap_or_default() }
                { self.check.map(asked).unwrap_or_default() }
            </details>
        }
    }
}

/// The test, as the engine is asked.
fn asked(check: &str) -> Html {
    html! {<>
        <p class="small soft">{ say(Word::ProofAsked) }</p>
        <p><code>{ check.replace('\n', "\\n") }</code></p>
    </>}
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        components::html_text,
        course::{
            question::tests::{question, words},
            said::brackets::{assert_said, bracketed, in_brackets},
        },
    };

    #[test]
    fn options_that_only_say_different_things_are_tried_at_once() {
        let mut asked = question(Kind::Single, &[true, false, false]);
        let tried = experiments(&asked, &[0]);
        assert_eq!(tried.len(), 1);
        assert_eq!(tried[0].checks, ["shows 0", "shows 1", "shows 2"]);
        asked.options[1].script = "aws kms list-keys".into();
        let tried = experiments(&asked, &[0]);
        assert_eq!(
            tried.iter().map(|it| it.checks.concat()).collect::<Vec<_>>(),
            ["shows 0", "shows 1", "shows 2"]
        );
        assert!(tried[1].script.ends_with("aws kms list-keys"));
    }

    #[test]
    fn an_order_is_tried_beside_the_right_one() {
        let asked = question(Kind::Order, &[false; 3]);
        assert_eq!(experiments(&asked, &[1, 0, 2]), [asked.in_order(&[1, 0, 2]), asked.in_order(&[0, 1, 2])]);
        assert_eq!(experiments(&asked, &[0, 1, 2]), [asked.in_order(&[0, 1, 2])]);
        assert_eq!(experiments(&asked, &[]), [asked.in_order(&[0, 1, 2])]);
    }

    #[test]
    fn what_holds_is_said_in_words_beside_each_option() {
        let asked = question(Kind::Single, &[true, false, false]);
        let tried = [Tried { played: vec![], holds: vec![Ok(true), Ok(false), Ok(false)] }];
        let text = html_text(proved(&asked, &words(3), &tried));
        assert!(text.contains("The test holds: </strong>option 0"), "{text}");
        assert!(text.contains("The test does not hold: </strong>option 2"), "{text}");
    }

    #[test]
    fn all_that_a_proof_says_is_in_a_catalogue() {
        let (asked, words) = (question(Kind::Single, &[true, false, false]), bracketed(&words(3)));
        let tried = [Tried { played: vec![], holds: vec![Ok(true), Ok(false), Ok(false)] }];
        assert_said(&in_brackets(|| html_text(proved(&asked, &words, &tried))));
        let asked = question(Kind::Order, &[false; 3]);
        let tried = [false, true].map(|holds| Tried { played: vec![], holds: vec![Ok(holds)] });
        assert_said(&in_brackets(|| html_text(proved(&asked, &words, &tried))));
    }

    #[test]
    fn both_orders_are_named() {
        let asked = question(Kind::Order, &[false; 3]);
        let tried = |holds| Tried { played: vec![], holds: vec![Ok(holds)] };
        let text = |tried: &[Tried]| html_text(proved(&asked, &words(3), tried));
        let both = text(&[tried(false), tried(true)]);
        assert_eq!(both.matches("in order").count(), 1, "one test for both: {both}");
        assert!(both.contains("In the end it is so."), "{both}");
        assert!(both.contains("The test does not hold: </strong>Your order"), "{both}");
        assert!(both.contains("The test holds: </strong>The right order"), "{both}");
        assert!(!text(&[tried(true)]).contains("Your order"));
    }
}
