use super::*;

fn at(text: &str) -> Timestamp {
    Timestamp::from_iso8601(text).unwrap()
}

fn key(created: &str) -> Tenure {
    Tenure { created: at(created), ended: None, replica: false, rotations: Vec::new() }
}

fn used(requests: [u64; 5]) -> Used {
    Used { requests, ..Used::default() }
}

/// A month's lines, as `what: millionths, amount`, and its total.
#[track_caller]
fn check(bill: &Bill, lines: &[(&str, u64, u64)], total: u64) {
    let found: Vec<_> = bill.lines.iter().map(|it| (&*it.what, it.quantity, it.amount)).collect();
    assert_eq!((found, bill.total), (lines.to_vec(), total), "{}", bill.month);
}

const KEYS: &str = "KMS keys";
const REPLICAS: &str = "Replica keys";
const ROTATIONS: &str = "First and second rotations of keys";
const FREE: &str = "Requests that are free";

/// A key of 2026-01-01 that rotates on 2027-01-01 and on 2028-01-01, and once more: $1 a month, then $2, then $3 for good.
#[test]
fn a_key_that_rotates_costs_more_twice() {
    let mut kept = key("2026-01-01T00:00Z");
    kept.rotations = ["2027-01-01T00:00Z", "2028-01-01T00:00Z", "2029-01-01T00:00Z"].map(at).to_vec();
    let bills = months(&[kept], &[], at("2030-01-01T00:00Z"));
    assert_eq!(bills.len(), 49);
    let year = |n: usize| bills[12 * n..12 * n + 12].iter().map(|it| it.total).sum::<u64>();
    let dollars = |n: u64| n * 1_000_000_000;
    assert_eq!([year(0), year(1), year(2), year(3)], [12, 24, 36, 36].map(dollars));
    check(&bills[30], &[(KEYS, 1_000_000, dollars(1)), (ROTATIONS, 2_000_000, dollars(2))], dollars(3));
}

/// A year with two rotations in it, in the middle of months: 2026-04-16 at noon leaves 348 of April's 720 hours, and 2026-10-16 372
/// of October's 744.
#[test]
fn a_year_with_two_rotations() {
    let mut kept = key("2026-01-01T00:00Z");
    // In no order.
    kept.rotations = ["2026-10-16T12:00Z", "2026-04-16T12:00Z"].map(at).to_vec();
    let bills = months(&[kept], &[], at("2026-12-31T23:59:59Z"));
    assert_eq!(bills.len(), 12);
    check(&bills[2], &[(KEYS, 1_000_000, 1_000_000_000)], 1_000_000_000);
    check(&bills[3], &[(KEYS, 1_000_000, 1_000_000_000), (ROTATIONS, 483_333, 483_333_333)], 1_483_333_333);
    check(
        &bills[9],
        &[(KEYS, 1_000_000, 1_000_000_000), (ROTATIONS, 1_500_000, 1_500_000_000)],
        2_500_000_000,
    );
    // 3 at $1, 1 at $1.4833, 5 at $2, 1 at $2.50, 2 at $3.
    assert_eq!(bills.iter().map(|it| it.total).sum::<u64>(), 22_983_333_333);
}

/// From 2026-11-10T00:00 to the call that schedules the deletion, 2026-11-20T00:30: 240 hours and one that has begun, of 720.
#[test]
fn a_key_that_is_deleted_in_the_middle() {
    let gone = Tenure { ended: Some(at("2026-11-20T00:30Z")), ..key("2026-11-10T00:00Z") };
    let bills = months(&[gone], &[], at("2026-12-24T00:00Z"));
    check(&bills[0], &[(KEYS, 334_722, 334_722_222)], 334_722_222);
    check(&bills[1], &[], 0);
}

/// Of the month that is now, as much as has come: a key of this moment one hour.
#[test]
fn a_month_that_has_not_come_to_its_end() {
    let bills = months(&[key("2026-11-10T10:20Z")], &[], at("2026-11-10T10:20Z"));
    check(&bills[0], &[(KEYS, 1_389, 1_388_889)], 1_388_889);
}

/// 5,000 of 25,000 at three millionths each, and what is never free.
#[test]
fn requests_beyond_those_that_are_free() {
    let november = Month::of(at("2026-11-01T00:00Z"));
    let lines = |requests| months(&[], &[(november, used(requests))], at("2026-11-30T00:00Z")).remove(0);
    check(
        &lines([25_000, 0, 0, 0, 0]),
        &[(FREE, 20_000_000_000, 0), ("Requests", 5_000_000_000, 15_000_000)],
        15_000_000,
    );
    check(&lines([20_000, 0, 0, 0, 0]), &[(FREE, 20_000_000_000, 0)], 0);
    check(
        &lines([20_001, 10_000, 10_000, 10_000, 10_000]),
        &[
            (FREE, 20_000_000_000, 0),
            ("Requests", 1_000_000, 3_000),
            ("Requests with RSA-2048 key pairs", 10_000_000_000, 30_000_000),
            ("Data key pairs on elliptic curves", 10_000_000_000, 100_000_000),
            ("Requests with other key pairs", 10_000_000_000, 150_000_000),
            ("RSA data key pairs", 10_000_000_000, 12_000_000_000),
        ],
        12_280_003_000,
    );
}

/// A primary key and two replicas, one of which came in the middle of a month of 720 hours.
#[test]
fn replicas_cost_what_keys_cost() {
    let replica = |created| Tenure { replica: true, ..key(created) };
    let keys = [key("2026-11-01T00:00Z"), replica("2026-11-01T00:00Z"), replica("2026-11-16T00:00Z")];
    let bills = months(&keys, &[], at("2026-12-01T00:00Z"));
    check(
        &bills[0],
        &[(KEYS, 1_000_000, 1_000_000_000), (REPLICAS, 1_500_000, 1_500_000_000)],
        2_500_000_000,
    );
}

#[test]
fn classes_stand_in_the_order_of_the_price_list() {
    for (position, price) in REQUESTS.iter().enumerate() {
        assert_eq!(price.class as usize, position);
        // What is said is what is charged.
        let words = price.words.strip_prefix('$').and_then(|it| it.strip_suffix(" per 10,000")).unwrap();
        let dollars: f64 = words.parse().unwrap();
        assert_eq!((dollars * 1e9).round() as u64, price.each * 10_000);
    }
}
