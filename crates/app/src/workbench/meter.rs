//! What an account has used, and what that would cost.

use waxseal_api::bill::{DOLLAR, Line, Meter, Month};
use yew::prelude::*;

use super::text;
use crate::words::{bytes, counted, grouped};

/// The bill of the month that is now, and those of the months before, each to be opened.
pub(super) fn meter(meter: Option<&Meter>) -> Html {
    let Some(Meter { account, checked, months, total }) = meter else { return Html::default() };
    let Some((now, before)) = months.split_first() else { return Html::default() };
    let before: Vec<&Month> = before.iter().filter(|month| !month.lines.is_empty()).collect();
    html! {
        <section class="bench-part" aria-labelledby="meter">
            <h2 id="meter">{ text::METER }</h2>
            <p class="soft">{ text::meter_hint(account, &month_name(checked)) }</p>
            { bill(now) }
            if !before.is_empty() {
                <p>{ text::all_months(&money(*total)) }</p>
                <details>
                    <summary>{ text::EARLIER }</summary>
                    { for before.into_iter().map(bill) }
                </details>
            }
        </section>
    }
}

fn bill(month: &Month) -> Html {
    let amount = |amount: u64| html! { <td>{ money(amount) }</td> };
    let line = |line: &Line| {
        html! { <tr><th scope="row">{ &line.what }</th><td>{ quantity(line.quantity) }</td><td>{ &line.price }</td>{ amount(line.amount) }</tr> }
    };
    let head = |words: &'static str| html! { <th scope="col">{ words }</th> };
    html! {
        <table class="bill" key={month.month.clone()}>
            <caption><strong>{ month_name(&month.month) }</strong>{ used(month) }</caption>
            <thead><tr>{ for text::BILL.map(head) }</tr></thead>
            <tbody>{ for month.lines.iter().map(line) }</tbody>
            <tfoot><tr><th scope="row" colspan="3">{ text::BILL_TOTAL }</th>{ amount(month.total) }</tr></tfoot>
        </table>
    }
}

fn used(month: &Month) -> String {
    let requests = counted(month.requests, "request", "requests");
    format!(": {requests}; {} into KMS, {} out of it", bytes(month.sent), bytes(month.received))
}

/// `2026-11` → `November 2026`
fn month_name(month: &str) -> String {
    let (year, number) = month.split_once('-').unwrap_or((month, ""));
    let name = number.parse().ok().and_then(|number: usize| text::MONTHS.get(number.wrapping_sub(1)));
    format!("{} {year}", name.unwrap_or(&""))
}

/// Millionths: `25000000` → `25`, `483000` → `0.483`
fn quantity(millionths: u64) -> String {
    decimal(millionths, 1_000_000, 0)
}

/// Billionths of a dollar, to the millionth: `1500000000` → `$1.50`, `3000` → `$0.000003`
fn money(amount: u64) -> String {
    let millionth = DOLLAR / 1_000_000;
    format!("${}", decimal((amount + millionth / 2) / millionth, 1_000_000, 2))
}

/// A number in parts of one, with so many decimals at least.
fn decimal(number: u64, parts: u64, least: usize) -> String {
    let rest = (parts + number % parts).to_string();
    let digits = rest.get(1..).unwrap_or_default();
    let kept = digits.trim_end_matches('0').len().max(least);
    let point = if kept > 0 { "." } else { "" };
    format!("{}{point}{}", grouped(number / parts), digits.get(..kept).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::drawn;

    #[test]
    fn amounts_and_quantities_are_exact_and_short() {
        for (amount, text) in [
            (0, "$0.00"),
            (3_000, "$0.000003"),
            (1_388_889, "$0.001389"),
            (15_000_000, "$0.015"),
            (1_500_000_000, "$1.50"),
            (12_345_000_000_000, "$12,345.00"),
        ] {
            assert_eq!(money(amount), text);
        }
        for (millionths, text) in
            [(0, "0"), (1389, "0.001389"), (483_000, "0.483"), (1_500_000, "1.5"), (25_000_000_000, "25,000")]
        {
            assert_eq!(quantity(millionths), text);
        }
    }

    fn month(name: &str, total: u64) -> Month {
        let line = Line {
            what: "KMS keys".to_owned(),
            quantity: 500_000,
            price: "$1 a month".to_owned(),
            amount: total,
        };
        Month { month: name.to_owned(), requests: 1, sent: 2, received: 1234, lines: vec![line], total }
    }

    #[test]
    fn a_bill_is_a_table_with_headers_a_caption_and_its_total() {
        let all = Meter {
            account: "111122223333".parse().unwrap(),
            checked: "2026-11".to_owned(),
            months: vec![
                month("2027-02", 500_000_000),
                month("2027-01", 250_000_000),
                Month { lines: Vec::new(), ..month("2026-12", 0) },
            ],
            total: 750_000_000,
        };
        let html = drawn(meter(Some(&all)));
        for part in [
            "<caption><strong>February 2027</strong>: 1 request; 2 bytes into KMS, 1,234 bytes out of it</caption>",
            "<strong>January 2027</strong>",
            "<th scope=\"col\">Amount</th>",
            "<th scope=\"row\">KMS keys</th><td>0.5</td><td>$1 a month</td><td>$0.50</td>",
            "<th scope=\"row\" colspan=\"3\">Total</th><td>$0.25</td>",
            "111122223333",
            "November 2026",
            "$0.75",
        ] {
            assert!(html.contains(part), "{part} is not in {html}");
        }
        assert!(!html.contains("December 2026"), "there is nothing to be seen in {html}");
        let first = drawn(meter(Some(&Meter { months: all.months[..1].to_vec(), ..all })));
        assert!(!first.contains("<details>"), "{first}");
        assert_eq!(drawn(meter(None)), "");
    }
}
