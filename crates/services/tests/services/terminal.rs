//! Scripts in the terminal, with engine and services behind it.

use expect_test::{Expect, expect};
use serde_json::json;
use waxseal_api::Service;
use waxseal_cli::{Call, Identity, Shell, Step};
use waxseal_kms::{Caller, Principal};

use crate::world::{ACCOUNT, REGION, World};

struct Terminal {
    shell: Shell,
    world: World,
}

impl Terminal {
    /// With a key whose ID is in `$KEY`, and a user who may do everything but use keys.
    fn new() -> Self {
        let mut world = World::new();
        world.become_user(
            "ann",
            json!(["s3:*", "ec2:*", "ssm:*", "secretsmanager:*", "dynamodb:*", "lambda:*"]),
        );
        world.become_root();
        let mut shell = Shell::default();
        for profile in ["default", "ann"] {
            shell.config.set(profile, "region", REGION);
        }
        let mut terminal = Self { shell, world };
        terminal.line("KEY=$(aws kms create-key --query KeyMetadata.Arn --output text)");
        terminal
    }

    /// What a line prints: stdout, stderr, and the exit code where it is not 0.
    fn line(&mut self, line: &str) -> String {
        let mut run = self.shell.enter(line);
        let outcome = loop {
            match run.step() {
                Step::Call(call) => run.answer(answer(&mut self.world, &call)),
                Step::Work(work) => unreachable!("nothing here computes {work:?}"),
                Step::Done(outcome) => break outcome,
            }
        };
        let exit = if outcome.exit == 0 { String::new() } else { format!("[{}]\n", outcome.exit) };
        format!("{}{}{exit}", String::from_utf8_lossy(&outcome.stdout), outcome.stderr)
    }

    #[track_caller]
    fn check(&mut self, line: &str, expect: Expect) {
        let key = self.line("echo $KEY");
        let printed = self.line(line).replace(key.trim(), "KEY");
        expect.assert_eq(&printed);
    }
}

fn answer(world: &mut World, call: &Call) -> Result<String, waxseal_api::ApiError> {
    world.become_root();
    if call.identity == Identity::Profile("ann".to_owned()) {
        let account = ACCOUNT.parse().unwrap();
        let principal = Principal::User { account, path: "/".to_owned(), name: "ann".to_owned() };
        world.caller = Caller { principal, ..world.caller.clone() };
    }
    let body = serde_json::from_str(&call.body).unwrap();
    world.call(call.service, call.operation, body).map(|output| output.to_string())
}

#[test]
fn objects_are_moved_and_removed_together() {
    let mut terminal = Terminal::new();
    terminal.line("aws s3 mb s3://docs; for n in 1 2 3; do echo $n > $n.txt; done");
    terminal.check("aws s3 mv 1.txt s3://docs/in/", expect!["move: ./1.txt to s3://docs/in/1.txt\n"]);
    terminal.check("ls", expect!["2.txt\n3.txt\n"]);
    terminal.check(
        "aws s3 mv s3://docs/in/1.txt s3://docs/out/",
        expect!["move: s3://docs/in/1.txt to s3://docs/out/1.txt\n"],
    );
    terminal.check(
        "aws s3 mv s3://docs/out/1.txt back.txt; cat back.txt; aws s3 ls s3://docs --recursive",
        expect!["move: s3://docs/out/1.txt to ./back.txt\n1\n"],
    );
    terminal.check(
        "aws s3 mv none.txt s3://docs",
        expect![[r#"

        aws: [ERROR]: The user-provided path none.txt does not exist.
        [255]
    "#]],
    );
    terminal.line("for f in ?.txt back.txt; do aws s3 cp $f s3://docs/all/; done; aws s3 cp back.txt s3://docs/other.txt");
    terminal.check(
        "aws s3 rm s3://docs/all/ --recursive; aws s3 rm s3://docs --recursive --quiet; aws s3 rb s3://docs",
        expect![[r#"
        delete: s3://docs/all/2.txt
        delete: s3://docs/all/3.txt
        delete: s3://docs/all/back.txt
        remove_bucket: docs
    "#]],
    );
}

#[test]
fn the_trail_is_looked_through() {
    let mut terminal = Terminal::new();
    terminal.line("echo -n hello > p; aws kms encrypt --key-id $KEY --plaintext fileb://p --output text --query CiphertextBlob | base64 -d > c");
    terminal.world.later(60);
    terminal.line("aws kms decrypt --ciphertext-blob fileb://c; aws kms decrypt --ciphertext-blob fileb://c --profile ann");
    terminal.line("aws s3 mb s3://docs; aws s3 cp p s3://docs/p --sse aws:kms --sse-kms-key-id $KEY");
    let look = "aws cloudtrail lookup-events --lookup-attributes AttributeKey=EventName,AttributeValue";
    terminal.check(&format!("{look}=Decrypt --query 'Events[].[EventTime,Username,ReadOnly,Resources[0].ResourceType,EventSource]' --output text"), expect![[r#"
        2026-11-24T12:01:00+00:00	ann	true	AWS::KMS::Key	kms.amazonaws.com
        2026-11-24T12:01:00+00:00	root	true	AWS::KMS::Key	kms.amazonaws.com
    "#]]);
    terminal.check(&format!("{look}=Decrypt --max-results 1 --query 'Events[0].CloudTrailEvent' --output text | grep -o '\"errorCode\":\"[A-Za-z]*\"'"), expect![[r#"
        "errorCode":"AccessDenied"
    "#]]);
    terminal.check(&format!("{look}=PutObject --query 'length(Events)'; {look}=CreateBucket --query 'length(Events)'; {look}=GenerateDataKey --query 'Events[].Username' --output text"), expect![[r#"
        0
        1
        root
    "#]]);
    // What has looked is in the trail as well.
    terminal.check(
        "aws cloudtrail lookup-events --max-items 2 --query 'Events[].EventName' --output text",
        expect![[r#"
            LookupEvents	LookupEvents
            None
        "#]],
    );
    terminal.check("aws cloudtrail lookup-events --lookup-attributes AttributeKey=ResourceName,AttributeValue=$KEY --end-time 2026-11-24T12:00:30Z --query 'Events[].EventName'  --output text", expect![[r#"
        Encrypt	CreateKey
    "#]]);
    terminal.check("TOKEN=$(aws cloudtrail lookup-events --max-results 1 --query NextToken --output text); aws cloudtrail lookup-events --next-token $TOKEN --max-results 1 --query 'Events[].EventName' --output text", expect![[r#"
        LookupEvents
    "#]]);
    for wrong in [
        "--max-results 51",
        "--next-token none",
        "--start-time 2026-11-24 --end-time 2026-11-23",
        "--lookup-attributes AttributeKey=EventName,AttributeValue=a AttributeKey=EventId,AttributeValue=b",
        "--profile ann",
    ] {
        let said = terminal.line(&format!("aws cloudtrail lookup-events {wrong}"));
        let code = said.split(['(', ')']).nth(1).unwrap_or_default();
        assert!(
            matches!(
                code,
                "InvalidMaxResultsException"
                    | "InvalidNextTokenException"
                    | "InvalidTimeRangeException"
                    | "InvalidLookupAttributesException"
                    | "AccessDeniedException"
            ),
            "{wrong}: {said}"
        );
    }
    terminal.world.later(91 * 86_400);
    terminal.check("aws cloudtrail lookup-events --query 'length(Events)'", expect!["0\n"]);
}

#[test]
fn files_go_into_buckets_and_come_back() {
    let mut terminal = Terminal::new();
    terminal.line("echo hello > a.txt");
    terminal.check("aws s3 mb s3://docs", expect!["make_bucket: docs\n"]);
    terminal.check(
        "aws s3 cp a.txt s3://docs/in/ --sse aws:kms --sse-kms-key-id $KEY",
        expect!["upload: ./a.txt to s3://docs/in/a.txt\n"],
    );
    terminal
        .check("aws s3 cp s3://docs/in/a.txt b.txt", expect!["download: s3://docs/in/a.txt to ./b.txt\n"]);
    terminal.check("cat b.txt; aws s3 cp s3://docs/in/a.txt -", expect!["hello\nhello\n"]);
    let refused = terminal.line("aws s3 cp s3://docs/in/a.txt - --profile ann");
    assert!(
        refused.starts_with("download failed: s3://docs/in/a.txt to - An error occurred (AccessDenied)"),
        "{refused}"
    );
    terminal.check("aws s3 cp s3://docs/in/a.txt s3://docs/b.txt --quiet", expect![""]);
    terminal.check("echo piped | aws s3 cp - s3://docs/c.txt", expect!["upload: - to s3://docs/c.txt\n"]);
    terminal.check(
        "aws s3 ls s3://docs",
        expect![[r#"
                                   PRE in/
        2026-11-24 12:00:00          6 b.txt
        2026-11-24 12:00:00          6 c.txt
    "#]],
    );
    terminal.check(
        "aws s3 ls; aws s3 ls s3://docs/in/",
        expect![[r#"
        2026-11-24 12:00:00 docs
        2026-11-24 12:00:00          6 a.txt
    "#]],
    );
    terminal.check("aws s3 ls s3://docs/none", expect!["[1]\n"]);
    terminal.check("aws s3 rb s3://docs", expect![[r#"
        remove_bucket failed: s3://docs An error occurred (BucketNotEmpty) when calling the DeleteBucket operation: The bucket you tried to delete is not empty
        [1]
    "#]]);
    terminal.check("aws s3 rm s3://docs/b.txt", expect!["delete: s3://docs/b.txt\n"]);
    terminal.check(
        "aws s3 cp s3://docs/b.txt .",
        expect![[r#"
        fatal error: An error occurred (404) when calling the HeadObject operation: Key "b.txt" does not exist
        [1]
    "#]],
    );
    terminal.check(
        "aws s3 cp none.txt s3://docs",
        expect![[r#"

        aws: [ERROR]: The user-provided path none.txt does not exist.
        [255]
    "#]],
    );
}

#[test]
fn s3api() {
    let mut terminal = Terminal::new();
    terminal.line("echo hello > a.txt");
    terminal.check(
        "aws s3api create-bucket --bucket docs --create-bucket-configuration LocationConstraint=eu-central-1",
        expect![[r#"
            {
                "Location": "http://docs.s3.amazonaws.com/",
                "BucketArn": "arn:aws:s3:::docs"
            }
        "#]],
    );
    terminal.check(
        "aws s3api put-bucket-encryption --bucket docs --server-side-encryption-configuration \
         '{\"Rules\":[{\"ApplyServerSideEncryptionByDefault\":{\"SSEAlgorithm\":\"aws:kms\",\"KMSMasterKeyID\":\"'$KEY'\"},\
         \"BucketKeyEnabled\":true}]}'",
        expect![""],
    );
    terminal.check(
        "aws s3api get-bucket-encryption --bucket docs",
        expect![[r#"
        {
            "ServerSideEncryptionConfiguration": {
                "Rules": [
                    {
                        "ApplyServerSideEncryptionByDefault": {
                            "SSEAlgorithm": "aws:kms",
                            "KMSMasterKeyID": "KEY"
                        },
                        "BucketKeyEnabled": true,
                        "BlockedEncryptionTypes": {
                            "EncryptionType": [
                                "SSE-C"
                            ]
                        }
                    }
                ]
            }
        }
    "#]],
    );
    terminal.check("aws s3api put-object --bucket docs --key a.txt --body a.txt --query '[ServerSideEncryption,SSEKMSKeyId,BucketKeyEnabled]' --output text", expect!["aws:kms\tKEY\tTrue\n"]);
    terminal.check(
        "aws s3api get-object --bucket docs --key a.txt copy.txt --query ContentLength && cat copy.txt",
        expect!["6\nhello\n"],
    );
    terminal.check(
        "aws s3api get-object --bucket docs --key a.txt",
        expect![[r#"

        aws: [ERROR]: An error occurred (ParamValidation): the following arguments are required: outfile

        usage: aws [options] <command> <subcommand> [<subcommand> ...] [parameters]
        To see help text, you can run:

          aws help
          aws <command> help
          aws <command> <subcommand> help

        [252]
    "#]],
    );
    terminal.check(
        "aws s3api list-objects-v2 --bucket docs --query 'Contents[].Key' --output text",
        expect!["a.txt\n"],
    );
    terminal.check(
        "aws s3api list-objects-v2 --bucket docs --prefix none",
        expect![[r#"
        {
            "RequestCharged": null,
            "Prefix": "none"
        }
    "#]],
    );
    terminal.check("aws s3api put-object --bucket docs --key a --body none", expect![[r#"

        aws: [ERROR]: An error occurred (ParamValidation): Error parsing parameter '--body': Blob values must be a path to a file.
        [252]
    "#]]);
    terminal.check(
        "aws kms disable-key --key-id $KEY; aws s3api put-object --bucket docs --key b --body a.txt --no-bucket-key-enabled",
        expect![[r#"

            aws: [ERROR]: An error occurred (KMS.DisabledException) when calling the PutObject operation: KEY is disabled.
            [254]
        "#]],
    );
}

#[test]
fn keys_that_callers_bring() {
    let mut terminal = Terminal::new();
    terminal.line("echo hello > a.txt; aws s3 mb s3://docs");
    terminal.check(
        "aws s3api put-bucket-encryption --bucket docs --server-side-encryption-configuration \
         'Rules=[{BlockedEncryptionTypes={EncryptionType=[NONE]}}]'",
        expect![""],
    );
    let key = "0123456789abcdef0123456789abcdef";
    let sse = format!("--sse-customer-algorithm AES256 --sse-customer-key {key}");
    terminal.check(
        &format!("aws s3api put-object --bucket docs --key a --body a.txt {sse} --query SSECustomerKeyMD5"),
        expect!["\"hRasmdxgYDKV3nvbahU1MA==\"\n"],
    );
    terminal.check("aws s3api get-object --bucket docs --key a b.txt", expect![[r#"

        aws: [ERROR]: An error occurred (InvalidRequest) when calling the GetObject operation: The object was stored using a form of Server Side Encryption. The correct parameters must be provided to retrieve the object.
        [254]
    "#]]);
    terminal.check(&format!("aws s3 cp s3://docs/a - --sse-c --sse-c-key {key}"), expect!["hello\n"]);
    terminal.check(
        "aws s3 cp s3://docs/a - --sse-c --sse-c-key 00000000000000000000000000000000",
        expect![[r#"
        fatal error: An error occurred (403) when calling the HeadObject operation: Forbidden
        [1]
    "#]],
    );
}

#[test]
fn the_other_services() {
    let mut terminal = Terminal::new();
    terminal.check(
        "aws secretsmanager create-secret --name db --secret-string hunter2 --kms-key-id $KEY --query Name",
        expect!["\"db\"\n"],
    );
    terminal.check(
        "aws secretsmanager get-secret-value --secret-id db --query SecretString --output text",
        expect!["hunter2\n"],
    );
    terminal.check("aws secretsmanager get-secret-value --secret-id db --profile ann", expect![[r#"

        aws: [ERROR]: An error occurred (AccessDeniedException) when calling the GetSecretValue operation: Access to KMS is not allowed
        [254]
    "#]]);
    terminal.check(
        "aws ssm put-parameter --name /db --value hunter2 --type SecureString --key-id $KEY",
        expect![[r#"
        {
            "Version": 1,
            "Tier": "Standard"
        }
    "#]],
    );
    terminal.check(
        "aws ssm get-parameter --name /db --with-decryption --query Parameter.Value",
        expect!["\"hunter2\"\n"],
    );
    terminal.check(
        "V=$(aws ec2 create-volume --availability-zone eu-central-1a --size 8 --encrypted --kms-key-id $KEY --query VolumeId \
         --output text); aws ec2 attach-volume --volume-id $V --instance-id i-0abc --device /dev/sdf --query State; \
         aws ec2 describe-volumes --query 'Volumes[].State'",
        expect![[r#"
            "attaching"
            [
                "in-use"
            ]
        "#]],
    );
    terminal.check(
        "aws dynamodb create-table --table-name people --attribute-definitions AttributeName=id,AttributeType=S \
         --key-schema AttributeName=id,KeyType=HASH --billing-mode PAY_PER_REQUEST \
         --sse-specification Enabled=true,SSEType=KMS,KMSMasterKeyId=$KEY --query TableDescription.SSEDescription.Status",
        expect!["\"ENABLED\"\n"],
    );
    terminal
        .check("aws dynamodb put-item --table-name people --item '{\"id\":{\"S\":\"ann\"}}'", expect![""]);
    terminal.check(
        "aws dynamodb get-item --table-name people --key id={S=ann} --output text",
        expect![[r#"
            ID	ann
        "#]],
    );
    terminal.line("aws iam create-role --role-name f --assume-role-policy-document '{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"Service\":\"lambda.amazonaws.com\"},\"Action\":\"sts:AssumeRole\"}]}'; echo zip > f.zip");
    terminal.check(
        "aws lambda create-function --function-name f --runtime python3.14 --handler f.main --zip-file fileb://f.zip \
         --role arn:aws:iam::111122223333:role/f --environment 'Variables={PASSWORD=hunter2}' --kms-key-arn $KEY \
         --query Environment",
        expect![[r#"
            {
                "Variables": {
                    "PASSWORD": "hunter2"
                }
            }
        "#]],
    );
    terminal.check("aws lambda get-function-configuration --function-name f --profile ann --query Environment.Error.ErrorCode", expect!["\"AccessDeniedException\"\n"]);
    terminal.check("aws lambda create-function --function-name g --role arn:aws:iam::111122223333:role/f --zip-file f.zip", expect![[r#"

        aws: [ERROR]: An error occurred (ParamValidation): --zip-file must be a zip file with the fileb:// prefix.
        Example usage:  --zip-file fileb://path/to/file.zip
        [252]
    "#]]);
}

/// Every operation that the terminal has is one that a service answers.
#[test]
fn the_tables_and_the_services_have_the_same_operations() {
    let mut world = World::new();
    let mut count = 0;
    for model in
        waxseal_cli::model::services().iter().filter(|model| waxseal_services::answers(model.service))
    {
        for operation in &model.operations {
            let refusal = world.call(model.service, operation.name, json!({})).err();
            let unknown = refusal.is_some_and(|it| it.name.as_deref() == Some("UnknownOperationException"));
            assert!(!unknown, "{} {}", model.service, operation.name);
            count += 1;
        }
    }
    assert_eq!(count, 37);
    assert!(!waxseal_services::answers(Service::Kms));
}
