//! AWS CloudTrail, as far as its event history: LookupEvents over the records that calls have left. See "Working with CloudTrail
//! event history" in the AWS CloudTrail user guide. Here a record is found at once, there within minutes.

use serde_json::{Map, Value, json};
use waxseal_api::Timestamp;

use crate::{Run, cx::Cx, input::Input, refusal::Refusal};

/// How far back the history goes, in days.
const DAYS: i64 = 90;

/// How many events are told at once.
const MOST: i64 = 50;

/// Operations on data, which are no management events and not in the history.
const ON_DATA: [&str; 11] = [
    "CopyObject",
    "DeleteItem",
    "DeleteObject",
    "GetItem",
    "GetObject",
    "HeadObject",
    "Invoke",
    "ListObjectsV2",
    "PutItem",
    "PutObject",
    "Scan",
];

/// An operation by its name.
pub(crate) fn find(operation: &str) -> Option<Run> {
    (operation == "LookupEvents").then_some(look_up)
}

/// What is looked for.
struct Wanted<'i> {
    attribute: Option<(&'i str, &'i str)>,
    /// In milliseconds since 1970.
    from: i64,
    to: i64,
}

fn look_up(cx: &mut Cx<'_>, input: &Input<'_>) -> Result<Value, Refusal> {
    cx.may("cloudtrail:LookupEvents", "*")?;
    let most = input.number("MaxResults").unwrap_or(MOST);
    if !(1..=MOST).contains(&most) {
        let text = format!("The max results should be between 1 and {MOST}.");
        return Err(Refusal::new("InvalidMaxResultsException", text));
    }
    let wanted = wanted(cx, input)?;
    let mut found = cx.log.iter().rev().filter_map(|text| wanted.event(cx, text)).peekable();
    if let Some(after) = input.text("NextToken") {
        let invalid = || Refusal::new("InvalidNextTokenException", "The NextToken is not valid.");
        found.by_ref().find(|event| event["EventId"] == after).ok_or_else(invalid)?;
    }
    let events: Vec<Value> = found.by_ref().take(most as usize).collect();
    let next = found.peek().and(events.last()).map(|event| event["EventId"].clone());
    let mut output = json!({"Events": events});
    if let Some(next) = next {
        output["NextToken"] = next;
    }
    Ok(output)
}

fn wanted<'i>(cx: &Cx<'_>, input: &Input<'i>) -> Result<Wanted<'i>, Refusal> {
    let attributes: Vec<Input<'i>> = input.list("LookupAttributes").map(Input).collect();
    let attribute = match attributes.as_slice() {
        [] => None,
        [one] => Some((one.need("AttributeKey")?, one.need("AttributeValue")?)),
        _ => {
            let text = "You can only specify one lookup attribute.";
            return Err(Refusal::new("InvalidLookupAttributesException", text));
        }
    };
    if let Some((key, _)) = attribute.filter(|(key, _)| member(&Value::Null, key).is_none()) {
        let text = format!("{key} is not an attribute that events can be looked up by.");
        return Err(Refusal::new("InvalidLookupAttributesException", text));
    }
    let time = |name: &str| input.get(name).and_then(Value::as_f64).map(|seconds| (seconds * 1000.0) as i64);
    let now = cx.request.now.as_millis();
    let oldest = cx.request.now.plus_days(-DAYS).as_millis();
    let (from, to) = (time("StartTime").unwrap_or(oldest).max(oldest), time("EndTime").unwrap_or(now));
    if time("StartTime").is_some_and(|start| start > to) {
        let text = "The start time must be before the end time.";
        return Err(Refusal::new("InvalidTimeRangeException", text));
    }
    Ok(Wanted { attribute, from, to })
}

/// What a record has of an attribute; None where there is no such attribute.
fn member(record: &Value, attribute: &str) -> Option<Vec<String>> {
    let text = |value: &Value| value.as_str().map(str::to_owned).into_iter().collect();
    let resources = |name: &str| {
        let all = record["resources"].as_array().into_iter().flatten();
        all.filter_map(|resource| resource[name].as_str()).map(str::to_owned).collect()
    };
    Some(match attribute {
        "EventId" => text(&record["eventID"]),
        "EventName" => text(&record["eventName"]),
        "EventSource" => text(&record["eventSource"]),
        "ReadOnly" => vec![record["readOnly"].as_bool().unwrap_or_default().to_string()],
        "Username" => user(record).into_iter().collect(),
        "ResourceType" => resources("type"),
        "ResourceName" => resources("ARN"),
        // No record tells it here.
        "AccessKeyId" => Vec::new(),
        _ => return None,
    })
}

/// `ana`, a session's name, `root`; a service by its address.
fn user(record: &Value) -> Option<String> {
    let identity = &record["userIdentity"];
    let arn = identity["arn"].as_str().and_then(|arn| arn.rsplit([':', '/']).next());
    arn.or_else(|| identity["invokedBy"].as_str()).map(str::to_owned)
}

impl Wanted<'_> {
    /// The event of a record, if it is one of this account and Region and is looked for.
    fn event(&self, cx: &Cx<'_>, text: &str) -> Option<Value> {
        let record: Value = serde_json::from_str(text).ok()?;
        let says = |name: &str| record[name].as_str().unwrap_or_default();
        let here = says("recipientAccountId") == cx.place.account.as_str()
            && says("awsRegion") == cx.place.region.to_string();
        let time = Timestamp::from_iso8601(says("eventTime"))?;
        let fits = self.attribute.is_none_or(|(key, value)| {
            member(&record, key).is_some_and(|has| has.iter().any(|it| it == value))
        });
        let in_time = (self.from..=self.to).contains(&time.as_millis());
        if !here || !fits || !in_time || ON_DATA.contains(&says("eventName")) {
            return None;
        }
        let mut event = Map::new();
        event.insert("EventId".to_owned(), record["eventID"].clone());
        event.insert("EventName".to_owned(), record["eventName"].clone());
        event.insert("ReadOnly".to_owned(), member(&record, "ReadOnly")?.concat().into());
        event.insert("EventTime".to_owned(), (time.as_millis() / 1000).into());
        event.insert("EventSource".to_owned(), record["eventSource"].clone());
        if let Some(user) = user(&record) {
            event.insert("Username".to_owned(), user.into());
        }
        let all = record["resources"].as_array().into_iter().flatten();
        let resource = |it: &Value| json!({"ResourceType": it["type"], "ResourceName": it["ARN"]});
        event.insert("Resources".to_owned(), all.map(resource).collect::<Vec<_>>().into());
        event.insert("CloudTrailEvent".to_owned(), text.into());
        Some(event.into())
    }
}
