use std::{cell::RefCell, rc::Rc};

use pollster::block_on;
use waxseal_api::sandbox::{Clock, Lines, Passed};

use super::{
    super::tests::{Bench, bench, bench_with},
    *,
};
use crate::store::memory::MemoryStore;

impl Bench {
    fn enter(&self, line: &str) -> Printed {
        self.perform(Task::Enter { line: line.to_owned() }).unwrap()
    }

    fn stands(&self) -> sandbox::Terminal {
        self.perform(Task::Terminal).unwrap()
    }

    fn be(&self, profile: &str) {
        self.perform::<()>(Task::Be { profile: profile.to_owned() }).unwrap();
    }
}

#[test]
fn a_line_makes_its_calls_and_leaves_its_files() {
    let store = MemoryStore::default();
    let one = bench(store.clone());
    assert_eq!(one.enter("KEY=$(aws kms create-key --query KeyMetadata.KeyId --output text)").exit, 0);
    assert_eq!(one.enter("echo hello > letter").stderr, "");
    let sealed =
        one.enter("aws kms encrypt --key-id $KEY --plaintext fileb://letter --query KeyId --output text");
    assert!(sealed.stdout.starts_with("arn:aws:kms:us-east-1:111122223333:key/"), "{sealed:?}");
    assert_eq!(one.enter("aws kms nothing").exit, 252);
    let stands = bench(store).stands();
    assert_eq!(stands.files, [File { name: "letter".to_owned(), length: 6 }]);
    assert_eq!(
        (stands.history.len(), stands.profile.as_str(), stands.region.as_str()),
        (4, "default", "us-east-1")
    );
    assert_eq!(stands.who.as_deref(), Some("arn:aws:iam::111122223333:root"));
    assert_eq!(one.log(0).len(), 2);
}

#[test]
fn tabs_share_files_and_keep_who_they_are() {
    let store = MemoryStore::default();
    let (one, two) = (bench(store.clone()), bench(store.clone()));
    one.enter("aws iam create-user --user-name ana");
    two.stands();
    one.be("ana");
    one.perform::<()>(Task::Move { region: "eu-central-1".to_owned() }).unwrap();
    two.enter("echo two > two");
    one.perform::<()>(Task::WriteFile { name: "one".to_owned(), bytes: vec![1, 2].into() }).unwrap();
    let (first, second) = (one.stands(), two.stands());
    assert_eq!((first.profile.as_str(), first.region.as_str()), ("ana", "eu-central-1"));
    assert_eq!(first.who.as_deref(), Some("arn:aws:iam::111122223333:user/ana"));
    assert_eq!((second.profile.as_str(), second.region.as_str()), ("default", "us-east-1"));
    assert_eq!((first.files, first.people), (second.files, second.people));
    let read = |name: &str| {
        two.perform::<Option<waxseal_api::Blob>>(Task::ReadFile { name: name.to_owned() }).unwrap()
    };
    assert_eq!(read("one"), Some(vec![1, 2].into()));
    two.perform::<()>(Task::RemoveFile { name: "one".to_owned() }).unwrap();
    assert_eq!(read("one"), None);
}

#[test]
fn what_happens_while_a_line_runs_is_kept() {
    let store = MemoryStore::default();
    let (meanwhile, slow) =
        (Rc::new(RefCell::new(Vec::<Task>::new())), Rc::new(RefCell::new(None::<Rc<Bench>>)));
    let two = bench(store.clone());
    let bench = Rc::new(bench_with(store, {
        let (meanwhile, slow) = (meanwhile.clone(), slow.clone());
        move || {
            two.enter("echo two > two");
            for task in meanwhile.take() {
                slow.borrow().clone().unwrap().perform::<()>(task).unwrap();
            }
        }
    }));
    slow.replace(Some(bench.clone()));
    bench.enter("aws iam create-user --user-name ana");
    let line = "aws kms create-key --key-spec RSA_2048 --key-usage SIGN_VERIFY --query KeyMetadata.KeySpec --output text > one";
    meanwhile.replace(vec![Task::Be { profile: "ana".to_owned() }]);
    assert_eq!(bench.enter(line).stderr, "");
    let stands = bench.stands();
    assert_eq!(stands.profile, "ana");
    assert_eq!(stands.files.iter().map(|it| it.name.as_str()).collect::<Vec<_>>(), ["one", "two"]);

    bench.be("default");
    meanwhile.replace(vec![Task::Stop]);
    let stopped = bench.enter(&line.replace("one", "never"));
    assert_eq!((stopped.exit, stopped.stderr.as_str()), (130, "^C"));
    let stands = bench.stands();
    assert!(stands.files.iter().all(|it| it.name != "never"));
    assert!(stands.history.iter().any(|it| it.ends_with("never")));
    slow.take();
}

#[test]
fn words_are_completed_with_what_is_there() {
    let bench = bench(MemoryStore::default());
    bench.enter("aws kms create-alias --alias-name alias/letters --target-key-id $(aws kms create-key --query KeyMetadata.KeyId --output text)");
    let before = bench.log(0).len();
    let complete = |line: &str| {
        let task = Task::Complete { line: line.to_owned(), cursor: line.len() };
        bench.perform::<Candidates>(task).unwrap().words
    };
    assert_eq!(complete("aws kms describe-key --key-id al"), ["alias/letters"]);
    assert_eq!(complete("aws kms describe-k"), ["describe-key"]);
    assert_eq!(bench.log(0).len(), before, "asking leaves no entry in the log");
    let open: Lines = bench.perform(Task::Read { text: "ls\necho 'a".to_owned() }).unwrap();
    assert_eq!((open.lines.len(), open.open), (2, true));
}

#[test]
fn who_has_no_credentials_is_told() {
    let bench = bench(MemoryStore::default());
    bench.enter("aws configure set region eu-west-1 --profile nobody");
    let printed = bench.enter("aws kms list-keys --profile nobody");
    assert_eq!(printed.exit, 253);
    assert!(printed.stderr.contains("Unable to locate credentials of the profile nobody"), "{printed:?}");
    assert_eq!(bench.enter("aws kms list-keys --region Nowhere!").exit, 252);
    bench.be("nobody");
    assert_eq!(bench.stands().who, None);
}

#[test]
fn people_of_two_accounts_may_what_the_script_says() {
    let store = MemoryStore::default();
    let bench = bench(store.clone());
    bench.perform::<()>(Task::Begin { start: Start::TwoAccounts, prepare: String::new() }).unwrap();
    assert_eq!(bench.stands().history, [] as [&str; 0]);
    let calls = bench.log(0).len();
    bench.perform::<()>(Task::Begin { start: Start::TwoAccounts, prepare: String::new() }).unwrap();
    assert_eq!(bench.log(0).len(), calls, "a sandbox begins once");
    let key = bench
        .enter("aws kms describe-key --key-id alias/orders --query KeyMetadata.Arn --output text")
        .stdout;
    let key = key.trim();
    bench.enter("echo hello > letter");
    let encrypt =
        format!("encrypt --key-id {key} --plaintext fileb://letter --query CiphertextBlob --output text");
    let sealed = bench.enter(&format!("aws kms {encrypt} --profile orders-app")).stdout;
    let decrypt = format!("decrypt --ciphertext-blob {}", sealed.trim());
    for (profile, command, expect) in [
        ("ana", "create-key", true),
        ("ben", "create-key", false),
        ("ben", &*format!("describe-key --key-id {key}"), true),
        ("ben", &encrypt, false),
        ("orders-app", &decrypt, true),
        ("orders-app", &format!("disable-key --key-id {key}"), false),
        ("carla", &decrypt, true),
        ("carla", &encrypt, false),
        ("partner", &decrypt, true),
    ] {
        let printed = bench.enter(&format!("aws kms {command} --profile {profile}"));
        assert!(
            printed.exit == 0 || printed.stderr.contains("AccessDenied"),
            "{profile}: {command}: {printed:?}"
        );
        assert_eq!(printed.exit == 0, expect, "{profile}: {command}");
    }
}

/// The story of the company: a key looks unused, and its last usage and the log name who needs it.
#[test]
fn a_forgotten_consumer_is_found_before_it_fails() {
    let bench = bench(MemoryStore::default());
    bench.perform::<()>(Task::Begin { start: Start::Company, prepare: String::new() }).unwrap();
    let value = |line: &str| {
        let printed = bench.enter(line);
        assert_eq!(printed.exit, 0, "{line}: {printed:?}");
        printed.stdout.trim().to_owned()
    };
    let key = value("aws kms describe-key --key-id alias/old-2019 --query KeyMetadata.KeyId --output text");
    let last = value(&format!(
        "aws kms get-key-last-usage --key-id {key} --query 'KeyLastUsage.Operation' --output text"
    ));
    assert_eq!(last, "Decrypt");
    let by = bench.log(0).into_iter().rev().map(|entry| entry.record).find(|record| {
        record.event_name == "Decrypt" && record.resources.iter().any(|resource| resource.arn.ends_with(&key))
    });
    let who = by.unwrap().user_identity.arn.unwrap();
    assert!(who.contains("assumed-role/payroll/"), "{who}");

    let read =
        "aws secretsmanager get-secret-value --secret-id payroll/bank --query SecretString --output text";
    assert_eq!(value(&format!("{read} --profile payroll")), "a password of the bank");
    value(&format!("aws kms schedule-key-deletion --key-id {key} --pending-window-in-days 7 --profile ana"));
    let due = bench.perform::<Clock>(Task::Clock).unwrap().due;
    bench.perform::<Passed>(Task::Advance { to: due[0].at }).unwrap();
    let refused = bench.enter(&format!("{read} --profile payroll"));
    assert_eq!(refused.exit, 254, "{refused:?}");
    let order = value("aws s3 cp s3://shop-orders/order-1001.json - --profile web-shop");
    assert!(order.contains("1001"), "what the shop needs is still there: {order}");
}

#[test]
fn whoever_begins_second_changes_nothing() {
    let store = MemoryStore::default();
    let (one, two) = (bench(store.clone()), bench(store.clone()));
    let late = block_on(two.0.scratch()).unwrap();
    let late = block_on(late.begun(start::script(Start::TwoAccounts))).unwrap();
    one.perform::<()>(Task::Begin { start: Start::TwoAccounts, prepare: String::new() }).unwrap();
    let before = (one.records(), one.log(0));
    block_on(two.0.take_over(&late)).unwrap();
    assert!((one.records(), one.log(0)) == before);
    two.perform::<()>(Task::Begin { start: Start::Company, prepare: String::new() }).unwrap();
    assert!((two.records(), two.log(0)) == before);
}

impl Bench {
    fn judge(&self, checks: &[&str]) -> Vec<sandbox::Holds> {
        let checks = checks.iter().map(ToString::to_string).collect();
        self.perform(Task::Judge { checks }).unwrap()
    }
}

#[test]
fn checks_are_asked_of_what_there_is_and_of_what_was_done() {
    let bench = bench(MemoryStore::default());
    for line in [
        "aws kms create-key --description one --query KeyMetadata.KeyId --output text > key",
        "aws kms create-alias --alias-name alias/one --target-key-id $(cat key)",
        "aws kms generate-data-key --key-id alias/one --key-spec AES_256 --encryption-context a=b --query Plaintext --output text > plain",
    ] {
        assert_eq!(bench.enter(line).exit, 0, "{line}");
    }
    let holds = bench.judge(&[
        "keys[0].Aliases == ['alias/one'] && keys[0].Description == 'one' && keys[0].Materials == `1`",
        "log[-1].eventName == 'GenerateDataKey' && !(log[-1].errorCode)",
        "files[?name=='plain'].exposes | [0]",
        "files[?name=='key'].exposes | [0]",
        "length(files) == `3`",
    ]);
    assert_eq!(holds, [true, true, true, false, false].map(Ok));
    bench.enter("rm plain");
    bench.enter("KEY=$(aws kms decrypt --ciphertext-blob 'AAAA' 2>&1)");
    assert_eq!(bench.judge(&["files[?exposes]", "variables[?exposes]"]), [Ok(false), Ok(false)]);
    assert_eq!(bench.log(0).len(), 4, "to judge leaves no entry");
    let told = bench.judge(&["length(keys) == `1`", "keys[?", "abs(keys)", "length(log) == `4`"]);
    assert!(
        matches!(&told[..], [Ok(true), Err(_), Err(_), Ok(true)]),
        "each check has its own answer: {told:?}"
    );
}

#[test]
fn an_experiment_leaves_nothing_behind() {
    let bench = bench(MemoryStore::default());
    let experiment = sandbox::Experiment {
        start: Start::TwoAccounts,
        prepare: "aws kms encrypt --key-id alias/orders --plaintext aGVsbG8= --query CiphertextBlob --output text | base64 -d > sealed"
            .to_owned(),
        script: "@as ana\naws kms decrypt --ciphertext-blob fileb://sealed\n@flip sealed 60\naws kms decrypt --ciphertext-blob fileb://sealed\n@wait 3 days\n@as nobody"
            .to_owned(),
        checks: vec![
            "printed[1].json.Plaintext == 'aGVsbG8='".to_owned(),
            "contains(printed[3].stderr, 'InvalidCiphertextException')".to_owned(),
            "profile == 'ana' && printed[5].exit == `1`".to_owned(),
            "printed[0].exit".to_owned(),
        ],
    };
    let tried: Result<sandbox::Tried, String> = bench.perform(Task::Try(experiment.clone())).unwrap();
    let tried = tried.unwrap();
    let exits: Vec<u8> = tried.played.iter().map(|played| played.exit).collect();
    assert_eq!(exits, [0, 0, 0, 254, 0, 1]);
    assert_eq!(tried.holds, [true, true, true, true].map(Ok), "zero counts as true in JMESPath");
    assert_eq!((bench.log(0).len(), bench.stands().files.len()), (0, 0));
    let broken = sandbox::Experiment { prepare: "aws kms nothing".to_owned(), ..experiment };
    let refused: Result<sandbox::Tried, String> = bench.perform(Task::Try(broken)).unwrap();
    assert!(refused.unwrap_err().contains("aws kms nothing"));
}

/// OpenSSL's own outputs, of 3.0.
#[test]
fn openssl_computes_what_openssl_does() {
    let bench = bench(MemoryStore::default());
    bench.enter("printf 'attack at dawn' > plain");
    let key = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";
    let iv = "f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff";
    for (mode, expect) in
        [("cbc", "f179aaaf2c35792e0de89d7fe3b02bca"), ("ctr", "f374b9ec40fda0aa2e498235375c")]
    {
        let line =
            format!("openssl enc -aes-256-{mode} -K {key} -iv {iv} -in plain -out sealed && xxd -p sealed");
        assert_eq!(bench.enter(&line).stdout.trim(), expect, "{mode}");
        let line = format!("openssl enc -aes-256-{mode} -d -K {key} -iv {iv} < sealed");
        assert_eq!(bench.enter(&line).stdout, "attack at dawn");
    }
    assert_eq!(
        bench.enter("openssl dgst -sha256 plain").stdout,
        "SHA2-256(plain)= d502810c71aeb17e5ea1cbf930b46b87bb645a75df45f500230d061992aeb90a\n"
    );
    assert_eq!(bench.enter("openssl rand -hex 8").stdout.len(), 17);
    let wrong = format!("openssl enc -aes-256-cbc -d -K {} -iv {iv} -in sealed", key.replace('0', "1"));
    assert_eq!(bench.enter(&wrong).exit, 1);
    assert_eq!(bench.enter("openssl enc -aes-256-cbc -in plain").stderr, "Option -iv is needed here");
    let short = bench.enter("openssl enc -aes-256-ctr -K aabb -iv 00 -in plain");
    assert_eq!((short.exit, short.stderr.matches("too short, padding").count()), (0, 2));
    let split = bench.enter("openssl enc -aes-256-ctr -K aabb cc -iv 00 -in plain");
    assert_eq!((split.exit, split.stderr.lines().next()), (1, Some("Extra arguments given.")));
    assert_eq!(bench.enter("openssl genrsa").exit, 1);
}

#[test]
fn openssl_works_with_the_public_keys_that_kms_gives_out() {
    let bench = bench(MemoryStore::default());
    for line in [
        "aws kms create-key --key-spec RSA_2048 --key-usage ENCRYPT_DECRYPT --query KeyMetadata.KeyId --output text > rsa",
        "aws kms get-public-key --key-id $(cat rsa) --query PublicKey --output text | base64 -d > rsa.der",
        "printf secret > plain",
        "openssl pkeyutl -encrypt -pubin -inkey rsa.der -keyform DER -in plain -out sealed -pkeyopt rsa_padding_mode:oaep -pkeyopt rsa_oaep_md:sha256 -pkeyopt rsa_mgf1_md:sha256",
        "aws kms decrypt --key-id $(cat rsa) --encryption-algorithm RSAES_OAEP_SHA_256 --ciphertext-blob fileb://sealed --query Plaintext --output text | base64 -d > back",
        "aws kms create-key --key-spec ECC_NIST_P256 --key-usage SIGN_VERIFY --query KeyMetadata.KeyId --output text > ec",
        "aws kms get-public-key --key-id $(cat ec) --query PublicKey --output text | base64 -d > ec.der",
        "aws kms sign --key-id $(cat ec) --signing-algorithm ECDSA_SHA_256 --message fileb://plain --query Signature --output text | base64 -d > sig",
    ] {
        let printed = bench.enter(line);
        assert_eq!(printed.exit, 0, "{line}: {}", printed.stderr);
    }
    assert_eq!(bench.enter("cat back").stdout, "secret");
    assert_eq!(
        bench.enter("openssl dgst -sha256 -verify ec.der -signature sig plain").stdout,
        "Verified OK\n"
    );
    let changed =
        bench.enter("printf Secret > other; openssl dgst -sha256 -verify ec.der -signature sig other");
    assert_eq!((changed.stdout.as_str(), changed.exit), ("Verification failure\n", 1));
}

#[test]
fn what_was_done_is_known_as_a_script_that_does_it_again() {
    let one = bench(MemoryStore::default());
    one.perform::<()>(Task::Begin { start: Start::TwoAccounts, prepare: "echo a > a".to_owned() }).unwrap();
    for line in [
        "KEY=$(aws kms create-key --query KeyMetadata.KeyId --output text)",
        "aws kms nothing",
        "cat a",
        "aws kms encrypt --key-id alias/none --plaintext aGk=",
    ] {
        one.enter(line);
    }
    one.be("ana");
    one.perform::<()>(Task::Move { region: "eu-central-1".to_owned() }).unwrap();
    one.perform::<()>(Task::WriteFile { name: "b c".to_owned(), bytes: vec![0, 255].into() }).unwrap();
    let now = one.perform::<Clock>(Task::Clock).unwrap().now;
    one.perform::<Passed>(Task::Advance { to: now.plus_days(7) }).unwrap();
    one.perform::<()>(Task::RemoveFile { name: "a".to_owned() }).unwrap();
    let script: Script = one.perform(Task::Script).unwrap();
    assert_eq!((script.start, script.whole), (Some(Start::TwoAccounts), true));
    let expect = [
        "echo a > a",
        "KEY=$(aws kms create-key --query KeyMetadata.KeyId --output text)",
        "aws kms encrypt --key-id alias/none --plaintext aGk=",
        "@as ana",
        "@in eu-central-1",
        "printf '%s' 'AP8=' | base64 --decode > 'b c'",
        "@wait 7 days",
        "rm a",
    ];
    assert_eq!(script.lines, expect);
    let again = bench(MemoryStore::default());
    again.perform::<()>(Task::Begin { start: Start::TwoAccounts, prepare: script.lines[0].clone() }).unwrap();
    for line in &script.lines[1..] {
        again.perform::<Printed>(Task::Play { line: line.clone() }).unwrap();
    }
    assert_eq!(again.perform::<Script>(Task::Script).unwrap(), script);
    assert_eq!((again.stands().files, again.stands().profile), (one.stands().files, one.stands().profile));
}

#[test]
fn what_was_gone_back_over_is_not_of_the_script() {
    let one = bench(MemoryStore::default());
    one.perform::<()>(Task::Begin { start: Start::Empty, prepare: String::new() }).unwrap();
    let lines = |it: &Bench| it.perform::<Script>(Task::Script).unwrap().lines;
    one.enter("aws kms create-key --description first");
    one.enter("aws kms create-key --description second");
    one.perform::<Clock>(Task::Back { entry: 2 }).unwrap();
    assert_eq!(lines(&one), ["aws kms create-key --description first"]);
    one.enter("aws kms create-key --description third");
    assert_eq!(
        lines(&one),
        ["aws kms create-key --description first", "aws kms create-key --description third"]
    );
}
