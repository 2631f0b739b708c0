//! The operations of STS: who one is, and acting as a role.

use waxseal_api::{
    Timestamp,
    operation::Nothing,
    sts::{
        AssumeRole, AssumeRoleInput, AssumeRoleOutput, AssumedRoleUser, Credentials, GetCallerIdentity,
        GetCallerIdentityOutput,
    },
};
use waxseal_policy::Principal;

use super::{Entry, Rule, entry};
use crate::{constraints::Constraints, cx::Cx, error::Error, state::IdentityRecord};

/// Every operation, in order of name.
pub(super) static OPERATIONS: &[Entry] = &[entry::<AssumeRole>(), entry::<GetCallerIdentity>()];

/// The default, and the most for a session that assumes another role.
const AN_HOUR: i64 = 3600;
const TOO_LONG: &str = "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.";
const TOO_LONG_A_CHAIN: &str =
    "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.";

impl Rule for AssumeRole {
    const REQUIRED: &'static [&'static str] = &["RoleArn", "RoleSessionName"];
    const RECORDED: &'static [&'static str] =
        &["DurationSeconds", "ExternalId", "RoleArn", "RoleSessionName"];
    const TOLD: bool = true;
    const UNTOLD: &'static [&'static str] = &["SecretAccessKey", "SessionToken"];

    fn run(cx: &mut Cx<'_>, input: AssumeRoleInput) -> Result<AssumeRoleOutput, Error> {
        let mut check = Constraints::default();
        check.text("roleArn", &input.role_arn, 20..=2048);
        check.entity_name("roleSessionName", &input.role_session_name, 2);
        check.number("durationSeconds", input.duration_seconds, 900..=43_200);
        check.optional_text("externalId", input.external_id.as_deref(), 2..=1224);
        check.done()?;
        // Left out of account, they would leave the session with more than was asked for.
        if input.policy.is_some() || input.policy_arns.is_some() {
            return Err(Error::Unsupported("A session policy"));
        }
        if let Principal::Root { .. } = cx.principal() {
            return Err(Error::RootAssumes);
        }
        let (permit, role) = cx.authorize_session(&input.role_arn)?;
        let seconds = input.duration_seconds.unwrap_or(AN_HOUR);
        check_duration(cx, seconds, role.max_session_duration)?;
        let expiration = Timestamp::from_millis(cx.now().as_millis().saturating_add(seconds * 1000));
        let principal = role.principal(input.role_session_name.clone());
        let assumed_role_user = AssumedRoleUser {
            assumed_role_id: format!("{}:{}", role.id, input.role_session_name),
            arn: principal.arn(),
        };
        let credential = cx.credential(principal, Some(expiration));
        let credentials = Credentials {
            access_key_id: credential.access_key_id.clone(),
            secret_access_key: credential.secret_text(),
            session_token: credential.session_token.clone().unwrap_or_default(),
            expiration,
        };
        permit.end_sessions(cx, role, false);
        permit.put(cx, "session", IdentityRecord::Credential(credential));
        Ok(AssumeRoleOutput { credentials, assumed_role_user })
    }
}

fn check_duration(cx: &Cx<'_>, seconds: i64, most: i64) -> Result<(), Error> {
    if seconds > most {
        return Err(Error::Validation(TOO_LONG));
    }
    match cx.principal() {
        Principal::Session { .. } if seconds > AN_HOUR => Err(Error::Validation(TOO_LONG_A_CHAIN)),
        _ => Ok(()),
    }
}

impl Rule for GetCallerIdentity {
    const REQUIRED: &'static [&'static str] = &[];
    const RECORDED: &'static [&'static str] = &[];

    fn run(cx: &mut Cx<'_>, _: Nothing) -> Result<GetCallerIdentityOutput, Error> {
        Ok(GetCallerIdentityOutput {
            user_id: cx.user_id().unwrap_or_default(),
            account: cx.account_id().to_string(),
            arn: cx.principal().arn(),
        })
    }
}
