//! From what was used to what is to be paid.

use waxseal_api::{
    AccountId, KeyArn, Timestamp,
    bill::{Line, Meter, Month as Bill},
};
use waxseal_kms::State;

use super::{
    Unnoted,
    calendar::{Month, hours},
    prices::{CHECKED, FREE_REQUESTS, KEY_MONTH, PAID_ROTATIONS, REQUESTS},
    record::{Ended, Tenure, Used},
};

/// So many months are told one by one.
const TOLD: usize = 36;

/// What an account has used until now, and its bill by the price list. No tax, and no sharing of what is free among accounts.
pub fn meter(state: &State, account: &AccountId, now: Timestamp) -> Meter {
    let id = account.to_string();
    let (keys, used) = (tenures(state, &id, now), Used::all(state, &id));
    let months = months(&keys, &used, now);
    let total = months.iter().map(|month| month.total).sum();
    let months = months.into_iter().rev().take(TOLD).collect();
    Meter { account: account.clone(), checked: CHECKED.to_owned(), months, total }
}

/// All keys that the account has or had.
fn tenures(state: &State, account: &str, now: Timestamp) -> Vec<Tenure> {
    let mut all = Ended::all(state, account);
    let known = all.len();
    for holding in state.holdings().filter(|it| it.arn.place.account.to_string() == account) {
        let is_noted = |(arn, key): &(KeyArn, Tenure)| *arn == holding.arn && key.created == holding.created;
        if !all.iter().take(known).any(is_noted) {
            let ended = holding.ending.then(|| holding.unpaid_since(now));
            let (created, replica, rotations) = (holding.created, holding.replica, holding.rotations);
            all.push((holding.arn, Tenure { created, ended, replica, rotations }));
        }
    }
    all.into_iter().map(|(_, tenure)| tenure).collect()
}

/// From the first month with anything in it to the one that is now, in order.
fn months(keys: &[Tenure], used: &[(Month, Used)], now: Timestamp) -> Vec<Bill> {
    let (last, none) = (Month::of(now), Used::default());
    let first = keys.iter().map(|key| Month::of(key.created)).chain(used.first().map(|(month, _)| *month));
    let mut month = first.min().unwrap_or(last);
    let mut all = Vec::new();
    while month <= last {
        let used = used.iter().find(|(of, _)| *of == month).map_or(&none, |(_, used)| used);
        all.push(bill(month, keys, used, now));
        month = month.next();
    }
    all
}

fn bill(month: Month, keys: &[Tenure], used: &Used, now: Timestamp) -> Bill {
    let span =
        Span { from: month.begin(), until: month.next().begin().min(later(now)), hours: month.hours() };
    let of_keys = |replica: bool| -> u64 {
        keys.iter().filter(|key| key.replica == replica).map(|key| span.of(key, key.created)).sum()
    };
    let rotated = |key: &Tenure| -> u64 {
        let mut dates = key.rotations.clone();
        dates.sort_unstable();
        dates.into_iter().take(PAID_ROTATIONS).map(|date| span.of(key, date)).sum()
    };
    let rotations = keys.iter().map(rotated).sum();
    let kept = [
        span.line("KMS keys", of_keys(false)),
        span.line("Replica keys", of_keys(true)),
        span.line("First and second rotations of keys", rotations),
    ];
    let lines: Vec<Line> = kept.into_iter().chain(requests(used)).filter(|line| line.quantity > 0).collect();
    Bill {
        month: month.to_string(),
        requests: used.requests.iter().sum(),
        sent: used.sent,
        received: used.received,
        total: lines.iter().map(|line| line.amount).sum(),
        lines,
    }
}

fn requests(used: &Used) -> Vec<Line> {
    let mut lines = Vec::new();
    for price in &REQUESTS {
        let count = used.of(price.class);
        let free = if price.free { count.min(FREE_REQUESTS) } else { 0 };
        let line = |what: &str, count: u64, words: &str, each: u64| Line {
            what: what.to_owned(),
            quantity: count * 1_000_000,
            price: words.to_owned(),
            amount: count * each,
        };
        lines.push(line("Requests that are free", free, "20,000 a month", 0));
        lines.push(line(price.what, count - free, price.words, price.each));
    }
    lines
}

/// As much of a month as is paid for.
struct Span {
    from: Timestamp,
    until: Timestamp,
    /// Of the whole month.
    hours: u64,
}

impl Span {
    /// The hours in it that a key is paid for since a time.
    fn of(&self, key: &Tenure, since: Timestamp) -> u64 {
        hours(since.max(self.from), key.ended.unwrap_or(self.until).min(self.until))
    }

    fn line(&self, what: &str, hours: u64) -> Line {
        let part = |whole: u64| (whole * hours + self.hours / 2) / self.hours;
        let price = "$1 a month".to_owned();
        Line { what: what.to_owned(), quantity: part(1_000_000), price, amount: part(KEY_MONTH) }
    }
}

/// A key that was made at this very moment is paid for, too.
fn later(now: Timestamp) -> Timestamp {
    Timestamp::from_millis(now.as_millis().saturating_add(1))
}

#[cfg(test)]
mod tests;
