//! From the words of an option to the value of a parameter.

use crate::{
    blob,
    fail::Fail,
    json,
    model::{Member, ServiceModel, Shape},
    shorthand,
    value::Value,
};

/// Reads what `file://` and `fileb://` name; None for any other text.
pub(crate) type Loader<'a> = &'a dyn Fn(&str) -> Result<Option<Value>, String>;

/// The value of an input's member, from the words behind its option.
pub(crate) fn read(
    model: &ServiceModel,
    member: &Member,
    option: &str,
    words: &[String],
    load: Loader<'_>,
) -> Result<Value, Fail> {
    let loaded = |word: &str| {
        let file = load(word).map_err(|error| Fail::parsing(option, &error))?;
        Ok(file.unwrap_or_else(|| Value::from(word)))
    };
    let reader = Reader { model, option, load };
    let shape = model.shape(member.shape);
    let many = matches!(shape, Shape::List(..));
    match words {
        [word] => match loaded(word)? {
            Value::Text(text) => reader.text(shape, &text),
            bytes => Ok(bytes),
        },
        words if many => reader.words(shape, words),
        _ => Ok(Value::Bool(true)),
    }
}

struct Reader<'a> {
    model: &'a ServiceModel,
    option: &'a str,
    load: Loader<'a>,
}

impl Reader<'_> {
    fn text(&self, shape: &Shape, text: &str) -> Result<Value, Fail> {
        let json = text.trim_start().starts_with(['{', '[']);
        match shape {
            Shape::List(..) if text.trim_start().starts_with('[') => self.json(text),
            Shape::List(..) => self.words(shape, &[text.to_owned()]),
            Shape::Struct(_) | Shape::Map(..) if json => self.json(text),
            Shape::Struct(_) | Shape::Map(..) => self.shorthand(shape, text),
            scalar => self.scalar(scalar, text),
        }
    }

    /// A list's items: each a text, or each in shorthand or JSON.
    fn words(&self, shape: &Shape, words: &[String]) -> Result<Value, Fail> {
        let Shape::List(item, _) = shape else { return Ok(Value::Null) };
        let item = self.model.shape(item);
        words.iter().map(|word| self.text(item, word)).collect::<Result<_, _>>().map(Value::List)
    }

    fn json(&self, text: &str) -> Result<Value, Fail> {
        json::parse(text).map_err(|error| {
            Fail::parsing(self.option, &format!("Invalid JSON: {error}\nJSON received: {text}"))
        })
    }

    fn shorthand(&self, shape: &Shape, text: &str) -> Result<Value, Fail> {
        let mut value =
            shorthand::parse(text, self.load).map_err(|error| Fail::parsing(self.option, &error))?;
        self.fit(shape, &mut value)?;
        Ok(value)
    }

    /// Shorthand has only texts: they become what the shape wants.
    fn fit(&self, shape: &Shape, value: &mut Value) -> Result<(), Fail> {
        match (shape, &mut *value) {
            (Shape::Struct(members), Value::Map(given)) => {
                for (name, value) in given {
                    if let Some(member) = members.iter().find(|member| member.name == name) {
                        self.fit(self.model.shape(member.shape), value)?;
                    }
                }
            }
            (Shape::Map(_, item), Value::Map(given)) => {
                for (_, value) in given {
                    self.fit(self.model.shape(item), value)?;
                }
            }
            (Shape::List(item, _), Value::List(items)) => {
                for value in items {
                    self.fit(self.model.shape(item), value)?;
                }
            }
            (Shape::List(..), other) => *other = Value::List(vec![std::mem::replace(other, Value::Null)]),
            (Shape::Int(_), Value::Text(text)) => *value = self.scalar(shape, &text.clone())?,
            (Shape::Bool, Value::Text(text)) => match text.to_lowercase().as_str() {
                "true" => *value = Value::Bool(true),
                "false" => *value = Value::Bool(false),
                _ => {}
            },
            _ => {}
        }
        Ok(())
    }

    fn scalar(&self, shape: &Shape, text: &str) -> Result<Value, Fail> {
        Ok(match shape {
            Shape::Raw => Value::Bytes(text.as_bytes().to_vec()),
            Shape::File => match (self.load)(&format!("fileb://{text}")) {
                Ok(Some(bytes)) => bytes,
                _ => return Err(Fail::parsing(self.option, "Blob values must be a path to a file.")),
            },
            Shape::Int(_) => Value::Int(integer(text)?),
            Shape::Bool => Value::Bool(!text.eq_ignore_ascii_case("false")),
            _ => Value::from(text),
        })
    }
}

/// As Python's `int` reads it.
pub(crate) fn integer(text: &str) -> Result<i64, Fail> {
    let wrong =
        || Fail::general(&format!("invalid literal for int() with base 10: {}", Value::from(text).repr()));
    text.trim().replace('_', "").parse().map_err(|_| wrong())
}

/// Reads texts that stand for bytes: base64, or as they are.
///
/// # Errors
/// A text is not base64.
pub(crate) fn decode_blobs(
    model: &ServiceModel,
    shape: &Shape,
    value: &mut Value,
    raw: bool,
) -> Result<(), Fail> {
    match (shape, &mut *value) {
        (Shape::Struct(members), Value::Map(given)) => {
            for (name, value) in given {
                if let Some(member) = members.iter().find(|member| member.name == name) {
                    decode_blobs(model, model.shape(member.shape), value, raw)?;
                }
            }
        }
        (Shape::List(item, _), Value::List(items)) => {
            for value in items {
                decode_blobs(model, model.shape(item), value, raw)?;
            }
        }
        (Shape::Blob(_), Value::Text(text)) => {
            let bytes = if raw { Some(text.clone().into_bytes()) } else { blob::decode(text) };
            let bytes = bytes.ok_or_else(|| Fail::general(&format!("Invalid base64: \"{text}\"")))?;
            *value = Value::Bytes(bytes);
        }
        _ => {}
    }
    Ok(())
}
