//! The words for every failure.

use waxseal_api::{ApiError, ErrorCode, Failure, KeyArn, LocalError, LocalErrorCode};
use yew::AttrValue;

use crate::route::Route;

/// A failure in words.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Explanation {
    /// What happened, at a glance.
    pub(crate) headline: &'static str,
    /// What happened, exactly: names the key or the frame.
    pub(crate) what: String,
    /// What to do next.
    pub(crate) next: &'static str,
    /// A way to do it from here.
    pub(crate) remedy: Remedy,
}

/// What leads on.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Remedy {
    /// A page, its query, and the words of the link.
    Go(Route, AttrValue, &'static str),
    /// Load the page again.
    Reload,
    /// Start the worker again.
    Restart,
    /// Do the same again.
    Again,
    /// Whatever is needed is on the page already, or outside it.
    Nothing,
}

/// Puts a failure into words.
pub(crate) fn explain(failure: &Failure) -> Explanation {
    match failure {
        Failure::Service(error) => refused(error),
        Failure::Local(error) => broken(error),
    }
}

/// Words for a refusal by the service.
fn refused(error: &ApiError) -> Explanation {
    use ErrorCode as E;
    let said = |otherwise: &str| sentence(&error.message, otherwise);
    let (headline, what, next, remedy) = match error.code {
        E::DisabledException => (
            "This key is disabled",
            said("The key exists, but its use is refused to everyone while it is disabled."),
            "Enable the key on its page, then try again. Nothing was changed.",
            key_page(&error.message, "Open the key"),
        ),
        E::KMSInvalidStateException => (
            "The key’s state does not allow this",
            said("The key is waiting for its deletion, or in another state that refuses this operation."),
            "A key that waits for its deletion can be rescued on its page: cancel the deletion, then enable it. Material that is missing is imported there.",
            key_page(&error.message, "Open the key"),
        ),
        E::NotFoundException => (
            "There is no such key or alias here",
            said("This browser keeps no key and no alias of that name."),
            "It may have been deleted, or it lives in another browser or profile. See which keys are here.",
            keys_page(),
        ),
        E::AlreadyExistsException => (
            "This name is taken",
            said("Another key has this alias already."),
            "Choose another alias, or move the alias from the key that has it.",
            Remedy::Nothing,
        ),
        E::InvalidAliasNameException => (
            "This cannot be an alias",
            said("An alias has letters, digits and : / _ - and does not begin with aws/."),
            "Change the alias and try again.",
            Remedy::Nothing,
        ),
        E::InvalidCiphertextException => (
            "This ciphertext does not open",
            said("It was changed, cut short, or the encryption context is not the one it was made with."),
            "Use an unchanged copy, and exactly the encryption context that it was encrypted with.",
            Remedy::Nothing,
        ),
        E::IncorrectKeyException => (
            "Another key was used for this",
            said("The ciphertext was not made under the key that was named."),
            "Name the key that it was encrypted under, or none at all: the ciphertext knows its key.",
            keys_page(),
        ),
        E::AccessDeniedException => (
            "You are not allowed to do this",
            said("No policy allows this operation on this key."),
            "Read the key’s policy on its page.",
            key_page(&error.message, "Open the key"),
        ),
        E::LimitExceededException => (
            "A limit is reached",
            said("There are as many of these as the service allows."),
            "Delete what is no longer needed, then try again.",
            keys_page(),
        ),
        E::MalformedPolicyDocumentException => (
            "The key policy cannot be used",
            said("The policy is not well-formed, or nobody could change it any more."),
            "Check the names of the administrators and users.",
            Remedy::Nothing,
        ),
        E::InvalidKeyUsageException => (
            "The key is not meant for this",
            said("The key’s usage does not include this operation."),
            "Use a key that is made for it.",
            keys_page(),
        ),
        E::KMSInvalidSignatureException | E::KMSInvalidMacException => (
            "This does not verify",
            said("The message was changed, or it was signed with another key or another algorithm."),
            "Use the unchanged message and exactly the key and algorithm that it was signed with.",
            Remedy::Nothing,
        ),
        E::IncorrectKeyMaterialException => (
            "These bytes are not this key’s material",
            said("They are no key of its spec, or they are not the material that the key has had."),
            "A key takes only the material that it was given first. Use the copy of that. Nothing was changed.",
            Remedy::Nothing,
        ),
        E::InvalidImportTokenException | E::ExpiredImportTokenException => (
            "This key material cannot be imported",
            said("Token, wrapping key and material do not belong together, or the token has expired."),
            "Get a new wrapping key and token, wrap the material again, and import it within 24 hours.",
            Remedy::Nothing,
        ),
        E::ConflictException | E::ThrottlingException => (
            "The service is busy with this",
            said("Something else is going on at the moment that stands in the way."),
            "Wait a little, then try again. Nothing was changed.",
            Remedy::Again,
        ),
        E::CustomKeyStoreHasCMKsException
        | E::CustomKeyStoreInvalidStateException
        | E::CustomKeyStoreNameInUseException
        | E::CustomKeyStoreNotFoundException
        | E::CloudHsmClusterInUseException
        | E::CloudHsmClusterInvalidConfigurationException
        | E::CloudHsmClusterNotActiveException
        | E::CloudHsmClusterNotFoundException
        | E::CloudHsmClusterNotRelatedException
        | E::IncorrectTrustAnchorException
        | E::XksKeyAlreadyInUseException
        | E::XksKeyInvalidConfigurationException
        | E::XksKeyNotFoundException
        | E::XksProxyIncorrectAuthenticationCredentialException
        | E::XksProxyInvalidConfigurationException
        | E::XksProxyInvalidResponseException
        | E::XksProxyUriEndpointInUseException
        | E::XksProxyUriInUseException
        | E::XksProxyUriUnreachableException
        | E::XksProxyVpcEndpointServiceInUseException
        | E::XksProxyVpcEndpointServiceInvalidConfigurationException
        | E::XksProxyVpcEndpointServiceNotFoundException => (
            "The custom key store does not allow this",
            said("The store is in another state, or what stands behind it is not as the request says."),
            "Look at the state of the store, then try again. Nothing was changed.",
            Remedy::Nothing,
        ),
        E::ValidationException
        | E::SerializationException
        | E::InvalidArnException
        | E::InvalidMarkerException
        | E::InvalidGrantTokenException
        | E::InvalidGrantIdException
        | E::TagException => (
            "Something in the request is not as it should be",
            said("The service could not accept a value that was given."),
            "Correct the value and try again. Nothing was changed.",
            Remedy::Nothing,
        ),
        E::UnsupportedOperationException | E::UnknownOperationException => (
            "The service does not do this",
            said("This operation or this combination of values is not supported."),
            "Choose another way to do it.",
            Remedy::Nothing,
        ),
        E::DryRunOperationException => (
            "It would have worked",
            said("This was a dry run: everything was checked and nothing was done."),
            "Do it without the dry run.",
            Remedy::Nothing,
        ),
        E::KMSInternalException | E::DependencyTimeoutException | E::KeyUnavailableException => (
            "The key service failed",
            said("The service met a fault of its own. Nothing was changed."),
            "Try again. If it stays like this, load the page again.",
            Remedy::Again,
        ),
    };
    Explanation { headline, what, next, remedy }
}

/// Words for a failure around the service.
fn broken(error: &LocalError) -> Explanation {
    use LocalErrorCode as L;
    let said = |otherwise: &str| sentence(&error.message, otherwise);
    let (headline, what, next, remedy) = match error.code {
        L::NotAMessage => (
            "This is not an encrypted file",
            "It does not begin like an AWS Encryption SDK message, so there is nothing to decrypt."
                .to_owned(),
            "Choose the encrypted file, or encrypt this one.",
            Remedy::Nothing,
        ),
        L::Base64Message => (
            "This is the text form of an encrypted file",
            "The file holds an encrypted message as base64 text, not as bytes.".to_owned(),
            "Have it decoded with the button below, or do it yourself with base64 -d.",
            Remedy::Nothing,
        ),
        L::UnsupportedMessage => (
            "This message uses something that is not supported",
            said("It is well-formed, but needs an algorithm or a form that is not accepted here."),
            "Decrypt it with the AWS Encryption SDK, or ask for it to be encrypted with suite 0x0478.",
            Remedy::Nothing,
        ),
        L::NotCommitting => (
            "This message does not commit to its key",
            said(
                "Its algorithm suite is one from before key commitment: whoever made it could have made it open \
                  differently under another key.",
            ),
            "Open it only if you trust where it comes from; or ask for it to be encrypted with suite 0x0478.",
            Remedy::Nothing,
        ),
        L::KeyNotHere => (
            "The key for this file is not in this browser",
            key_not_here(error),
            "Open the file in the browser and profile that has this key, or restore a backup that has it. Nothing else can open it.",
            keys_page(),
        ),
        L::Tampered => (
            "This file was changed",
            tampered(error),
            "Nothing of it was kept, since none of it can be trusted. Use another copy of the encrypted file.",
            Remedy::Nothing,
        ),
        L::Truncated => (
            "The file is cut short",
            located(error, "The file ends before its message does"),
            "Nothing of it was kept. Copy or download the encrypted file again, to its last byte.",
            Remedy::Nothing,
        ),
        L::TrailingBytes => (
            "Something follows the end of the message",
            said("The message is complete, but the file goes on after its end."),
            "Nothing of it was kept. Use an unchanged copy, or cut off what was appended.",
            Remedy::Nothing,
        ),
        L::TooLarge => (
            "This is too large",
            said("The file, or something in it, is over a limit of the format."),
            "Split the file, or choose larger frames.",
            Remedy::Nothing,
        ),
        L::BadRequest => (
            "Something that was asked for cannot be",
            said("A value that was given makes no sense here."),
            "Correct it and start again.",
            Remedy::Nothing,
        ),
        L::Cancelled => (
            "Cancelled",
            "You stopped this before its end. Nothing was left behind.".to_owned(),
            "Start again whenever you like.",
            Remedy::Nothing,
        ),
        L::FileUnreadable => (
            "The file cannot be read any more",
            said(
                "It was moved, changed or deleted since you chose it, or the browser may no longer read it.",
            ),
            "Choose the file again.",
            Remedy::Nothing,
        ),
        L::StorageMissing => (
            "What is stored in this browser cannot be reached",
            said(
                "Keys are kept in IndexedDB, and it is missing or blocked here. Some private windows do that.",
            ),
            "Load this page again. If that does not help, open it in an ordinary window, or allow site data for it.",
            Remedy::Reload,
        ),
        L::StorageRefused => (
            "The browser refused to store this",
            said("The change was not written, and what was stored before is as it was."),
            "Try again. If it is refused again, load this page again, and check whether site data is allowed for it.",
            Remedy::Again,
        ),
        L::StorageFull => (
            "There is no space left to store this",
            said(
                "The disk, or the space that the browser gives this page, is full. What was stored is as it was.",
            ),
            "Free some space on the disk, then try again.",
            Remedy::Again,
        ),
        L::DatabaseNewer => (
            "What is stored here is from a newer version",
            said("A newer version of Waxseal has written this database, and this one must not touch it."),
            "Load the page again to get the newer version. Your keys are safe and were not changed.",
            Remedy::Reload,
        ),
        L::DatabaseBlocked => (
            "Another tab is in the way",
            said("Another tab still holds the database open in an older form."),
            "Close the other tabs of this page, then load it again.",
            Remedy::Reload,
        ),
        L::DatabaseDamaged => (
            "A stored record cannot be read",
            said("A record in this browser’s database was changed or damaged. It was not used."),
            "Restore a backup in its place, or the browser profile from a copy. Deleting the site’s data would delete the keys with it.",
            Remedy::Go(Route::Backup, AttrValue::Static(""), "Restore a backup"),
        ),
        L::VaultLocked => (
            "The vault is locked",
            "Its passphrase has to be given before any key can be used.".to_owned(),
            "Unlock the vault, then do it again. Nothing was changed.",
            keys_page(),
        ),
        L::WrongPassphrase => (
            "The passphrase does not open this",
            "It is another passphrase; or, for a backup, the first lines of the file were changed."
                .to_owned(),
            "Type it once more and mind capitals and spaces. Nothing was changed.",
            Remedy::Nothing,
        ),
        L::NotABackup => (
            "This is not a backup",
            said("The file is not a backup of a Waxseal vault."),
            "Choose the file that was saved as a backup; its name ends in .age. Nothing was changed.",
            Remedy::Nothing,
        ),
        L::BackupNewer => (
            "This backup is from a newer version",
            said("A newer version of Waxseal has written it."),
            "Restore it with that version, or load this page again to get a newer one. Nothing was changed.",
            Remedy::Reload,
        ),
        L::BackupDamaged => (
            "This backup is damaged",
            said("The passphrase is right, but the file was changed or cut short."),
            "Use another copy of the file. Nothing of this one was used, and nothing here was changed.",
            Remedy::Nothing,
        ),
        L::NotASandbox => (
            "This is not a sandbox",
            said("It is not a sandbox that was saved."),
            "Choose the file that was saved as a sandbox; its name ends in .waxseal-sandbox. Nothing was changed.",
            Remedy::Nothing,
        ),
        L::SandboxNewer => (
            "This sandbox is from a newer version",
            said("A newer version of Waxseal has saved it."),
            "Open it with that version, or load this page again to get a newer one. Nothing was changed.",
            Remedy::Reload,
        ),
        L::SandboxDamaged => (
            "This sandbox was damaged on its way",
            said("The file or link was changed or cut short."),
            "Use another copy of it. Nothing of this one was used, and nothing here was changed.",
            Remedy::Nothing,
        ),
        L::CryptoMissing => (
            "The browser’s cryptography is not available",
            said("Browsers offer WebCrypto only to pages loaded over https or from localhost."),
            "Open this page by its https address.",
            Remedy::Nothing,
        ),
        L::WorkerCrashed => (
            "The worker that keeps your keys has stopped",
            said("Whatever it was doing did not happen. What is stored is whole."),
            "Start it again. Your keys are still there.",
            Remedy::Restart,
        ),
        L::LaneCrashed => (
            "A worker that helped with this file has stopped",
            "The job ended there, and nothing of it was kept. The worker that keeps your keys still runs."
                .to_owned(),
            "Try again: a new one is started in its place.",
            Remedy::Again,
        ),
        L::BadFrame => (
            "The page and its worker do not understand each other",
            format!("They may come from two different versions. {}", said("")).trim_end().to_owned(),
            "Load the page again, so that both come from the same version.",
            Remedy::Reload,
        ),
    };
    Explanation { headline, what, next, remedy }
}

/// The message of a failure as a sentence, or another where it has none.
fn sentence(message: &str, otherwise: &str) -> String {
    let message = if message.trim().is_empty() { otherwise } else { message.trim() };
    let ended = message.is_empty() || message.ends_with(['.', '!', '?', ')']);
    if ended { message.to_owned() } else { format!("{message}.") }
}

fn key_not_here(error: &LocalError) -> String {
    match error.key_arns.as_slice() {
        [] => sentence(&error.message, "None of the keys that can open this file is kept here."),
        [arn] => format!("Only the key {arn} can open this file, and it is not kept here."),
        arns => {
            format!("Only one of these keys can open this file, and none is kept here: {}.", arns.join(", "))
        }
    }
}

fn tampered(error: &LocalError) -> String {
    match error.frame {
        Some(frame) => format!("Frame {frame} is not what was written: its authentication tag does not fit."),
        None => {
            sentence(&error.message, "Its header is not what was written, or belongs to another data key.")
        }
    }
}

/// A sentence about a place in the file, with the frame where it is known.
fn located(error: &LocalError, what: &str) -> String {
    match error.frame {
        Some(frame) => format!("{what}: it stops in frame {frame}."),
        None => format!("{what}."),
    }
}

fn keys_page() -> Remedy {
    Remedy::Go(Route::Keys, AttrValue::Static(""), "See the keys in this browser")
}

/// The page of the key that a message names, or of all keys if it names none.
fn key_page(message: &str, words: &'static str) -> Remedy {
    match arn_in(message) {
        Some(arn) => Remedy::Go(Route::Key, AttrValue::from(format!("id={}", arn.key_id)), words),
        None => keys_page(),
    }
}

fn arn_in(message: &str) -> Option<KeyArn> {
    message
        .split_whitespace()
        .find_map(|word| word.trim_matches(|c: char| !c.is_ascii_alphanumeric()).parse().ok())
}

#[cfg(test)]
mod tests;
