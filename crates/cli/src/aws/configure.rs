//! `aws configure`: profiles and their settings.

use std::collections::BTreeMap;

use crate::{
    args::{self, Opt, Takes},
    aws::{Aws, globals::Globals},
    fail::Fail,
};

/// Profiles and their settings, such as `region` and `output`.
///
/// A profile that is there can sign calls; whose it is, the terminal's owner knows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Config(BTreeMap<String, BTreeMap<String, String>>);

impl Config {
    /// A profile's settings.
    pub fn profile(&self, name: &str) -> Option<&BTreeMap<String, String>> {
        self.0.get(name)
    }

    /// One setting of a profile.
    pub fn get(&self, profile: &str, name: &str) -> Option<&str> {
        self.0.get(profile)?.get(name).map(String::as_str)
    }

    /// Makes a profile, if it is not there.
    pub fn add(&mut self, profile: &str) -> &mut BTreeMap<String, String> {
        self.0.entry(profile.to_owned()).or_default()
    }

    /// Sets one setting of a profile.
    pub fn set(&mut self, profile: &str, name: &str, value: &str) {
        self.add(profile).insert(name.to_owned(), value.to_owned());
    }

    /// The profiles' names.
    pub fn profiles(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }
}

const SUBCOMMANDS: [&str; 4] = ["get", "list", "list-profiles", "set"];

impl Aws<'_> {
    pub(crate) fn configure(&mut self, globals: &Globals, words: &[String]) -> Result<String, Fail> {
        let (_, words) = args::take(&[Opt::new("--profile", Takes::One)], words)?;
        let profile = globals.profile.clone().or_else(|| self.variables.get("AWS_PROFILE").cloned());
        let profile = profile.unwrap_or_else(|| "default".to_owned());
        match words.iter().map(String::as_str).collect::<Vec<_>>()[..] {
            ["set", name, value] => {
                self.config.set(&profile, setting(name), value);
                Ok(String::new())
            }
            ["get", name] => match self.config.get(&profile, setting(name)) {
                Some(value) => Ok(format!("{value}\n")),
                None => Err(Fail { text: String::new(), exit: 1 }),
            },
            ["list-profiles"] => Ok(self.config.profiles().map(|name| format!("{name}\n")).collect()),
            ["list"] => Ok(self.list(globals, &profile)),
            ["set"] => Err(Fail::usage("the following arguments are required: varname, value")),
            ["set", _] => Err(Fail::usage("the following arguments are required: value")),
            ["get"] => Err(Fail::usage("the following arguments are required: varname")),
            ["set" | "get" | "list" | "list-profiles", .., last] => {
                Err(Fail::unknown_options(vec![last.to_owned()]))
            }
            [] => Err(Fail::parameter(
                "there is no dialogue here; use aws configure set region REGION, or output FORMAT",
            )),
            [word, ..] => Err(Fail::choice("subcommand", word, &SUBCOMMANDS.map(str::to_owned))),
        }
    }

    fn list(&self, globals: &Globals, profile: &str) -> String {
        let mut out = "NAME       : VALUE                    : TYPE             : LOCATION\n".to_owned();
        let mut line = |name: &str, value: Option<&str>, kind: &str, location: &str| {
            let (value, kind, location) =
                value.map_or(("<not set>", "None", "None"), |value| (value, kind, location));
            out.push_str(&format!("{name:<10} : {value:<24} : {kind:<16} : {location}\n"));
        };
        line("profile", globals.profile.as_deref(), "manual", "--profile");
        let variable = ["AWS_REGION", "AWS_DEFAULT_REGION"]
            .into_iter()
            .find_map(|name| Some((self.variables.get(name)?.as_str(), name)));
        match (&globals.region, variable) {
            (Some(region), _) => line("region", Some(region), "manual", "--region"),
            (None, Some((region, name))) => line("region", Some(region), "env", name),
            _ => line("region", self.config.get(profile, "region"), "config-file", "~/.aws/config"),
        }
        line("output", self.config.get(profile, "output"), "config-file", "~/.aws/config");
        out
    }
}

/// `default.region` and `region` are the same.
fn setting(name: &str) -> &str {
    name.rsplit('.').next().unwrap_or(name)
}
