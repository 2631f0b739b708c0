//! ListRetirableGrants.

use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::{operation::Operation, operations::ListGrantsOutput};

/// Lists the grants that a principal may end, 50 a page (100 at most).
#[derive(Debug, Clone, Copy)]
pub struct ListRetirableGrants;

impl Operation for ListRetirableGrants {
    const NAME: &'static str = "ListRetirableGrants";
    const READ_ONLY: bool = true;
    type Input = ListRetirableGrantsInput;
    type Output = ListGrantsOutput;
}

/// What ListRetirableGrants takes.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "PascalCase")]
pub struct ListRetirableGrantsInput {
    /// At most this many; see the operation for its default and largest value.
    #[cfg_attr(feature = "typescript", tsify(type = "number", optional))]
    pub limit: Option<i64>,
    /// Where the last page ended: its `NextMarker`.
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub marker: Option<String>,
    /// Whose: a principal's ARN.
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub retiring_principal: Option<String>,
    /// Whose: an AWS service.
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub retiring_service_principal: Option<String>,
}
