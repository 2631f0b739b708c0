//! What the learner has done, for all parts of a page, in all tabs.

use std::{cell::RefCell, rc::Rc};

use gloo_events::EventListener;
use wasm_bindgen_futures::spawn_local;
use waxseal_api::Timestamp;
use waxseal_study::{
    Index,
    progress::{Deed, Progress},
    words::Word,
};
use web_sys::Window;
use yew::prelude::*;

use super::{
    data, lab,
    store::{self, Unkept},
    words::say,
};
use crate::components::dom;

/// What is known of the learner.
#[derive(Clone, PartialEq, Default)]
pub(crate) struct Known {
    /// What they have done.
    pub(crate) progress: Rc<Progress>,
    /// What of it is kept.
    kept: Rc<Progress>,
    /// What the course has; none until it is loaded.
    pub(crate) index: Option<Rc<Index>>,
    /// Whether it is known what is kept, if anything is.
    pub(crate) read: bool,
    /// Why what they do is not kept, if it is not.
    pub(crate) unkept: Option<Unkept>,
}

/// What was done, and when.
type Done = (Deed, Timestamp);

/// What has become known.
pub(crate) enum News {
    Index(Rc<Index>),
    /// What is kept now.
    Kept(Progress),
    /// What was done and could not be kept so far, and why.
    Unkept(Vec<Done>, Unkept),
}

impl Reducible for Known {
    type Action = News;

    fn reduce(self: Rc<Self>, news: News) -> Rc<Self> {
        let mut known = (*self).clone();
        match news {
            News::Index(index) => known.index = Some(index),
            News::Kept(progress) => {
                known.kept = Rc::new(progress);
                (known.progress, known.unkept, known.read) = (known.kept.clone(), None, true);
            }
            News::Unkept(done, why) => {
                let mut progress = (*known.kept).clone();
                take_down(&mut progress, &done, &known.index.clone().unwrap_or_default());
                (known.progress, known.unkept, known.read) = (Rc::new(progress), Some(why), true);
            }
        }
        Rc::new(known)
    }
}

fn take_down(progress: &mut Progress, done: &[Done], index: &Index) {
    done.iter().for_each(|(deed, at)| progress.record(deed, *at, index));
}

/// Keeps what is done. What cannot be kept waits for the next time.
struct Keeper {
    tell: UseReducerDispatcher<Known>,
    index: RefCell<Option<Rc<Index>>>,
    waiting: RefCell<Vec<Done>>,
}

impl Keeper {
    /// Keeps what waits, or reads what another tab may have kept.
    async fn keep(&self) {
        self.tell.dispatch(match self.kept().await {
            Ok(progress) => News::Kept(progress),
            Err(why) => News::Unkept(self.waiting.borrow().clone(), why),
        });
    }

    async fn kept(&self) -> Result<Progress, Unkept> {
        let index = self.index().await?;
        if self.waiting.borrow().is_empty() {
            return store::load().await;
        }
        let mut done = Vec::new();
        let kept = store::change(|progress| {
            done = self.waiting.take();
            take_down(progress, &done, &index);
        });
        let kept = kept.await;
        if kept.is_err() {
            self.waiting.borrow_mut().splice(0..0, done);
        }
        kept
    }

    /// What the course has, loaded once.
    async fn index(&self) -> Result<Rc<Index>, Unkept> {
        if let Some(index) = &*self.index.borrow() {
            return Ok(index.clone());
        }
        let index: Index = data::index().await.map_err(|_| say(Word::KeepNoIndex).to_owned())?;
        let index = Rc::new(index);
        *self.index.borrow_mut() = Some(index.clone());
        self.tell.dispatch(News::Index(index.clone()));
        Ok(index)
    }
}

/// What the parts of a page have of the learner.
#[derive(Clone)]
pub(crate) struct Learner {
    pub(crate) known: UseReducerHandle<Known>,
    pub(crate) record: Callback<Deed>,
    keeper: Rc<Keeper>,
}

impl PartialEq for Learner {
    fn eq(&self, other: &Self) -> bool {
        self.known == other.known && Rc::ptr_eq(&self.keeper, &other.keeper)
    }
}

impl Learner {
    /// Puts other progress in the place of what is there.
    pub(crate) async fn replace(&self, progress: Progress) -> Result<(), Unkept> {
        store::replace(&progress).await?;
        self.keeper.waiting.take();
        self.keeper.tell.dispatch(News::Kept(progress));
        Ok(())
    }

    /// Forgets what was done, and then erases what the labs have left.
    pub(crate) async fn erase(&self) -> Result<(), Unkept> {
        // Without it nobody knows which sandboxes are labs'.
        let index = self.keeper.index().await?;
        self.replace(Progress::default()).await?;
        lab::forget(&index).await.map_err(|_| say(Word::KeepLabStays).to_owned())
    }
}

/// What the learner has done, and what takes down what they do.
#[hook]
pub(crate) fn use_progress() -> (Rc<Progress>, Callback<Deed>) {
    let (learner, record) = (use_learner(), use_record());
    (learner.map(|learner| learner.known.progress.clone()).unwrap_or_default(), record)
}

/// What takes down what the learner does. What has only this is not drawn anew when something was done.
#[hook]
pub(crate) fn use_record() -> Callback<Deed> {
    use_context().unwrap_or_else(Callback::noop)
}

/// All that is known of the learner; nothing outside of a [`ProgressProvider`].
#[hook]
pub(crate) fn use_learner() -> Option<Learner> {
    use_context()
}

/// The point in time that it is.
pub(crate) fn now() -> Timestamp {
    Timestamp::from_millis(dom::now())
}

#[derive(Properties, PartialEq)]
pub(crate) struct ProgressProviderProps {
    pub(crate) children: Html,
}

/// Reads what is kept, gives it to what is below, and keeps what is done there.
#[component]
pub(crate) fn ProgressProvider(props: &ProgressProviderProps) -> Html {
    let known = use_reducer_eq(Known::default);
    let tell = known.dispatcher();
    let keeper = use_memo((), |()| {
        let (index, waiting) = (RefCell::default(), RefCell::default());
        Keeper { tell, index, waiting }
    });
    let record = use_callback((), {
        let keeper = keeper.clone();
        move |deed, ()| {
            keeper.waiting.borrow_mut().push((deed, now()));
            keep(keeper.clone());
        }
    });
    use_effect_with((), {
        let keeper = keeper.clone();
        move |()| {
            keep(keeper.clone());
            // Another tab may have kept something since this one was looked at.
            let look =
                move |window: Window| EventListener::new(&window, "focus", move |_| keep(keeper.clone()));
            let looking = dom::window().map(look);
            move || drop(looking)
        }
    });
    let unkept = known.unkept.as_ref().filter(|why| !why.is_empty()).map(|why| {
        html! { <p class="unkept" role="alert"><strong>{ say(Word::KeepUnkept) }</strong>{ " " }{ why }</p> }
    });
    html! {
        <ContextProvider<Callback<Deed>> context={record.clone()}>
            <ContextProvider<Learner> context={Learner { known: known.clone(), record, keeper }}>
                { props.children.clone() }
                { unkept.unwrap_or_default() }
            </ContextProvider<Learner>>
        </ContextProvider<Callback<Deed>>>
    }
}

fn keep(keeper: Rc<Keeper>) {
    spawn_local(async move { keeper.keep().await });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn step(name: &str, seconds: i64) -> Done {
        let (lesson, step) = ("a".to_owned(), name.to_owned());
        (Deed::Step { lesson, step, predicted: None }, Timestamp::from_millis(seconds * 1000))
    }

    fn steps(known: &Known) -> Vec<&String> {
        known.progress.steps.keys().collect()
    }

    #[test]
    fn what_is_not_kept_is_seen_all_the_same_and_counts_once() {
        let mut kept = Progress::default();
        take_down(&mut kept, &[step("1", 1)], &Index::default());
        let known = Rc::new(Known::default()).reduce(News::Kept(kept.clone()));
        assert!(known.read && known.unkept.is_none());
        let waiting = vec![step("2", 2)];
        let known = known.reduce(News::Unkept(waiting.clone(), "full".to_owned()));
        let known = known.reduce(News::Unkept([waiting, vec![step("3", 3)]].concat(), "full".to_owned()));
        assert_eq!(steps(&known), ["a/1", "a/2", "a/3"]);
        assert_eq!((known.kept.steps.len(), known.unkept.as_deref()), (1, Some("full")));
        take_down(&mut kept, &[step("4", 4)], &Index::default());
        let known = known.reduce(News::Kept(kept));
        assert_eq!(steps(&known), ["a/1", "a/4"]);
        assert_eq!(known.unkept, None);
    }
}
