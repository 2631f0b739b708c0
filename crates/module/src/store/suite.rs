//! What every store has to do, run over each of them: natively over memory, in a browser over IndexedDB.

use std::collections::BTreeMap;

use waxseal_api::{Secret, Timestamp};
use waxseal_kms::{Stored, Table, Write};

use super::{
    Everything, SandboxTurn, Saved, Standing, Step, Store, Travel, Turn,
    tree::{Shape, Tree, Way},
};

/// When a backup was made.
const MADE: Timestamp = Timestamp::from_millis(1_800_000_000_125);

/// Runs the whole suite. `store` is empty; `again` opens the same records anew, as another tab would.
///
/// # Panics
/// When the store does not do what it has to.
pub(super) async fn run<S: Store>(store: S, again: impl AsyncFn() -> S) {
    let mut turn = store.turn().await.unwrap();
    assert_eq!((turn.generation(), sorted(&turn).await), (0, vec![]), "a new store is empty");

    let generation =
        turn.commit(vec![put(Table::Keys, "a", None), put(Table::Materials, "a/1", Some(7))]).await;
    assert_eq!(generation, Ok(1), "the first commit");
    drop(turn);

    let other = again().await;
    let mut turn = other.turn().await.unwrap();
    assert_eq!(turn.generation(), 1, "another opener sees the generation");
    let expect = vec![record(Table::Keys, "a", None), record(Table::Materials, "a/1", Some(7))];
    assert_eq!(sorted(&turn).await, expect, "another opener sees the records, secrets included");

    let writes = vec![
        Write::Delete { table: Table::Materials, key: "a/1".into() },
        put(Table::Materials, "a/2", Some(8)),
        Write::Delete { table: Table::Aliases, key: "never there".into() },
        put(Table::Aliases, "a", None),
    ];
    assert_eq!(turn.commit(writes).await, Ok(2), "replace, remove and add in one commit");
    drop(turn);

    let turn = store.turn().await.unwrap();
    assert_eq!(turn.generation(), 2, "the first opener sees what the other wrote");
    let expect = vec![
        record(Table::Keys, "a", None),
        record(Table::Materials, "a/2", Some(8)),
        record(Table::Aliases, "a", None),
    ];
    assert_eq!(sorted(&turn).await, expect, "the same name in two tables is two records");
    drop(turn);

    let mut turn = other.turn().await.unwrap();
    let records = vec![record(Table::Keys, "b", None), record(Table::Materials, "a/2", Some(9))];
    assert_eq!(turn.replace(records, MADE).await, Ok(3), "other records in the place of all");
    drop(turn);
    let turn = again().await.turn().await.unwrap();
    let expect = vec![record(Table::Keys, "b", None), record(Table::Materials, "a/2", Some(9))];
    assert_eq!((turn.generation(), sorted(&turn).await), (3, expect), "and nothing else");
    drop(turn);
    stands_to_its_backup(store, again).await;
}

/// What is stored comes from a backup now, as its third generation.
async fn stands_to_its_backup<S: Store>(store: S, again: impl AsyncFn() -> S) {
    let mut turn = store.turn().await.unwrap();
    let restored = Saved { made: MADE, generation: 3 };
    assert_eq!(turn.standing().await, Ok(Standing { changed: 3, saved: Some(restored) }), "restored");
    for table in [Table::Usage, Table::WrappingKeys] {
        turn.commit(vec![put(table, "a", None)]).await.unwrap();
    }
    assert!(!turn.standing().await.unwrap().is_behind(), "nothing is lost with what a backup need not have");
    for write in
        [put(Table::Aliases, "b", None), Write::Delete { table: Table::Materials, key: "a/2".into() }]
    {
        let generation = turn.commit(vec![put(Table::Usage, "a", None), write]).await.unwrap();
        let standing = turn.standing().await.unwrap();
        assert!(standing.changed == generation && standing.is_behind(), "{standing:?}");
        turn.note(Saved { made: MADE, generation }).await.unwrap();
        assert!(!turn.standing().await.unwrap().is_behind());
    }
    drop(turn);
    let turn = again().await.turn().await.unwrap();
    let saved = Saved { made: MADE, generation: 7 };
    let expect = Standing { changed: 7, saved: Some(saved) };
    assert_eq!((turn.generation(), turn.standing().await), (7, Ok(expect)), "another opener sees it");
}

/// What the store of a sandbox has to do besides. `store` is empty, and so is the one that is `filled` from it.
pub(super) async fn run_sandbox<S: Store<Turn: SandboxTurn>>(
    store: S,
    again: impl AsyncFn() -> S,
    filled: S,
) {
    let mut turn = store.turn().await.unwrap();
    assert_eq!((turn.ahead().await, turn.kept().await, turn.log(0, 9).await), (Ok(0), Ok(None), Ok(vec![])));
    turn.set_ahead(86_400_000).await.unwrap();
    assert_eq!(turn.generation(), 1, "others have to look at the clock");
    turn.enter(vec!["one".into(), "two".into()]);
    turn.commit(vec![put(Table::Keys, "a", None)]).await.unwrap();
    turn.enter(vec!["three".into()]);
    turn.flush().await.unwrap();
    turn.flush().await.unwrap();
    turn.keep(&"a text".to_owned().into()).await.unwrap();
    turn.keep(&"another text".to_owned().into()).await.unwrap();
    assert_eq!(turn.generation(), 2, "nobody has to read records again for a log or a text");
    drop(turn);

    let turn = again().await.turn().await.unwrap();
    assert_eq!((turn.generation(), turn.ahead().await), (2, Ok(86_400_000)));
    assert_eq!(turn.kept().await.unwrap().unwrap().expose(), "another text");
    let log = [(2, "two".to_owned()), (3, "three".to_owned())];
    assert_eq!(turn.log(1, 9).await.as_deref(), Ok(&log[..]), "each once, in order");
    drop(turn);
    goes_back(store, &again).await;
    keeps_many(&again().await).await;
    let everything = async || again().await.turn().await.unwrap().everything().await.unwrap();
    let expect = everything().await;
    let mut turn = filled.turn().await.unwrap();
    assert_eq!(turn.everything().await.unwrap(), Everything::default());
    turn.fill(&expect).await.unwrap();
    assert_eq!(turn.everything().await.unwrap(), expect, "all of it is in the other one");
    changes_some_of_many(&mut turn).await;
    drop(turn);
    keeps_many(&filled).await;
}

/// After three entries, in generation 2, with one record.
async fn goes_back<S: Store<Turn: SandboxTurn>>(store: S, again: &impl AsyncFn() -> S) {
    let mut turn = store.turn().await.unwrap();
    assert_eq!(turn.tree().await, Ok(Tree::default()));
    let names = [(Table::Keys, "a".to_owned()), (Table::Keys, "b".to_owned())];
    assert_eq!(turn.records(&names).await.as_deref(), Ok(&[record(Table::Keys, "a", None)][..]));
    let step = async |turn: &mut S::Turn, text: &str, entries: &[&str], writes| {
        turn.enter(entries.iter().map(|entry| (*entry).to_owned()).collect());
        turn.step(&text.to_owned().into()).await.unwrap();
        turn.commit(writes).await.unwrap();
    };
    step(&mut turn, "first", &["four", "five"], vec![put(Table::Materials, "b", Some(1))]).await;
    step(&mut turn, "second", &[], vec![put(Table::Materials, "b", Some(2))]).await;
    let first = Way { first: 1, parent: 0, entry: 4, shared: 4 };
    let shape = Shape { ways: vec![first], until: None };
    assert_eq!(turn.tree().await, Ok(Tree { head: 2, kept: (1, 2), shape }));
    let of = |number, entries, text: &str| Step { number, entries, text: text.to_owned().into() };
    let steps = vec![of(1, (4, 6), "first"), of(2, (6, 6), "second")];
    assert_eq!(turn.steps((1, 9)).await, Ok(steps));
    for (entry, step) in [(3, None), (4, Some(1)), (5, Some(1)), (6, None)] {
        assert_eq!(turn.step_of(entry).await, Ok(step), "the step of entry {entry}");
    }
    assert_eq!(turn.log(0, 2).await.unwrap(), [(4, "four".to_owned()), (5, "five".to_owned())], "the newest");

    let writes = vec![Write::Delete { table: Table::Materials, key: "b".into() }];
    let back = Travel { head: 0, writes, ahead: Some(5) };
    assert_eq!(turn.travel(back).await, Ok(5), "others have to read records again");
    drop(turn);
    let mut turn = again().await.turn().await.unwrap();
    assert_eq!((turn.ahead().await, turn.tree().await.unwrap().head), (Ok(5), 0));
    assert_eq!(sorted(&turn).await, vec![record(Table::Keys, "a", None)]);
    assert_eq!(turn.log(2, 9).await.unwrap().len(), 1, "what did not happen is not in the log");

    step(&mut turn, "third", &["six"], vec![put(Table::Keys, "c", None)]).await;
    assert_eq!(turn.log(2, 9).await.unwrap()[1], (6, "six".to_owned()), "a number is not used again");
    assert_eq!(
        turn.tree().await.unwrap().shape.ways,
        [first, Way { first: 3, parent: 0, entry: 6, shared: 4 }]
    );
    assert_eq!(turn.step_of(6).await, Ok(Some(3)));
    assert_eq!(
        turn.log(0, 2).await.unwrap(),
        [(3, "three".to_owned()), (6, "six".to_owned())],
        "over what is not seen"
    );
    let writes =
        vec![Write::Delete { table: Table::Keys, key: "c".into() }, put(Table::Materials, "b", Some(1))];
    let other = Travel { head: 1, writes, ahead: None };
    turn.travel(other).await.unwrap();
    drop(turn);
    let turn = again().await.turn().await.unwrap();
    assert_eq!((turn.tree().await.unwrap().head, turn.ahead().await), (1, Ok(5)));
    let expect = [(4, "four".to_owned()), (5, "five".to_owned())];
    assert_eq!(turn.log(3, 9).await.as_deref(), Ok(&expect[..]), "what has happened is in the log again");
    assert_eq!(
        sorted(&turn).await,
        vec![record(Table::Keys, "a", None), record(Table::Materials, "b", Some(1))]
    );
    takes_many_away(turn).await;
}

/// Whatever lies between records that go stays.
async fn takes_many_away(mut turn: impl SandboxTurn) {
    let kept = sorted(&turn).await;
    let names = ["0", "d", "e", "f", "g", "ä", "z"];
    turn.commit(names.iter().map(|name| put(Table::Keys, name, None)).collect()).await.unwrap();
    let away = |names: &[&str]| {
        let gone = |name: &&str| Write::Delete { table: Table::Keys, key: (*name).to_owned() };
        Travel { head: 1, writes: names.iter().map(gone).collect(), ahead: None }
    };
    turn.travel(away(&["0", "e", "f", "z", "ä", "never"])).await.unwrap();
    let keys = async |turn| sorted(turn).await.into_iter().map(|it| it.key).collect::<Vec<_>>();
    assert_eq!(keys(&turn).await, ["a", "d", "g", "b"]);
    turn.travel(away(&["d", "g"])).await.unwrap();
    assert_eq!(sorted(&turn).await, kept);
    changes_some_of_many(&mut turn).await;
}

/// However a store keeps what has come at once, what becomes of some of it counts.
async fn changes_some_of_many(turn: &mut impl SandboxTurn) {
    const MANY: u8 = 250;
    let (before, head) = (sorted(turn).await, turn.tree().await.unwrap().head);
    let go = |writes| Travel { head, writes, ahead: None };
    let gone = |name: &str| Write::Delete { table: Table::Materials, key: name.to_owned() };
    let material = |name: &str, byte| put(Table::Materials, name, Some(byte));
    let many = || {
        (0..MANY)
            .map(|n| (format!("many {n:03}"), n))
            .chain([("many 😀".into(), 1), ("many \u{FFFD}".into(), 2)])
    };
    let mut expect: BTreeMap<String, u8> = many().collect();
    turn.travel(go(many().map(|(name, byte)| material(&name, byte)).collect())).await.unwrap();
    check(turn, &before, &expect).await;

    turn.commit(vec![material("many 100", 7), gone("many 200"), material("many 1005", 8), gone("never")])
        .await
        .unwrap();
    expect.extend([("many 100".to_owned(), 7), ("many 1005".to_owned(), 8)]);
    expect.remove("many 200");
    check(turn, &before, &expect).await;

    turn.travel(go(vec![gone("many 000"), gone("many 1005"), material("many 200", 9), gone("many 😀")]))
        .await
        .unwrap();
    expect.insert("many 200".to_owned(), 9);
    for name in ["many 000", "many 1005", "many 😀"] {
        expect.remove(name);
    }
    check(turn, &before, &expect).await;

    let away: Vec<_> = many().filter(|(_, n)| n % 5 > 0).map(|(name, _)| name).collect();
    turn.travel(go(away.iter().map(|name| gone(name)).collect())).await.unwrap();
    turn.commit(vec![gone("many 005")]).await.unwrap();
    expect.retain(|name, _| !away.contains(name) && name != "many 005");
    check(turn, &before, &expect).await;

    let all = many().map(|(name, _)| gone(&name)).chain([put(Table::Keys, "many", None)]);
    turn.travel(go(all.collect())).await.unwrap();
    turn.travel(go(vec![Write::Delete { table: Table::Keys, key: "many".to_owned() }])).await.unwrap();
    check(turn, &before, &BTreeMap::new()).await;
}

/// Besides what was there `before`, there are these materials, whether one asks for all or for some.
async fn check(turn: &impl SandboxTurn, before: &[Stored], materials: &BTreeMap<String, u8>) {
    let there: Vec<_> =
        materials.iter().map(|(name, byte)| record(Table::Materials, name, Some(*byte))).collect();
    let others = |it: &Stored| !before.contains(it);
    let found: Vec<_> = sorted(turn).await.into_iter().filter(others).collect();
    assert_eq!(found, there);
    let names = ["000", "005", "100", "1005", "200", "249", "250", "😀", "\u{FFFD}"]
        .map(|name| format!("many {name}"));
    let mut some = turn.records(&names.clone().map(|name| (Table::Materials, name))).await.unwrap();
    some.sort_by(|a, b| a.key.cmp(&b.key));
    let asked = |it: &Stored| names.contains(&it.key);
    assert_eq!(some, there.into_iter().filter(asked).collect::<Vec<_>>());
}

/// However a store puts many steps and entries together, it finds each of them.
async fn keeps_many<S: Store<Turn: SandboxTurn>>(store: &S) {
    const MANY: u64 = 150;
    let mut turn = store.turn().await.unwrap();
    let (made, entered) = (turn.tree().await.unwrap().kept.1, turn.everything().await.unwrap().entered);
    for n in 1..=MANY {
        turn.enter(vec![format!("{n}, one"), format!("{n}, two")]);
        turn.step(&format!("step {n}").into()).await.unwrap();
        turn.commit(Vec::new()).await.unwrap();
        turn.flush().await.unwrap();
    }
    assert_eq!(turn.tree().await.unwrap().kept, (1, made + MANY));
    let of = |n| Step {
        number: made + n,
        entries: (entered + 2 * n - 1, entered + 2 * n + 1),
        text: format!("step {n}").into(),
    };
    for (first, last) in [(1, 1), (50, 50), (59, 70), (61, 62), (100, 149), (1, MANY), (MANY, MANY)] {
        let steps = turn.steps((made + first, made + last)).await;
        assert_eq!(steps, Ok((first..=last).map(of).collect()), "steps {first} to {last}");
    }
    for n in 1..=MANY {
        assert_eq!(turn.step_of(entered + 2 * n).await, Ok(Some(made + n)), "the step of an entry");
    }
    let entries = |until: u64| -> Vec<(u64, String)> {
        let of = |n| [(entered + 2 * n - 1, format!("{n}, one")), (entered + 2 * n, format!("{n}, two"))];
        (1..=until).flat_map(of).collect()
    };
    assert_eq!(turn.log(entered, 999).await, Ok(entries(MANY)));
    assert_eq!(turn.log(entered, 77).await.as_deref(), Ok(&entries(MANY)[2 * MANY as usize - 77..]));
    turn.travel(Travel { head: made + 70, ..Travel::default() }).await.unwrap();
    assert_eq!(turn.log(entered, 999).await, Ok(entries(70)), "the log ends at a step within a block");
}

async fn sorted(turn: &impl Turn) -> Vec<Stored> {
    let mut records = turn.load().await.unwrap();
    records.sort_by(|a, b| (a.table, &a.key).cmp(&(b.table, &b.key)));
    records
}

fn put(table: Table, key: &str, secret: Option<u8>) -> Write {
    Write::Put(record(table, key, secret))
}

fn record(table: Table, key: &str, secret: Option<u8>) -> Stored {
    let body = format!("{{\"of\":\"{key} in {table}\"}}");
    Stored { table, key: key.into(), body, secret: secret.map(|byte| Secret::new(vec![byte; 32])) }
}

mod tests {
    use crate::store::memory::MemoryStore;

    #[test]
    fn memory() {
        let store = MemoryStore::default();
        pollster::block_on(super::run(store.clone(), async || store.clone()));
        let store = MemoryStore::default();
        let filled = MemoryStore::default();
        pollster::block_on(super::run_sandbox(store.clone(), async || store.clone(), filled));
    }
}
