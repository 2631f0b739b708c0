use rand_core::UnwrapErr;

use super::*;

/// As little work as there can be.
const QUICK: u8 = 1;

fn rng() -> impl CryptoRng {
    UnwrapErr(getrandom::SysRng)
}

fn seal(passphrase: &str, plaintext: &[u8]) -> Vec<u8> {
    let fresh = Fresh::new(QUICK, &mut rng());
    let key = fresh.scrypt().stretch(passphrase.as_bytes()).unwrap();
    fresh.seal(&key, plaintext, &mut rng())
}

fn open(passphrase: &str, file: &[u8]) -> Result<Vec<u8>, Error> {
    let sealed = Sealed::parse(file)?;
    let key = sealed.scrypt().stretch(passphrase.as_bytes()).unwrap();
    sealed.open(&key).map(|plaintext| plaintext.to_vec())
}

#[test]
fn what_was_sealed_opens_at_every_length_around_a_chunk() {
    for length in [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 3 * CHUNK + 7] {
        let plaintext: Vec<u8> = (0..length).map(|n| (n * 7) as u8).collect();
        assert_eq!(open("open sesame", &seal("open sesame", &plaintext)), Ok(plaintext), "{length}");
    }
}

#[test]
fn another_passphrase_opens_nothing() {
    let file = seal("open sesame", b"hello");
    for wrong in ["", "open sesame ", "Open sesame"] {
        assert_eq!(open(wrong, &file), Err(Error::WrongPassphrase));
    }
}

/// Whatever bit is changed, the file is refused, and for one of two reasons but in the first line.
#[test]
fn every_changed_bit_is_noticed() {
    let file = seal("p", &[7; 20]);
    let header = file.windows(4).position(|it| it == b"\n---").unwrap();
    for at in 0..file.len() {
        for bit in 0..8 {
            let mut changed = file.clone();
            changed[at] ^= 1 << bit;
            let error = Sealed::parse(&changed)
                .and_then(|sealed| match sealed.scrypt().log_n() {
                    QUICK => sealed.open(&sealed.scrypt().stretch(b"p").unwrap()),
                    // A digit has become another one: the passphrase would then be stretched to another key.
                    _ => Err(Error::WrongPassphrase),
                })
                .expect_err("a changed file");
            match error {
                Error::Damaged => {}
                Error::WrongPassphrase => assert!(at < header, "{at}"),
                Error::NotAge | Error::Unsupported(_) => {
                    assert!(at < "age-encryption.org/v1\n-> scrypt ".len())
                }
                Error::TooCostly(_) => panic!("one digit costs less"),
            }
        }
    }
}

#[test]
fn every_cut_and_everything_appended_is_noticed() {
    let file = seal("p", &vec![7; CHUNK + 20]);
    let header = file.windows(4).position(|it| it == b"\n---").unwrap();
    for length in (0..header + 100).chain([file.len() - 37, file.len() - 36, file.len() - 1]) {
        let error = open("p", &file[..length]).expect_err("a file that was cut");
        assert!(matches!(error, Error::Damaged | Error::NotAge), "{length}: {error}");
    }
    assert_eq!(open("p", &[&file[..], b"x"].concat()), Err(Error::Damaged));
    let chunks = file.len() - (CHUNK + 20 + 2 * TAG);
    let swapped = [&file[..chunks], &file[chunks + CHUNK + TAG..], &file[chunks..chunks + CHUNK + TAG]];
    assert_eq!(open("p", &swapped.concat()), Err(Error::Damaged));
}

/// A last chunk without anything in it, after a full one, is not how this is written.
#[test]
fn an_empty_last_chunk_is_refused() {
    let fresh = Fresh::new(QUICK, &mut rng());
    let key = fresh.scrypt().stretch(b"p").unwrap();
    let file_key = [3; FILE_KEY];
    let cipher = payload_cipher(&file_key, &[5; NONCE]);
    let first = cipher.encrypt(&chunk_nonce(0, false), [1; CHUNK].as_slice()).unwrap();
    let last = cipher.encrypt(&chunk_nonce(1, true), [].as_slice()).unwrap();
    let payload = [&[5; NONCE][..], &first, &last].concat();
    let header = b"header".as_slice();
    let sealed = Sealed {
        scrypt: fresh.scrypt().clone(),
        wrapped: wrap(&key, &file_key),
        authenticated: header,
        mac: header_mac(&file_key, header).to_vec(),
        payload: &payload,
    };
    assert_eq!(sealed.open(&key).err(), Some(Error::Damaged));
}

#[test]
fn files_that_are_not_ours_are_told_apart() {
    let parse = |file: &str| Sealed::parse(file.as_bytes()).expect_err("not ours");
    assert_eq!(parse(""), Error::NotAge);
    assert_eq!(parse("PK\x03\x04 an archive"), Error::NotAge);
    assert!(matches!(parse("age-encryption.org/v2\n-> scrypt"), Error::Unsupported(_)));
    let recipient = "age-encryption.org/v1\n-> X25519 CJM36AHmTbdHSuOQL+NESqyVQE75f2e610iRdLPEN20\n";
    assert_eq!(parse(recipient), Error::Unsupported("its recipient is of the kind 'X25519'".into()));
    let costly = "age-encryption.org/v1\n-> scrypt bBjlhJVYZeE4aqUdmtRHfw 21\n";
    assert_eq!(parse(costly), Error::TooCostly(21));
    for cost in ["0", "01", "+1", "-1", "1 2", "1e1", "256"] {
        let odd = format!("age-encryption.org/v1\n-> scrypt bBjlhJVYZeE4aqUdmtRHfw {cost}\n");
        assert_eq!(parse(&odd), Error::Damaged, "{cost}");
    }
}
