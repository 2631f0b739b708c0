//! The message that Sign and Verify begin with.

use waxseal_api::{
    EnumValue, Secret,
    types::{KeyUsage, MessageType, SigningAlgorithm},
};
use waxseal_crypto::{Error as CryptoError, Message};

use crate::{
    algorithms,
    constraints::Constraints,
    cx::{Action, Cx, Found, Permit},
    error::Error,
};

/// What both take, as the request has it.
pub(super) struct Signed<'i> {
    pub(super) key_id: &'i str,
    pub(super) message: &'i Secret,
    pub(super) message_type: Option<&'i EnumValue<MessageType>>,
    pub(super) signing_algorithm: &'i EnumValue<SigningAlgorithm>,
    pub(super) grant_tokens: Option<Vec<String>>,
}

/// A message, its algorithm and a key that has that algorithm.
pub(super) struct Ready<'i, 'a> {
    pub(super) key: Permit<Found<'a>>,
    pub(super) message: Message<'i>,
    pub(super) algorithm: SigningAlgorithm,
}

impl<'i> Signed<'i> {
    /// Everything that is checked before a signature is made or looked at.
    pub(super) fn check<'a>(
        self,
        cx: &mut Cx<'a>,
        mut check: Constraints,
        action: Action,
    ) -> Result<Ready<'i, 'a>, Error> {
        check.key_id("keyId", self.key_id);
        check.bytes("message", Some(self.message.expose()), 1..=4096);
        let message_type = check.value("messageType", self.message_type).unwrap_or(MessageType::Raw);
        let algorithm = check.value("signingAlgorithm", Some(self.signing_algorithm));
        check.grant_tokens(self.grant_tokens.as_deref());
        let algorithm = check.done_with(algorithm)?;
        let key = cx.find(self.key_id)?;
        cx.present(self.grant_tokens);
        let key = cx.authorize(action, key)?;
        key.require_usage(KeyUsage::SignVerify)?;
        key.require_algorithm(key.key().signing_algorithms(), algorithm)?;
        let message = of_type(message_type, self.message.expose());
        algorithms::signing(algorithm).takes(message).map_err(|error| match error {
            CryptoError::DigestLength(..) => Error::DigestLength(algorithm),
            _ => Error::MessageType(algorithm, message_type),
        })?;
        Ok(Ready { key, message, algorithm })
    }
}

fn of_type(message_type: MessageType, bytes: &[u8]) -> Message<'_> {
    match message_type {
        MessageType::Raw => Message::Raw(bytes),
        MessageType::Digest => Message::Digest(bytes),
        MessageType::ExternalMu => Message::ExternalMu(bytes),
    }
}
