//! What a line has changed, on top of what others have changed meanwhile.

use std::collections::BTreeMap;

use waxseal_cli::Shell;

/// Carries over to `now` whatever is different in `after` from what it was `before`: files, profiles and variables, each by
/// its name. History is nobody's to carry: each line is added to it once.
pub(super) fn carry(before: &Shell, after: &Shell, now: &mut Shell) {
    for (name, bytes) in after.files.iter() {
        if before.files.read(name).as_ref() != Ok(bytes) {
            now.files.write(name, bytes.clone());
        }
    }
    for (name, _) in before.files.iter().filter(|(name, _)| after.files.read(name).is_err()) {
        now.files.remove(name);
    }
    for (profile, settings) in after.config.profiles().filter_map(|it| Some((it, after.config.profile(it)?)))
    {
        let old = before.config.profile(profile);
        if old != Some(settings) {
            settings_of(old.unwrap_or(&BTreeMap::new()), settings, now.config.add(profile));
        }
    }
    settings_of(&before.variables, &after.variables, &mut now.variables);
    for name in after.private.symmetric_difference(&before.private) {
        match after.private.contains(name) {
            true => drop(now.private.insert(name.clone())),
            false => drop(now.private.remove(name)),
        }
    }
    now.last = after.last;
}

/// Whether a line has changed anything but its exit code and the history.
pub(super) fn is_other(before: &Shell, after: &Shell) -> bool {
    (&before.files, &before.config, &before.variables, &before.private)
        != (&after.files, &after.config, &after.variables, &after.private)
}

fn settings_of(
    before: &BTreeMap<String, String>,
    after: &BTreeMap<String, String>,
    now: &mut BTreeMap<String, String>,
) {
    let changed = after.iter().filter(|(name, value)| before.get(*name) != Some(value));
    now.extend(changed.map(|(name, value)| (name.clone(), value.clone())));
    before.keys().filter(|name| !after.contains_key(*name)).for_each(|name| drop(now.remove(name)));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shell(files: &[(&str, &str)], variables: &[(&str, &str)]) -> Shell {
        let mut shell = Shell::default();
        files.iter().for_each(|(name, text)| shell.files.write(name, text.as_bytes()));
        let named = variables.iter().map(|(name, value)| (name.to_string(), value.to_string()));
        shell.variables.extend(named);
        shell
    }

    #[test]
    fn what_others_have_changed_meanwhile_stays() {
        let before = shell(&[("a", "1"), ("gone", "1"), ("same", "1")], &[("X", "1"), ("GONE", "1")]);
        let mut after = shell(&[("a", "2"), ("same", "1"), ("new", "1")], &[("X", "2")]);
        after.config.set("p", "region", "eu-central-1");
        after.private.insert("X".to_owned());
        let mut now =
            shell(&[("a", "1"), ("gone", "1"), ("same", "9"), ("other", "1")], &[("X", "1"), ("GONE", "1")]);
        now.variables.insert("AWS_PROFILE".to_owned(), "ana".to_owned());
        now.config.set("p", "output", "text");
        carry(&before, &after, &mut now);
        let mut expect = shell(
            &[("a", "2"), ("same", "9"), ("new", "1"), ("other", "1")],
            &[("X", "2"), ("AWS_PROFILE", "ana")],
        );
        expect.config.set("p", "output", "text");
        expect.config.set("p", "region", "eu-central-1");
        expect.private.insert("X".to_owned());
        assert_eq!(now, expect);
    }
}
