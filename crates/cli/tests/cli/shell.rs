//! The shell around the command.

use crate::terminal::{prints, run, shell};

#[track_caller]
fn check(line: &str, stdout: &str) {
    let (found, stderr, exit) = prints(line, r#"{"Plaintext":"aGVsbG8=","KeyId":"k"}"#);
    assert_eq!((found.as_str(), stderr.as_str(), exit), (stdout, "", 0), "{line}");
}

#[test]
fn lines() {
    check("echo a  'b  c' \"d $X\"; X=1; echo $X-${X}", "a b  c d \n1-1\n");
    check("false || echo no && echo yes # why", "no\nyes\n");
    check("true || echo no; echo $?", "0\n");
    check("echo -n hello | base64 | tee a b > /dev/null; cat a b", "aGVsbG8=\naGVsbG8=\n");
    check("echo hello | base64 -d >/dev/null 2>&1 || echo bad", "bad\n");
    check("echo -n hello > f; cat f | base64; echo again >> f; wc -c < f; ls", "aGVsbG8=\n11\nf\n");
    check("printf '%s-%s\\n' a b c", "a-b\nc-\n");
    check("echo abc | tr -d 'b' | xxd -p", "61630a\n");
    check("X=$(echo a b); echo $X \"$X\"; echo `echo q`", "a b a b\nq\n");
    check("echo a \\\n  b", "a b\n");
    check("cat <<< word | head -c 2", "wo");
    check(
        "aws kms decrypt --ciphertext-blob fileb://<(echo -n x) --query Plaintext --output text | base64 -d",
        "hello",
    );
    check(
        "KEY=$(aws kms describe-key --key-id a --query KeyMetadata.KeyId --output text); echo $KEY",
        "None\n",
    );
}

#[test]
fn what_is_not_there() {
    let (_, stderr, exit) = prints("vim x", "{}");
    assert_eq!((stderr.as_str(), exit), ("bash: vim: command not found\n", 127));
    assert_eq!(prints("cat nope", "{}").1, "cat: nope: No such file or directory\n");
    assert_eq!(prints("echo 'a", "{}").2, 2);
}

/// A line that is left while it waits has changed nothing.
#[test]
fn a_line_that_is_left_leaves_nothing() {
    let mut shell = shell();
    let before = shell.clone();
    let mut run_ = shell.enter("echo a > f; aws kms list-keys");
    assert!(matches!(run_.step(), waxseal_cli::Step::Call(_)));
    drop(run_);
    assert_eq!(shell, before);
    run(&mut shell, "echo a > f; aws kms list-keys", |_| Ok("{}".to_owned()));
    assert_ne!(shell, before);
}

#[test]
fn completion() {
    let mut files = waxseal_cli::Files::default();
    files.write("p.txt", *b"x");
    let keys = ["alias/demo".to_owned(), "alias/other".to_owned()];
    for (line, expected) in [
        ("aw", &["aws"][..]),
        ("aws k", &["kms"]),
        ("aws kms encr", &["encrypt"]),
        ("aws kms encrypt --pl", &["--plaintext"]),
        ("aws kms encrypt --key-id alias/d", &["alias/demo"]),
        ("aws kms encrypt --plaintext fileb://", &["fileb://p.txt"]),
        ("aws kms create-key --key-spec RSA_2", &["RSA_2048"]),
        ("aws kms list-keys --output yaml-", &["yaml-stream"]),
        ("echo a | cat p", &["p.txt"]),
    ] {
        assert_eq!(waxseal_cli::complete(line, line.len(), &files, &keys).words, expected, "{line}");
    }
}
