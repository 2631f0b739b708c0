//! The key that is to be made, while its maker goes through the five steps.

use std::rc::Rc;

use waxseal_api::{
    AliasName, KeyId, Place,
    operations::{CreateAliasInput, CreateKeyInput},
    types::{KeySpec, KeyUsage, Origin},
};
use yew::Reducible;

use super::policy::{self, Identity};
use crate::route::asked;

const NO_KEY: &str = "Enter the key’s ID or ARN as its page shows it, or nothing.";
const SINGLE: &str = "Only a key whose ID begins with mrk- can be made again elsewhere.";
/// The most characters of a description, as the service counts them.
const DESCRIPTION_LIMIT: usize = 8192;

/// A step of the five, or the review after them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Step {
    Alias,
    Description,
    Material,
    Administrators,
    Users,
    Review,
}

impl Step {
    /// In their order.
    pub(crate) const ALL: [Self; 6] =
        [Self::Alias, Self::Description, Self::Material, Self::Administrators, Self::Users, Self::Review];

    /// Counted from 1.
    pub(crate) fn number(self) -> usize {
        Self::ALL.iter().position(|step| *step == self).unwrap_or_default() + 1
    }

    /// The step that a query such as `step=2` asks for; the first if it asks for none.
    pub(crate) fn asked(query: &str) -> Self {
        let number: usize = asked(query, "step").and_then(|number| number.parse().ok()).unwrap_or(1);
        Self::ALL.get(number.saturating_sub(1)).copied().unwrap_or(Self::Alias)
    }

    /// The next one.
    pub(crate) fn next(self) -> Option<Self> {
        Self::ALL.get(self.number()).copied()
    }

    /// The one before.
    pub(crate) fn back(self) -> Option<Self> {
        Self::ALL.get(self.number().checked_sub(2)?).copied()
    }
}

/// What has been entered so far.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Draft {
    /// Without the prefix `alias/`.
    pub(crate) alias: String,
    /// May be empty.
    pub(crate) description: String,
    /// Whether its material will be brought along.
    pub(crate) own: bool,
    /// The ID or ARN of the key elsewhere that its own material makes again here; empty if it is a new one.
    pub(crate) elsewhere: String,
    /// Who may look after the key; nobody but the account when empty.
    pub(crate) administrators: Vec<Identity>,
    /// Who may use the key; nobody but the account when empty.
    pub(crate) users: Vec<Identity>,
}

/// Something that is entered.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Entry {
    Alias(String),
    Description(String),
    Own(bool),
    Elsewhere(String),
    Administrators(Vec<Identity>),
    Users(Vec<Identity>),
}

impl Reducible for Draft {
    type Action = Entry;

    fn reduce(self: Rc<Self>, entry: Entry) -> Rc<Self> {
        let draft = (*self).clone();
        Rc::new(match entry {
            Entry::Alias(alias) => Self { alias, ..draft },
            Entry::Description(description) => Self { description, ..draft },
            Entry::Own(own) => Self { own, ..draft },
            Entry::Elsewhere(elsewhere) => Self { elsewhere, ..draft },
            Entry::Administrators(administrators) => Self { administrators, ..draft },
            Entry::Users(users) => Self { users, ..draft },
        })
    }
}

impl Draft {
    /// The alias with its prefix.
    pub(crate) fn alias_name(&self) -> String {
        alias_name(&self.alias)
    }

    /// What keeps a step from being complete, in words. `taken` are the aliases that exist.
    pub(crate) fn problem(&self, step: Step, taken: &[String]) -> Option<String> {
        match step {
            Step::Alias => alias_problem(&self.alias, taken),
            Step::Description => {
                let count = self.description.chars().count();
                (count > DESCRIPTION_LIMIT)
                    .then(|| format!("A description has at most 8,192 characters; this one has {count}."))
            }
            Step::Material => self.key_elsewhere().err().map(str::to_owned),
            Step::Administrators | Step::Users => None,
            Step::Review => Step::ALL[..5].iter().find_map(|step| self.problem(*step, taken)),
        }
    }

    /// The call that makes the key.
    pub(crate) fn create_key(&self, place: &Place) -> CreateKeyInput {
        CreateKeyInput {
            policy: Some(policy::text(place, &self.administrators, &self.users)),
            description: Some(self.description.clone()).filter(|text| !text.is_empty()),
            key_usage: Some(KeyUsage::EncryptDecrypt.into()),
            key_spec: Some(KeySpec::SymmetricDefault.into()),
            origin: Some(self.origin().into()),
            multi_region: self.own.then_some(true),
            ..CreateKeyInput::default()
        }
    }

    /// The ID of the key elsewhere that is to be made again here, if one is.
    ///
    /// # Errors
    /// What was entered does not name such a key.
    pub(crate) fn key_elsewhere(&self) -> Result<Option<KeyId>, &'static str> {
        let entered = self.elsewhere.trim();
        if entered.is_empty() || !self.own {
            return Ok(None);
        }
        let id = entered.rsplit_once(":key/").map_or(entered, |(_, id)| id);
        let id: KeyId = id.parse().map_err(|_| NO_KEY)?;
        if id.is_multi_region() { Ok(Some(id)) } else { Err(SINGLE) }
    }

    /// Where its material comes from.
    pub(crate) fn origin(&self) -> Origin {
        if self.own { Origin::External } else { Origin::AwsKms }
    }

    /// The call that names it.
    pub(crate) fn create_alias(&self, key_id: &str) -> CreateAliasInput {
        CreateAliasInput { alias_name: self.alias_name(), target_key_id: key_id.to_owned() }
    }
}

/// `docs` or `alias/docs` → `alias/docs`
pub(crate) fn alias_name(entered: &str) -> String {
    let entered = entered.trim();
    if entered.starts_with(AliasName::PREFIX) {
        entered.to_owned()
    } else {
        format!("{}{entered}", AliasName::PREFIX)
    }
}

/// Why a text cannot be the alias of a new key, if so. `taken` are the aliases that exist.
pub(crate) fn alias_problem(entered: &str, taken: &[String]) -> Option<String> {
    let name = alias_name(entered);
    if name == AliasName::PREFIX {
        return Some("Give the key a name.".to_owned());
    }
    if name.starts_with(AliasName::RESERVED_PREFIX) {
        return Some("Names that begin with aws/ belong to AWS managed keys.".to_owned());
    }
    if name.len() > 256 {
        return Some(format!(
            "An alias has at most 256 characters with alias/; this one has {}.",
            name.len()
        ));
    }
    if name.parse::<AliasName>().is_err() {
        return Some("An alias is made of the letters a to z and A to Z, digits, and : / _ -".to_owned());
    }
    taken.contains(&name).then(|| format!("{name} is the name of another key already."))
}

#[cfg(test)]
mod tests {
    use waxseal_api::operations::{GetKeyPolicy, GetKeyPolicyInput};

    use super::{
        super::making::{make, unused},
        *,
    };
    use crate::engine::{Engine, now, place};

    #[track_caller]
    fn check(alias: &str, says: Option<&str>) {
        let problem = alias_problem(alias, &["alias/taken".to_owned()]);
        match says {
            None => assert_eq!(problem, None, "{alias}"),
            Some(word) => {
                assert!(problem.as_ref().is_some_and(|text| text.contains(word)), "{alias}: {problem:?}")
            }
        }
    }

    #[test]
    fn aliases() {
        check("docs", None);
        check(" alias/docs ", None);
        check("team/letters_2026-v1:x", None);
        check("", Some("Give"));
        check("alias/", Some("Give"));
        check("aws/s3", Some("AWS managed"));
        check("my docs", Some("letters"));
        check("späth", Some("letters"));
        check("taken", Some("another key"));
        check(&"a".repeat(250), None);
        check(&"a".repeat(251), Some("257"));
    }

    #[test]
    fn steps_are_found_by_their_number() {
        for step in Step::ALL {
            assert_eq!(Step::asked(&format!("?step={}", step.number())), step);
        }
        for query in ["", "?", "step=0", "step=7", "step=x"] {
            assert_eq!(Step::asked(query), Step::Alias, "{query}");
        }
        assert_eq!(
            (Step::Alias.back(), Step::Users.next(), Step::Review.next()),
            (None, Some(Step::Review), None)
        );
    }

    #[test]
    fn what_is_entered_stays_and_the_service_accepts_it() {
        let entries = [
            Entry::Alias("letters".into()),
            Entry::Description("For letters.".into()),
            Entry::Own(true),
            Entry::Administrators(vec![Identity::user("ana"), Identity::role("key-admins")]),
            Entry::Users(vec![Identity::role("backup")]),
        ];
        let draft = entries.into_iter().fold(Rc::new(Draft::default()), Reducible::reduce);
        assert_eq!(draft.problem(Step::Review, &[]), None);

        let kms = Engine::client();
        let key = now(make(&kms, &draft, &place(), unused)).unwrap().key;
        assert_eq!((key.description.as_str(), key.origin), ("For letters.", Origin::External));
        let input = GetKeyPolicyInput { key_id: key.key_id, policy_name: None };
        let stored = now(kms.call::<GetKeyPolicy>(&input)).unwrap().policy;
        assert_eq!(Some(stored), draft.create_key(&place()).policy);
    }

    #[test]
    fn a_key_elsewhere_is_named_by_its_id_or_arn() {
        #[track_caller]
        fn check(elsewhere: &str, expect: Result<Option<&str>, &str>) {
            let draft = Draft { own: true, elsewhere: elsewhere.to_owned(), ..Draft::default() };
            let found = draft.key_elsewhere();
            let found = found.as_ref().map(|id| id.as_ref().map(KeyId::as_str)).map_err(|text| *text);
            assert_eq!(found, expect, "{elsewhere:?}");
            let made_here = Draft { own: false, ..draft };
            assert_eq!(made_here.key_elsewhere(), Ok(None));
        }
        let id = "mrk-1234abcd12ab34cd56ef1234567890ab";
        check(" ", Ok(None));
        check(&format!(" {id}"), Ok(Some(id)));
        check(&format!("arn:aws:kms:us-east-1:111122223333:key/{id}"), Ok(Some(id)));
        check("1234abcd-12ab-34cd-56ef-1234567890ab", Err(SINGLE));
        check("alias/letters", Err(NO_KEY));
        check("mrk-1234", Err(NO_KEY));
    }

    #[test]
    fn a_description_that_is_too_long_is_said_so() {
        let draft = Draft { description: "x".repeat(8193), ..Draft::default() };
        assert!(draft.problem(Step::Description, &[]).is_some_and(|text| text.contains("8193")));
    }
}
