//! What real `aws` 2.36 was seen to print.

use waxseal_api::{ApiError, ErrorCode};

use crate::terminal::{prints, run, shell};

const USAGE: &str = "usage: aws [options] <command> <subcommand> [<subcommand> ...] [parameters]
To see help text, you can run:

  aws help
  aws <command> help
  aws <command> <subcommand> help";

const ENCRYPTED: &str = r#"{"KeyId":"arn:aws:kms:us-east-1:123456789012:key/c4e54ad9-cb18-4474-b028-eb593da39485",
"CiphertextBlob":"YzRlNTRhZDktY2IxOC00NDc0LWIwMjgtZWI1OTNkYTM5NDg1E5b+6395vptwDSwM7XYaSwU6EPJrGnY2w3xS+nniCHJC"}"#;

#[track_caller]
fn fails(line: &str, stderr: &str, exit: u8) {
    let (stdout, found, code) = prints(line, "{}");
    assert_eq!((stdout.as_str(), found.trim_end(), code), ("", stderr, exit), "{line}");
}

#[test]
fn mistakes_in_parameters() {
    let bad = |text: &str| format!("\naws: [ERROR]: An error occurred (ParamValidation): {text}");
    for text in ["not base64!", "hello"] {
        let line = format!("aws kms encrypt --key-id alias/demo --plaintext '{text}'");
        fails(&line, &format!("\naws: [ERROR]: Invalid base64: \"{text}\""), 255);
    }
    fails(
        "echo -n hello > p.txt; aws kms encrypt --key-id alias/demo --plaintext file://p.txt",
        "\naws: [ERROR]: Invalid base64: \"hello\"",
        255,
    );
    fails(
        "aws kms encrypt --key-id alias/demo --plaintext fileb://nope.txt",
        &bad(
            "Error parsing parameter '--plaintext': Unable to load paramfile fileb://nope.txt: [Errno 2] No such file or \
              directory: 'nope.txt'",
        ),
        252,
    );
    fails(
        "aws kms enable-key-rotation --key-id a --rotation-period-in-days 30",
        &bad(
            "Parameter validation failed:\nInvalid value for parameter RotationPeriodInDays, value: 30, valid min value: 90",
        ),
        252,
    );
    fails(
        "aws kms enable-key-rotation --key-id a --rotation-period-in-days abc",
        "\naws: [ERROR]: invalid literal for int() with base 10: 'abc'",
        255,
    );
    fails(
        "aws kms describe-key --key-id ''",
        &bad(
            "Parameter validation failed:\nInvalid length for parameter KeyId, value: 0, valid min length: 1",
        ),
        252,
    );
    fails(
        "aws kms encrypt --key-id a --plaintext aGVsbG8= --encryption-context a",
        &bad(
            "Error parsing parameter '--encryption-context': Expected: '=', received: 'EOF' for input:\na\n ^",
        ),
        252,
    );
    fails(
        "aws kms list-keys --query [",
        &bad("Bad value for --query [: Invalid jmespath expression: Incomplete expression:\n\"[\"\n  ^"),
        252,
    );
}

#[test]
fn mistakes_in_commands() {
    let bad = |text: &str| format!("\naws: [ERROR]: An error occurred (ParamValidation): {text}\n\n{USAGE}");
    fails(
        "aws kms encrypt --plaintext aGVsbG8=",
        &bad("the following arguments are required: --key-id"),
        252,
    );
    fails("aws kms", &bad("the following arguments are required: operation"), 252);
    let rencrypt = "argument operation: Found invalid choice 'rencrypt'\n\nMaybe you meant:\n\n  * encrypt\n  * re-encrypt\n  * decrypt";
    fails("aws kms rencrypt", &bad(rencrypt), 252);
    let encryptt =
        "argument operation: Found invalid choice 'encryptt'\n\nMaybe you meant:\n\n  * encrypt\n  * decrypt";
    fails("aws kms encryptt", &bad(encryptt), 252);
    fails(
        "aws kms encrypt --key-id a --plaintext aGVsbG8= --bogus 1",
        &format!("\n{USAGE}\n\n\naws: [ERROR]: Unknown options: --bogus, 1"),
        252,
    );
    fails("aws kms list-keys --output xml", &bad("argument --output: Found invalid choice 'xml'\n"), 252);
}

#[test]
fn a_refusal_by_the_service() {
    let refused = ApiError::new(
        ErrorCode::NotFoundException,
        "Alias arn:aws:kms:us-east-1:123456789012:alias/nope is not found.",
    );
    let line = "aws kms encrypt --key-id alias/nope --plaintext aGVsbG8=";
    let (_, outcome) = run(&mut shell(), line, |_| Err(refused.clone()));
    let expected = "\naws: [ERROR]: An error occurred (NotFoundException) when calling the Encrypt operation: Alias \
                    arn:aws:kms:us-east-1:123456789012:alias/nope is not found.\n";
    assert_eq!((outcome.stderr.as_str(), outcome.exit), (expected, 254));
}

/// A throttled call is made again, as often as is said, and then told with how often that was.
#[test]
fn a_throttled_call_is_made_again() {
    let throttled = || ApiError::new(ErrorCode::ThrottlingException, "Rate exceeded");
    let tries = |line: &str| {
        let (calls, outcome) = run(&mut shell(), line, |_| Err(throttled()));
        (calls.len(), outcome.stderr.trim().to_owned(), outcome.exit)
    };
    let told = |retries: usize| {
        format!(
            "aws: [ERROR]: An error occurred (ThrottlingException) when calling the ListKeys operation (reached max retries: \
             {retries}): Rate exceeded"
        )
    };
    assert_eq!(tries("aws kms list-keys"), (3, told(2), 254));
    assert_eq!(tries("AWS_MAX_ATTEMPTS=1 aws kms list-keys"), (1, told(0), 254));
    assert_eq!(tries("aws configure set max_attempts 5; aws kms list-keys"), (5, told(4), 254));
    let left = std::cell::Cell::new(2);
    let (calls, outcome) = run(&mut shell(), "aws kms list-keys", |_| {
        left.set(left.get() - 1);
        if left.get() > 0 { Err(throttled()) } else { Ok("{}".to_owned()) }
    });
    assert_eq!((calls.len(), outcome.exit), (2, 0));
}

#[test]
fn without_a_region_or_a_profile() {
    let mut shell = waxseal_cli::Shell::default();
    let mut exit = |line: &str| run(&mut shell, line, |_| Ok("{}".to_owned())).1;
    assert_eq!(exit("aws kms list-keys").exit, 253);
    let outcome = exit("aws kms list-keys --region us-east-1");
    assert!(outcome.exit == 253 && outcome.stderr.contains("(NoCredentials)"), "{outcome:?}");
    assert_eq!(exit("aws configure set region eu-west-1 && aws kms list-keys").exit, 0);
    assert_eq!(exit("aws kms list-keys --profile alice").exit, 255);
}

#[test]
fn formats() {
    let encrypt = "aws kms encrypt --key-id alias/demo --plaintext aGVsbG8=";
    let ciphertext =
        "YzRlNTRhZDktY2IxOC00NDc0LWIwMjgtZWI1OTNkYTM5NDg1E5b+6395vptwDSwM7XYaSwU6EPJrGnY2w3xS+nniCHJC";
    let arn = "arn:aws:kms:us-east-1:123456789012:key/c4e54ad9-cb18-4474-b028-eb593da39485";
    for (options, expected) in [
        ("", format!("{{\n    \"CiphertextBlob\": \"{ciphertext}\",\n    \"KeyId\": \"{arn}\"\n}}\n")),
        ("--output text", format!("{ciphertext}\t{arn}\n")),
        ("--output text --query CiphertextBlob", format!("{ciphertext}\n")),
        ("--output yaml", format!("CiphertextBlob: {ciphertext}\nKeyId: {arn}\n")),
        ("--output off", String::new()),
        (
            "--output table",
            format!(
                "{}\n",
                [
                    "-".repeat(116),
                    format!("|{}Encrypt{}|", " ".repeat(54), " ".repeat(53)),
                    format!("+{}+{}+", "-".repeat(16), "-".repeat(97)),
                    format!("|  CiphertextBlob|  {ciphertext}   |"),
                    format!("|  KeyId         |  {arn}{}|", " ".repeat(20)),
                    format!("+{}+{}+", "-".repeat(16), "-".repeat(97)),
                ]
                .join("\n")
            ),
        ),
    ] {
        assert_eq!(prints(&format!("{encrypt} {options}"), ENCRYPTED).0, expected, "{options}");
    }
    let scalars = r#"{"KeyMetadata":{"Enabled":false,"KeyId":"a","KeyState":"Disabled","CreationDate":1795520053.927}}"#;
    let describe = "aws kms describe-key --key-id a --output text --query";
    assert_eq!(prints(&format!("{describe} KeyMetadata.[KeyState,Enabled]"), scalars).0, "Disabled\tFalse\n");
    let date = prints(&format!("{describe} KeyMetadata.CreationDate"), scalars).0;
    assert_eq!(date, "2026-11-24T11:34:13.927000+00:00\n");
}

#[test]
fn lists_are_read_page_by_page() {
    let pages = |call: &waxseal_cli::Call| {
        Ok(match call.body.contains("next") {
            false => r#"{"Keys":[{"KeyId":"a"},{"KeyId":"b"}],"Truncated":true,"NextMarker":"next"}"#,
            true => r#"{"Keys":[{"KeyId":"c"}],"Truncated":false}"#,
        }
        .to_owned())
    };
    let text = |line: &str| {
        let (calls, outcome) = run(&mut shell(), line, pages);
        (calls.len(), String::from_utf8(outcome.stdout).unwrap())
    };
    assert_eq!(text("aws kms list-keys --query 'length(Keys)'"), (2, "3\n".to_owned()));
    assert_eq!(text("aws kms list-keys --query Truncated --no-paginate"), (1, "true\n".to_owned()));
    assert_eq!(text("aws kms list-keys --output text"), (2, "KEYS\ta\nKEYS\tb\nKEYS\tc\n".to_owned()));
    let (calls, token) = text("aws kms list-keys --max-items 1 --query NextToken --output text");
    assert_eq!(calls, 1);
    let rest =
        format!("aws kms list-keys --query Keys[].KeyId --starting-token {}", token.lines().last().unwrap());
    assert_eq!(text(&format!("{rest} --output text")), (2, "b\nc\n".to_owned()));
}
