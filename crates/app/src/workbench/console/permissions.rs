//! Who may do what to a key, and by which statement; and what another policy would change.

use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;
use waxseal_api::{
    ApiError, Failure,
    sandbox::{Matrix, Standing, Task, Verdict},
};
use yew::prelude::*;

use super::policy::PolicyEditor;
use crate::{
    bridge::{Bridge, use_service},
    failure::FailureNote,
    workbench::text,
};

/// What most questions are about; the others are shown on request.
const FIRST: [&str; 12] = [
    "DescribeKey",
    "Encrypt",
    "Decrypt",
    "GenerateDataKey",
    "ReEncryptFrom",
    "CreateGrant",
    "GetKeyPolicy",
    "PutKeyPolicy",
    "EnableKeyRotation",
    "DisableKey",
    "ScheduleKeyDeletion",
    "CancelKeyDeletion",
];

/// The key's own matrix, and that of the policy that is tried.
#[derive(Clone, Default, PartialEq)]
struct Seen {
    own: Option<Rc<Matrix>>,
    tried: Option<Rc<Matrix>>,
    failure: Option<Failure>,
}

#[derive(Properties, PartialEq)]
pub(super) struct PermissionsProps {
    /// The key's ID.
    pub(super) id: AttrValue,
}

/// Who may do what to the key, once somebody asks: the table, why a cell is as it is, and a policy to try.
#[component]
pub(super) fn Permissions(props: &PermissionsProps) -> Html {
    let service = use_service();
    let (policy, all, asked) =
        (use_state_eq(|| None::<String>), use_state_eq(|| false), use_state_eq(|| None));
    let open = use_state_eq(|| false);
    let seen = use_seen(&props.id, service.generation, &policy, *open);
    let ontoggle = {
        let open = open.clone();
        move |event: Event| {
            let details = event.target_dyn_into::<web_sys::Element>();
            open.set(details.is_some_and(|details| details.has_attribute("open")));
        }
    };
    let drawn = |own: &Rc<Matrix>| {
        let shown = seen.tried.as_ref().unwrap_or(own);
        let more = {
            let all = all.clone();
            Callback::from(move |_: MouseEvent| all.set(!*all))
        };
        html! { <div class="who-may">
            { table(own, shown, *all, &asked) }
            <p class="actions"><button type="button" class="button" onclick={more}>{ if *all { text::FEWER } else { text::ALL_ACTIONS } }</button></p>
            <p role="status">{ because(shown, *asked) }</p>
            <PolicyEditor own={own.clone()} shown={shown.clone()} policy={policy.clone()} id={props.id.clone()} />
        </div> }
    };
    html! {
        <details class="disclosure" {ontoggle}>
            <summary>{ text::MATRIX }</summary>
            { match (&seen.own, &seen.failure) {
                _ if !*open => Html::default(),
                (Some(own), _) => drawn(own),
                (None, Some(failure)) => html! { <FailureNote failure={failure.clone()} /> },
                (None, None) => html! { <p class="pending" role="status">{ text::ASKING }</p> },
            } }
        </details>
    }
}

/// Asks, as long as it is `open`, when the key, the policy or what is stored has changed; of two answers under way the later
/// question's counts.
#[hook]
fn use_seen(id: &AttrValue, generation: u32, policy: &Option<String>, open: bool) -> Seen {
    let (service, seen, newest) = (use_service(), use_state_eq(Seen::default), use_mut_ref(|| 0_u32));
    use_effect_with((id.clone(), generation, policy.clone(), open), {
        let seen = seen.setter();
        move |(id, _, policy, open)| {
            if !open {
                return;
            }
            *newest.borrow_mut() += 1;
            let (serial, id, policy) = (*newest.borrow(), id.to_string(), policy.clone());
            spawn_local(async move {
                let own = ask(&service.bridge, id.clone(), None).await;
                let tried = match policy {
                    Some(policy) => ask(&service.bridge, id, Some(policy)).await.ok(),
                    None => None,
                };
                if *newest.borrow() == serial {
                    let (own, failure) =
                        own.map_or_else(|error| (None, Some(error)), |own| (Some(own), None));
                    seen.set(Seen { own, tried, failure });
                }
            });
        }
    });
    (*seen).clone()
}

async fn ask(bridge: &Bridge, key_id: String, policy: Option<String>) -> Result<Rc<Matrix>, Failure> {
    let answer: Result<Matrix, ApiError> = bridge.perform(Task::Matrix { key_id, policy }).await?;
    Ok(answer.map(Rc::new)?)
}

/// A cell: which principal, which action.
type Cell = (usize, usize);

fn table(own: &Matrix, shown: &Matrix, all: bool, asked: &UseStateHandle<Option<Cell>>) -> Html {
    let actions = shown.actions.iter().enumerate().filter(|(_, name)| all || FIRST.contains(&name.as_str()));
    let head = |row: &Standing| html! { <th scope="col">{ who(&row.principal, &shown.key) }</th> };
    let cell = |person: usize, action: usize| {
        let verdict = |matrix: &Matrix| Some(matrix.rows.get(person)?.verdicts.get(action)?.allowed);
        let (now, before) = (verdict(shown), verdict(own));
        let word = if now == Some(true) { "yes" } else { "no" };
        let changed = now != before;
        let onclick = {
            let asked = asked.clone();
            move |_: MouseEvent| asked.set(Some((person, action)))
        };
        html! {
            <td class={classes!(word, changed.then_some("changed"))}>
                <button type="button" {onclick} aria-pressed={(**asked == Some((person, action))).to_string()}>
                    { word }{ if changed { text::CHANGED } else { "" } }
                </button>
            </td>
        }
    };
    let line = |(at, name): (usize, &String)| {
        html! { <tr key={name.as_str()}><th scope="row">{ name }</th>{ for (0..shown.rows.len()).map(|person| cell(person, at)) }</tr> }
    };
    html! {
        <div class="matrix" role="region" aria-label={text::MATRIX} tabindex="0">
            <table>
                <thead><tr><td></td>{ for shown.rows.iter().map(head) }</tr></thead>
                <tbody>{ for actions.map(line) }</tbody>
            </table>
        </div>
    }
}

/// A principal at a glance, with the account where it is not the key's.
pub(super) fn who(arn: &str, key: &str) -> String {
    let part = |arn: &str, at: usize| arn.split(':').nth(at).unwrap_or_default().to_owned();
    let (account, name) = (part(arn, 4), arn.splitn(6, ':').nth(5).unwrap_or(arn).to_owned());
    if account == part(key, 4) { name } else { format!("{name} of {account}") }
}

/// Why the cell that was asked for is as it is.
fn because(shown: &Matrix, asked: Option<Cell>) -> String {
    let told = || {
        let (person, action) = asked?;
        let row = shown.rows.get(person)?;
        let Verdict { allowed, because } = row.verdicts.get(action)?;
        let may = if *allowed { "may" } else { "may not" };
        let (name, reason) = (shown.actions.get(action)?, shown.reasons.get(*because as usize)?);
        Some(format!("{} {may} {name}: {reason}.", who(&row.principal, &shown.key)))
    };
    told().unwrap_or_else(|| text::WHY.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn principals_at_a_glance() {
        let key = "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";
        assert_eq!(who("arn:aws:iam::111122223333:user/ana", key), "user/ana");
        assert_eq!(who("arn:aws:iam::444455556666:root", key), "root of 444455556666");
    }

    #[test]
    fn a_cell_says_what_it_rests_on() {
        let verdicts = vec![Verdict { allowed: true, because: 1 }, Verdict { allowed: false, because: 0 }];
        let matrix = Matrix {
            key: "arn:aws:kms:us-east-1:111122223333:key/1".to_owned(),
            policy: String::new(),
            problem: None,
            lockout: false,
            actions: vec!["Encrypt".to_owned(), "Decrypt".to_owned()],
            reasons: vec!["nobody allows it".to_owned(), "a grant allows the caller".to_owned()],
            rows: vec![Standing { principal: "arn:aws:iam::111122223333:user/ana".to_owned(), verdicts }],
        };
        assert_eq!(because(&matrix, Some((0, 0))), "user/ana may Encrypt: a grant allows the caller.");
        assert_eq!(because(&matrix, Some((0, 1))), "user/ana may not Decrypt: nobody allows it.");
        assert_eq!(because(&matrix, Some((1, 0))), text::WHY);
        assert_eq!(because(&matrix, None), text::WHY);
    }
}
