//! Where a call goes and on whose behalf: options, variables and profiles.

use waxseal_api::Service;

use crate::{
    aws::{Aws, globals::Globals},
    call::{Call, Identity},
    fail::{Fail, Stop},
    value::Value,
};

/// How many profiles may stand behind each other by `source_profile`.
const DEPTH: usize = 8;

impl Aws<'_> {
    /// The profile by option or variable.
    pub(super) fn profile(&self, globals: &Globals) -> String {
        let profile =
            globals.profile.clone().or_else(|| self.variable(&["AWS_PROFILE", "AWS_DEFAULT_PROFILE"]));
        profile.unwrap_or_else(|| "default".to_owned())
    }

    /// A profile that is named has to be there.
    pub(super) fn known(&self, profile: &str, named: bool) -> Result<(), Fail> {
        if (named || profile != "default") && self.config.profile(profile).is_none() {
            return Err(Fail::general(&format!("The config profile ({profile}) could not be found")));
        }
        Ok(())
    }

    pub(super) fn region(&self, globals: &Globals, profile: &str) -> Result<String, Fail> {
        let region = globals.region.clone();
        let region = region.or_else(|| self.variable(&["AWS_REGION", "AWS_DEFAULT_REGION"]));
        let region = region.or_else(|| self.config.get(profile, "region").map(str::to_owned));
        region.ok_or_else(|| {
            let message =
                "You must specify a region. You can also configure your region by running \"aws configure\".";
            Fail::configuration("NoRegion", message)
        })
    }

    pub(super) fn identity(
        &mut self,
        globals: &Globals,
        profile: &str,
        region: &str,
    ) -> Result<Identity, Stop> {
        let variable = |name: &str| self.variable(&[name]);
        if let (None, Some(id)) = (&globals.profile, variable("AWS_ACCESS_KEY_ID")) {
            let secret = variable("AWS_SECRET_ACCESS_KEY").unwrap_or_default();
            return Ok(Identity::AccessKey { id, secret, session_token: variable("AWS_SESSION_TOKEN") });
        }
        self.of_profile(profile, region, DEPTH)
    }

    /// Whom a profile stands for: the role that it assumes, the access key that it has, or who its owner says.
    fn of_profile(&mut self, profile: &str, region: &str, depth: usize) -> Result<Identity, Stop> {
        let setting = |name: &str| self.config.get(profile, name).map(str::to_owned);
        if let (Some(role), Some(source)) = (setting("role_arn"), setting("source_profile")) {
            let session = setting("role_session_name").unwrap_or_else(|| "waxseal-session".to_owned());
            if depth == 0 {
                let message =
                    format!("Infinite loop in credential configuration detected at profile {profile}");
                return Err(Fail::general(&message).into());
            }
            if self.config.profile(&source).is_none() {
                let message = format!(
                    "The source_profile \"{source}\" referenced in the profile \"{profile}\" does not exist."
                );
                return Err(Fail::general(&message).into());
            }
            // A profile that names itself has the access key that it assumes the role with.
            let identity = match source == profile {
                true => self.access_key(profile),
                false => self.of_profile(&source, region, depth - 1)?,
            };
            return self.assume(&role, &session, identity, region);
        }
        match self.config.profile(profile) {
            Some(_) => Ok(self.access_key(profile)),
            None => {
                let message =
                    "Unable to locate credentials. You can configure credentials by running \"aws login\".";
                Err(Fail::configuration("NoCredentials", message).into())
            }
        }
    }

    fn access_key(&self, profile: &str) -> Identity {
        let setting = |name: &str| self.config.get(profile, name).map(str::to_owned);
        match setting("aws_access_key_id") {
            Some(id) => Identity::AccessKey {
                id,
                secret: setting("aws_secret_access_key").unwrap_or_default(),
                session_token: setting("aws_session_token"),
            },
            None => Identity::Profile(profile.to_owned()),
        }
    }

    /// Asks for a role's temporary credentials first.
    fn assume(
        &mut self,
        role: &str,
        session: &str,
        identity: Identity,
        region: &str,
    ) -> Result<Identity, Stop> {
        let text = |name: &str, value: &str| (name.to_owned(), Value::from(value));
        let body = Value::Map(vec![text("RoleArn", role), text("RoleSessionName", session)]);
        let (operation, region) = ("AssumeRole", region.to_owned());
        let ask = || Call { service: Service::Sts, operation, region, identity, body: body.compact() };
        match &*self.answers.to(ask)? {
            Ok(output) => {
                let credentials =
                    |name: &str| output.get("Credentials")?.get(name)?.as_text().map(str::to_owned);
                Ok(Identity::AccessKey {
                    id: credentials("AccessKeyId").unwrap_or_default(),
                    secret: credentials("SecretAccessKey").unwrap_or_default(),
                    session_token: credentials("SessionToken"),
                })
            }
            Err(error) => Err(Fail::service(operation, error.code.query_name(), error, None, "").into()),
        }
    }

    /// The first of these variables that is set to something.
    pub(super) fn variable(&self, names: &[&str]) -> Option<String> {
        names.iter().filter_map(|name| self.variables.get(*name)).find(|value| !value.is_empty()).cloned()
    }
}
