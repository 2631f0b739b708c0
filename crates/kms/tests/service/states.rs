//! Key states against operations, by the table of the developer guide.

use serde_json::{Value, json};
use waxseal_api::{operations::NAMES, types::ConnectionErrorCode};
use waxseal_kms::sever;

use crate::{
    grants::{OTHER_ROOT, wish},
    imports,
    world::{ACCOUNT, REGION, World, arn, b64, text},
};

const TABLE: &str = include_str!("../../../../tests/vectors/key-states.csv");
const NO_GRANT: &str = "none";
const POLICY: &str = r#"{"Statement":[{"Effect":"Allow","Principal":"*","Action":"kms:*","Resource":"*"}]}"#;
const OTHER_REGION: &str = "us-east-1";

/// The columns of the table; one stands for both ways to wait for deletion.
const COLUMNS: [&[&str]; 7] = [
    &["Enabled"],
    &["Disabled"],
    &["PendingDeletion", "PendingReplicaDeletion"],
    &["PendingImport"],
    &["Unavailable"],
    &["Creating"],
    &["Updating"],
];

/// Operations of later years, and those that are about no key.
const NOT_IN_THE_TABLE: &[&str] = &[
    "ConnectCustomKeyStore",
    "CreateCustomKeyStore",
    "CreateKey",
    "DeleteCustomKeyStore",
    "DescribeCustomKeyStores",
    "DisconnectCustomKeyStore",
    "GenerateRandom",
    "GetKeyLastUsage",
    "ListKeyRotations",
    "ListKeys",
    "ListRetirableGrants",
    "RotateKeyOnDemand",
    "UpdateCustomKeyStore",
];

/// Operations of later years that work with a key.
const LIKE_SIGN: [&str; 3] = ["Decapsulate", "DeriveSharedSecret", "Encapsulate"];

/// A key in a state, and what else an operation may need.
struct Scene {
    world: World,
    id: String,
    region: &'static str,
    /// Another key of the same Region.
    other: String,
    /// What the key is, as CreateKey takes it.
    kind: Value,
    /// What imports its material, if that can be.
    import: Value,
    /// A ciphertext, a signature, a tag or an encapsulation: of the key if it has ever been able to make one.
    blob: String,
}

/// What nothing comes of: neither a token nor material.
const NO_IMPORT: &str = r#"{"ImportToken":"AA==","EncryptedKeyMaterial":"AA==","ExpirationModel":"KEY_MATERIAL_DOES_NOT_EXPIRE"}"#;

/// What a key has to be for an operation.
fn kind(operation: &str) -> Value {
    match operation {
        "GetPublicKey" | "Sign" | "Verify" => json!({"KeySpec": "ECC_NIST_P256", "KeyUsage": "SIGN_VERIFY"}),
        "DeriveSharedSecret" => json!({"KeySpec": "ECC_NIST_P256", "KeyUsage": "KEY_AGREEMENT"}),
        "GenerateMac" | "VerifyMac" => json!({"KeySpec": "HMAC_256", "KeyUsage": "GENERATE_VERIFY_MAC"}),
        "Encapsulate" | "Decapsulate" => {
            json!({"KeySpec": "ML_KEM_512", "KeyUsage": "ENCAPSULATE_DECAPSULATE"})
        }
        "DeleteImportedKeyMaterial" | "GetParametersForImport" | "ImportKeyMaterial" => {
            json!({"Origin": "EXTERNAL"})
        }
        _ => json!({}),
    }
}

/// A request to make a key of a kind, with something more.
fn creation(kind: &Value, more: Value) -> Value {
    let (mut body, Value::Object(more)) = (kind.clone(), more) else { panic!("not members") };
    body.as_object_mut().unwrap().extend(more);
    body
}

impl Scene {
    /// A multi-Region primary key with an alias, and something that it has made.
    fn new(kind: &Value) -> Self {
        let mut world = World::new();
        let body = creation(kind, json!({"MultiRegion": true}));
        let id = text(&world.ok("CreateKey", body)["KeyMetadata"]["KeyId"]);
        let other = world.key();
        world.alias("alias/own", &id);
        let mut scene = Self {
            world,
            id,
            region: REGION,
            other,
            kind: kind.clone(),
            blob: String::new(),
            import: serde_json::from_str(NO_IMPORT).unwrap(),
        };
        if scene.is_external() {
            scene.prepare_import();
            scene.world.ok("ImportKeyMaterial", scene.import.clone());
        }
        scene.blob = scene.make();
        scene
    }

    fn is_external(&self) -> bool {
        self.kind["Origin"] == "EXTERNAL"
    }

    /// Makes ready what imports the key's material in its Region.
    fn prepare_import(&mut self) {
        let (id, region) = (self.id.clone(), self.region);
        self.import =
            self.world.in_region(region, |world| imports::body_with(world, &id, &[1; 32], json!({})));
    }

    /// What the key makes.
    fn make(&mut self) -> String {
        let (operation, member) = match self.kind["KeyUsage"].as_str() {
            Some("SIGN_VERIFY") => ("Sign", "Signature"),
            Some("KEY_AGREEMENT") => ("GetPublicKey", "PublicKey"),
            Some("GENERATE_VERIFY_MAC") => ("GenerateMac", "Mac"),
            Some("ENCAPSULATE_DECAPSULATE") => ("Encapsulate", "SharedSecretCiphertextBlob"),
            _ => ("Encrypt", "CiphertextBlob"),
        };
        let body = self.body(operation);
        text(&self.world.ok(operation, body)[member])
    }

    /// The same in another Region.
    fn replicated(kind: &Value) -> Self {
        let mut scene = Self::new(kind);
        scene.world.ok("ReplicateKey", json!({"KeyId": scene.id, "ReplicaRegion": OTHER_REGION}));
        scene
    }

    /// The key of the other Region, with its own alias.
    fn over_there(mut self) -> Self {
        let id = self.id.clone();
        self.region = OTHER_REGION;
        self.other = self.world.in_region(OTHER_REGION, |world| {
            world.alias("alias/own", &id);
            world.key()
        });
        self
    }

    /// Instead of the key one that is made like this.
    fn with_key(mut self, body: Value) -> Self {
        self.world.ok("DeleteAlias", json!({"AliasName": "alias/own"}));
        self.id = text(&self.world.ok("CreateKey", body)["KeyMetadata"]["KeyId"]);
        self.world.alias("alias/own", &self.id);
        if self.is_external() {
            self.prepare_import();
        }
        if self.kind["KeyUsage"].is_null() {
            self.blob = self.world.encrypted(&self.other, json!({}));
        }
        self
    }

    /// A symmetric key.
    fn in_state(state: &str) -> Self {
        Self::of(&json!({}), state)
    }

    fn of(kind: &Value, state: &str) -> Self {
        let external = json!({"Origin": "EXTERNAL", "MultiRegion": true});
        let mut scene = match state {
            "Creating" => Self::replicated(kind).over_there(),
            "PendingReplicaDeletion" => Self::replicated(kind),
            "Updating" => Self::replicated(kind),
            "Enabled" => Self::replicated(kind),
            "PendingImport" => Self::new(kind).with_key(creation(kind, external)),
            "Unavailable" => Self::unavailable(),
            _ => Self::new(kind),
        };
        let id = scene.id.clone();
        match state {
            "Enabled" => scene.world.soon(),
            "Disabled" => drop(scene.world.ok("DisableKey", json!({"KeyId": id}))),
            "PendingDeletion" | "PendingReplicaDeletion" => {
                drop(scene.world.ok("ScheduleKeyDeletion", json!({"KeyId": id})));
            }
            "Updating" => {
                scene.world.soon();
                if scene.is_external() {
                    scene.region = OTHER_REGION;
                    scene.prepare_import();
                    let body = scene.import.clone();
                    scene.world.in_region(OTHER_REGION, |world| world.ok("ImportKeyMaterial", body));
                }
                scene.world.ok("UpdatePrimaryRegion", json!({"KeyId": id, "PrimaryRegion": OTHER_REGION}));
                scene = scene.over_there();
            }
            _ => {}
        }
        let found = scene.world.in_region(scene.region, |world| world.state_of(&id));
        assert_eq!(found, state);
        scene
    }

    fn unavailable() -> Self {
        let mut scene = Self::new(&json!({}));
        let body = json!({
            "CustomKeyStoreName": "hsm", "CloudHsmClusterId": "cluster-aaaaaaaaaaa", "KeyStorePassword": "password",
            "TrustAnchorCertificate": "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----",
        });
        let store = text(&scene.world.ok("CreateCustomKeyStore", body)["CustomKeyStoreId"]);
        scene.world.ok("ConnectCustomKeyStore", json!({"CustomKeyStoreId": store}));
        scene.world.soon();
        let mut scene = scene.with_key(json!({"Origin": "AWS_CLOUDHSM", "CustomKeyStoreId": store}));
        scene.blob = scene.world.encrypted(&scene.id, json!({}));
        let place = &scene.world.caller.place;
        let why = ConnectionErrorCode::ClusterNotFound;
        let change = sever(&scene.world.state, place, &store, why).unwrap();
        scene.world.commit(vec![change]);
        scene
    }

    fn arn(&self) -> String {
        format!("arn:aws:kms:{}:{ACCOUNT}:key/{}", self.region, self.id)
    }

    /// What the operation is refused with. A grant that is to be ended is missed only after the key's state was checked.
    fn send(&mut self, operation: &str) -> Option<String> {
        let body = self.body(operation).to_string();
        let result = self.world.in_region(self.region, |world| world.send(operation, &body).result);
        let refused = result.err().map(|error| error.to_string());
        refused.filter(|text| *text != format!("NotFoundException: Grant ID {NO_GRANT} not found"))
    }

    fn body(&self, operation: &str) -> Value {
        let Self { id, other, blob, .. } = self;
        match operation {
            "CreateAlias" => json!({"AliasName": "alias/new", "TargetKeyId": id}),
            "UpdateAlias" => json!({"AliasName": "alias/own", "TargetKeyId": other}),
            "DeleteAlias" => json!({"AliasName": "alias/own"}),
            "Encrypt" => json!({"KeyId": id, "Plaintext": b64(b"hello")}),
            "Decrypt" => json!({"KeyId": id, "CiphertextBlob": blob}),
            "ReEncrypt" => json!({"SourceKeyId": id, "CiphertextBlob": blob, "DestinationKeyId": other}),
            "GenerateDataKey" | "GenerateDataKeyWithoutPlaintext" => {
                json!({"KeyId": id, "KeySpec": "AES_256"})
            }
            "CreateGrant" => wish(id, json!({"GranteePrincipal": OTHER_ROOT})),
            "RetireGrant" | "RevokeGrant" => json!({"KeyId": id, "GrantId": NO_GRANT}),
            "PutKeyPolicy" => json!({"KeyId": id, "Policy": POLICY}),
            "TagResource" => json!({"KeyId": id, "Tags": []}),
            "UntagResource" => json!({"KeyId": id, "TagKeys": []}),
            "GenerateDataKeyPair" | "GenerateDataKeyPairWithoutPlaintext" => {
                json!({"KeyId": id, "KeyPairSpec": "ECC_NIST_P256"})
            }
            "Sign" | "Verify" => json!({
                "KeyId": id, "Message": "AA==", "SigningAlgorithm": "ECDSA_SHA_256", "Signature": blob,
            }),
            "GenerateMac" | "VerifyMac" => {
                json!({"KeyId": id, "Message": "AA==", "MacAlgorithm": "HMAC_SHA_256", "Mac": blob})
            }
            "DeriveSharedSecret" => {
                json!({"KeyId": id, "KeyAgreementAlgorithm": "ECDH", "PublicKey": blob})
            }
            "Encapsulate" | "Decapsulate" => json!({
                "KeyId": id, "EncapsulationAlgorithm": "ML_KEM", "SharedSecretCiphertextBlob": blob,
            }),
            "UpdateKeyDescription" => json!({"KeyId": id, "Description": ""}),
            "ReplicateKey" => json!({"KeyId": id, "ReplicaRegion": "ap-south-1"}),
            "GetParametersForImport" => {
                json!({"KeyId": id, "WrappingAlgorithm": "SM2PKE", "WrappingKeySpec": "SM2"})
            }
            "ImportKeyMaterial" => creation(&self.import, json!({"KeyId": id})),
            "UpdatePrimaryRegion" => {
                let to = if self.region == REGION { OTHER_REGION } else { REGION };
                json!({"KeyId": id, "PrimaryRegion": to})
            }
            _ => json!({"KeyId": id}),
        }
    }

    /// What a cell says, as the refusal's text: the exact one where a call has been recorded, else the general one.
    fn refusal(&self, cell: &str) -> Option<String> {
        let arn = self.arn();
        let state = |what: &str| Some(format!("KMSInvalidStateException: {arn} is {what}."));
        let origin = |what: &str| {
            let text = format!("{arn} origin is {what} which is not valid for this operation.");
            Some(format!("UnsupportedOperationException: {text}"))
        };
        match cell.split_whitespace().collect::<String>().as_str() {
            "✓" | "✓[9]" | "✓[12]" | "✓(Noeffect)" | "?[7]" | "?[9]" | "?[10]" => None,
            "X[1]" | "X[1]or[7]" => Some(format!("DisabledException: {arn} is disabled.")),
            "X[3]" | "X[2]or[3]" | "X[3]or[7]" | "X[8]or[9]" => state("pending deletion"),
            "X[4]" | "X[4];[13]" => state("not pending deletion"),
            "X[5]" => state("pending import"),
            "X[6]" => origin("EXTERNAL"),
            "X[7]" | "X[9]" => origin("AWS_CLOUDHSM"),
            "X[11]" => state("unavailable"),
            "X[14]" => state("creating"),
            "X[15]" => state("updating"),
            other => panic!("a cell that nobody has thought of: {other}"),
        }
    }
}

/// The rows of the table for operations that there are, with their cells. Operations of later years that work with a
/// key are as refused as Sign is.
fn rows() -> Vec<(String, Vec<String>)> {
    let lines = TABLE.lines().skip(1).map(|row| row.replace("\"X [4], [13]\"", "X [4];[13]"));
    let rows = lines.map(|row| {
        let mut cells = row.split(',').map(str::to_owned);
        (cells.next().unwrap(), cells.collect())
    });
    let mut rows: Vec<(String, Vec<String>)> = rows.collect();
    let sign = rows.iter().find(|(operation, _)| operation == "Sign").unwrap().1.clone();
    rows.extend(LIKE_SIGN.map(|operation| (operation.to_owned(), sign.clone())));
    rows.retain(|(operation, _)| NAMES.contains(&operation.as_str()));
    rows
}

#[test]
fn every_operation_in_every_state() {
    for (operation, cells) in rows() {
        assert_eq!(cells.len(), COLUMNS.len());
        for (cell, states) in cells.iter().zip(COLUMNS) {
            // Keys of every kind can be imported by now; in custom key stores there are still but symmetric ones.
            let cell = match (cell.as_str(), states) {
                ("N/A", ["PendingImport"]) => "X [5]",
                ("N/A", _) => continue,
                (cell, _) => cell,
            };
            for state in states {
                let mut scene = Scene::of(&kind(&operation), state);
                let expect = scene.refusal(cell);
                assert_eq!(scene.send(&operation), expect, "{operation} on a key that is {state}");
            }
        }
    }
}

#[test]
fn material_that_the_service_made_is_not_imported() {
    for state in ["Enabled", "Disabled"] {
        for operation in ["DeleteImportedKeyMaterial", "GetParametersForImport", "ImportKeyMaterial"] {
            let mut scene = Scene::in_state(state);
            let text = format!("{} origin is AWS_KMS which is not valid for this operation.", scene.arn());
            let expect = format!("UnsupportedOperationException: {text}");
            assert_eq!(scene.send(operation), Some(expect), "{operation} on a key that is {state}");
        }
    }
}

#[test]
fn the_table_knows_every_operation_on_a_key() {
    let known: Vec<String> = rows().into_iter().map(|(operation, _)| operation).collect();
    for name in NAMES {
        let is_known = known.iter().any(|it| it == name);
        assert_ne!(is_known, NOT_IN_THE_TABLE.contains(name), "{name}");
    }
}

#[test]
fn rotation_on_demand_in_every_state() {
    for (state, cell) in [
        ("Enabled", "✓"),
        ("Disabled", "X[1]"),
        ("PendingDeletion", "X[3]"),
        ("PendingReplicaDeletion", "X[3]"),
        ("PendingImport", "X[5]"),
        ("Unavailable", "X[7]"),
        ("Creating", "X[14]"),
        ("Updating", "✓"),
    ] {
        let mut scene = Scene::in_state(state);
        let expect = scene.refusal(cell);
        assert_eq!(scene.send("RotateKeyOnDemand"), expect, "{state}");
    }
}

#[test]
fn an_alias_leaves_a_key_that_goes_but_does_not_come_to_it() {
    let Scene { mut world, id: going, other: staying, .. } = Scene::in_state("PendingDeletion");
    world.alias("alias/other", &staying);
    let expect = format!("KMSInvalidStateException: {} is pending deletion.", arn(&going));
    world.refused("UpdateAlias", json!({"AliasName": "alias/other", "TargetKeyId": going}), &expect);
    world.ok("UpdateAlias", json!({"AliasName": "alias/own", "TargetKeyId": staying}));
}

#[test]
fn both_keys_of_a_move_have_to_be_usable() {
    for state in ["Disabled", "PendingDeletion"] {
        let Scene { mut world, id, other, .. } = Scene::in_state(state);
        let blob = world.encrypted(&other, json!({}));
        let body = json!({"CiphertextBlob": blob, "DestinationKeyId": id});
        let error = world.send("ReEncrypt", &body.to_string()).result.unwrap_err();
        assert!(error.message.starts_with(&arn(&id)), "{error}");
    }
}

#[test]
fn a_ciphertext_outlives_the_time_its_key_was_off() {
    let Scene { mut world, id, blob, .. } = Scene::in_state("PendingDeletion");
    world.ok("CancelKeyDeletion", json!({"KeyId": id}));
    world.ok("EnableKey", json!({"KeyId": id}));
    assert_eq!(world.ok("Decrypt", json!({"CiphertextBlob": blob}))["Plaintext"], b64(b"hello"));
}
