//! Prints the contract for comparison with other descriptions of the service: one JSON object with every operation, its
//! shapes as TypeScript declarations, the types that they use, and the exceptions.

use serde_json::{Value, json};
use tsify::Tsify;
use waxseal_api::{ErrorCode, Operation, operations::*, types::*, wire};

fn operation<O: Operation<Input: Tsify, Output: Tsify>>() -> Value {
    json!({ "name": O::NAME, "input": O::Input::DECL, "output": O::Output::DECL })
}

macro_rules! operations {
    ($($operation:ident)+) => { vec![$(operation::<$operation>()),+] };
}

macro_rules! types {
    ($($name:ident)+) => { vec![$($name::DECL),+] };
}

#[expect(clippy::print_stdout, reason = "printing is what it is for")]
fn main() {
    let operations = operations![
        CancelKeyDeletion
        ConnectCustomKeyStore
        CreateAlias
        CreateCustomKeyStore
        CreateGrant
        CreateKey
        Decapsulate
        Decrypt
        DeleteAlias
        DeleteCustomKeyStore
        DeleteImportedKeyMaterial
        DeriveSharedSecret
        DescribeCustomKeyStores
        DescribeKey
        DisableKey
        DisableKeyRotation
        DisconnectCustomKeyStore
        EnableKey
        EnableKeyRotation
        Encapsulate
        Encrypt
        GenerateDataKey
        GenerateDataKeyPair
        GenerateDataKeyPairWithoutPlaintext
        GenerateDataKeyWithoutPlaintext
        GenerateMac
        GenerateRandom
        GetKeyLastUsage
        GetKeyPolicy
        GetKeyRotationStatus
        GetParametersForImport
        GetPublicKey
        ImportKeyMaterial
        ListAliases
        ListGrants
        ListKeyPolicies
        ListKeyRotations
        ListKeys
        ListResourceTags
        ListRetirableGrants
        PutKeyPolicy
        ReEncrypt
        ReplicateKey
        RetireGrant
        RevokeGrant
        RotateKeyOnDemand
        ScheduleKeyDeletion
        Sign
        TagResource
        UntagResource
        UpdateAlias
        UpdateCustomKeyStore
        UpdateKeyDescription
        UpdatePrimaryRegion
        Verify
        VerifyMac
    ];
    let types = types![
        AliasListEntry
        ConnectionErrorCode
        ConnectionState
        CustomKeyStoreType
        CustomKeyStoresListEntry
        CustomerMasterKeySpec
        DataKeyPairSpec
        DataKeySpec
        DryRunModifier
        EncapsulationAlgorithm
        EncryptionAlgorithm
        ExpirationModel
        GrantConstraints
        GrantListEntry
        GrantOperation
        ImportState
        ImportType
        IncludeKeyMaterial
        KeyAgreementAlgorithm
        KeyEncryptionMechanism
        KeyLastUsageData
        KeyListEntry
        KeyManager
        KeyMaterialState
        KeyMetadata
        KeySpec
        KeyState
        KeyUsage
        MacAlgorithm
        MessageType
        MultiRegionConfiguration
        MultiRegionKey
        MultiRegionKeyType
        Origin
        RecipientInfo
        ResourceOwner
        RotationType
        RotationsListEntry
        SigningAlgorithm
        Tag
        TrackedOperation
        WrappingAlgorithm
        WrappingKeySpec
        XksKeyConfiguration
        XksProxyAuthenticationCredential
        XksProxyConfiguration
        XksProxyConnectivity
    ];
    let errors: Vec<String> = ErrorCode::ALL.iter().map(ToString::to_string).collect();
    println!(
        "{}",
        json!({
            "operations": operations, "types": types, "errors": errors,
            "blobs": wire::BLOBS, "timestamps": wire::TIMESTAMPS,
        })
    );
}
