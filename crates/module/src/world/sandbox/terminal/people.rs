//! Whom one can be: the profiles of the terminal, and the users that have none.

use waxseal_cli::Shell;

use super::desk::PRINCIPAL;

/// A person to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Person {
    /// The profile that stands for them, or is to be made.
    pub(super) profile: String,
    /// The user whom the profile is yet to be made for.
    pub(super) new: Option<String>,
}

/// All of them: first those with a profile.
pub(super) fn all(shell: &Shell, users: &[String]) -> Vec<Person> {
    let profiles: Vec<&str> = shell.config.profiles().collect();
    let known = |arn: &str| profiles.iter().any(|name| shell.config.get(name, PRINCIPAL) == Some(arn));
    let new = users.iter().filter(|arn| !known(arn)).map(|arn| {
        let name = arn.rsplit('/').next().unwrap_or(arn);
        // A name that another profile has is that of another account's user, or of a profile with an access key.
        let taken = profiles.contains(&name);
        let account = arn.split(':').nth(4).unwrap_or_default();
        let profile = if taken { format!("{name}-{account}") } else { name.to_owned() };
        Person { profile, new: Some(arn.clone()) }
    });
    let there = profiles.iter().map(|name| Person { profile: (*name).to_owned(), new: None });
    there.chain(new.filter(|person| !profiles.contains(&person.profile.as_str()))).collect()
}

#[cfg(test)]
mod tests {
    use super::{super::desk, *};

    #[test]
    fn a_user_without_a_profile_can_be_chosen_too() {
        let mut shell = desk::fresh();
        desk::add_profile(&mut shell, "ana", "arn:aws:iam::111122223333:user/ana");
        let users = ["111122223333:user/ana", "111122223333:user/x/ben", "444455556666:user/ana"];
        let all = all(&shell, &users.map(|user| format!("arn:aws:iam::{user}")));
        let names: Vec<(&str, bool)> = all.iter().map(|it| (it.profile.as_str(), it.new.is_some())).collect();
        assert_eq!(names, [("ana", false), ("default", false), ("ben", true), ("ana-444455556666", true)]);
    }
}
