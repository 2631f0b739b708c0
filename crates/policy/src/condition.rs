//! The conditions of a statement.

use crate::{
    context::Context,
    operator::{Operator, Quantifier, Test},
    pattern::Pattern,
};

/// One line of a condition block: `"StringEquals": {"kms:ViaService": ["…"]}`. All lines of a statement have to hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Condition {
    /// As the policy writes it.
    pub(crate) operator_name: String,
    /// As the policy writes it.
    pub(crate) key: String,
    /// In lower case.
    pub(crate) key_in_lower_case: String,
    pub(crate) operator: Operator,
    pub(crate) values: Vec<Pattern>,
}

impl Condition {
    /// Whether it holds for a request.
    ///
    /// Without a value in the request, negated operators, `…IfExists` and `ForAllValues:…` hold and the others do not.
    /// With values, one of the policy's has to fit; for negated operators none may. A key with several values that is
    /// compared without a quantifier holds when one of them fits, or for negated operators when none does.
    pub(crate) fn holds(&self, context: &dyn Context) -> bool {
        let values = context.values(&self.key_in_lower_case);
        let Operator { quantifier, test, negated, if_exists } = self.operator;
        if test == Test::Null {
            let absent = if values.is_empty() { "true" } else { "false" };
            return self.fits(absent, context);
        }
        if values.is_empty() {
            return if_exists
                || match quantifier {
                    Quantifier::One => negated,
                    Quantifier::Any => false,
                    Quantifier::All => true,
                };
        }
        let mut passes = values.iter().map(|value| self.fits(value, context) != negated);
        match quantifier {
            Quantifier::All => passes.all(|pass| pass),
            Quantifier::Any => passes.any(|pass| pass),
            Quantifier::One if negated => passes.all(|pass| pass),
            Quantifier::One => passes.any(|pass| pass),
        }
    }

    /// Whether one of the policy's values fits.
    fn fits(&self, value: &str, context: &dyn Context) -> bool {
        self.values.iter().any(|pattern| self.operator.test.passes(value, pattern, context))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[track_caller]
    fn check(operator: &str, policy: &[&str], request: &[&str], expect: bool) {
        let condition = Condition {
            operator_name: operator.to_owned(),
            key: "kms:X".to_owned(),
            key_in_lower_case: "kms:x".to_owned(),
            operator: Operator::parse(operator).unwrap(),
            values: policy.iter().map(|text| Pattern::new(text, true)).collect(),
        };
        let values = request.iter().map(|text| (*text).to_owned()).collect();
        let context = BTreeMap::from([("kms:x".to_owned(), values)]);
        assert_eq!(condition.holds(&context), expect, "{operator} {policy:?} {request:?}");
    }

    #[test]
    fn one_of_the_policys_values_has_to_fit() {
        check("StringEquals", &["a", "b"], &["b"], true);
        check("StringEquals", &["a", "b"], &["c"], false);
        check("StringEquals", &[], &["c"], false);
        check("StringNotEquals", &["a", "b"], &["c"], true);
        check("StringNotEquals", &["a", "b"], &["b"], false);
    }

    #[test]
    fn a_key_that_is_not_there() {
        check("StringEquals", &["a"], &[], false);
        check("StringEqualsIfExists", &["a"], &[], true);
        check("StringEqualsIfExists", &["a"], &["b"], false);
        check("StringNotEquals", &["a"], &[], true);
        check("NotIpAddress", &["10.0.0.0/8"], &[], true);
        check("ForAllValues:StringEquals", &["a"], &[], true);
        check("ForAnyValue:StringEquals", &["a"], &[], false);
        check("ForAnyValue:StringNotEquals", &["a"], &[], false);
        check("Null", &["true"], &[], true);
        check("Null", &["false"], &[], false);
        check("Null", &["false"], &["x"], true);
        check("Null", &["true"], &["x"], false);
    }

    #[test]
    fn keys_with_several_values() {
        check("ForAllValues:StringEquals", &["a", "b"], &["a", "b"], true);
        check("ForAllValues:StringEquals", &["a", "b"], &["a", "c"], false);
        check("ForAllValues:StringNotEquals", &["c"], &["a", "b"], true);
        check("ForAllValues:StringNotEquals", &["a"], &["a", "b"], false);
        check("ForAnyValue:StringEquals", &["b"], &["a", "b"], true);
        check("ForAnyValue:StringEquals", &["c"], &["a", "b"], false);
        check("ForAnyValue:StringNotLike", &["a*"], &["a", "b"], true);
        check("ForAnyValue:StringNotLike", &["*"], &["a", "b"], false);
        check("StringEquals", &["b"], &["a", "b"], true);
        check("StringNotEquals", &["b"], &["a", "b"], false);
    }
}
