//! What makes an operation.

use serde::{Deserialize, Serialize, de::DeserializeOwned};
use strum::{Display, EnumString, IntoStaticStr};

/// One operation of a service: its name and its shapes. Implemented by a marker type an operation.
pub trait Operation {
    /// Whose it is.
    const SERVICE: Service = Service::Kms;
    /// The name on the wire, as in `X-Amz-Target: TrentService.<NAME>`.
    const NAME: &'static str;
    /// Whether it leaves the state as it was (CloudTrail's `readOnly`).
    const READ_ONLY: bool;
    /// What it takes.
    type Input: Serialize + DeserializeOwned;
    /// What it returns.
    type Output: Serialize + DeserializeOwned;
}

/// The services that are answered here.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Default,
    Serialize,
    Deserialize,
    Display,
    EnumString,
    IntoStaticStr,
)]
#[serde(rename_all = "lowercase")]
#[strum(serialize_all = "lowercase")]
pub enum Service {
    /// Key Management Service.
    #[default]
    Kms,
    /// Identity and Access Management: who there is and what each may do.
    Iam,
    /// Security Token Service: who one is, and acting as a role.
    Sts,
    /// Simple Storage Service: objects in buckets.
    S3,
    /// Elastic Compute Cloud, for the volumes of Elastic Block Store.
    Ec2,
    /// DynamoDB: items in tables.
    DynamoDb,
    /// Secrets Manager: secrets in versions.
    SecretsManager,
    /// Systems Manager, for its Parameter Store.
    Ssm,
    /// Lambda: functions and their environment.
    Lambda,
    /// CloudTrail: what calls have left in the log.
    CloudTrail,
}

/// The output of an operation that returns nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct Nothing {}
