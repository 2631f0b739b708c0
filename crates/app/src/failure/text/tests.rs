use super::*;

const ARN: &str = "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";

fn local(code: LocalErrorCode) -> LocalError {
    LocalError::new(code, "")
}

/// What has to hold for every failure, whatever it says by itself.
#[track_caller]
fn check(failure: Failure) {
    let Explanation { headline, what, next, .. } = explain(&failure);
    assert!(!headline.is_empty() && !headline.ends_with('.'), "{failure:?}: {headline}");
    assert!(what.ends_with('.'), "{failure:?}: {what}");
    assert!(next.len() > 10, "{failure:?}: {next}");
    for text in [headline, &what, next] {
        assert!(!text.contains(failure.name()) || failure.name() == "Cancelled", "a code as text: {text}");
    }
}

#[test]
fn every_refusal_has_words() {
    for &code in ErrorCode::ALL {
        check(Failure::Service(ApiError::new(code, "")));
        check(Failure::Service(ApiError::new(code, format!("{ARN} is so and so"))));
    }
}

#[test]
fn every_local_failure_has_words() {
    use LocalErrorCode::*;
    for code in [
        NotAMessage,
        Base64Message,
        UnsupportedMessage,
        NotCommitting,
        KeyNotHere,
        Tampered,
        Truncated,
        TrailingBytes,
        TooLarge,
        BadRequest,
        Cancelled,
        FileUnreadable,
        StorageMissing,
        StorageRefused,
        StorageFull,
        DatabaseNewer,
        DatabaseBlocked,
        DatabaseDamaged,
        VaultLocked,
        WrongPassphrase,
        NotABackup,
        BackupNewer,
        BackupDamaged,
        NotASandbox,
        SandboxNewer,
        SandboxDamaged,
        CryptoMissing,
        WorkerCrashed,
        LaneCrashed,
        BadFrame,
    ] {
        check(Failure::Local(local(code)));
        check(Failure::Local(LocalError::new(code, "The message of the one who failed")));
    }
}

#[test]
fn a_disabled_key_leads_to_its_page() {
    let error = ApiError::new(ErrorCode::DisabledException, format!("{ARN} is disabled."));
    let Remedy::Go(Route::Key, query, _) = explain(&error.into()).remedy else { panic!("no link") };
    assert_eq!(query, "id=1234abcd-12ab-34cd-56ef-1234567890ab");
}

#[test]
fn frames_and_keys_are_named() {
    let error = LocalError { frame: Some(7), ..local(LocalErrorCode::Tampered) };
    assert!(explain(&error.into()).what.contains("Frame 7"));
    let error = LocalError { frame: Some(3), ..local(LocalErrorCode::Truncated) };
    assert!(explain(&error.into()).what.contains("frame 3"));
    let error = LocalError { key_arns: vec![ARN.to_owned()], ..local(LocalErrorCode::KeyNotHere) };
    assert!(explain(&error.into()).what.contains(ARN));
}
