//! How a service says no, and how it passes on that KMS has.

use waxseal_api::{ApiError, ErrorCode, Service};

/// Why a call is refused.
#[derive(Debug)]
pub(crate) enum Refusal {
    /// For a reason of the service's own: a name and a text.
    Own(&'static str, String),
    /// The caller's policies do not allow the call.
    Denied(ApiError),
    /// KMS has refused.
    Kms(ApiError),
    /// The AWS managed key of this service has to be made first.
    NeedsKey(&'static str),
}

impl Refusal {
    pub(crate) fn new(name: &'static str, message: impl Into<String>) -> Self {
        Self::Own(name, message.into())
    }

    /// What the caller hears.
    pub(crate) fn told(self, service: Service) -> ApiError {
        match self {
            Self::Own(name, message) => named(ErrorCode::ValidationException, name, message),
            Self::NeedsKey(service) => named(ErrorCode::KMSInternalException, "InternalError", service),
            Self::Denied(error) => {
                let name = match service {
                    Service::S3 => "AccessDenied",
                    Service::Ec2 => "UnauthorizedOperation",
                    _ => "AccessDeniedException",
                };
                named(error.code, name, error.message)
            }
            Self::Kms(error) => of_kms(service, error),
        }
    }
}

/// What an error is called on the wire.
pub(crate) fn name(error: &ApiError) -> String {
    error.name.clone().unwrap_or_else(|| error.code.to_string())
}

fn named(code: ErrorCode, name: &str, message: impl Into<String>) -> ApiError {
    ApiError { name: Some(name.to_owned()), ..ApiError::new(code, message) }
}

/// Each service has its own words for what KMS has said.
fn of_kms(service: Service, error: ApiError) -> ApiError {
    let ApiError { code, message, .. } = error;
    let denied = code == ErrorCode::AccessDeniedException;
    let (name, text) = match service {
        Service::S3 if denied => ("AccessDenied".to_owned(), message),
        Service::S3 => (format!("KMS.{code}"), message),
        Service::Ec2 if denied => ("UnauthorizedOperation".to_owned(), message),
        Service::Ec2 => ("InvalidKMSKey.InvalidState".to_owned(), message),
        Service::DynamoDb if denied => {
            ("AccessDeniedException".to_owned(), format!("KMS key access denied error: {message}"))
        }
        Service::DynamoDb => ("ValidationException".to_owned(), format!("KMS validation error: {message}")),
        Service::SecretsManager if denied => {
            ("AccessDeniedException".to_owned(), "Access to KMS is not allowed".to_owned())
        }
        Service::Ssm if denied => ("AccessDeniedException".to_owned(), message),
        Service::Ssm => {
            ("InvalidKeyId".to_owned(), format!("{message} (Service: AWSKMS; Error Code: {code})"))
        }
        Service::Lambda => (
            "InvalidParameterValueException".to_owned(),
            format!(
                "Lambda was unable to configure access to your environment variables because the KMS key is invalid. \
                 Please check your KMS key settings. KMS Exception: {code} KMS Message: {message}"
            ),
        ),
        _ => return ApiError::new(code, message),
    };
    named(code, &name, text)
}
