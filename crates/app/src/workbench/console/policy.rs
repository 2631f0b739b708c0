//! A key policy to try: typed, or with the console's statements put in by choosing whom they name.

use std::rc::Rc;

use serde::de::IgnoredAny;
use wasm_bindgen_futures::spawn_local;
use waxseal_api::{
    Failure, Service,
    sandbox::{Matrix, Request, Task},
};
use yew::prelude::*;

use super::{
    permissions::who,
    statements::{Named, named, naming},
};
use crate::{
    bridge::{Bridge, use_service},
    components::TextField,
    workbench::{sent::Sent, text},
};

#[derive(Properties, PartialEq)]
pub(super) struct PolicyProps {
    /// By the key's own policy.
    pub(super) own: Rc<Matrix>,
    /// By the policy that is tried.
    pub(super) shown: Rc<Matrix>,
    /// The policy that is tried, if one is.
    pub(super) policy: UseStateHandle<Option<String>>,
    /// The key's ID.
    pub(super) id: AttrValue,
}

/// The policy, what is wrong with it, and the way to keep it.
#[component]
pub(super) fn PolicyEditor(props: &PolicyProps) -> Html {
    let (bridge, sent) = (use_service().bridge, use_state_eq(|| Sent::Nothing));
    let PolicyProps { own, shown, policy, id } = props;
    let current = policy.as_ref().unwrap_or(&own.policy);
    let change = {
        let policy = policy.setter();
        Callback::from(move |text| policy.set(Some(text)))
    };
    let problem = syntax(current).or_else(|| shown.problem.as_ref().map(|problem| problem.message.clone()));
    let refused = problem.is_some();
    let field = TextField {
        id: "policy",
        label: text::TRY_POLICY.into(),
        hint: text::TRY_POLICY_HINT.into(),
        multiline: true,
        exact: true,
        value: current.clone().into(),
        oninput: change.clone(),
        problem: problem.map(AttrValue::from),
        ..TextField::default()
    };
    let keep = {
        let (policy, sent, id, lockout) = (policy.clone(), sent.clone(), id.clone(), shown.lockout);
        move |_: MouseEvent| {
            if let Some(text) = policy.as_ref().filter(|_| !refused && *sent != Sent::Running) {
                let body = body(&id, text, lockout);
                let (policy, sent, bridge) = (policy.clone(), sent.clone(), bridge.clone());
                spawn_local(async move { put(&bridge, body, &policy, &sent).await });
            }
        }
    };
    let drop = {
        let policy = policy.setter();
        move |_: MouseEvent| policy.set(None)
    };
    html! {
        <div class="policy-editor">
            { chosen(shown, current, &change) }
            { field.draw() }
            if shown.lockout && policy.is_some() { <p class="wrong" role="status">{ text::LOCKOUT }</p> }
            if policy.is_some() {
                <p class="actions">
                    <button type="button" class={if shown.lockout { "button wax" } else { "button primary" }} onclick={keep} aria-disabled={refused.then_some("true")}>
                        { if shown.lockout { text::KEEP_ANYWAY } else { text::KEEP_POLICY } }
                    </button>
                    <button type="button" class="button" onclick={drop}>{ text::DROP_POLICY }</button>
                </p>
            }
            <div role="status">{ sent.draw() }</div>
        </div>
    }
}

/// Where a text is no JSON, and why.
fn syntax(policy: &str) -> Option<String> {
    let error = serde_json::from_str::<IgnoredAny>(policy).err()?;
    let text = error.to_string();
    let what = text.split(" at line ").next().unwrap_or_default();
    Some(format!("Line {}, column {}: {what}.", error.line(), error.column()))
}

/// Whom the console's statements name, each a choice.
fn chosen(shown: &Matrix, current: &str, change: &Callback<String>) -> Html {
    let (here, mut people) = (named(current), shown.rows.iter().map(|row| &row.principal));
    let Some(here) = here else { return html! { <p class="soft">{ text::NO_STATEMENTS }</p> } };
    let root = shown.key.split(':').nth(4).map(|account| format!("arn:aws:iam::{account}:root"));
    let check = |words: String, names: &[String], arn: &String, with: fn(&mut Named) -> &mut Vec<String>| {
        let checked = names.contains(arn);
        let (mut wanted, arn) = (here.clone(), arn.clone());
        let list = with(&mut wanted);
        if checked {
            list.retain(|known| *known != arn)
        } else {
            list.push(arn)
        }
        let (next, change) = (naming(current, &wanted), change.clone());
        let onchange = move |_: Event| next.iter().for_each(|text| change.emit(text.clone()));
        html! { <label class="check"><input type="checkbox" {checked} {onchange} /><span>{ words }</span></label> }
    };
    let roles = |arn: &String| {
        let name = who(arn, &shown.key);
        html! {
            <div class="policy-person" key={arn.clone()} role="group" aria-label={name.clone()}>
                <span>{ name }</span>
                { check(text::ADMINISTERS.to_owned(), &here.administrators, arn, |named| &mut named.administrators) }
                { check(text::USES.to_owned(), &here.users, arn, |named| &mut named.users) }
            </div>
        }
    };
    let is_person = |arn: &&String| !arn.ends_with(":root");
    html! {
        <fieldset class="console-choices">
            <legend>{ text::STATEMENTS }</legend>
            <p class="hint">{ text::STATEMENTS_HINT }</p>
            if let Some(root) = &root { { check(text::ENABLE_IAM.to_owned(), &here.account, root, |named| &mut named.account) } }
            { for people.by_ref().filter(is_person).map(roles) }
        </fieldset>
    }
}

fn body(id: &str, policy: &str, lockout: bool) -> String {
    let mut body = serde_json::json!({ "KeyId": id, "Policy": policy });
    if lockout {
        body["BypassPolicyLockoutSafetyCheck"] = true.into();
    }
    body.to_string()
}

/// Makes it the key's policy, by a command of the terminal.
async fn put(
    bridge: &Bridge,
    body: String,
    policy: &UseStateHandle<Option<String>>,
    sent: &UseStateHandle<Sent>,
) {
    sent.set(Sent::Running);
    let request = Request { service: Service::Kms, operation: "PutKeyPolicy".to_owned(), body };
    let line: Result<Option<String>, Failure> = bridge.perform(Task::Command { request }).await;
    let line = line.ok().flatten().unwrap_or_default();
    let printed = bridge.perform(Task::Enter { line: line.clone() }).await;
    if printed.as_ref().is_ok_and(|it: &waxseal_api::sandbox::Printed| it.exit == 0) {
        policy.set(None);
    }
    sent.set(Sent::Done(line, printed));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_json_is_told_by_line_and_column() {
        assert_eq!(syntax("{}"), None);
        let wrong = syntax("{\n  \"Version\" \"2012-10-17\"\n}").unwrap();
        assert!(wrong.starts_with("Line 2, column 13: expected `:`"), "{wrong}");
        assert!(syntax("").unwrap().starts_with("Line 1, column 0: EOF"));
    }

    #[test]
    fn only_a_lockout_is_bypassed() {
        assert!(!body("1", "{}", false).contains("Bypass"));
        assert!(body("1", "{}", true).contains("\"BypassPolicyLockoutSafetyCheck\":true"));
    }
}
