//! `openssl`, as far as it takes to work with data keys and public keys beside KMS. The shell reads its words and files; what
//! is to be computed is a [`Work`] for whoever runs the shell, since no cipher is linked here.
//!
//! Options and outputs are those of OpenSSL 3.

use std::{cmp::Ordering, collections::BTreeMap};

use base64ct::{Base64, Encoding};

use super::{Outcome, Waits, run::Machine};
use crate::{call::Wanted, value::Value};

/// Something to be computed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Work {
    /// Random bytes, so many.
    Random(usize),
    /// AES-256 over `input`.
    Cipher {
        /// In which mode.
        mode: Mode,
        /// Whether it is decrypted.
        decrypt: bool,
        /// 32 bytes.
        key: Vec<u8>,
        /// 16 bytes.
        iv: Vec<u8>,
        /// What goes in.
        input: Vec<u8>,
    },
    /// Encryption under an RSA public key.
    EncryptTo {
        /// SubjectPublicKeyInfo in DER.
        public_key: Vec<u8>,
        /// The hash function of OAEP; none for PKCS #1 v1.5.
        oaep: Option<Hash>,
        /// What goes in.
        input: Vec<u8>,
    },
    /// A digest.
    Digest {
        /// By which function.
        hash: Hash,
        /// Of what.
        input: Vec<u8>,
    },
    /// Whether a signature is right: one byte, 1 or 0.
    Verify {
        /// SubjectPublicKeyInfo in DER.
        public_key: Vec<u8>,
        /// Of the digest.
        hash: Hash,
        /// Whether an RSA signature is in PSS.
        pss: bool,
        /// The signature.
        signature: Vec<u8>,
        /// Of what.
        input: Vec<u8>,
    },
}

/// A mode of AES.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Counter mode.
    Ctr,
    /// Cipher block chaining, padded as in PKCS #7.
    Cbc,
}

/// A hash function.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hash {
    /// SHA-1, for OAEP only.
    Sha1,
    /// SHA-256.
    Sha256,
    /// SHA-384.
    Sha384,
    /// SHA-512.
    Sha512,
}

impl Hash {
    fn named(name: &str) -> Option<Self> {
        Some(match name {
            "sha1" => Self::Sha1,
            "sha256" => Self::Sha256,
            "sha384" => Self::Sha384,
            "sha512" => Self::Sha512,
            _ => return None,
        })
    }

    fn title(self) -> &'static str {
        match self {
            Self::Sha1 => "SHA1",
            Self::Sha256 => "SHA2-256",
            Self::Sha384 => "SHA2-384",
            Self::Sha512 => "SHA2-512",
        }
    }
}

/// What is understood.
const USAGE: &str = "openssl: understood here are\n  openssl rand [-hex | -base64] [-out FILE] LENGTH\n  openssl enc -aes-256-cbc | -aes-256-ctr [-d] -K HEX -iv HEX [-a] [-in FILE] [-out FILE]\n  openssl dgst -sha256 | -sha384 | -sha512 [-binary] [-out FILE] [FILE]\n  openssl dgst -sha256 -verify PUBLIC.der -signature FILE [-sigopt rsa_padding_mode:pss] FILE\n  openssl pkeyutl -encrypt -pubin -inkey PUBLIC.der [-keyform DER] [-pkeyopt rsa_padding_mode:oaep] [-pkeyopt rsa_oaep_md:sha256] [-in FILE] [-out FILE]\n";

/// What is wrong, in words.
struct Wrong(String);

/// The words of a command.
struct Words<'a> {
    /// Options without a value, without their hyphen.
    flags: Vec<&'a str>,
    /// Options with one.
    values: BTreeMap<&'a str, Vec<&'a str>>,
    names: Vec<&'a str>,
}

/// Options that have a value.
const WITH_VALUE: [&str; 15] = [
    "out",
    "in",
    "K",
    "iv",
    "inkey",
    "keyform",
    "pkeyopt",
    "verify",
    "signature",
    "sigopt",
    "inform",
    "macopt",
    "pass",
    "S",
    "rand",
];

impl<'a> Words<'a> {
    fn read(words: &'a [String]) -> Result<Self, Wrong> {
        let mut all = Self { flags: Vec::new(), values: BTreeMap::new(), names: Vec::new() };
        let mut words = words.iter();
        while let Some(word) = words.next() {
            match word.strip_prefix('-').map(|name| name.strip_prefix('-').unwrap_or(name)) {
                None => all.names.push(word),
                Some(name) if WITH_VALUE.contains(&name) => {
                    let value = words.next().ok_or_else(|| Wrong(format!("Option -{name} needs a value")))?;
                    all.values.entry(name).or_default().push(value);
                }
                Some(name) => all.flags.push(name),
            }
        }
        Ok(all)
    }

    /// Takes a flag away.
    fn take(&mut self, names: &[&str]) -> bool {
        let before = self.flags.len();
        self.flags.retain(|flag| !names.contains(flag));
        self.flags.len() < before
    }

    fn value(&mut self, name: &str) -> Option<&'a str> {
        self.values.remove(name).and_then(|values| values.last().copied())
    }

    fn needed(&mut self, name: &str) -> Result<&'a str, Wrong> {
        self.value(name).ok_or_else(|| Wrong(format!("Option -{name} is needed here")))
    }

    /// All words must have been understood by now.
    fn done(self) -> Result<(), Wrong> {
        let unknown = self.flags.first().or(self.values.keys().next()).copied();
        unknown.map_or(Ok(()), |name| Err(Wrong(format!("Unknown option: -{name}"))))
    }
}

/// How the outcome is shown.
enum Shown {
    Bytes,
    Hex,
    Base64,
    Digest(String),
    Verdict,
}

/// Runs it.
pub(super) fn run(machine: &mut Machine<'_>, words: &[String], stdin: &[u8]) -> Waits<Outcome> {
    match read(machine, words, stdin) {
        Ok(Command { work, shown, out, warning }) => {
            let answer = machine.answers.outcome_of(|| Wanted::Work(work))?;
            Ok(match &*answer {
                Ok(Value::Text(text)) => {
                    let bytes = Base64::decode_vec(text).unwrap_or_default();
                    let outcome = finish(machine, bytes, &shown, out.as_deref());
                    Outcome { stderr: warning, ..outcome }
                }
                Ok(_) => failed(String::new()),
                Err(error) => failed(format!("{}\n", error.message)),
            })
        }
        Err(Wrong(text)) => Ok(failed(text)),
    }
}

fn failed(stderr: String) -> Outcome {
    Outcome { stdout: Vec::new(), stderr, exit: 1 }
}

fn finish(machine: &mut Machine<'_>, bytes: Vec<u8>, shown: &Shown, out: Option<&str>) -> Outcome {
    let right = bytes == [1];
    let hex = |bytes: &[u8]| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    let stdout = match shown {
        Shown::Bytes => bytes,
        Shown::Hex => format!("{}\n", hex(&bytes)).into_bytes(),
        Shown::Base64 => in_lines(&Base64::encode_string(&bytes)),
        Shown::Digest(title) => format!("{title}= {}\n", hex(&bytes)).into_bytes(),
        Shown::Verdict if right => b"Verified OK\n".to_vec(),
        Shown::Verdict => b"Verification failure\n".to_vec(),
    };
    let exit = u8::from(matches!(shown, Shown::Verdict) && !right);
    match out {
        Some(name) => {
            machine.shell.files.write(name, stdout);
            Outcome { stdout: Vec::new(), stderr: String::new(), exit }
        }
        None => Outcome { stdout, stderr: String::new(), exit },
    }
}

/// Base64 in lines of 64.
fn in_lines(text: &str) -> Vec<u8> {
    let line = |chunk: &[u8]| [chunk, b"\n"].concat();
    text.as_bytes().chunks(64).flat_map(line).collect()
}

/// A command that was understood.
struct Command {
    work: Work,
    shown: Shown,
    out: Option<String>,
    /// What is said beside it.
    warning: String,
}

fn read(machine: &Machine<'_>, words: &[String], stdin: &[u8]) -> Result<Command, Wrong> {
    let Some((command, rest)) = words.split_first() else { return Err(Wrong(USAGE.to_owned())) };
    let mut warning = String::new();
    let mut words = Words::read(rest)?;
    let out = words.value("out").map(str::to_owned);
    let (work, shown) = match command.as_str() {
        "rand" => random(&mut words)?,
        "enc" | "aes-256-cbc" | "aes-256-ctr" => {
            if command != "enc" {
                words.flags.push(command);
            }
            cipher(machine, &mut words, stdin, &mut warning)?
        }
        "dgst" | "sha256" | "sha384" | "sha512" => {
            if command != "dgst" {
                words.flags.push(command);
            }
            digest(machine, &mut words, stdin)?
        }
        "pkeyutl" => encrypt_to(machine, &mut words, stdin)?,
        _ => return Err(Wrong(USAGE.to_owned())),
    };
    words.done()?;
    Ok(Command { work, shown, out, warning })
}

fn file(machine: &Machine<'_>, name: &str) -> Result<Vec<u8>, Wrong> {
    let read = machine.shell.files.read(name);
    read.map(|bytes| bytes.to_vec())
        .map_err(|error| Wrong(format!("Can't open \"{name}\" for reading, {error}\n")))
}

fn random(words: &mut Words<'_>) -> Result<(Work, Shown), Wrong> {
    let shown = match (words.take(&["hex"]), words.take(&["base64"])) {
        (true, _) => Shown::Hex,
        (_, true) => Shown::Base64,
        _ => Shown::Bytes,
    };
    let length = words.names.first().and_then(|text| text.parse().ok()).filter(|length| *length <= 65_536);
    Ok((Work::Random(length.ok_or_else(|| Wrong(USAGE.to_owned()))?), shown))
}

fn cipher(
    machine: &Machine<'_>,
    words: &mut Words<'_>,
    stdin: &[u8],
    warning: &mut String,
) -> Result<(Work, Shown), Wrong> {
    if !words.names.is_empty() {
        return Err(Wrong("Extra arguments given.\nenc: Use -help for summary.\n".to_owned()));
    }
    let mode = match (words.take(&["aes-256-cbc", "aes256"]), words.take(&["aes-256-ctr"])) {
        (true, false) => Mode::Cbc,
        (false, true) => Mode::Ctr,
        _ => return Err(Wrong(USAGE.to_owned())),
    };
    words.take(&["e", "nosalt"]);
    let decrypt = words.take(&["d"]);
    let armoured = words.take(&["a", "base64"]);
    words.take(&["A"]);
    let iv = hex(words.needed("iv")?, 16, "iv", warning)?;
    let key = hex(words.needed("K")?, 32, "key", warning)?;
    let mut input = words.value("in").map_or(Ok(stdin.to_vec()), |name| file(machine, name))?;
    if armoured && decrypt {
        let text: String = String::from_utf8_lossy(&input).split_whitespace().collect();
        input = Base64::decode_vec(&text).map_err(|_| Wrong("error reading input file\n".to_owned()))?;
    }
    let shown = if armoured && !decrypt { Shown::Base64 } else { Shown::Bytes };
    Ok((Work::Cipher { mode, decrypt, key, iv, input }, shown))
}

/// Bytes from hexadecimal digits. What is too short is filled with zeros, and what is too long is cut, with a word about it.
fn hex(text: &str, length: usize, what: &str, warning: &mut String) -> Result<Vec<u8>, Wrong> {
    let digits: Option<Vec<u32>> = text.chars().map(|c| c.to_digit(16)).collect();
    let digits = digits.ok_or_else(|| Wrong(format!("non-hex digit\ninvalid hex {what} value\n")))?;
    match digits.len().cmp(&(2 * length)) {
        Ordering::Less => *warning += "hex string is too short, padding with zero bytes to length\n",
        Ordering::Equal => {}
        Ordering::Greater => *warning += "hex string is too long, ignoring excess\n",
    }
    let byte = |at: usize| digits.get(at).copied().unwrap_or_default();
    Ok((0..length).map(|at| (byte(2 * at) << 4 | byte(2 * at + 1)) as u8).collect())
}

fn digest(machine: &Machine<'_>, words: &mut Words<'_>, stdin: &[u8]) -> Result<(Work, Shown), Wrong> {
    let named = ["sha256", "sha384", "sha512"].into_iter().find(|name| words.take(&[name]));
    let hash = named.and_then(Hash::named).unwrap_or(Hash::Sha256);
    let name = words.names.first().copied();
    let input = name.map_or(Ok(stdin.to_vec()), |name| file(machine, name))?;
    words.value("keyform");
    if let Some(key) = words.value("verify") {
        let public_key = file(machine, key)?;
        let signature = file(machine, words.needed("signature")?)?;
        let options = words.values.remove("sigopt").unwrap_or_default();
        let pss = options.contains(&"rsa_padding_mode:pss");
        return Ok((Work::Verify { public_key, hash, pss, signature, input }, Shown::Verdict));
    }
    let shown = match words.take(&["binary"]) {
        true => Shown::Bytes,
        false => Shown::Digest(format!("{}({})", hash.title(), name.unwrap_or("stdin"))),
    };
    words.take(&["hex"]);
    Ok((Work::Digest { hash, input }, shown))
}

fn encrypt_to(machine: &Machine<'_>, words: &mut Words<'_>, stdin: &[u8]) -> Result<(Work, Shown), Wrong> {
    if !(words.take(&["encrypt"]) && words.take(&["pubin"])) {
        return Err(Wrong(USAGE.to_owned()));
    }
    words.value("keyform");
    let public_key = file(machine, words.needed("inkey")?)?;
    let input = words.value("in").map_or(Ok(stdin.to_vec()), |name| file(machine, name))?;
    let options = words.values.remove("pkeyopt").unwrap_or_default();
    let option = |name: &str| options.iter().find_map(|text| text.strip_prefix(name)?.strip_prefix(':'));
    let oaep = match option("rsa_padding_mode") {
        None | Some("pkcs1") => None,
        Some("oaep") => {
            let named = option("rsa_oaep_md").or(option("rsa_mgf1_md")).unwrap_or("sha1");
            let hash = Hash::named(named).ok_or_else(|| Wrong(format!("unknown digest {named}\n")))?;
            let same = option("rsa_mgf1_md").is_none_or(|mask| mask == named);
            Some(
                Some(hash)
                    .filter(|_| same)
                    .ok_or_else(|| Wrong("OAEP and MGF1 have one digest here\n".to_owned()))?,
            )
        }
        Some(other) => return Err(Wrong(format!("unknown padding {other}\n"))),
    };
    Ok((Work::EncryptTo { public_key, oaep, input }, Shown::Bytes))
}
