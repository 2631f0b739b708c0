//! The page that says of each operation what is done and what differs from AWS. `UPDATE_EXPECT=1` writes it again.

use std::fmt::Write;

use expect_test::expect_file;
use waxseal_api::operations::NAMES;

const RECIPIENT: &str = "`Recipient` is refused: there is no Nitro enclave.";
const STORES: &str = "Stores are simulated: nothing is contacted.";
const BLOB: &str = "The ciphertext of a symmetric key has a layout of its own; AWS's is not published.";
const PREDEFINED: &str =
    "AWS's predefined aliases, of services without a key yet, are there in sandboxes alone.";

const PEOPLE: &str =
    "Every account is there; users and roles are those that IAM's operations have made here.";

/// Every operation of AWS's description of the service, and what differs.
const OPERATIONS: &[(&str, &[&str])] = &[
    ("CancelKeyDeletion", &[]),
    ("ConnectCustomKeyStore", &[STORES, "A store is connected after five seconds."]),
    ("CreateAlias", &[]),
    ("CreateCustomKeyStore", &[STORES]),
    (
        "CreateGrant",
        &[
            "A grant counts at once, not within minutes; tokens are checked all the same.",
            PEOPLE,
            "No call comes on behalf of a resource, so the constraint `SourceArn` is never met.",
        ],
    ),
    ("CreateKey", &[PEOPLE]),
    ("Decapsulate", &[]),
    ("Decrypt", &[RECIPIENT, BLOB]),
    ("DeleteAlias", &[]),
    ("DeleteCustomKeyStore", &[STORES]),
    ("DeleteImportedKeyMaterial", &[]),
    ("DeriveSharedSecret", &[RECIPIENT]),
    ("DescribeCustomKeyStores", &[STORES]),
    ("DescribeKey", &[PREDEFINED]),
    ("DisableKey", &["The change is seen at once."]),
    ("DisableKeyRotation", &[]),
    ("DisconnectCustomKeyStore", &[STORES]),
    ("EnableKey", &["The change is seen at once."]),
    ("EnableKeyRotation", &["A new period begins with the call."]),
    ("Encapsulate", &[]),
    ("Encrypt", &[BLOB]),
    ("GenerateDataKey", &[RECIPIENT, BLOB]),
    ("GenerateDataKeyPair", &[RECIPIENT, BLOB]),
    ("GenerateDataKeyPairWithoutPlaintext", &[BLOB]),
    ("GenerateDataKeyWithoutPlaintext", &[BLOB]),
    ("GenerateMac", &[]),
    ("GenerateRandom", &[RECIPIENT]),
    ("GetKeyLastUsage", &["Keys are watched from when they are made."]),
    ("GetKeyPolicy", &["`AWS_RAM` is never there: keys are not shared through AWS RAM."]),
    ("GetKeyRotationStatus", &["A rotation on demand is never seen running: it takes no time."]),
    ("GetParametersForImport", &[]),
    ("GetPublicKey", &[]),
    (
        "ImportKeyMaterial",
        &["New material takes the place of one that waits for its rotation and has been deleted."],
    ),
    ("ListAliases", &[PREDEFINED]),
    ("ListGrants", &[]),
    ("ListKeyPolicies", &[]),
    ("ListKeyRotations", &[]),
    ("ListKeys", &["Nothing is shared through AWS RAM, so there are no keys of other accounts."]),
    ("ListResourceTags", &[]),
    ("ListRetirableGrants", &[]),
    (
        "PutKeyPolicy",
        &["Every account is there; users and roles are those that IAM's operations have made here."],
    ),
    ("ReEncrypt", &[BLOB]),
    ("ReplicateKey", &["A replica is ready after five seconds."]),
    ("RetireGrant", &[]),
    ("RevokeGrant", &["A grant ends at once, not within minutes."]),
    ("RotateKeyOnDemand", &["The new material encrypts at once, and its RotateKey is logged then."]),
    ("ScheduleKeyDeletion", &[]),
    ("Sign", &[]),
    ("TagResource", &[]),
    ("UntagResource", &[]),
    ("UpdateAlias", &[]),
    ("UpdateCustomKeyStore", &[STORES]),
    ("UpdateKeyDescription", &[]),
    ("UpdatePrimaryRegion", &["The keys are updating for five seconds."]),
    ("Verify", &[]),
    ("VerifyMac", &[]),
];

const TOP: &str = "\
# Operations

Every operation of AWS KMS, as AWS's description of the service (API version 2014-11-01, November 2026) has them, and
what is known to differ here. This page is written by a test of `crates/kms`, from the table of operations.

What holds for all of them: there is one service in this program, so a change is seen by the next call, wherever AWS
speaks of a delay. Texts of refusals are AWS's where one is known. Request quotas are an option of the endpoint and of sandboxes; cryptographic operations share one.

| operation | | what differs |
|---|---|---|
";

fn page() -> String {
    let mut page = TOP.to_owned();
    for (operation, differences) in OPERATIONS {
        let done = if NAMES.contains(operation) { "done" } else { "refused as unknown" };
        writeln!(page, "| {operation} | {done} | {} |", differences.join(" ")).unwrap();
    }
    page
}

#[test]
fn the_page_of_operations_is_as_the_table_says() {
    for name in NAMES {
        assert!(OPERATIONS.iter().any(|(operation, _)| operation == name), "{name} is not on the page");
    }
    expect_file!["../../../../docs/operations.md"].assert_eq(&page());
}
