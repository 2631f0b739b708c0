use pollster::block_on;
use serde::de::DeserializeOwned;

use super::*;
use crate::{
    store::memory::MemoryStore,
    world::tests::{clock, open_world, surroundings},
};

/// A page with its terminal.
struct Page {
    world: World<MemoryStore>,
    terminal: VaultTerminal,
}

fn page(store: MemoryStore) -> Page {
    let world = open_world(store, surroundings(&clock()));
    let terminal = VaultTerminal::new(world.caller());
    Page { world, terminal }
}

impl Page {
    fn perform<T: DeserializeOwned>(&self, task: Task) -> Result<T, LocalError> {
        let text = block_on(self.terminal.perform(&self.world, task))?;
        Ok(serde_json::from_str(&text).unwrap())
    }

    fn enter(&self, line: &str) -> Printed {
        self.perform(Task::Enter { line: line.to_owned() }).unwrap()
    }
}

#[test]
fn what_a_line_does_is_done_to_the_vault() {
    let store = MemoryStore::default();
    let one = page(store.clone());
    let made = one.enter("KEY=$(aws kms create-key --query KeyMetadata.KeyId --output text) && echo $KEY");
    assert_eq!((made.exit, made.profile.as_str()), (0, "vault"), "{made:?}");
    assert_eq!(one.enter("aws kms create-alias --alias-name alias/a --target-key-id $KEY").exit, 0);
    assert_eq!(one.enter("echo hello > letter").exit, 0);
    let sealed = one.enter(
        "aws kms encrypt --key-id alias/a --plaintext fileb://letter --query CiphertextBlob --output text | base64 -d > sealed",
    );
    assert_eq!(sealed.exit, 0, "{sealed:?}");
    let opened = one.enter(
        "aws kms decrypt --ciphertext-blob fileb://sealed --query Plaintext --output text | base64 -d",
    );
    assert_eq!(opened.stdout, "hello\n", "{opened:?}");
    let keys: Vec<KeyRow> = one.perform(Task::Keys { after: None, limit: 10 }).unwrap();
    let row = |key: &KeyRow| (format!("{}\n", key.id), key.names.clone());
    assert_eq!(keys.iter().map(row).collect::<Vec<_>>(), [(made.stdout, vec!["alias/a".to_owned()])]);
    let line = "aws kms describe-key --key-id alias/".to_owned();
    let found: Candidates = one.perform(Task::Complete { cursor: line.len(), line }).unwrap();
    assert_eq!(found.words, ["alias/a"]);
    // Another page has the key and not the files.
    let two = page(store);
    assert_eq!(two.enter("aws kms describe-key --key-id alias/a").exit, 0);
    let stands = |page: &Page| page.perform::<sandbox::Terminal>(Task::Terminal).unwrap();
    assert_eq!((stands(&one).files.len(), stands(&two).files.len()), (2, 0));
    assert_eq!(stands(&two).who.as_deref(), Some("arn:aws:iam::111122223333:root"));
}

#[test]
fn nobody_else_and_nowhere_else() {
    let page = page(MemoryStore::default());
    for (line, why) in [
        ("aws kms list-keys --region eu-central-1", "one Region"),
        ("aws s3api list-buckets", "nothing else"),
        ("aws iam list-users", "nothing else"),
        ("aws sts get-caller-identity", "nothing else"),
        (
            "AWS_ACCESS_KEY_ID=AKIAIOSFODNN7EXAMPLE AWS_SECRET_ACCESS_KEY=secret aws kms list-keys",
            "own principal",
        ),
    ] {
        let printed = page.enter(line);
        assert!(printed.exit != 0 && printed.stderr.contains(why), "{line}: {printed:?}");
    }
    let offers: Vec<sandbox::Offer> = page.perform(Task::Offers).unwrap();
    assert_eq!(offers.iter().map(|offer| offer.service).collect::<Vec<_>>(), [Service::Kms]);
    for task in [
        Task::Clock,
        Task::Advance { to: waxseal_api::Timestamp::from_millis(i64::MAX / 2) },
        Task::Back { entry: 1 },
        Task::Save,
        Task::Be { profile: "ana".to_owned() },
        Task::Move { region: "eu-central-1".to_owned() },
    ] {
        let refused = page.perform::<serde_json::Value>(task).unwrap_err();
        assert_eq!(refused.code, LocalErrorCode::BadRequest);
    }
}

#[test]
fn files_are_brought_in_and_taken_away_while_a_page_is_there() {
    let page = page(MemoryStore::default());
    page.perform::<()>(Task::WriteFile { name: "a".to_owned(), bytes: vec![104, 105].into() }).unwrap();
    assert_eq!(page.enter("cat a").stdout, "hi");
    let bytes: Option<waxseal_api::Blob> = page.perform(Task::ReadFile { name: "a".to_owned() }).unwrap();
    assert_eq!(bytes.unwrap().as_bytes(), b"hi");
    page.perform::<()>(Task::RemoveFile { name: "a".to_owned() }).unwrap();
    assert_ne!(page.enter("cat a").exit, 0);
}
