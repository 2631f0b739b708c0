//! Roles.

use std::collections::BTreeMap;

use waxseal_api::{
    Operation,
    iam::{
        CreateRole, CreateRoleInput, DeleteRole, GetRole, ListInput, ListRoles, ListRolesOutput, Role,
        RoleInput, RoleOutput, UpdateAssumeRolePolicy, UpdateAssumeRolePolicyInput,
    },
    operation::Nothing,
};
use waxseal_policy::Kind;

use super::{super::Rule, tags, told};
use crate::{
    constraints::Constraints,
    cx::{Cx, check_document},
    error::Error,
    page::{self, Wanted},
    state::{IdentityName, IdentityRecord, RoleRecord},
};

const AN_HOUR: i64 = 3600;

impl Rule for CreateRole {
    const REQUIRED: &'static [&'static str] = &["AssumeRolePolicyDocument", "RoleName"];
    const RECORDED: &'static [&'static str] =
        &["AssumeRolePolicyDocument", "Description", "MaxSessionDuration", "Path", "RoleName", "Tags"];

    fn run(cx: &mut Cx<'_>, input: CreateRoleInput) -> Result<RoleOutput, Error> {
        let path = input.path.unwrap_or_else(|| "/".to_owned());
        let mut check = Constraints::default();
        check.entity_name("roleName", &input.role_name, 1);
        check.path(&path);
        check.optional_text("description", input.description.as_deref(), 0..=1000);
        check.number("maxSessionDuration", input.max_session_duration, AN_HOUR..=43_200);
        check.done()?;
        let role = RoleRecord {
            account: cx.account_id().clone(),
            path,
            name: input.role_name,
            id: cx.identity_id::<17>("AROA"),
            create_date: cx.now(),
            description: input.description,
            max_session_duration: input.max_session_duration.unwrap_or(AN_HOUR),
            trust_policy: input.assume_role_policy_document.into(),
            tags: tags(input.tags)?,
            policies: BTreeMap::new(),
        };
        let permit = cx.allow("iam:CreateRole", &role.arn())?;
        if permit.roles(cx).any(|other| other.name == role.name) {
            return Err(Error::EntityExists("Role", role.name));
        }
        cx.check_trust(role.trust_policy.as_str())?;
        let output = RoleOutput { role: shown(&role) };
        permit.put(cx, "role", IdentityRecord::Role(role));
        Ok(output)
    }
}

impl Rule for GetRole {
    const REQUIRED: &'static [&'static str] = &["RoleName"];
    const RECORDED: &'static [&'static str] = &["RoleName"];

    fn run(cx: &mut Cx<'_>, input: RoleInput) -> Result<RoleOutput, Error> {
        let (_, role) = cx.on_role("iam:GetRole", &input.role_name)?;
        Ok(RoleOutput { role: shown(role) })
    }
}

impl Rule for ListRoles {
    const REQUIRED: &'static [&'static str] = &[];
    const RECORDED: &'static [&'static str] = &["Marker", "MaxItems"];

    fn run(cx: &mut Cx<'_>, input: ListInput) -> Result<ListRolesOutput, Error> {
        let mut check = Constraints::default();
        check.number("maxItems", input.max_items, 1..=1000);
        check.done()?;
        let permit = cx.allow("iam:ListRoles", &format!("arn:aws:iam::{}:role/", cx.account_id()))?;
        let limit = input.max_items.unwrap_or(100);
        let wanted = Wanted { list: Self::NAME, limit, marker: input.marker.as_deref() };
        let page = page::cut(permit.roles(cx), |role| role.name.clone(), wanted)?;
        Ok(ListRolesOutput {
            roles: page.items.into_iter().map(shown).collect(),
            is_truncated: page.next_marker.is_some(),
            marker: page.next_marker,
        })
    }
}

impl Rule for UpdateAssumeRolePolicy {
    const REQUIRED: &'static [&'static str] = &["PolicyDocument", "RoleName"];
    const RECORDED: &'static [&'static str] = &["PolicyDocument", "RoleName"];

    fn run(cx: &mut Cx<'_>, input: UpdateAssumeRolePolicyInput) -> Result<Nothing, Error> {
        let (permit, role) = cx.on_role("iam:UpdateAssumeRolePolicy", &input.role_name)?;
        cx.check_trust(&input.policy_document)?;
        let role = RoleRecord { trust_policy: input.policy_document.into(), ..role.clone() };
        permit.put(cx, "trust policy", IdentityRecord::Role(role));
        Ok(Nothing {})
    }
}

impl Rule for DeleteRole {
    const REQUIRED: &'static [&'static str] = &["RoleName"];
    const RECORDED: &'static [&'static str] = &["RoleName"];

    fn run(cx: &mut Cx<'_>, input: RoleInput) -> Result<Nothing, Error> {
        let (permit, role) = cx.on_role("iam:DeleteRole", &input.role_name)?;
        if !role.policies.is_empty() {
            return Err(Error::DeleteConflict("delete policies"));
        }
        permit.end_sessions(cx, role, true);
        permit.delete(cx, "role deleted", IdentityName::Role(role.account.clone(), role.name.clone()));
        Ok(Nothing {})
    }
}

impl Cx<'_> {
    /// Checks a trust policy: its form, and that its principals are there.
    fn check_trust(&self, text: &str) -> Result<(), Error> {
        let policy = check_document(Kind::Trust, text)?;
        match policy.principals().find(|name| !self.is_there(name)) {
            Some(name) => Err(Error::UnknownTrusted(name.to_string())),
            None => Ok(()),
        }
    }
}

fn shown(role: &RoleRecord) -> Role {
    Role {
        path: role.path.clone(),
        role_name: role.name.clone(),
        role_id: role.id.clone(),
        arn: role.arn(),
        create_date: role.create_date,
        assume_role_policy_document: role.trust_policy.as_str().to_owned(),
        description: role.description.clone(),
        max_session_duration: role.max_session_duration,
        tags: told(&role.tags),
    }
}
