//! What every enumeration of the service's model has in common.

use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// An enumeration value as it came in: one we know, or some other text, which the service refuses in its own words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EnumValue<T> {
    /// A value of the model.
    Known(T),
    /// Anything else.
    Other(String),
}

impl<T: Copy + Into<&'static str>> EnumValue<T> {
    /// As it stands on the wire.
    pub fn text(&self) -> String {
        match self {
            Self::Known(value) => (*value).into().to_owned(),
            Self::Other(text) => text.clone(),
        }
    }

    /// The value, if it is one.
    pub fn known(&self) -> Option<T> {
        match self {
            Self::Known(value) => Some(*value),
            Self::Other(_) => None,
        }
    }
}

impl<T: Copy + Into<&'static str>> Serialize for EnumValue<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(match self {
            Self::Known(value) => (*value).into(),
            Self::Other(text) => text,
        })
    }
}

impl<'de, T: FromStr> Deserialize<'de> for EnumValue<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Ok(text.parse().map_or(Self::Other(text), Self::Known))
    }
}

impl<T> From<T> for EnumValue<T> {
    fn from(value: T) -> Self {
        Self::Known(value)
    }
}

/// No value at all, as the empty text: never one of the model.
impl<T> Default for EnumValue<T> {
    fn default() -> Self {
        Self::Other(String::new())
    }
}

/// An enumeration: its variants, each with its text on the wire.
macro_rules! wire_enum {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $text:literal,)+ }) => {
        $(#[$doc])*
        #[derive(
            Debug,
            Clone,
            Copy,
            PartialEq,
            Eq,
            PartialOrd,
            Ord,
            Hash,
            serde_with::SerializeDisplay,
            serde_with::DeserializeFromStr,
            strum::VariantArray,
            strum::VariantNames,
        )]
        #[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
        pub enum $name {
            $(
                $(#[$variant_doc])*
                #[strum(serialize = $text)]
                #[cfg_attr(feature = "typescript", serde(rename = $text))]
                $variant,
            )+
        }

        crate::types::by_table!($name);
    };
}
pub(super) use wire_enum;

/// To and from text, by a look into the table of names: a fraction of the code of a comparison for each.
macro_rules! by_table {
    ($name:ident) => {
        impl From<$name> for &'static str {
            fn from(value: $name) -> Self {
                <$name as strum::VariantNames>::VARIANTS[value as usize]
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad((*self).into())
            }
        }

        impl std::str::FromStr for $name {
            type Err = strum::ParseError;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                crate::types::position(text, <Self as strum::VariantNames>::VARIANTS)
                    .map(|position| <Self as strum::VariantArray>::VARIANTS[position])
            }
        }
    };
}
pub(crate) use by_table;

/// Where a name stands in a table.
pub(crate) fn position(name: &str, table: &[&str]) -> Result<usize, strum::ParseError> {
    table.iter().position(|other| *other == name).ok_or(strum::ParseError::VariantNotFound)
}

#[cfg(test)]
mod tests {
    use crate::types::{EnumValue, KeySpec};

    #[test]
    fn a_value_is_read_as_it_was_written_known_or_not() {
        for (text, known) in [("RSA_2048", Some(KeySpec::Rsa2048)), ("rsa_2048", None), ("", None)] {
            let value: EnumValue<KeySpec> = serde_json::from_value(text.into()).unwrap();
            assert_eq!((value.known(), value.text().as_str()), (known, text));
            assert_eq!(serde_json::to_value(&value).unwrap(), text);
        }
        assert!(serde_json::from_str::<EnumValue<KeySpec>>("5").is_err());
    }
}
