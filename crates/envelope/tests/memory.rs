//! What a message claims takes no memory; only what is there does.

#![expect(clippy::unwrap_used, reason = "the helpers of a test are tests")]

use peak_alloc::PeakAlloc;
use waxseal_crypto::{DataKey, WrappingKey};
use waxseal_envelope::{
    CommitmentPolicy, DecryptOptions, Draft, EncryptionContext, Error, Header, RawAesKeyring, Suite,
    decrypt_bytes, encrypt_bytes,
};

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

/// What reading may take beside what it is given.
const ALLOWED: usize = 64 * 1024;

fn options() -> DecryptOptions {
    let commitment_policy = CommitmentPolicy::RequireEncryptAllowDecrypt;
    DecryptOptions { commitment_policy, max_encrypted_data_keys: u16::MAX, ..DecryptOptions::default() }
}

/// Bytes that `read` took at most, at a time.
fn peak(read: impl FnOnce()) -> usize {
    let before = MEMORY.current_usage();
    MEMORY.reset_peak_usage();
    read();
    MEMORY.peak_usage() - before
}

fn keyring() -> RawAesKeyring {
    RawAesKeyring::new("cellar", "2026", WrappingKey::from_bytes(&[7; 32]).unwrap()).unwrap()
}

fn message(suite: Suite, plaintext: &[u8]) -> Vec<u8> {
    let mut rng = rand_core::UnwrapErr(getrandom::SysRng);
    let draft = Draft::new(suite, EncryptionContext::new(), &mut rng).unwrap();
    let materials = keyring().generate(draft, &mut rng).unwrap();
    encrypt_bytes(materials, 4096, plaintext, &mut rng).unwrap()
}

/// All in one test: others would be measured with it.
#[test]
fn claims_are_free() {
    let of = |bytes: &[&[u8]]| bytes.concat();
    let version_2 = of(&[&[2, 4, 0x78], &[1; 32]]);
    let no_context = of(&[&version_2, &[0, 0]]);
    let headers = [
        // A context of 65,535 bytes, and one of as many pairs.
        of(&[&version_2, &[0xff; 4]]),
        of(&[&version_2, &[0xff; 2], &[0xff; 65_535]]),
        of(&[&version_2, &[0, 2, 0xff, 0xff]]),
        // As many encrypted data keys, with fields as long.
        of(&[&no_context, &[0xff; 2]]),
        of(&[&no_context, &[0xff; 4]]),
        of(&[&no_context, &[0xff, 0xff], &[0; 600]]),
        of(&[&[1, 0x80, 0, 0x14], &[1; 16], &[0xff; 40]]),
    ];
    for header in headers {
        let took = peak(|| drop(Header::parse(&header, &options())));
        // A data key without a byte takes 6 in the message, and the room for three empty strings here.
        assert!(took <= ALLOWED + 16 * header.len(), "{took} bytes for {}", header.len());
    }

    let plaintext = vec![7; 1 << 20];
    for suite in [Suite::COMMITTING, Suite::SIGNED] {
        let message = message(suite, &plaintext);
        let keyring = keyring();
        let took =
            peak(|| drop(decrypt_bytes(&message, &options(), |header| keyring.unwrap(header)).unwrap()));
        assert!(took <= ALLOWED + message.len(), "{took} bytes for {}", message.len());
    }

    for (length, key) in claiming_blocks() {
        let mut found = None;
        let took = peak(|| {
            let opened = decrypt_bytes(&key, &options(), |_| Ok(Some(DataKey::new(vec![7; 16]))));
            found = opened.err();
        });
        assert!(took <= ALLOWED, "{took} bytes for a block of {length}");
        assert!(matches!(found, Some(Error::FrameTooLarge { .. } | Error::Truncated { .. })), "{found:?}");
    }
}

/// Messages of version 1 in a single block, whose header is good and whose block claims to be long.
fn claiming_blocks() -> impl Iterator<Item = (u64, Vec<u8>)> {
    let key = waxseal_crypto::ContentKey::from_bytes(&[7; 16]).unwrap();
    let mut header = [&[1, 0x80, 0, 0x14][..], &[1; 16], &[0, 0, 0, 1, 0, 1, b'p', 0, 0, 0, 0]].concat();
    header.extend([1, 0, 0, 0, 0, 12, 0, 0, 0, 0]);
    let tag = waxseal_crypto::gcm::seal(&key, &[0; 12], &header, b"").unwrap();
    let start = [&header[..], &[0; 12], &tag, &[0; 11], &[1]].concat();
    [1_u64 << 20, 1 << 28, (1 << 28) + 1, (1 << 36) - 32, u64::MAX]
        .into_iter()
        .map(move |length| (length, [&start[..], &length.to_be_bytes(), &[0; 100]].concat()))
}
