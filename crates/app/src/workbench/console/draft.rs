//! A request in the making: the texts of its fields, and the JSON that they stand for.

use std::rc::Rc;

use serde_json::{Map, Value};
use waxseal_api::sandbox::{Form, Kind};

/// The texts of a form's fields, in order.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Draft {
    pub(super) form: Rc<Form>,
    pub(super) texts: Vec<String>,
}

impl Draft {
    /// Nothing filled in.
    pub(super) fn empty(form: Rc<Form>) -> Self {
        let texts = vec![String::new(); form.fields.len()];
        Self { form, texts }
    }

    /// Filled in with a request.
    ///
    /// # Errors
    /// In words: it is no JSON, or has something that the form cannot show.
    pub(super) fn filled(form: Rc<Form>, body: &str) -> Result<Self, String> {
        let body: Map<String, Value> =
            serde_json::from_str(body).map_err(|error| format!("This is not a JSON object: {error}."))?;
        let mut draft = Self::empty(form);
        for (name, value) in &body {
            let at = draft.form.fields.iter().position(|field| field.name == *name);
            let at = at.ok_or_else(|| format!("{} has no member {name}.", draft.form.operation))?;
            let text = text(&draft.form.fields[at].kind, value);
            draft.texts[at] = text.ok_or_else(|| format!("{name} cannot be this: {value}"))?;
        }
        Ok(draft)
    }

    /// What is wrong with a field, if something is.
    pub(super) fn problem(&self, at: usize) -> Option<String> {
        value(&self.form.fields[at].kind, &self.texts[at]).err()
    }

    /// The request as JSON, for reading, its members in the form's order; None while a field is wrong.
    pub(super) fn body(&self) -> Option<String> {
        let mut members = Vec::new();
        for (field, text) in self.form.fields.iter().zip(&self.texts) {
            if let Some(value) = value(&field.kind, text).ok()? {
                let value = serde_json::to_string_pretty(&value).ok()?.replace('\n', "\n  ");
                members.push(format!("\n  \"{}\": {value}", field.name));
            }
        }
        let end = if members.is_empty() { "" } else { "\n" };
        Some(format!("{{{}{end}}}", members.join(",")))
    }

    /// Where a field is, by its name.
    pub(super) fn field(&self, name: &str) -> Option<usize> {
        self.form.fields.iter().position(|field| field.name == name)
    }
}

/// What a text stands for; None for nothing.
fn value(kind: &Kind, text: &str) -> Result<Option<Value>, String> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    Ok(Some(match kind {
        Kind::Text | Kind::LongText | Kind::Choice(_) | Kind::File(_) => text.into(),
        Kind::Blob => text.split_whitespace().collect::<String>().into(),
        Kind::Texts | Kind::Choices(_) => text.lines().filter(|it| !it.is_empty()).collect::<Vec<_>>().into(),
        Kind::Number => {
            text.trim().parse::<i64>().map_err(|_| "This has to be a whole number.".to_owned())?.into()
        }
        Kind::Switch => (text == "true").into(),
        Kind::Json(_) => serde_json::from_str(text).map_err(|error| format!("This is not JSON: {error}."))?,
    }))
}

/// The text that stands for a value; None if none does.
fn text(kind: &Kind, value: &Value) -> Option<String> {
    let text = match (kind, value) {
        (Kind::Text | Kind::LongText | Kind::Choice(_) | Kind::Blob | Kind::File(_), Value::String(text)) => {
            text.clone()
        }
        (Kind::Texts | Kind::Choices(_), Value::Array(items)) => {
            items.iter().map(Value::as_str).collect::<Option<Vec<_>>>()?.join("\n")
        }
        (Kind::Text | Kind::Number, Value::Number(number)) => number.to_string(),
        (Kind::Switch, Value::Bool(_)) => value.to_string(),
        (Kind::Json(_), Value::Array(_) | Value::Object(_)) => serde_json::to_string_pretty(value).ok()?,
        _ => return None,
    };
    // Whatever would be read back as something else cannot be shown. A time is a number in JSON, and a text in a field.
    let same = self::value(kind, &text).ok()?;
    (same.as_ref() == Some(value) || value.is_number()).then_some(text)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;
    use waxseal_api::{Service, sandbox::Field};

    use super::*;

    fn form() -> Rc<Form> {
        let field = |(name, kind): (&str, Kind)| Field {
            name: name.to_owned(),
            kind,
            required: name == "Text",
            words: String::new(),
        };
        let fields = [
            ("Text", Kind::Text),
            ("Number", Kind::Number),
            ("Switch", Kind::Switch),
            ("Texts", Kind::Texts),
            ("Json", Kind::Json("{}".to_owned())),
            ("Blob", Kind::Blob),
            ("LongText", Kind::LongText),
            ("Choice", Kind::Choice(vec!["a".to_owned()])),
            ("Choices", Kind::Choices(vec!["a".to_owned()])),
            ("File", Kind::File("fileb://".to_owned())),
        ];
        let fields = fields.into_iter().map(field).collect();
        Rc::new(Form { service: Service::Kms, operation: "Do".to_owned(), words: String::new(), fields })
    }

    #[test]
    fn a_request_fills_the_form_and_comes_back() {
        for body in [
            json!({}),
            json!({ "Text": "a", "Number": -1, "Switch": false, "Texts": ["a b", "c"], "Json": { "a": [1] }, "Blob": "aGk=" }),
            json!({ "Switch": true, "Json": [{ "TagKey": "a" }] }),
        ] {
            let draft = Draft::filled(form(), &body.to_string()).unwrap();
            let back: Value = serde_json::from_str(&draft.body().unwrap()).unwrap();
            assert_eq!(back, body);
        }
    }

    /// A value that a field of this kind can show.
    fn shown(kind: &Kind) -> BoxedStrategy<Value> {
        let line = "[^\\p{C}\\s][^\\p{C}]{0,12}";
        match kind {
            Kind::Number => any::<i64>().prop_map(Value::from).boxed(),
            Kind::Switch => any::<bool>().prop_map(Value::from).boxed(),
            Kind::Texts | Kind::Choices(_) => prop::collection::vec(line, 1..4).prop_map(Value::from).boxed(),
            Kind::Json(_) => prop::collection::btree_map("\\PC{0,6}", "\\PC*", 0..3)
                .prop_map(|map| {
                    Value::Object(map.into_iter().map(|(name, value)| (name, value.into())).collect())
                })
                .boxed(),
            Kind::Blob => "([A-Za-z0-9+/]{4}){1,6}".prop_map(Value::from).boxed(),
            _ => line.prop_map(Value::from).boxed(),
        }
    }

    proptest! {
        /// A form, its JSON, and the form that this fills are one request.
        #[test]
        fn json_leads_back_to_its_form(values in form().fields.iter().map(|field| prop::option::of(shown(&field.kind))).collect::<Vec<_>>()) {
            let members = form().fields.clone().into_iter().map(|field| field.name).zip(values);
            let body: Map<String, Value> = members.filter_map(|(name, value)| Some((name, value?))).collect();
            let draft = Draft::filled(form(), &Value::from(body.clone()).to_string()).unwrap();
            let back: Value = serde_json::from_str(&draft.body().unwrap()).unwrap();
            prop_assert_eq!(&back, &Value::from(body));
            prop_assert_eq!(Draft::filled(form(), &back.to_string()), Ok(draft));
        }
    }

    #[test]
    fn what_a_form_cannot_show_is_told() {
        for (body, expect) in [
            ("[]", "not a JSON object"),
            (r#"{"Other":1}"#, "Do has no member Other."),
            (r#"{"Texts":["a\nb"]}"#, "Texts cannot be this"),
            (r#"{"Texts":[""]}"#, "Texts cannot be this"),
            (r#"{"Number":1.5}"#, "Number cannot be this"),
            (r#"{"Text":""}"#, "Text cannot be this"),
        ] {
            let complaint = Draft::filled(form(), body).unwrap_err();
            assert!(complaint.contains(expect), "{body}: {complaint}");
        }
    }

    #[test]
    fn a_field_that_is_wrong_says_so() {
        let mut draft = Draft::empty(form());
        assert_eq!((draft.field("Number"), draft.body().as_deref()), (Some(1), Some("{}")));
        draft.texts[1] = "seven".to_owned();
        assert_eq!(draft.problem(1).as_deref(), Some("This has to be a whole number."));
        assert_eq!(draft.body(), None);
        draft.texts[1] = " 7 ".to_owned();
        assert_eq!(draft.problem(1), None);
    }
}
