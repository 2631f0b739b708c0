//! Choosing users and roles of the account.

use web_sys::HtmlSelectElement;
use yew::prelude::*;

use super::policy::{Identity, Kind};
use crate::components::{TextField, dom};

/// Who was chosen, and a way to add one more. Nobody is a good choice too.
pub(crate) fn chooser(chosen: &[Identity], onchange: &Callback<Vec<Identity>>, account: &str) -> Html {
    html! {
        <>
            if chosen.is_empty() {
                <p>{ "Just me: " }<code>{ format!("arn:aws:iam::{account}:root") }</code></p>
            } else {
                <ul class="people">{ for chosen.iter().map(|person| item(person, chosen, onchange, account)) }</ul>
            }
            <AddPerson chosen={chosen.to_vec()} onchange={onchange.clone()} />
        </>
    }
}

fn item(person: &Identity, chosen: &[Identity], onchange: &Callback<Vec<Identity>>, account: &str) -> Html {
    let others: Vec<Identity> = chosen.iter().filter(|other| *other != person).cloned().collect();
    let onclick = {
        let onchange = onchange.clone();
        Callback::from(move |_: MouseEvent| {
            onchange.emit(others.clone());
            dom::focus_first("#person");
        })
    };
    html! {
        <li>
            <code>{ person.arn(account) }</code>
            <button type="button" class="quiet small" {onclick}>
                { "Remove" }<span class="heard">{ format!(" {} {}", person.kind.word(), person.name) }</span>
            </button>
        </li>
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
            { kind_choice(*kind, kind.setter()) }
            { TextField { id: "person", label: "Name".into(), exact: true, value: (*name).clone().into(), oninput, problem, ..TextField::default() }.draw() }
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

fn kind_choice(kind: Kind, choose: UseStateSetter<Kind>) -> Html {
    let onchange = Callback::from(move |event: Event| {
        let chosen = event.target_dyn_into::<HtmlSelectElement>().map(|select| select.value());
        choose.set(if chosen.as_deref() == Some("role") { Kind::Role } else { Kind::User });
    });
    let option = |which: Kind, words: &'static str| {
        html! { <option value={which.word()} selected={kind == which}>{ words }</option> }
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
