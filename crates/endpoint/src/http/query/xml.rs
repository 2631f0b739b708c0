//! From JSON to XML.

use std::fmt::Write;

use serde_json::Value;

/// Members that are times: seconds since the epoch in JSON, ISO 8601 here.
const TIMES: [&str; 4] = ["CreateDate", "Expiration", "LastUsedDate", "PasswordLastUsed"];
/// Members that are policies, which are percent-encoded once more.
const POLICIES: [&str; 2] = ["AssumeRolePolicyDocument", "PolicyDocument"];

/// What an action answers.
pub(super) fn result(namespace: &str, action: &str, output: &Value, request_id: &str) -> String {
    let mut body = String::new();
    if output.as_object().is_some_and(|members| !members.is_empty()) {
        element(&mut body, &format!("{action}Result"), output);
    }
    format!(
        "<{action}Response xmlns=\"{namespace}\">{body}<ResponseMetadata><RequestId>{request_id}</RequestId>\
         </ResponseMetadata></{action}Response>"
    )
}

/// Why an action is refused.
pub(super) fn error(namespace: &str, party: &str, code: &str, message: &str, request_id: &str) -> String {
    let message = escape(message);
    format!(
        "<ErrorResponse xmlns=\"{namespace}\"><Error><Type>{party}</Type><Code>{code}</Code><Message>{message}\
         </Message></Error><RequestId>{request_id}</RequestId></ErrorResponse>"
    )
}

fn element(xml: &mut String, name: &str, value: &Value) {
    if value.is_null() {
        return;
    }
    // Writing to a text does not fail.
    let _ = write!(xml, "<{name}>");
    match value {
        Value::Object(members) => members.iter().for_each(|(name, value)| element(xml, name, value)),
        Value::Array(items) => items.iter().for_each(|item| element(xml, "member", item)),
        Value::String(text) if POLICIES.contains(&name) => {
            xml.extend(form_urlencoded::byte_serialize(text.as_bytes()).map(|part| part.replace('+', "%20")));
        }
        Value::String(text) => xml.push_str(&escape(text)),
        Value::Number(seconds) if TIMES.contains(&name) => {
            xml.push_str(&time(seconds.as_f64().unwrap_or_default()))
        }
        other => xml.push_str(&other.to_string()),
    }
    let _ = write!(xml, "</{name}>");
}

/// `2026-11-24T12:00:00Z`
fn time(seconds: f64) -> String {
    jiff::Timestamp::from_second(seconds as i64)
        .unwrap_or_default()
        .strftime("%Y-%m-%dT%H:%M:%SZ")
        .to_string()
}

/// Text for between tags. What XML cannot say at all becomes a replacement character.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\r' => escaped.push_str("&#13;"),
            '\t' | '\n' => escaped.push(character),
            '\0'..='\x1f' | '\u{fffe}' | '\u{ffff}' => escaped.push(char::REPLACEMENT_CHARACTER),
            other => escaped.push(other),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn members_lists_times_and_policies() {
        let output = json!({
            "User": { "CreateDate": 1_795_521_600, "UserName": "a<b&c", "Tags": [{ "Key": "x" }, { "Key": "y" }] },
            "IsTruncated": false,
            "Marker": null,
            "PolicyDocument": "{\"a b\": 1}",
        });
        let expect = "<GetUserResponse xmlns=\"n\"><GetUserResult><IsTruncated>false</IsTruncated>\
            <PolicyDocument>%7B%22a%20b%22%3A%201%7D</PolicyDocument>\
            <User><CreateDate>2026-11-24T12:00:00Z</CreateDate><Tags><member><Key>x</Key></member>\
            <member><Key>y</Key></member></Tags><UserName>a&lt;b&amp;c</UserName></User></GetUserResult>\
            <ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></GetUserResponse>";
        assert_eq!(result("n", "GetUser", &output, "r"), expect);
    }

    #[test]
    fn nothing_is_nothing() {
        let expect = "<DeleteUserResponse xmlns=\"n\"><ResponseMetadata><RequestId>r</RequestId></ResponseMetadata>\
            </DeleteUserResponse>";
        assert_eq!(result("n", "DeleteUser", &json!({}), "r"), expect);
    }

    #[test]
    fn a_refusal_with_characters_that_xml_has_not() {
        let expect = "<ErrorResponse xmlns=\"n\"><Error><Type>Sender</Type><Code>C</Code><Message>a\u{fffd}\u{fffd}&lt;\
            </Message></Error><RequestId></RequestId></ErrorResponse>";
        assert_eq!(error("n", "Sender", "C", "a\0\u{1}<", ""), expect);
    }
}
