//! Two accounts, some people and a key.

use std::collections::BTreeMap;

use waxseal_policy::{Decision, Document, Kind, Policy, Principal, Question, decide};

pub(crate) const KEY: &str = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";
const OWNER: &str = "111122223333";

/// Everything that a decision rests on.
#[derive(Debug, Clone)]
pub(crate) struct Scene {
    pub(crate) principal: Principal,
    pub(crate) action: String,
    pub(crate) resource: String,
    pub(crate) key_policy: Option<Policy>,
    pub(crate) identity: Vec<Policy>,
    pub(crate) grant: Option<String>,
    pub(crate) context: BTreeMap<String, Vec<String>>,
}

/// `ann` is a user, `Deploy/ci` a session, `root` the account; with `444455556666:` before it, of another account;
/// `logs.amazonaws.com` a service.
pub(crate) fn principal(text: &str) -> Principal {
    let (account, name) = text.split_once(':').unwrap_or((OWNER, text));
    let (account, path) = (account.parse().unwrap(), "/".to_owned());
    match name.split_once('/') {
        Some((role, session)) => {
            Principal::Session { account, path, role: role.to_owned(), session: session.to_owned() }
        }
        None if name == "root" => Principal::Root { account },
        None if name.contains('.') => Principal::Service { name: name.to_owned() },
        None => Principal::User { account, path, name: name.to_owned() },
    }
}

/// A policy of statements in short: `Allow ann kms:Decrypt`, `Deny * kms:*`; principals as in [`principal`], a role as
/// `Deploy/`; without a principal `Allow - kms:*`. A condition may follow: `StringEquals kms:ViaService x`.
pub(crate) fn policy(statements: &[&str]) -> Policy {
    let texts: Vec<String> = statements.iter().map(|text| statement(text)).collect();
    let text = format!(r#"{{"Version":"2012-10-17","Statement":[{}]}}"#, texts.join(","));
    Policy::parse(&text).unwrap()
}

fn statement(text: &str) -> String {
    let words: Vec<&str> = text.split(' ').collect();
    let [effect, who, action, rest @ ..] = words.as_slice() else { panic!("{text}") };
    let who = match *who {
        "-" => String::new(),
        "*" => r#""Principal":"*","#.to_owned(),
        service if service.contains('.') => format!(r#""Principal":{{"Service":"{service}"}},"#),
        name => format!(r#""Principal":{{"AWS":"{}"}},"#, name_of(name)),
    };
    let condition = match rest {
        [operator, key, value] => format!(r#","Condition":{{"{operator}":{{"{key}":"{value}"}}}}"#),
        _ => String::new(),
    };
    format!(r#"{{"Sid":"{effect}","Effect":"{effect}",{who}"Action":"{action}","Resource":"*"{condition}}}"#)
}

fn name_of(text: &str) -> String {
    let (account, name) = text.split_once(':').unwrap_or((OWNER, text));
    match name.strip_suffix('/') {
        Some(role) => format!("arn:aws:iam::{account}:role/{role}"),
        None => principal(text).arn(),
    }
}

impl Scene {
    /// Someone wants to decrypt with the key.
    pub(crate) fn of(who: &str, key_policy: &[&str], identity: &[&str]) -> Self {
        Self {
            principal: principal(who),
            action: "kms:Decrypt".to_owned(),
            resource: KEY.to_owned(),
            key_policy: Some(policy(key_policy)),
            identity: identity.iter().map(|text| policy(&[text])).collect(),
            grant: None,
            context: BTreeMap::new(),
        }
    }

    /// Asks, and hands what is asked to whoever wants it.
    pub(crate) fn ask<T>(&self, then: impl FnOnce(&Question<'_>) -> T) -> T {
        let owner = OWNER.parse().unwrap();
        let identity: Vec<Document<'_>> = self
            .identity
            .iter()
            .map(|policy| Document { kind: Kind::Identity, name: "own", policy })
            .collect();
        let key = |policy| Document { kind: Kind::Key, name: "default", policy };
        then(&Question {
            principal: &self.principal,
            action: &self.action,
            resource: &self.resource,
            owner: &owner,
            context: &self.context,
            resource_policy: self.key_policy.as_ref().map(key),
            identity_policies: &identity,
            grant: self.grant.as_deref(),
        })
    }

    pub(crate) fn decide(&self) -> Decision {
        self.ask(decide)
    }

    pub(crate) fn is_allowed(&self) -> bool {
        self.decide().is_allowed()
    }
}
