//! Choosing users and roles of the account.

use web_sys::HtmlSelectElement;
use yew::prelude::*;

use super::policy::{Identity, Kind};
use crate::components::{TextField, dom};

#[derive(Properties, PartialEq)]
pub(crate) struct PeopleProps {
    pub(crate) chosen: Vec<Identity>,
    pub(crate) onchange: Callback<Vec<Identity>>,
    /// Whose they are.
    pub(crate) account: AttrValue,
}

/// Who was chosen, and a way to add one more. Nobody is a good choice too.
#[component]
pub(crate) fn People(props: &PeopleProps) -> Html {
    let remove = {
        let (chosen, onchange) = (props.chosen.clone(), props.onchange.clone());
        Callback::from(move |gone: Identity| {
            onchange.emit(chosen.iter().filter(|person| **person != gone).cloned().collect());
            dom::focus_first("#person");
        })
    };
    let item = |person: &Identity| {
        let onclick = remove.reform({
            let person = person.clone();
            move |_: MouseEvent| person.clone()
        });
        html! {
            <li>
                <code>{ person.arn(&props.account) }</code>
                <button type="button" class="quiet small" {onclick}>
                    { "Remove" }<span class="heard">{ format!(" {} {}", person.kind.word(), person.name) }</span>
                </button>
            </li>
        }
    };
    html! {
        <>
            if props.chosen.is_empty() {
                <p>{ "Just me: " }<code>{ format!("arn:aws:iam::{}:root", props.account) }</code></p>
            } else {
                <ul class="people">{ for props.chosen.iter().map(item) }</ul>
            }
            <AddPerson chosen={props.chosen.clone()} onchange={props.onchange.clone()} />
        </>
    }
}

#[derive(Properties, PartialEq)]
struct AddPersonProps {
    chosen: Vec<Identity>,
    onchange: Callback<Vec<Identity>>,
}

#[component]
fn AddPerson(props: &AddPersonProps) -> Html {
    let (kind, name) = (use_state_eq(|| Kind::User), use_state_eq(String::new));
    let problem = use_state_eq(|| None::<String>);
    let onclick = {
        let (kind, name, problem) = (kind.clone(), name.clone(), problem.clone());
        let (chosen, onchange) = (props.chosen.clone(), props.onchange.clone());
        Callback::from(move |_| match add(&chosen, *kind, &name) {
            Ok(chosen) => {
                problem.set(None);
                name.set(String::new());
                onchange.emit(chosen);
            }
            Err(why) => problem.set(Some(why)),
        })
    };
    let oninput = {
        let (name, problem) = (name.clone(), problem.clone());
        Callback::from(move |text| {
            problem.set(None);
            name.set(text);
        })
    };
    let problem = problem.as_deref().map(|text| AttrValue::from(text.to_owned()));
    html! {
        <div class="add-person">
            <KindChoice kind={*kind} onchange={let kind = kind.setter(); move |chosen| kind.set(chosen)} />
            <TextField id="person" label="Name" exact=true value={(*name).clone()} {oninput} {problem} />
            <button type="button" class="button" {onclick}>{ "Add" }</button>
        </div>
    }
}

/// Those who were chosen and one more.
fn add(chosen: &[Identity], kind: Kind, name: &str) -> Result<Vec<Identity>, String> {
    let person = Identity::named(kind, name)?;
    if chosen.contains(&person) {
        return Err(format!("The {} {} is in the list already.", kind.word(), person.name));
    }
    Ok(chosen.iter().cloned().chain([person]).collect())
}

#[derive(Properties, PartialEq)]
struct KindChoiceProps {
    kind: Kind,
    onchange: Callback<Kind>,
}

#[component]
fn KindChoice(props: &KindChoiceProps) -> Html {
    let onchange = props.onchange.reform(|event: Event| {
        let chosen = event.target_dyn_into::<HtmlSelectElement>().map(|select| select.value());
        if chosen.as_deref() == Some("role") { Kind::Role } else { Kind::User }
    });
    let option = |kind: Kind, words: &'static str| {
        html! { <option value={kind.word()} selected={props.kind == kind}>{ words }</option> }
    };
    html! {
        <div class="field">
            <label for="person-kind">{ "Kind" }</label>
            <select id="person-kind" {onchange}>
                { option(Kind::User, "IAM user") }
                { option(Kind::Role, "IAM role") }
            </select>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_chosen_twice() {
        let ana = add(&[], Kind::User, "ana").unwrap();
        assert_eq!(ana, [Identity::user("ana")]);
        assert!(add(&ana, Kind::User, " ana ").is_err());
        assert_eq!(add(&ana, Kind::Role, "ana").unwrap().len(), 2);
    }
}
