//! Users.

use std::collections::BTreeMap;

use waxseal_api::{
    Operation,
    iam::{
        CreateUser, CreateUserInput, DeleteUser, GetUser, ListInput, ListUsers, ListUsersOutput, User,
        UserInput, UserOutput,
    },
    operation::Nothing,
};

use super::{super::Rule, tags, told};
use crate::{
    constraints::Constraints,
    cx::Cx,
    error::Error,
    page::{self, Wanted},
    state::{IdentityName, IdentityRecord, UserRecord},
};

impl Rule for CreateUser {
    const REQUIRED: &'static [&'static str] = &["UserName"];
    const RECORDED: &'static [&'static str] = &["Path", "Tags", "UserName"];

    fn run(cx: &mut Cx<'_>, input: CreateUserInput) -> Result<UserOutput, Error> {
        let CreateUserInput { user_name: name, path, tags: given } = input;
        let path = path.unwrap_or_else(|| "/".to_owned());
        let mut check = Constraints::default();
        check.entity_name("userName", &name, 1);
        check.path(&path);
        check.done()?;
        let (account, id, create_date) = (cx.account_id().clone(), cx.identity_id::<17>("AIDA"), cx.now());
        let tags = tags(given)?;
        let user = UserRecord { account, path, name, id, create_date, tags, policies: BTreeMap::new() };
        let permit = cx.allow("iam:CreateUser", &user.principal().arn())?;
        if permit.users(cx).any(|other| other.name == user.name) {
            return Err(Error::EntityExists("User", user.name));
        }
        let output = UserOutput { user: shown(&user) };
        permit.put(cx, "user", IdentityRecord::User(user));
        Ok(output)
    }
}

impl Rule for GetUser {
    const REQUIRED: &'static [&'static str] = &[];
    const RECORDED: &'static [&'static str] = &["UserName"];

    fn run(cx: &mut Cx<'_>, input: UserInput) -> Result<UserOutput, Error> {
        let name = cx.user_name(input.user_name)?;
        let (_, user) = cx.on_user("iam:GetUser", &name)?;
        Ok(UserOutput { user: shown(user) })
    }
}

impl Rule for ListUsers {
    const REQUIRED: &'static [&'static str] = &[];
    const RECORDED: &'static [&'static str] = &["Marker", "MaxItems"];

    fn run(cx: &mut Cx<'_>, input: ListInput) -> Result<ListUsersOutput, Error> {
        let mut check = Constraints::default();
        check.number("maxItems", input.max_items, 1..=1000);
        check.done()?;
        let permit = cx.allow("iam:ListUsers", &format!("arn:aws:iam::{}:user/", cx.account_id()))?;
        let limit = input.max_items.unwrap_or(100);
        let wanted = Wanted { list: Self::NAME, limit, marker: input.marker.as_deref() };
        let page = page::cut(permit.users(cx), |user| user.name.clone(), wanted)?;
        Ok(ListUsersOutput {
            users: page.items.into_iter().map(shown).collect(),
            is_truncated: page.next_marker.is_some(),
            marker: page.next_marker,
        })
    }
}

impl Rule for DeleteUser {
    const REQUIRED: &'static [&'static str] = &["UserName"];
    const RECORDED: &'static [&'static str] = &["UserName"];

    fn run(cx: &mut Cx<'_>, input: UserInput) -> Result<Nothing, Error> {
        let name = cx.user_name(input.user_name)?;
        let (permit, user) = cx.on_user("iam:DeleteUser", &name)?;
        if !user.policies.is_empty() {
            return Err(Error::DeleteConflict("delete policies"));
        }
        if !permit.access_keys(cx, user).is_empty() {
            return Err(Error::DeleteConflict("delete access keys"));
        }
        permit.delete(cx, "user deleted", IdentityName::User(user.account.clone(), name));
        Ok(Nothing {})
    }
}

fn shown(user: &UserRecord) -> User {
    User {
        path: user.path.clone(),
        user_name: user.name.clone(),
        user_id: user.id.clone(),
        arn: user.principal().arn(),
        create_date: user.create_date,
        tags: told(&user.tags),
    }
}
