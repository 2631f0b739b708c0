//! How often an account may call. Source: "Request quotas" in the AWS KMS developer guide, for Regions without an
//! exception of their own.

use std::collections::BTreeMap;

use waxseal_api::{Place, Service, Timestamp};

use crate::request::Request;

/// What all cryptographic operations of an account and Region share. AWS counts symmetric, RSA and elliptic-curve keys
/// apart; here they are one.
const CRYPTOGRAPHIC: Quota = ("cryptographic operations", 10_000.0);

/// What is counted together, and how many a second.
type Quota = (&'static str, f64);

/// Operations with a quota of their own, in order of name. All others are cryptographic.
const OWN: &[Quota] = &[
    ("CancelKeyDeletion", 5.0),
    ("ConnectCustomKeyStore", 5.0),
    ("CreateAlias", 5.0),
    ("CreateCustomKeyStore", 5.0),
    ("CreateGrant", 50.0),
    ("CreateKey", 5.0),
    ("DeleteAlias", 15.0),
    ("DeleteCustomKeyStore", 5.0),
    ("DeleteImportedKeyMaterial", 15.0),
    ("DescribeCustomKeyStores", 5.0),
    ("DescribeKey", 2000.0),
    ("DisableKey", 5.0),
    ("DisableKeyRotation", 5.0),
    ("DisconnectCustomKeyStore", 5.0),
    ("EnableKey", 5.0),
    ("EnableKeyRotation", 15.0),
    ("GetKeyLastUsage", 100.0),
    ("GetKeyPolicy", 1000.0),
    ("GetKeyRotationStatus", 1000.0),
    ("GetParametersForImport", 0.25),
    ("GetPublicKey", 2000.0),
    ("ImportKeyMaterial", 15.0),
    ("ListAliases", 500.0),
    ("ListGrants", 100.0),
    ("ListKeyPolicies", 100.0),
    ("ListKeyRotations", 100.0),
    ("ListKeys", 500.0),
    ("ListResourceTags", 2000.0),
    ("ListRetirableGrants", 100.0),
    ("PutKeyPolicy", 15.0),
    ("ReplicateKey", 5.0),
    ("RetireGrant", 50.0),
    ("RevokeGrant", 50.0),
    ("RotateKeyOnDemand", 5.0),
    ("ScheduleKeyDeletion", 15.0),
    ("TagResource", 10.0),
    ("UntagResource", 5.0),
    ("UpdateAlias", 5.0),
    ("UpdateCustomKeyStore", 5.0),
    ("UpdateKeyDescription", 5.0),
    ("UpdatePrimaryRegion", 5.0),
];

/// Counts the calls of each account and Region, for whoever wants to be held to AWS's quotas. It is no part of the state:
/// what was used up is there again after a restart.
#[derive(Debug, Default)]
pub struct Quotas(BTreeMap<(Place, &'static str), Bucket>);

/// Calls that are left, refilled steadily up to those of one second, and to one at least.
#[derive(Debug, Clone, Copy)]
struct Bucket {
    left: f64,
    at: Timestamp,
}

impl Quotas {
    /// Counts a call. False: there have been too many, and it is to be [throttled](crate::throttled()).
    pub fn admit(&mut self, request: &Request<'_>) -> bool {
        if request.service != Service::Kms {
            return true;
        }
        let (name, rate) = quota(request.operation);
        let full = Bucket { left: rate.max(1.0), at: request.now };
        self.0.entry((request.caller.place.clone(), name)).or_insert(full).take(rate, request.now)
    }
}

impl Bucket {
    fn take(&mut self, rate: f64, now: Timestamp) -> bool {
        let passed = now.as_millis().saturating_sub(self.at.as_millis()).max(0) as f64 / 1000.0;
        self.left = (self.left + passed * rate).min(rate.max(1.0));
        self.at = now;
        let admitted = self.left >= 1.0;
        if admitted {
            self.left -= 1.0;
        }
        admitted
    }
}

fn quota(operation: &str) -> Quota {
    let own = OWN.binary_search_by(|(name, _)| (*name).cmp(operation)).ok();
    own.and_then(|position| OWN.get(position)).copied().unwrap_or(CRYPTOGRAPHIC)
}

#[cfg(test)]
mod tests {
    use waxseal_api::operations::NAMES;

    use super::*;

    #[test]
    fn quotas_are_of_operations_in_order() {
        assert!(OWN.is_sorted_by(|a, b| a.0 < b.0));
        let cryptographic: Vec<&str> =
            NAMES.iter().copied().filter(|name| quota(name) == CRYPTOGRAPHIC).collect();
        assert_eq!(cryptographic.len() + OWN.len(), NAMES.len());
        for name in ["Decrypt", "Encrypt", "GenerateDataKey", "GenerateRandom", "Sign", "VerifyMac"] {
            assert!(cryptographic.contains(&name), "{name}");
        }
        assert!(!cryptographic.iter().any(|name| name.starts_with("List") || name.starts_with("Describe")));
    }

    #[test]
    fn a_bucket_is_refilled_steadily_and_never_overflows() {
        let at = |millis: i64| Timestamp::from_millis(1_795_521_600_000 + millis);
        let mut bucket = Bucket { left: 5.0, at: at(0) };
        assert_eq!((0..7).filter(|_| bucket.take(5.0, at(0))).count(), 5);
        assert_eq!((0..7).filter(|_| bucket.take(5.0, at(400))).count(), 2);
        assert_eq!((0..9).filter(|_| bucket.take(5.0, at(86_400_000))).count(), 5);
        assert!(!bucket.take(5.0, at(0)), "a clock that goes back gives nothing");
        let mut rare = Bucket { left: 1.0, at: at(0) };
        assert!(rare.take(0.25, at(0)) && !rare.take(0.25, at(3_000)) && rare.take(0.25, at(4_000)));
    }
}
