//! Lives of keys, at random: what is encrypted opens for as long as its material is there, and no longer.

use std::collections::BTreeSet;

use proptest::prelude::*;
use serde_json::{Value, json};
use waxseal_kms::Table;

use crate::{
    imports::body_with,
    world::{ACCOUNT, REGION, World, b64, text},
};

const REGIONS: [&str; 2] = [REGION, "us-east-1"];

/// One thing that happens. Keys and Regions are chosen by number.
#[derive(Debug, Clone)]
enum Step {
    Create {
        external: bool,
        multi_region: bool,
    },
    Encrypt {
        key: usize,
        region: usize,
        context: u8,
    },
    /// An operation that takes the key's name, and numbers of days.
    Act {
        operation: &'static str,
        key: usize,
        region: usize,
        days: i64,
    },
    Import {
        key: usize,
        region: usize,
        byte: u8,
        new: bool,
        days: Option<i64>,
    },
    Wait {
        days: i64,
    },
}

const ACTS: &[&str] = &[
    "CancelKeyDeletion",
    "DeleteImportedKeyMaterial",
    "DisableKey",
    "DisableKeyRotation",
    "EnableKey",
    "EnableKeyRotation",
    "ReplicateKey",
    "RotateKeyOnDemand",
    "ScheduleKeyDeletion",
    "UpdatePrimaryRegion",
];

fn steps() -> impl Strategy<Value = Step> {
    let days = || prop_oneof![Just(0), 1..20_i64, 80..400_i64];
    prop_oneof![
        2 => any::<(bool, bool)>().prop_map(|(external, multi_region)| Step::Create { external, multi_region }),
        6 => (0..4_usize, 0..2_usize, 0..2_u8)
            .prop_map(|(key, region, context)| Step::Encrypt { key, region, context }),
        10 => (prop::sample::select(ACTS), 0..4_usize, 0..2_usize, prop_oneof![7..30_i64, 90..400_i64])
            .prop_map(|(operation, key, region, days)| Step::Act { operation, key, region, days }),
        5 => (0..4_usize, 0..2_usize, 1..3_u8, any::<bool>(), prop::option::of(1..100_i64))
            .prop_map(|(key, region, byte, new, days)| Step::Import { key, region, byte, new, days }),
        4 => days().prop_map(|days| Step::Wait { days }),
    ]
}

struct Life {
    world: World,
    /// IDs, each with whether its material is imported.
    keys: Vec<(String, bool)>,
    /// Ciphertexts with the key and the context.
    blobs: Vec<(String, String, Value)>,
}

impl Life {
    fn new() -> Self {
        Self { world: World::new(), keys: Vec::new(), blobs: Vec::new() }
    }

    fn key(&self, n: usize) -> Option<(String, bool)> {
        (!self.keys.is_empty()).then(|| self.keys[n % self.keys.len()].clone())
    }

    /// What the service answers in a Region; nothing where it refuses.
    fn try_send(&mut self, region: &str, operation: &str, body: &Value) -> Option<Value> {
        let body = body.to_string();
        let result = self.world.in_region(region, |world| world.send(operation, &body).result);
        result.ok().map(|text| serde_json::from_str(&text).unwrap_or_default())
    }

    fn live(&mut self, step: &Step) {
        match *step {
            Step::Create { external, multi_region } => {
                let origin = if external { "EXTERNAL" } else { "AWS_KMS" };
                let body = json!({"Origin": origin, "MultiRegion": multi_region});
                let made = self.world.ok("CreateKey", body);
                self.keys.push((text(&made["KeyMetadata"]["KeyId"]), external));
            }
            Step::Encrypt { key, region, context } => self.encrypt(key, REGIONS[region], context),
            Step::Act { operation, key, region, days } => {
                let Some((id, _)) = self.key(key) else { return };
                let body = json!({
                    "KeyId": id, "RotationPeriodInDays": days, "PendingWindowInDays": days.min(30),
                    "ReplicaRegion": REGIONS[1 - region], "PrimaryRegion": REGIONS[1 - region],
                });
                self.try_send(REGIONS[region], operation, &body);
            }
            Step::Import { key, region, byte, new, days } => {
                let Some((id, true)) = self.key(key) else { return };
                self.import(&id, REGIONS[region], byte, new, days);
            }
            Step::Wait { days } => self.world.later(days),
        }
        self.world.soon();
    }

    /// A key encrypts when it is enabled, and at no other time.
    fn encrypt(&mut self, key: usize, region: &str, context: u8) {
        let Some((id, _)) = self.key(key) else { return };
        let context = json!({"n": context.to_string()});
        let state = self.state(region, &id);
        let body = json!({"KeyId": id, "Plaintext": b64(b"hello"), "EncryptionContext": context});
        let made = self.try_send(region, "Encrypt", &body);
        assert_eq!(made.is_some(), state.as_deref() == Some("Enabled"), "{state:?}");
        self.blobs.extend(made.map(|made| (text(&made["CiphertextBlob"]), id, context)));
    }

    fn import(&mut self, id: &str, region: &str, byte: u8, new: bool, days: Option<i64>) {
        let state = self.state(region, id);
        if !["Enabled", "Disabled", "PendingImport"].map(Some).contains(&state.as_deref()) {
            return;
        }
        let mut more = json!({"ImportType": if new { "NEW_KEY_MATERIAL" } else { "EXISTING_KEY_MATERIAL" }});
        if let Some(days) = days {
            more["ExpirationModel"] = json!("KEY_MATERIAL_EXPIRES");
            more["ValidTo"] = json!(self.world.now.plus_days(days).as_millis() / 1000);
        }
        let body = self.world.in_region(region, |world| body_with(world, id, &[byte; 32], more));
        self.try_send(region, "ImportKeyMaterial", &body);
    }

    fn state(&mut self, region: &str, id: &str) -> Option<String> {
        let described = self.try_send(region, "DescribeKey", &json!({"KeyId": id}))?;
        Some(text(&described["KeyMetadata"]["KeyState"]))
    }

    fn materials(&mut self, region: &str, id: &str) -> Vec<String> {
        let body = json!({"KeyId": id, "IncludeKeyMaterial": "ALL_KEY_MATERIAL", "Limit": 1000});
        let Some(listed) = self.try_send(region, "ListKeyRotations", &body) else { return Vec::new() };
        listed["Rotations"].as_array().unwrap().iter().map(|it| text(&it["KeyMaterialId"])).collect()
    }

    /// The materials of a key that are in the store.
    fn stored(&self, region: &str, id: &str) -> BTreeSet<String> {
        let prefix = format!("arn:aws:kms:{region}:{ACCOUNT}:key/{id}/");
        let names = self.world.store.keys().filter(|(table, _)| *table == Table::Materials);
        names.filter_map(|(_, name)| name.strip_prefix(&prefix)).map(str::to_owned).collect()
    }

    fn check(&mut self) {
        for (id, external) in self.keys.clone() {
            let mut shared = BTreeSet::new();
            for region in REGIONS {
                let (state, stored) = (self.state(region, &id), self.stored(region, &id));
                let Some(state) = state else {
                    assert_eq!(stored, BTreeSet::new(), "the material of a key that is gone is gone");
                    continue;
                };
                let listed = self.materials(region, &id);
                let known: BTreeSet<String> = listed.iter().cloned().collect();
                assert!(stored.is_subset(&known));
                assert!(external || stored == known, "the service loses no material: {state}");
                shared.insert(listed);
            }
            assert!(shared.len() <= 1, "related keys have the same materials");
        }
        for (blob, id, context) in self.blobs.clone() {
            for region in REGIONS {
                self.check_blob(region, &blob, &id, &context);
            }
        }
    }

    fn check_blob(&mut self, region: &str, blob: &str, id: &str, context: &Value) {
        let usable = matches!(self.state(region, id).as_deref(), Some("Enabled" | "Updating"));
        let body = json!({"CiphertextBlob": blob, "EncryptionContext": context});
        let opened = self.try_send(region, "Decrypt", &body);
        assert_eq!(opened.is_some(), usable);
        if let Some(opened) = opened {
            assert_eq!(opened["Plaintext"], b64(b"hello"));
            assert!(self.stored(region, id).contains(&text(&opened["KeyMaterialId"])));
        }
        for other in [json!({}), json!({"n": "9"}), json!({"n": context["n"], "m": "1"})] {
            let body = json!({"CiphertextBlob": blob, "EncryptionContext": other});
            assert_eq!(self.try_send(region, "Decrypt", &body), None, "another context opens nothing");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn what_is_encrypted_opens_while_its_material_is_there(steps in prop::collection::vec(steps(), 1..30)) {
        let mut life = Life::new();
        for step in &steps {
            life.live(step);
            life.check();
        }
    }

    #[test]
    fn a_world_that_was_read_back_has_the_same_future(steps in prop::collection::vec(steps(), 1..40)) {
        let mut life = Life::new();
        steps.iter().for_each(|step| life.live(step));
        let mut again = life.world.reopened();
        for days in [1, 30, 400, 4000] {
            life.world.later(days);
            again.later(days);
            let (mine, theirs) = (life.world.tick_records(), again.tick_records());
            prop_assert_eq!(mine, theirs);
            prop_assert_eq!(&life.world.store, &again.store);
        }
    }

    #[test]
    fn small_steps_lead_where_one_jump_leads(
        steps in prop::collection::vec(steps(), 1..25),
        days in prop::collection::vec(1..200_i64, 1..12),
    ) {
        let mut life = Life::new();
        steps.iter().for_each(|step| life.live(step));
        let mut jump = life.world.reopened();
        let mut walked = Vec::new();
        for days in days {
            life.world.later(days);
            walked.extend(life.world.tick_records().1);
        }
        jump.now = life.world.now;
        prop_assert_eq!(walked, jump.tick_records().1);
        prop_assert_eq!(&life.world.store, &jump.store);
    }
}
