//! Grants: permissions beside the key policy.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use waxseal_api::{
    AccountId, KeyArn, Timestamp,
    types::{EncryptionContext, GrantConstraints, GrantListEntry, GrantOperation},
};

/// A grant of a key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct GrantRecord {
    pub(crate) key_arn: KeyArn,
    /// 64 hexadecimal digits, unique in its key.
    pub(crate) grant_id: String,
    pub(crate) creation_date: Timestamp,
    /// Whose principal made it.
    pub(crate) issuing_account: AccountId,
    pub(crate) terms: GrantTerms,
}

/// Who may do what, and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct GrantTerms {
    pub(crate) name: Option<String>,
    pub(crate) grantee: Party,
    /// Who may end it.
    pub(crate) retiring: Option<Party>,
    pub(crate) operations: BTreeSet<GrantOperation>,
    pub(crate) constraints: GrantConstraints,
}

/// One of the sides of a grant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum Party {
    /// A principal, by ARN.
    Principal(String),
    /// An AWS service, by its service principal.
    Service(String),
}

/// Something that is to be done with a key.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Deed<'d> {
    pub(crate) operation: GrantOperation,
    pub(crate) encryption_context: &'d EncryptionContext,
    /// The resource on whose behalf an AWS service calls.
    pub(crate) source_arn: Option<&'d str>,
    /// What CreateGrant is to make.
    pub(crate) child: Option<&'d GrantTerms>,
}

impl GrantRecord {
    /// What lists say of it.
    pub(crate) fn entry(&self) -> GrantListEntry {
        let terms = &self.terms;
        let retiring = terms.retiring.as_ref();
        GrantListEntry {
            key_id: self.key_arn.to_string(),
            grant_id: self.grant_id.clone(),
            name: terms.name.clone(),
            creation_date: self.creation_date,
            grantee_principal: terms.grantee.principal(),
            grantee_service_principal: terms.grantee.service(),
            retiring_principal: retiring.and_then(Party::principal),
            retiring_service_principal: retiring.and_then(Party::service),
            issuing_account: format!("arn:aws:iam::{}:root", self.issuing_account),
            operations: terms.operations.iter().copied().collect(),
            constraints: Some(terms.constraints.clone()).filter(|it| *it != GrantConstraints::default()),
        }
    }
}

impl Party {
    fn principal(&self) -> Option<String> {
        match self {
            Self::Principal(arn) => Some(arn.clone()),
            Self::Service(_) => None,
        }
    }

    fn service(&self) -> Option<String> {
        match self {
            Self::Service(name) => Some(name.clone()),
            Self::Principal(_) => None,
        }
    }
}

impl GrantTerms {
    /// Whether they allow something to their grantee. See "Using grant constraints" in the AWS KMS developer guide.
    pub(crate) fn allow(&self, deed: Deed<'_>) -> bool {
        let constraints = &self.constraints;
        self.operations.contains(&deed.operation)
            && match deed.operation {
                GrantOperation::RetireGrant => true,
                GrantOperation::DescribeKey => constraints.allow_source(deed.source_arn),
                GrantOperation::CreateGrant => {
                    constraints.allow_source(deed.source_arn)
                        && deed.child.is_some_and(|child| self.contain(child))
                }
                _ => {
                    constraints.allow_source(deed.source_arn)
                        && constraints.allow_context(deed.encryption_context)
                }
            }
    }

    /// Whether a grant made by their grantee allows no more than they do.
    fn contain(&self, child: &Self) -> bool {
        child.operations.is_subset(&self.operations) && child.constraints.are_as_strict_as(&self.constraints)
    }
}

/// What constraints mean. The keys of an encryption context are compared without regard to case here, its values exactly.
trait Meaning {
    fn allow_source(&self, source_arn: Option<&str>) -> bool;
    fn allow_context(&self, context: &EncryptionContext) -> bool;
    fn are_as_strict_as(&self, parent: &Self) -> bool;
}

impl Meaning for GrantConstraints {
    fn allow_source(&self, source_arn: Option<&str>) -> bool {
        self.source_arn.as_deref().is_none_or(|arn| source_arn == Some(arn))
    }

    fn allow_context(&self, context: &EncryptionContext) -> bool {
        let context = folded(context);
        self.encryption_context_equals.as_ref().is_none_or(|equals| folded(equals) == context)
            && self.encryption_context_subset.as_ref().is_none_or(|subset| folded(subset).is_subset(&context))
    }

    /// What a parent demands to be equal, the child has to demand as well; what it demands to be there, the child may
    /// demand in either way.
    fn are_as_strict_as(&self, parent: &Self) -> bool {
        let equals = self.encryption_context_equals.as_ref().map(folded);
        let demanded: BTreeSet<Pair> = self
            .encryption_context_subset
            .iter()
            .chain(&self.encryption_context_equals)
            .flat_map(folded)
            .collect();
        parent.source_arn.as_ref().is_none_or(|arn| self.source_arn.as_ref() == Some(arn))
            && parent.encryption_context_equals.as_ref().is_none_or(|it| equals == Some(folded(it)))
            && parent.encryption_context_subset.as_ref().is_none_or(|it| folded(it).is_subset(&demanded))
    }
}

type Pair = (String, String);

fn folded(context: &BTreeMap<String, String>) -> BTreeSet<Pair> {
    context.iter().map(|(key, value)| (key.to_lowercase(), value.clone())).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    static NO_CONTEXT: EncryptionContext = EncryptionContext::new();

    fn terms(operations: &[GrantOperation], constraints: Value) -> GrantTerms {
        GrantTerms {
            name: None,
            grantee: Party::Principal("arn:aws:iam::111122223333:role/r".to_owned()),
            retiring: None,
            operations: operations.iter().copied().collect(),
            constraints: serde_json::from_value(constraints).unwrap(),
        }
    }

    #[track_caller]
    fn check(constraints: Value, context: Value, expect: bool) {
        let context: EncryptionContext = serde_json::from_value(context).unwrap();
        let terms = terms(&[GrantOperation::Decrypt], constraints);
        let deed = Deed {
            operation: GrantOperation::Decrypt,
            encryption_context: &context,
            source_arn: None,
            child: None,
        };
        assert_eq!(terms.allow(deed), expect, "{:?} {context:?}", terms.constraints);
        let other = Deed { operation: GrantOperation::Encrypt, ..deed };
        assert!(!terms.allow(other), "an operation that is not granted");
    }

    #[test]
    fn contexts_and_constraints() {
        let equals = |it: Value| json!({ "EncryptionContextEquals": it });
        let subset = |it: Value| json!({ "EncryptionContextSubset": it });
        check(json!({}), json!({"a": "1"}), true);
        check(equals(json!({"a": "1"})), json!({"a": "1"}), true);
        check(equals(json!({"a": "1"})), json!({"A": "1"}), true);
        check(equals(json!({"a": "x"})), json!({"a": "X"}), false);
        check(equals(json!({"a": "1"})), json!({"a": "1", "b": "2"}), false);
        check(equals(json!({"a": "1"})), json!({}), false);
        check(equals(json!({})), json!({}), true);
        check(equals(json!({})), json!({"a": "1"}), false);
        check(subset(json!({"a": "1"})), json!({"B": "2", "A": "1"}), true);
        check(subset(json!({"a": "1", "c": "3"})), json!({"a": "1", "b": "2"}), false);
        check(subset(json!({})), json!({"a": "1"}), true);
        let both = json!({"EncryptionContextEquals": {"a": "1"}, "EncryptionContextSubset": {"b": "2"}});
        check(both.clone(), json!({"a": "1"}), false);
        check(both, json!({"a": "1", "b": "2"}), false);
        check(json!({"SourceArn": "arn:aws:s3:::bucket"}), json!({}), false);
    }

    #[test]
    fn constraints_that_do_not_concern_the_key_itself() {
        use GrantOperation::{DescribeKey, RetireGrant};
        let constraints = json!({"EncryptionContextEquals": {"a": "1"}, "SourceArn": "arn:aws:s3:::bucket"});
        let terms = terms(&[DescribeKey, RetireGrant], constraints);
        let deed = |operation, source_arn| Deed {
            operation,
            encryption_context: &NO_CONTEXT,
            source_arn,
            child: None,
        };
        assert!(terms.allow(deed(RetireGrant, None)));
        assert!(!terms.allow(deed(DescribeKey, None)));
        assert!(terms.allow(deed(DescribeKey, Some("arn:aws:s3:::bucket"))));
    }

    #[track_caller]
    fn check_child(parent: Value, child: Value, expect: bool) {
        use GrantOperation::{CreateGrant, Decrypt, Encrypt};
        let parent = terms(&[CreateGrant, Decrypt], parent);
        let allows = |child: Option<GrantTerms>| {
            parent.allow(Deed {
                operation: CreateGrant,
                encryption_context: &NO_CONTEXT,
                source_arn: None,
                child: child.as_ref(),
            })
        };
        let told = format!("{:?} {child}", parent.constraints);
        assert_eq!(allows(Some(terms(&[Decrypt], child.clone()))), expect, "{told}");
        assert!(!allows(Some(terms(&[Decrypt, Encrypt], child))), "more operations: {told}");
        assert!(!allows(None));
    }

    #[test]
    fn a_child_is_as_strict_as_its_parent() {
        let equals = |it: Value| json!({ "EncryptionContextEquals": it });
        let subset = |it: Value| json!({ "EncryptionContextSubset": it });
        check_child(json!({}), json!({}), true);
        check_child(json!({}), equals(json!({"a": "1"})), true);
        check_child(equals(json!({"a": "1"})), equals(json!({"A": "1"})), true);
        check_child(equals(json!({"a": "1"})), equals(json!({"a": "1", "b": "2"})), false);
        check_child(equals(json!({"a": "1"})), subset(json!({"a": "1"})), false);
        check_child(equals(json!({"a": "1"})), json!({}), false);
        check_child(subset(json!({"a": "1"})), subset(json!({"a": "1", "b": "2"})), true);
        check_child(subset(json!({"a": "1"})), equals(json!({"a": "1", "b": "2"})), true);
        check_child(subset(json!({"a": "1"})), subset(json!({"b": "2"})), false);
        check_child(subset(json!({"a": "1"})), json!({}), false);
    }

    #[test]
    fn a_child_keeps_the_source_of_its_parent() {
        use GrantOperation::{CreateGrant, Decrypt};
        let bucket = Some("arn:aws:s3:::bucket");
        let parent = terms(&[CreateGrant, Decrypt], json!({ "SourceArn": bucket }));
        let allows = |child: Value| {
            parent.allow(Deed {
                operation: CreateGrant,
                encryption_context: &NO_CONTEXT,
                source_arn: bucket,
                child: Some(&terms(&[Decrypt], child)),
            })
        };
        assert!(allows(json!({ "SourceArn": bucket })));
        assert!(!allows(json!({})));
        assert!(!allows(json!({"SourceArn": "arn:aws:s3:::other"})));
    }
}
