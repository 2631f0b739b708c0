//! The shell around the command.

use waxseal_cli::Shell;

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
fn quotes_and_texts_in_lines() {
    check("echo $'a\\tb' $'it\\'s' \"a\\\"b\" 'c\"d' e\\ f", "a\tb it's a\"b c\"d e f\n");
    check("X=1; cat <<END\n$X \\$X \"q\"\nEND\necho after", "1 $X \"q\"\nafter\n");
    check("cat <<'END' | tr a-z A-Z\n$X\nend\nEND", "$X\nEND\n");
    check("cat <<-END\n\tin\n\tEND", "in\n");
    check("cat > f <<A; cat - f <<B\na\nA\nb\nB", "b\na\n");
    check("echo ${X:-unset} ${X:-\"a b\"}; X=abc; echo ${#X} ${X:-unset}", "unset a b\n3 abc\n");
    check("echo a |\n cat &&\n echo b", "a\nb\n");
    for open in [
        "cat <<END\nabc",
        "echo 'a",
        "echo $(echo",
        "echo a |",
        "true &&",
        "echo a \\",
        "echo ${X:-a",
        "for x in a",
        "for x in a b; do",
        "if true",
        "while true; do\necho",
        "{ echo a;",
        "(echo a",
        "echo $((1 +",
        "for",
        "! ",
    ] {
        assert!(waxseal_cli::Shell::is_open(open), "{open}");
    }
    for closed in [
        "cat <<END\nabc\nEND",
        "echo a",
        "echo '|'",
        "echo (a)",
        "",
        "for x in a; do echo; done",
        "fi",
        "echo for",
        "if true; then echo; fi",
        "for x in a; done",
        "{ echo a; }",
        "echo {",
    ] {
        assert!(!waxseal_cli::Shell::is_open(closed), "{closed}");
    }
}

#[test]
fn names_with_stars() {
    check(
        "echo 1 > a.txt; echo 2 > b.txt; echo 3 > c.bin; cat *.txt; echo ?.bin *.none \"*\" '*'",
        "1\n2\nc.bin *.none * *\n",
    );
    check("X='* ?'; echo 1 > xy; echo 2 > z; echo $X \"$X\"", "xy z z * ?\n");
}

/// A variable that is not exported is the shell's own.
#[test]
fn variables_that_programs_see() {
    check("A=1; export B=2; C=3; export C; env", "B=2\nC=3\n");
    check("A=1 env; env; echo -$A-", "A=1\n--\n");
    let (calls, _) = run(
        &mut shell(),
        "AWS_REGION=eu-west-1; aws kms list-keys; export AWS_REGION; aws kms list-keys",
        |_| Ok("{}".to_owned()),
    );
    assert_eq!((calls[0].region.as_str(), calls[1].region.as_str()), ("us-east-1", "eu-west-1"));
}

#[test]
fn dates() {
    let mut shell = shell();
    shell.now = 1_795_520_053_927;
    let mut date =
        |line: &str| String::from_utf8(run(&mut shell, line, |_| Ok(String::new())).1.stdout).unwrap();
    assert_eq!(date("date"), "Tue Nov 24 11:34:13 UTC 2026\n");
    assert_eq!(date("date -u +%FT%TZ"), "2026-11-24T11:34:13Z\n");
    assert_eq!(date("date -d '+30 days' +%s"), format!("{}\n", 1_795_520_053 + 30 * 86_400));
    assert_eq!(date("date -d '2 hours ago' +%T"), "09:34:13\n");
    assert_eq!(date("date -d tomorrow +%A"), "Wednesday\n");
    assert_eq!(date("date -Iseconds -d 2024-02-29"), "2024-02-29T00:00:00+00:00\n");
    assert_eq!(date("date -d soon || echo no"), "no\n");
}

#[test]
fn what_is_not_there() {
    let (_, stderr, exit) = prints("vim x", "{}");
    assert_eq!((stderr.as_str(), exit), ("bash: vim: command not found\n", 127));
    assert_eq!(prints("cat nope", "{}").1, "cat: nope: No such file or directory\n");
    assert_eq!(prints("echo 'a", "{}").2, 2);
}

/// Each round of a loop asks the service; an endless one that asks nothing is stopped, and says so.
#[test]
fn loops_call_and_end() {
    let (calls, outcome) = run(
        &mut shell(),
        "for n in 1 2 3; do aws kms create-key --description $n > /dev/null || exit; done; echo $n",
        |_| Ok("{}".to_owned()),
    );
    let bodies: Vec<&str> = calls.iter().map(|call| call.body.as_str()).collect();
    assert_eq!(bodies, [1, 2, 3].map(|n| format!("{{\"Description\":\"{n}\"}}")));
    assert_eq!(outcome.stdout, b"3\n");
    for endless in [
        "while true; do :; done",
        "X=aa; while true; do X=$X$X; done",
        "until false; do echo a; done | cat",
        "for ((;;)); do :; done",
    ] {
        let (_, stderr, exit) = prints(&format!("{endless}; echo no"), "{}");
        assert!(exit == 1 && stderr.contains("a loop without an end"), "{endless}: {stderr}");
    }
    assert_eq!(
        prints("sleep 5", "{}"),
        (String::new(), "sleep: no time passes here; move the clock forward instead\n".to_owned(), 0)
    );
    let missing = prints("select x in a; do echo; done", "{}").1;
    assert!(missing.starts_with("bash: select: there is no such command here"), "{missing}");
    for endless in ["f() { f; }; f", "f() { echo $(f); }; f"] {
        let (_, stderr, exit) = prints(&format!("{endless} > /dev/null"), "{}");
        assert!(
            stderr.contains("maximum function nesting level exceeded (20)"),
            "{endless}: {exit} {stderr}"
        );
    }
    let deep = format!("{}echo{}", "if true; then ".repeat(400), "; fi".repeat(400));
    assert!(prints(&deep, "{}").1.contains("too deep"));
}

#[test]
fn functions_stay_from_line_to_line_and_make_calls() {
    let mut shell = shell();
    let mut enter = |line: &str| {
        let answer = |_: &waxseal_cli::Call| Ok(r#"{"KeyMetadata":{"KeyId":"k"}}"#.to_owned());
        let (calls, outcome) = run(&mut shell, line, answer);
        (calls.len(), String::from_utf8(outcome.stdout).unwrap(), outcome.exit)
    };
    let made = "make() { local id; id=$(aws kms create-key --description \"$1\" --query KeyMetadata.KeyId --output text)\n  echo \"$1: $id\"; }";
    assert_eq!(enter(made), (0, String::new(), 0));
    assert_eq!(enter("for x in a b; do make $x; done"), (2, "a: k\nb: k\n".to_owned(), 0));
    assert_eq!(enter("env | grep -c FUNC; echo [$id]"), (0, "0\n[]\n".to_owned(), 0));
    assert_eq!(enter("case $(make c) in c:*) echo it;; esac"), (1, "it\n".to_owned(), 0));
    for open in ["f() {", "f()", "case a in", "case a in a) echo", "[[ a &&", "[[ a == b"] {
        assert!(Shell::is_open(open), "{open}");
    }
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
        ("aws s3 c", &["cp"]),
        ("aws s3 cp p", &["p.txt"]),
        ("aws s3api put-o", &["put-object"]),
        ("aws s3api put-object --server-side-encryption aws:kms:", &["aws:kms:dsse"]),
        ("echo a | cat p", &["p.txt"]),
        ("for x in a; do aws kms encr", &["encrypt"]),
        ("if ! gr", &["grep"]),
        ("cat p", &["p.txt"]),
    ] {
        assert_eq!(waxseal_cli::complete(line, line.len(), &files, &keys).words, expected, "{line}");
    }
}
