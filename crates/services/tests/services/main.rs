//! What each service asks of KMS, keeps and answers.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test may panic")]

mod billing;
mod dynamodb;
mod ec2;
mod lambda;
mod s3;
mod s3_kms;
mod secrets_manager;
mod ssm;
mod stored;
mod terminal;
mod world;
