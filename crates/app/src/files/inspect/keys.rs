//! Where the keys of a message live, and what can be done with the message there.

use waxseal_api::{KeyArn, inspection::KeyFacts};
use yew::prelude::*;

use crate::{
    components::{Copy, Link, state_mark},
    keys::{self, KeyEntry},
    route::Route,
};

/// Where the key of an encrypted data key lives.
#[derive(Debug, PartialEq)]
pub(crate) enum Home<'a> {
    /// In this browser.
    Here(&'a KeyEntry),
    /// In the account that every vault of Waxseal has, but not here.
    OtherVault,
    /// In an account of AWS.
    Aws(KeyArn),
    /// It is a KMS key, but not named by its key ARN.
    Unnamed,
    /// It is a raw key of this name.
    Raw(&'a str),
    /// It belongs to another keyring.
    Other,
}

impl Home<'_> {
    /// Whether the key is here and can be used now.
    pub(crate) fn opens(&self) -> bool {
        matches!(self, Self::Here(key) if key.usable())
    }
}

/// Where a key lives. `account` is this vault's.
pub(crate) fn home<'a>(key: &'a KeyFacts, keys: &'a [KeyEntry], account: &str) -> Home<'a> {
    if key.provider_id.starts_with("aws-kms-") || key.provider_id == "raw-ecdh" {
        return Home::Other;
    }
    let arn = match (&key.key_arn, &key.key_name) {
        (Some(arn), _) => arn,
        (None, Some(name)) => return Home::Raw(name),
        (None, None) if key.provider_id == "aws-kms" => return Home::Unnamed,
        (None, None) => return Home::Other,
    };
    match (keys.iter().find(|known| known.metadata.arn == *arn), arn.parse::<KeyArn>()) {
        (Some(known), _) => Home::Here(known),
        (None, Ok(arn)) if arn.place.account.as_str() == account => Home::OtherVault,
        (None, Ok(arn)) => Home::Aws(arn),
        (None, Err(_)) => Home::Unnamed,
    }
}

/// A key, where it lives, and what can be done.
pub(crate) fn draw(key: &KeyFacts, home: &Home<'_>) -> Html {
    html! {
        <li>
            { head(home) }
            <p>{ words(key, home) }</p>
            if *home == Home::OtherVault { <p><Link to={Route::Backup}>{ "To backups" }</Link></p> }
            if let Some(arn) = &key.key_arn { <p class="small"><Copy what="key ARN" text={arn.clone()} /></p> }
        </li>
    }
}

fn head(home: &Home<'_>) -> Html {
    let Home::Here(entry) = home else { return html! { <p><strong>{ title(home) }</strong></p> } };
    html! {
        <p class="key-home">
            <Link to={Route::Key} query={format!("id={}", entry.metadata.key_id)}>
                { entry.alias().map_or("without a name", keys::short) }
            </Link>
            { state_mark(entry.metadata.key_state) }
        </p>
    }
}

fn title(home: &Home<'_>) -> &'static str {
    match home {
        Home::Here(_) => "A KMS key in this browser",
        Home::OtherVault => "A KMS key of another vault",
        Home::Aws(_) => "A KMS key in AWS",
        Home::Unnamed => "A KMS key without its ARN",
        Home::Raw(_) => "A raw key",
        Home::Other => "A key of another kind",
    }
}

fn words(key: &KeyFacts, home: &Home<'_>) -> String {
    match home {
        Home::Here(entry) if entry.usable() => "Its KMS key is in this browser and can open it.".to_owned(),
        Home::Here(_) => {
            "Its KMS key is in this browser but cannot be used now. Its page says what can be done."
                .to_owned()
        }
        Home::OtherVault => {
            "It is not in this browser. Its account is that of every Waxseal vault, so it is in another \
            browser or profile, or was deleted. Open the file where the key is, or restore a backup of that vault here."
                .to_owned()
        }
        Home::Aws(arn) => format!(
            "It is in account {}, Region {}. Whoever may call kms:Decrypt with it there can open the file with the AWS \
             Encryption SDK or its command line, or encrypt it anew for a key that you have.",
            arn.place.account, arn.place.region
        ),
        Home::Unnamed => {
            "It says aws-kms but names no key ARN, so only whoever wrote the file knows the key.".to_owned()
        }
        Home::Raw(name) => format!(
            "Not a KMS key: namespace {}, name {name}. Whoever holds it can open the file with a raw AES or RSA keyring of \
             the AWS Encryption SDK, or with decryptFile and rawKeys of the waxseal package.",
            key.provider_id
        ),
        Home::Other => format!(
            "It was encrypted by {}, which this page has no key for. An AWS Encryption SDK that is set up for it can open \
             the file.",
            key.provider_id
        ),
    }
}

#[cfg(test)]
mod tests {
    use waxseal_api::operations::{CreateKey, CreateKeyInput};

    use super::*;
    use crate::engine::{Engine, drawn, now};

    const HERE: &str = "111122223333";
    const ELSEWHERE: &str = "arn:aws:kms:eu-central-1:444455556666:key/1234abcd-12ab-34cd-56ef-1234567890ab";

    fn facts(provider_id: &str, key_arn: Option<&str>, key_name: Option<&str>) -> KeyFacts {
        let own = |text: Option<&str>| text.map(str::to_owned);
        KeyFacts {
            provider_id: provider_id.into(),
            key_arn: own(key_arn),
            key_name: own(key_name),
            ciphertext_length: 9,
        }
    }

    #[test]
    fn a_key_that_is_here_leads_to_its_page() {
        let kms = Engine::client();
        let made = now(kms.call::<CreateKey>(&CreateKeyInput::default())).unwrap().key_metadata;
        let all = now(keys::all(&kms)).unwrap();
        let key = facts("aws-kms", Some(&made.arn), None);
        let home = home(&key, &all, HERE);
        assert!(home.opens());
        let html = drawn(draw(&key, &home));
        for part in [&made.arn, &format!("?id={}", made.key_id), "Enabled"] {
            assert!(html.contains(part), "{part} in {html}");
        }
    }

    #[test]
    fn a_key_that_is_elsewhere_is_told_where() {
        #[track_caller]
        fn check(key: KeyFacts, says: &[&str]) {
            let home = home(&key, &[], HERE);
            assert!(!home.opens());
            let html = drawn(draw(&key, &home));
            for part in says {
                assert!(html.contains(part), "{part} in {html}");
            }
        }
        let other = ELSEWHERE.replace("444455556666", HERE);
        check(facts("aws-kms", Some(&other), None), &["another vault", &other, "/keys/backup/"]);
        check(
            facts("aws-kms", Some(ELSEWHERE), None),
            &["in AWS", "444455556666", "eu-central-1", ELSEWHERE],
        );
        check(facts("aws-kms", Some("alias/mine"), None), &["without its ARN", "alias/mine"]);
        check(facts("aws-kms", None, None), &["without its ARN"]);
        check(facts("cellar", None, Some("2026")), &["raw key", "namespace cellar", "name 2026"]);
        check(facts("aws-kms-rsa", None, Some("x")), &["another kind", "aws-kms-rsa"]);
        check(facts("odd", None, None), &["another kind", "odd"]);
    }
}
