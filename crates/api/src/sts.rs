//! STS: who one is, and acting as a role.

use crate::{
    Timestamp,
    blob::SecretText,
    iam::{operations, shapes},
    operation::Nothing,
};

operations! {
    /// Returns temporary credentials of a role to whoever its trust policy lets assume it.
    Sts AssumeRole, read only true, AssumeRoleInput => AssumeRoleOutput;
    /// Tells callers who they are. Needs no permission.
    Sts GetCallerIdentity, read only true, Nothing => GetCallerIdentityOutput;
}

shapes! {
    /// What AssumeRole takes.
    AssumeRoleInput {
        /// The role.
        role_arn: String,
        /// What the session is to be called: 2 to 64 characters of `a-z A-Z 0-9 + = , . @ _ -`.
        role_session_name: String,
        /// 900 seconds to the role's most; default 3,600.
        duration_seconds: Option<i64>,
        /// What a trust policy can ask for as `sts:ExternalId`.
        external_id: Option<String>,
        /// A policy that narrows the session; refused, since there are none here.
        policy: Option<String>,
        /// Policies that narrow the session; refused as well.
        policy_arns: Option<serde_json::Value>,
    }
    /// What AssumeRole returns.
    AssumeRoleOutput {
        /// What calls of the session are signed with.
        credentials: Credentials,
        /// Who calls then.
        assumed_role_user: AssumedRoleUser,
    }
    /// Credentials that expire.
    Credentials {
        /// `ASIA…`
        access_key_id: String,
        /// What calls are signed with.
        secret_access_key: SecretText,
        /// What has to come along with each call.
        session_token: String,
        /// When they expire.
        expiration: Timestamp,
    }
    /// A session.
    AssumedRoleUser {
        /// `AROA…:ann`
        assumed_role_id: String,
        /// `arn:aws:sts::111122223333:assumed-role/Deploy/ann`
        arn: String,
    }
    /// What GetCallerIdentity returns.
    GetCallerIdentityOutput {
        /// `AIDA…`, `AROA…:ann`, or the account for the account itself.
        user_id: String,
        /// Of which account.
        account: String,
        /// The caller's ARN.
        arn: String,
    }
}
