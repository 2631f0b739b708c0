//! What each of the five steps asks and explains.

use yew::prelude::*;

use super::{
    draft::{Draft, Entry, Step},
    people::chooser,
};
use crate::components::TextField;

/// What a step is called.
pub(crate) fn title(step: Step) -> &'static str {
    match step {
        Step::Alias => "Alias",
        Step::Description => "Description",
        Step::Material => "Key material",
        Step::Administrators => "Administrators",
        Step::Users => "Users",
        Step::Review => "Review",
    }
}

const ALIAS: &str = "A key is found by its name. The name can be moved to another key later; programs that use it then \
    use the new key without a change.";
const DESCRIPTION: &str =
    "What is this key for? You will thank yourself in a year. Leave it empty if the alias says it all.";
const MATERIAL: &str = "The key material is what encrypts. It is sealed here and never shown to anyone.";
const MADE_HERE: &str = "It is made from this browser’s source of randomness, and the page itself never sees it. It is \
    nowhere else: take it along with a backup.";
const OWN: &str = "You bring 32 bytes and import them on the key’s page. They can be deleted or expire, and the same bytes \
    bring them back. Keeping a copy safe is your part: whoever has it has the key. As a multi-Region key it can be made \
    again in another browser, with the same ID and the same bytes, and opens the same files there.";
const FIXED: &str =
    "These four are fixed once the key exists. A key that should be different is another key.";
const OTHER_KINDS: &str = "These pages make the kind of key that files are encrypted with. The key service makes every other kind too: \
    asymmetric and HMAC keys, and replicas of a multi-Region key in other Regions.";
const ADMINISTRATORS: &str = "Administrators look after the key: describe it, disable it, schedule its deletion, change its \
    policy. They cannot encrypt or decrypt with it, but whoever may change the policy can give themselves that too.";
const USERS: &str = "Users encrypt, decrypt and make data keys with the key, themselves or through an AWS service that acts \
    for them. They cannot change or delete it.";

/// What the questions need besides the draft.
pub(crate) struct Asking<'a> {
    /// Takes what is entered.
    pub(crate) enter: Callback<Entry>,
    /// What is wrong with what was entered.
    pub(crate) problem: Option<AttrValue>,
    /// Whose users and roles can be named.
    pub(crate) account: &'a str,
}

/// The questions of one step.
pub(crate) fn questions(step: Step, draft: &Draft, asking: &Asking<'_>) -> Html {
    match step {
        Step::Alias => alias(draft, asking),
        Step::Description => description(draft, asking),
        Step::Material => material(draft, asking),
        Step::Administrators => {
            let onchange = asking.enter.reform(Entry::Administrators);
            people(ADMINISTRATORS, chooser(&draft.administrators, &onchange, asking.account))
        }
        Step::Users => {
            let onchange = asking.enter.reform(Entry::Users);
            people(USERS, chooser(&draft.users, &onchange, asking.account))
        }
        Step::Review => Html::default(),
    }
}

fn alias(draft: &Draft, asking: &Asking<'_>) -> Html {
    let field = TextField {
        id: "alias",
        label: "Alias".into(),
        hint: "Letters, digits and the signs / _ - : are allowed. Example: team/backup. Not secret.".into(),
        prefix: "alias/".into(),
        exact: true,
        value: draft.alias.clone().into(),
        oninput: asking.enter.reform(Entry::Alias),
        problem: asking.problem.clone(),
        ..TextField::default()
    };
    html! { <><p class="reading">{ ALIAS }</p>{ field.draw() }</> }
}

fn description(draft: &Draft, asking: &Asking<'_>) -> Html {
    let field = TextField {
        id: "description",
        label: "Description".into(),
        hint: "Optional. Not secret: it appears in lists and logs.".into(),
        multiline: true,
        value: draft.description.clone().into(),
        oninput: asking.enter.reform(Entry::Description),
        problem: asking.problem.clone(),
        ..TextField::default()
    };
    html! { <><p class="reading">{ DESCRIPTION }</p>{ field.draw() }</> }
}

fn material(draft: &Draft, asking: &Asking<'_>) -> Html {
    let radio = |words: &'static str, own: bool| {
        let onchange = asking.enter.reform(move |_: Event| Entry::Own(own));
        html! {
            <label class="direction">
                <input type="radio" name="origin" checked={draft.own == own} {onchange} />{ words }
            </label>
        }
    };
    let origin = if draft.own { "Brought along " } else { "Made by the key service " };
    html! {
        <>
            <p class="reading">{ MATERIAL }</p>
            <fieldset class="directions">
                <legend class="heard">{ "Where the material comes from" }</legend>
                { radio("Made here", false) }
                { radio("My own key material", true) }
            </fieldset>
            <p class="reading">{ if draft.own { OWN } else { MADE_HERE } }</p>
            if draft.own { { elsewhere(draft, asking) } }
            <dl class="facts">
                <div><dt>{ "Type" }</dt><dd>{ "Symmetric, 256 bits for AES-GCM " }<code>{ "SYMMETRIC_DEFAULT" }</code></dd></div>
                <div><dt>{ "Usage" }</dt><dd>{ "Encrypt, decrypt, make data keys " }<code>{ "ENCRYPT_DECRYPT" }</code></dd></div>
                <div><dt>{ "Origin" }</dt><dd>{ origin }<code>{ <&str>::from(draft.origin()) }</code></dd></div>
                <div><dt>{ "Regions" }</dt><dd>{ if draft.own { "Multi-Region" } else { "One Region" } }</dd></div>
            </dl>
            <p class="reading">{ FIXED }</p>
            <p class="reading soft">{ OTHER_KINDS }</p>
        </>
    }
}

fn elsewhere(draft: &Draft, asking: &Asking<'_>) -> Html {
    let field = TextField {
        id: "elsewhere",
        label: "Key ID, if it is elsewhere already".into(),
        hint: "Optional. The ID or ARN of a key in another browser, whose ID begins with mrk-. It is made again here.".into(),
        exact: true,
        value: draft.elsewhere.clone().into(),
        oninput: asking.enter.reform(Entry::Elsewhere),
        problem: asking.problem.clone(),
        ..TextField::default()
    };
    field.draw()
}

fn people(explained: &'static str, chooser: Html) -> Html {
    html! {
        <>
            <p class="reading">{ explained }</p>
            { chooser }
            <p class="reading soft">{ "The choice is written into the key policy, and the policy decides every call. On these pages you call as the \
                account’s root, whom the policy’s first statement lets in." }</p>
        </>
    }
}
