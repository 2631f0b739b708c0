//! Why a file is not opened as a sandbox.

use waxseal_api::{LocalError, LocalErrorCode};

/// Why a file is not opened as a sandbox. Nothing has changed then.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ShareError {
    /// It is something else.
    #[error("{0}")]
    NotASandbox(String),
    /// A newer version has written it.
    #[error("This sandbox is of format version {0}, and this Waxseal reads version 1.")]
    Newer(u32),
    /// It is not what was written.
    #[error("The sandbox is not what was saved: {0}.")]
    Damaged(String),
}

impl From<ShareError> for LocalError {
    fn from(error: ShareError) -> Self {
        let code = match error {
            ShareError::NotASandbox(_) => LocalErrorCode::NotASandbox,
            ShareError::Newer(_) => LocalErrorCode::SandboxNewer,
            ShareError::Damaged(_) => LocalErrorCode::SandboxDamaged,
        };
        Self::new(code, error.to_string())
    }
}
