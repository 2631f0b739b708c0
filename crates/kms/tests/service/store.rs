//! What is stored, and what becomes of it.

use expect_test::expect;
use serde_json::json;
use waxseal_api::Secret;
use waxseal_kms::{Change, ResourceRecord, State, Stored, Table};

use crate::world::{World, b64, text};

fn furnished() -> World {
    let mut world = World::new();
    let tags = json!([{"TagKey": "team", "TagValue": "blue"}]);
    let policy = r#"{"Statement":[{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}]}"#;
    world.ok("CreateKey", json!({"Description": "Documents", "Tags": tags, "Policy": policy}));
    let id = world.key();
    world.alias("alias/docs", &id);
    world.encrypted(&id, json!({}));
    let (path, access_key_id, secret) = ("/kms/xks/v1", "A".repeat(20), "s".repeat(43));
    let store = json!({
        "CustomKeyStoreName": "xks", "CustomKeyStoreType": "EXTERNAL_KEY_STORE", "XksProxyUriPath": path,
        "XksProxyUriEndpoint": "https://xks.example.com", "XksProxyConnectivity": "PUBLIC_ENDPOINT",
        "XksProxyAuthenticationCredential": {"AccessKeyId": access_key_id, "RawSecretAccessKey": secret},
    });
    world.ok("CreateCustomKeyStore", store);
    let terms = json!({
        "KeyId": id,
        "GranteePrincipal": "arn:aws:iam::111122223333:root",
        "Operations": ["Decrypt"],
        "Constraints": {"EncryptionContextSubset": {"for": "tests"}},
    });
    world.ok("CreateGrant", terms);
    let external = text(&world.ok("CreateKey", json!({"Origin": "EXTERNAL"}))["KeyMetadata"]["KeyId"]);
    let body = json!({"KeyId": external, "WrappingAlgorithm": "SM2PKE", "WrappingKeySpec": "SM2"});
    world.ok("GetParametersForImport", body);
    world.ok("ScheduleKeyDeletion", json!({"KeyId": id}));
    world.iam("CreateUser", json!({"UserName": "ann"}));
    world.iam("CreateAccessKey", json!({"UserName": "ann"}));
    let resource =
        ResourceRecord { name: "s3/bucket/docs".to_owned(), value: "text".to_owned(), secret: None };
    world.commit(vec![Change::PutResource(Box::new(resource))]);
    world
}

#[test]
fn records_have_this_form() {
    let records: Vec<String> = furnished()
        .store
        .iter()
        .map(|((table, key), (body, secret))| {
            format!("{table} {key}\n{body}\nsecret of {:?} bytes\n", secret.as_ref().map(Vec::len))
        })
        .collect();
    expect![[r#"
        keys arn:aws:kms:eu-central-1:111122223333:key/71430c07-b2bd-467b-a349-10f15efac393
        {"version":2,"arn":"arn:aws:kms:eu-central-1:111122223333:key/71430c07-b2bd-467b-a349-10f15efac393","creationDate":1795521600,"description":"","keyManager":"CUSTOMER","keySpec":"SYMMETRIC_DEFAULT","keyUsage":"ENCRYPT_DECRYPT","origin":"AWS_KMS","status":{"keyState":"PendingDeletion","deletionDate":1798113600},"keyMaterials":[{"id":"baf6628da79990aa2fe96ffe7f119f7b33a9dff418d2257d42880ef36aa0637e","rank":"first"}],"rotation":{"automatic":null},"policy":"{\n  \"Version\" : \"2012-10-17\",\n  \"Id\" : \"key-default-1\",\n  \"Statement\" : [ {\n    \"Sid\" : \"Enable IAM User Permissions\",\n    \"Effect\" : \"Allow\",\n    \"Principal\" : {\n      \"AWS\" : \"arn:aws:iam::111122223333:root\"\n    },\n    \"Action\" : \"kms:*\",\n    \"Resource\" : \"*\"\n  } ]\n}","tags":[]}
        secret of None bytes

        keys arn:aws:kms:eu-central-1:111122223333:key/b10da48c-ea4c-4967-ab8e-0efcd8069414
        {"version":2,"arn":"arn:aws:kms:eu-central-1:111122223333:key/b10da48c-ea4c-4967-ab8e-0efcd8069414","creationDate":1795521600,"description":"Documents","keyManager":"CUSTOMER","keySpec":"SYMMETRIC_DEFAULT","keyUsage":"ENCRYPT_DECRYPT","origin":"AWS_KMS","status":{"keyState":"Enabled"},"keyMaterials":[{"id":"b1ba9424b8361ede686599e4d8ffe854a97ce2d15f1ee1080e25a5e1597c1c60","rank":"first"}],"rotation":{"automatic":null},"policy":"{\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"*\",\"Resource\":\"*\"}]}","tags":[{"TagKey":"team","TagValue":"blue"}]}
        secret of None bytes

        keys arn:aws:kms:eu-central-1:111122223333:key/ba9314ec-dba8-4d10-96c9-aa562d4ec1ba
        {"version":2,"arn":"arn:aws:kms:eu-central-1:111122223333:key/ba9314ec-dba8-4d10-96c9-aa562d4ec1ba","creationDate":1795521600,"description":"","keyManager":"CUSTOMER","keySpec":"SYMMETRIC_DEFAULT","keyUsage":"ENCRYPT_DECRYPT","origin":"EXTERNAL","status":{"keyState":"PendingImport"},"keyMaterials":[],"rotation":{"automatic":null},"policy":"{\n  \"Version\" : \"2012-10-17\",\n  \"Id\" : \"key-default-1\",\n  \"Statement\" : [ {\n    \"Sid\" : \"Enable IAM User Permissions\",\n    \"Effect\" : \"Allow\",\n    \"Principal\" : {\n      \"AWS\" : \"arn:aws:iam::111122223333:root\"\n    },\n    \"Action\" : \"kms:*\",\n    \"Resource\" : \"*\"\n  } ]\n}","tags":[]}
        secret of None bytes

        materials arn:aws:kms:eu-central-1:111122223333:key/71430c07-b2bd-467b-a349-10f15efac393/baf6628da79990aa2fe96ffe7f119f7b33a9dff418d2257d42880ef36aa0637e
        {"keyArn":"arn:aws:kms:eu-central-1:111122223333:key/71430c07-b2bd-467b-a349-10f15efac393","keyMaterialId":"baf6628da79990aa2fe96ffe7f119f7b33a9dff418d2257d42880ef36aa0637e","creationDate":1795521600}
        secret of Some(32) bytes

        materials arn:aws:kms:eu-central-1:111122223333:key/b10da48c-ea4c-4967-ab8e-0efcd8069414/b1ba9424b8361ede686599e4d8ffe854a97ce2d15f1ee1080e25a5e1597c1c60
        {"keyArn":"arn:aws:kms:eu-central-1:111122223333:key/b10da48c-ea4c-4967-ab8e-0efcd8069414","keyMaterialId":"b1ba9424b8361ede686599e4d8ffe854a97ce2d15f1ee1080e25a5e1597c1c60","creationDate":1795521600}
        secret of Some(32) bytes

        aliases arn:aws:kms:eu-central-1:111122223333:alias/docs
        {"arn":"arn:aws:kms:eu-central-1:111122223333:alias/docs","targetKeyId":"71430c07-b2bd-467b-a349-10f15efac393","creationDate":1795521600,"lastUpdatedDate":1795521600}
        secret of None bytes

        keystores eu-central-1/111122223333/cks-5664b719e0724006b
        {"place":{"account":"111122223333","region":"eu-central-1"},"id":"cks-5664b719e0724006b","name":"xks","creationDate":1795521600,"connection":"disconnected","backing":{"external":{"Connectivity":"PUBLIC_ENDPOINT","AccessKeyId":"AAAAAAAAAAAAAAAAAAAA","UriEndpoint":"https://xks.example.com","UriPath":"/kms/xks/v1"}}}
        secret of None bytes

        usage arn:aws:kms:eu-central-1:111122223333:key/71430c07-b2bd-467b-a349-10f15efac393
        {"keyArn":"arn:aws:kms:eu-central-1:111122223333:key/71430c07-b2bd-467b-a349-10f15efac393","operation":"Encrypt","timestamp":1795521600,"eventId":"6354a444-2fa4-4538-b676-a2160f800b1f","requestId":"01a6642f-4ed0-44e2-b4cd-8886e24a42d1"}
        secret of None bytes

        grants arn:aws:kms:eu-central-1:111122223333:key/71430c07-b2bd-467b-a349-10f15efac393/39fa63b4f4d1c03a4b1c32392e7f4d6a43c300f45bc5fffc36bbd320709cb626
        {"keyArn":"arn:aws:kms:eu-central-1:111122223333:key/71430c07-b2bd-467b-a349-10f15efac393","grantId":"39fa63b4f4d1c03a4b1c32392e7f4d6a43c300f45bc5fffc36bbd320709cb626","creationDate":1795521600,"issuingAccount":"111122223333","terms":{"name":null,"grantee":{"principal":"arn:aws:iam::111122223333:root"},"retiring":null,"operations":["Decrypt"],"constraints":{"EncryptionContextSubset":{"for":"tests"}}}}
        secret of None bytes

        identities credential/AKIANB7EYI6DQYSRUHTH
        {"credential":{"accessKeyId":"AKIANB7EYI6DQYSRUHTH","principal":{"user":{"account":"111122223333","path":"/","name":"ann"}},"sessionToken":null,"expiration":null,"createDate":1795521600}}
        secret of Some(40) bytes

        identities user/111122223333/ann
        {"user":{"account":"111122223333","path":"/","name":"ann","id":"AIDAENV526A4WGGLLKZV4","createDate":1795521600,"tags":{},"policies":{}}}
        secret of None bytes

        wrappingkeys arn:aws:kms:eu-central-1:111122223333:key/ba9314ec-dba8-4d10-96c9-aa562d4ec1ba/fba7aee3688504fd3de87fbbfa1ccc4d
        {"keyArn":"arn:aws:kms:eu-central-1:111122223333:key/ba9314ec-dba8-4d10-96c9-aa562d4ec1ba","id":"fba7aee3688504fd3de87fbbfa1ccc4d","spec":"SM2","algorithm":"SM2PKE","expires":1795608000}
        secret of Some(138) bytes

        resources s3/bucket/docs
        {"name":"s3/bucket/docs","value":"text"}
        secret of None bytes
    "#]].assert_eq(&records.join("\n"));
}

#[test]
fn tables_have_these_names() {
    let names: Vec<&str> = Table::ALL.iter().map(|table| table.as_str()).collect();
    assert_eq!(
        names,
        [
            "keys",
            "materials",
            "aliases",
            "keystores",
            "usage",
            "grants",
            "identities",
            "wrappingkeys",
            "resources"
        ]
    );
    for table in Table::ALL {
        assert_eq!(table.as_str().parse(), Ok(*table));
    }
}

#[test]
fn bodies_hold_no_secret() {
    let world = furnished();
    for ((table, _), (body, secret)) in &world.store {
        let is_credential = *table == Table::Identities && body.contains("credential");
        assert_eq!(
            secret.is_some(),
            matches!(table, Table::Materials | Table::WrappingKeys) || is_credential
        );
        for material in &world.materials {
            assert!(!body.contains(&b64(material)) && !body.contains(&hex::encode(material)));
        }
    }
}

/// What a store is told of a damaged record.
#[track_caller]
fn check_damaged(table: Table, damage: impl Fn(&mut Stored), expect: &str) {
    let world = furnished();
    let ((_, key), (body, secret)) = world.store.iter().find(|((t, _), _)| *t == table).unwrap();
    let secret = secret.as_deref().map(Secret::from);
    let mut stored = Stored { table, key: key.clone(), body: body.clone(), secret };
    damage(&mut stored);
    let key = stored.key.clone();
    let error = State::default().restore(stored).unwrap_err();
    assert_eq!((error.table, &error.key), (table, &key));
    assert!(error.why.contains(expect), "{error}");
}

#[test]
fn damaged_records_are_refused() {
    for table in Table::ALL {
        check_damaged(*table, |it| it.body = String::new(), "EOF");
        check_damaged(
            *table,
            |it| it.body = "{}".to_owned(),
            if *table == Table::Identities { "expected value" } else { "missing field" },
        );
        check_damaged(*table, |it| it.key.push('x'), "another name");
    }
    check_damaged(Table::Materials, |it| it.secret = None, "no key material");
    check_damaged(Table::WrappingKeys, |it| it.secret = None, "no private key");
    check_damaged(Table::Materials, |it| it.secret = Some(Secret::new(vec![0; 31])), "not a key");
    check_damaged(
        Table::Materials,
        |it| it.secret = Some(Secret::new(vec![0; 32])),
        "another key's material",
    );
    let unknown = |it: &mut Stored| it.body = it.body.replace(r#""keyState":""#, r#""keyState":"Not"#);
    check_damaged(Table::Keys, unknown, "NotPending");
}

/// Written by the first version of the format; they have to be understood for ever.
const FROM_THE_PAST: [(Table, &str, &str, Option<&str>); 3] = [
    (
        Table::Keys,
        "arn:aws:kms:eu-central-1:111122223333:key/c15c0289-ec2d-4a91-a7ec-8e65a18debbe",
        r#"{"arn":"arn:aws:kms:eu-central-1:111122223333:key/c15c0289-ec2d-4a91-a7ec-8e65a18debbe","creationDate":1795521600,"description":"","keySpec":"SYMMETRIC_DEFAULT","keyUsage":"ENCRYPT_DECRYPT","origin":"AWS_KMS","status":{"keyState":"Enabled"},"keyMaterials":["545526afe19945fde366d15af784b061b8cf35bfc1be9a7304924b8e53be4c1b","2005289b0a90f92ce74717b27af3e2ecbb3ebe5574a5e383bb6c0a1c15173380"],"policy":"{\"Statement\":{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"111122223333\"},\"Action\":\"kms:*\",\"Resource\":\"*\"}}","tags":[]}"#,
        None,
    ),
    (
        Table::Materials,
        "arn:aws:kms:eu-central-1:111122223333:key/c15c0289-ec2d-4a91-a7ec-8e65a18debbe/545526afe19945fde366d15af784b061b8cf35bfc1be9a7304924b8e53be4c1b",
        r#"{"keyArn":"arn:aws:kms:eu-central-1:111122223333:key/c15c0289-ec2d-4a91-a7ec-8e65a18debbe","keyMaterialId":"545526afe19945fde366d15af784b061b8cf35bfc1be9a7304924b8e53be4c1b","creationDate":1795521600}"#,
        Some("5e5532fbeea293f80bc942ee9086c171b9b501d1d854bb7180021590ff0b4dc3"),
    ),
    (
        Table::Materials,
        "arn:aws:kms:eu-central-1:111122223333:key/c15c0289-ec2d-4a91-a7ec-8e65a18debbe/2005289b0a90f92ce74717b27af3e2ecbb3ebe5574a5e383bb6c0a1c15173380",
        r#"{"keyArn":"arn:aws:kms:eu-central-1:111122223333:key/c15c0289-ec2d-4a91-a7ec-8e65a18debbe","keyMaterialId":"2005289b0a90f92ce74717b27af3e2ecbb3ebe5574a5e383bb6c0a1c15173380","creationDate":1795521600}"#,
        Some("0707070707070707070707070707070707070707070707070707070707070707"),
    ),
];
const BLOB_FROM_THE_PAST: &str = "AQICAHgBAABOYXJuOmF3czprbXM6ZXUtY2VudHJhbC0xOjExMTEyMjIyMzMzMzprZXkvYzE1YzAyODktZWMyZC00YTkxLWE3ZWMtOGU2NWExOGRlYmJl2yuoqVRVJq/hmUX942bRWveEsGG4zzW/wb6acwSSS45TvkwbYU9WAXfcdWf+i88UoIo1as4b49TTLm3ZDzWhfI54Iuvm";
const OLD_MATERIAL: &str = "545526afe19945fde366d15af784b061b8cf35bfc1be9a7304924b8e53be4c1b";
const NEW_MATERIAL: &str = "2005289b0a90f92ce74717b27af3e2ecbb3ebe5574a5e383bb6c0a1c15173380";

#[test]
fn what_was_stored_and_encrypted_in_the_past_still_opens() {
    let mut world = World::new();
    for (table, key, body, secret) in FROM_THE_PAST {
        let secret = secret.map(|secret| Secret::new(hex::decode(secret).unwrap()));
        world.state.restore(Stored { table, key: key.into(), body: body.into(), secret }).unwrap();
    }
    let body = json!({"CiphertextBlob": BLOB_FROM_THE_PAST, "EncryptionContext": {"a": "1"}});
    let opened = world.ok("Decrypt", body);
    assert_eq!(opened["Plaintext"], b64(b"hello"));
    assert_eq!(opened["KeyMaterialId"], OLD_MATERIAL);
    let blob = world.encrypted(opened["KeyId"].as_str().unwrap(), json!({}));
    assert_eq!(world.ok("Decrypt", json!({"CiphertextBlob": blob}))["KeyMaterialId"], NEW_MATERIAL);
}
