//! Options and words of a command, told apart by the rules of Python's `argparse`.

use crate::fail::Fail;

/// What an option takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Takes {
    /// Nothing: it is there or not.
    Nothing,
    /// One word.
    One,
    /// One word or none.
    Maybe,
    /// All words up to the next option.
    All,
}

/// An option.
#[derive(Debug, Clone)]
pub(crate) struct Opt {
    /// With its dashes.
    pub(crate) name: String,
    pub(crate) takes: Takes,
    /// What its word can be; empty for anything.
    pub(crate) choices: &'static [&'static str],
}

impl Opt {
    pub(crate) fn new(name: impl Into<String>, takes: Takes) -> Self {
        Self { name: name.into(), takes, choices: &[] }
    }
}

/// An option as it was given, with its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Given {
    pub(crate) name: String,
    pub(crate) words: Vec<String>,
}

/// What a word of the command line is.
enum Kind<'a> {
    Word,
    Unknown,
    Option(&'a Opt, Option<String>),
}

/// Takes out the options that are known; what is left keeps its order.
///
/// # Errors
/// An option lacks its word or has a wrong one.
pub(crate) fn take(options: &[Opt], words: &[String]) -> Result<(Vec<Given>, Vec<String>), Fail> {
    let (mut given, mut rest) = (Vec::new(), Vec::new());
    let mut at = 0;
    while let Some(word) = words.get(at) {
        at += 1;
        match kind(options, word)? {
            Kind::Word | Kind::Unknown => rest.push(word.clone()),
            Kind::Option(option, joined) => {
                let free = words[at..].iter();
                let free = free.take_while(|word| matches!(kind(options, word), Ok(Kind::Word))).count();
                let taken = match option.takes {
                    _ if joined.is_some() => 0,
                    Takes::Nothing => 0,
                    Takes::All => free,
                    Takes::One | Takes::Maybe => free.min(1),
                };
                let words: Vec<String> =
                    joined.into_iter().chain(words[at..at + taken].iter().cloned()).collect();
                at += taken;
                check(option, &words)?;
                given.push(Given { name: option.name.clone(), words });
            }
        }
    }
    Ok((given, rest))
}

fn check(option: &Opt, words: &[String]) -> Result<(), Fail> {
    let name = &option.name;
    match (option.takes, words) {
        (Takes::One, []) => Err(Fail::usage(&format!("argument {name}: expected one argument"))),
        (Takes::Nothing, [word]) => {
            Err(Fail::usage(&format!("argument {name}: ignored explicit argument '{word}'")))
        }
        (_, [word]) if !option.choices.is_empty() && !option.choices.contains(&word.as_str()) => {
            let choices: Vec<String> = option.choices.iter().map(ToString::to_string).collect();
            Err(Fail::choice(name, word, &choices))
        }
        _ => Ok(()),
    }
}

fn kind<'a>(options: &'a [Opt], word: &str) -> Result<Kind<'a>, Fail> {
    if !word.starts_with('-') || word.len() == 1 {
        return Ok(Kind::Word);
    }
    if let Some(option) = options.iter().find(|option| option.name == word) {
        return Ok(Kind::Option(option, None));
    }
    let (name, joined) = match word.split_once('=') {
        Some((name, value)) => (name, Some(value.to_owned())),
        None => (word, None),
    };
    let begin = |option: &&Opt| name.starts_with("--") && name.len() > 2 && option.name.starts_with(name);
    let meant: Vec<&Opt> = options.iter().filter(begin).collect();
    match meant.iter().find(|option| option.name == name).or(meant.first()) {
        Some(option) if meant.len() == 1 || option.name == name => Ok(Kind::Option(option, joined)),
        Some(_) => {
            let names: Vec<&str> = meant.iter().map(|option| option.name.as_str()).collect();
            Err(Fail::usage(&format!("ambiguous option: {word} could match {}", names.join(", "))))
        }
        None if number(&word[1..]) || word.contains(' ') => Ok(Kind::Word),
        None => Ok(Kind::Unknown),
    }
}

/// `5` or `.5` or `1.5`, of a negative number.
fn number(text: &str) -> bool {
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    match text.split_once('.') {
        Some((whole, fraction)) => digits(whole) && digits(fraction) && !fraction.is_empty(),
        None => digits(text) && !text.is_empty(),
    }
}
