//! Why a key did not do what was asked.

/// Why a key did not do what was asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// The bytes are not a key of the spec.
    #[error("these bytes are not a key of the expected kind")]
    NotAKey,
    /// Keys of this kind do not do this.
    #[error("a key of this kind cannot do this")]
    NotForThisKey,
    /// The algorithm takes messages in another form: raw, as a digest, or as a representative.
    #[error("this algorithm does not take a message in this form")]
    MessageForm,
    /// A digest, or a message representative, of a length that the algorithm does not have.
    #[error("the digest is {0} bytes long and should be {1}")]
    DigestLength(usize, usize),
    /// More than the algorithm can encrypt at once, or nothing where it needs something.
    #[error("the plaintext does not fit")]
    PlaintextLength,
    /// The signature, the tag or the ciphertext is not what the key made.
    #[error("this is not authentic")]
    NotAuthentic,
    /// The algorithm's own library gave up; input does not lead here.
    #[error("the key could not be used")]
    Failed,
}
