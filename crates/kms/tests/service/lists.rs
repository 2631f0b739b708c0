//! Lists by the page.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::world::{World, text};

/// All pages of a list, checked for their form.
#[track_caller]
fn pages(world: &mut World, operation: &str, limit: i64) -> Vec<Vec<Value>> {
    let member = operation.trim_start_matches("List");
    let mut body = json!({"Limit": limit});
    let mut pages = Vec::new();
    loop {
        let page = world.ok(operation, body.clone());
        pages.push(page[member].as_array().unwrap().clone());
        assert_eq!(page["Truncated"].as_bool(), Some(page.get("NextMarker").is_some()));
        let Some(marker) = page.get("NextMarker") else { return pages };
        body["Marker"] = marker.clone();
    }
}

#[test]
fn pages_hold_everything_once() {
    let mut world = World::new();
    let ids: BTreeSet<String> = (0..7).map(|_| world.key()).collect();
    for (n, id) in ids.iter().enumerate() {
        world.alias(&format!("alias/n{n}"), id);
    }
    for (limit, lengths) in [(1, vec![1; 7]), (3, vec![3, 3, 1]), (7, vec![7]), (8, vec![7])] {
        for operation in ["ListKeys", "ListAliases"] {
            let pages = pages(&mut world, operation, limit);
            assert_eq!(pages.iter().map(Vec::len).collect::<Vec<_>>(), lengths, "{operation}");
            let member = if operation == "ListKeys" { "KeyId" } else { "TargetKeyId" };
            let seen: BTreeSet<String> = pages.iter().flatten().map(|item| text(&item[member])).collect();
            assert_eq!(seen, ids);
        }
    }
}

#[test]
fn a_page_is_as_long_as_the_service_says() {
    let mut world = World::new();
    for n in 0..101 {
        let id = world.key();
        world.alias(&format!("alias/n{n}"), &id);
    }
    let mut length =
        |operation: &str, member: &str| world.ok(operation, json!({}))[member].as_array().unwrap().len();
    assert_eq!((length("ListKeys", "Keys"), length("ListAliases", "Aliases")), (100, 50));
}

#[test]
fn an_empty_list_is_one_page() {
    let mut world = World::new();
    assert_eq!(world.ok("ListKeys", json!({})), json!({"Keys": [], "Truncated": false}));
    assert_eq!(world.ok("ListAliases", json!({})), json!({"Aliases": [], "Truncated": false}));
}

#[test]
fn nobody_shares_keys_from_other_accounts() {
    let mut world = World::new();
    let id = world.key();
    let mut listed = |owners: Value| world.ok("ListKeys", json!({"ResourceOwners": owners}))["Keys"].clone();
    assert_eq!(listed(json!(["OTHER_ACCOUNTS_VIA_RAM"])), json!([]));
    assert_eq!(listed(json!(["OTHER_ACCOUNTS_VIA_RAM", "SELF"]))[0]["KeyId"], json!(id));
    let expect = "ValidationException: 1 validation error detected: Value '[ME]' at 'resourceOwners' failed to satisfy \
                  constraint: Member must satisfy constraint: [Member must satisfy enum value set: [SELF, \
                  OTHER_ACCOUNTS_VIA_RAM]]";
    world.refused("ListKeys", json!({"ResourceOwners": ["ME"]}), expect);
}

#[test]
fn a_marker_outlives_its_item() {
    let mut world = World::new();
    let id = world.key();
    for name in ["alias/a", "alias/b", "alias/c"] {
        world.alias(name, &id);
    }
    let marker = text(&world.ok("ListAliases", json!({"Limit": 2}))["NextMarker"]);
    world.ok("DeleteAlias", json!({"AliasName": "alias/b"}));
    let rest = world.ok("ListAliases", json!({"Marker": marker}));
    assert_eq!(rest["Aliases"][0]["AliasName"], "alias/c");
}

#[test]
fn markers_that_are_none() {
    let mut world = World::new();
    let id = world.key();
    world.key();
    world.alias("alias/a", &id);
    let marker = text(&world.ok("ListKeys", json!({"Limit": 1}))["NextMarker"]);
    let expect = "InvalidMarkerException: The marker is not one that this operation has returned.";
    for wrong in ["x", "AAAA", "!", marker.trim_end_matches(char::is_alphanumeric), &marker] {
        if !wrong.is_empty() {
            world.refused("ListAliases", json!({"Marker": wrong}), expect);
        }
    }
}

#[test]
fn aliases_of_one_key() {
    let mut world = World::new();
    let (one, two) = (world.key(), world.key());
    world.alias("alias/a", &one);
    world.alias("alias/b", &two);
    world.alias("alias/c", &one);
    let listed = world.ok("ListAliases", json!({"KeyId": one, "Limit": 1}));
    assert_eq!((&listed["Aliases"][0]["AliasName"], &listed["Truncated"]), (&json!("alias/a"), &json!(true)));
    let rest = world.ok("ListAliases", json!({"KeyId": one, "Marker": listed["NextMarker"]}));
    assert_eq!((&rest["Aliases"][0]["AliasName"], &rest["Truncated"]), (&json!("alias/c"), &json!(false)));
}
