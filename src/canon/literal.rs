//! Lexical forms of native JSON values (JSON-LD 1.1 API, section 8.2, Object to RDF Conversion).
//! A number that processors are known to write in different ways is refused.

use serde_json::Number;

use super::error::Fault;
use super::json::exact_in_double;

/// `xsd:double`, whose literals always take the canonical double form.
pub(super) const XSD_DOUBLE: &str = "http://www.w3.org/2001/XMLSchema#double";
/// `xsd:string`, which N-Quads leaves out.
pub(super) const XSD_STRING: &str = "http://www.w3.org/2001/XMLSchema#string";

/// What kind of number a lexical form is, when no type mapping says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NumberForm {
    Integer,
    Double,
}

/// The lexical form of a number; `double` when its datatype is `xsd:double`.
pub(super) fn number(number: &Number, double: bool) -> Result<(String, NumberForm), Fault> {
    let magnitude = match number.as_i64() {
        Some(value) => Some(value.unsigned_abs()),
        None => number.as_u64(),
    };
    if magnitude.is_some_and(|magnitude| !exact_in_double(magnitude)) {
        return Err(Fault::UncertainNumber);
    }
    let value = number.as_f64().filter(|v| v.is_finite()).ok_or(Fault::UncertainNumber)?;
    if !double && value.fract() == 0.0 && value.abs() < 1e21 {
        // The exact decimal value: what toFixed(0) gives.
        let text = if value == 0.0 { "0".to_owned() } else { format!("{value:.0}") };
        return Ok((text, NumberForm::Integer));
    }
    if value == 0.0 && value.is_sign_negative() {
        return Err(Fault::UncertainNumber);
    }
    Ok((canonical_double(value)?, NumberForm::Double))
}

/// `%1.15E` with the zeros at the end of the mantissa cut, one digit kept.
fn canonical_double(value: f64) -> Result<String, Fault> {
    if halfway(value) {
        return Err(Fault::UncertainNumber);
    }
    let text = format!("{value:.15E}");
    let (mantissa, exponent) = text.split_once('E').ok_or(Fault::UncertainNumber)?;
    let mantissa = mantissa.trim_end_matches('0');
    let zero = if mantissa.ends_with('.') { "0" } else { "" };
    Ok(format!("{mantissa}{zero}E{exponent}"))
}

/// Whether a text is what the number that it names would be written as.
pub(super) fn is_canonical_double(text: &str) -> bool {
    text.parse::<f64>().is_ok_and(|value| {
        value.is_finite() && canonical_double(value).is_ok_and(|written| written == text)
    })
}

/// Whether the value lies exactly between two numbers of sixteen digits: C rounds it to even,
/// ECMAScript up.
fn halfway(value: f64) -> bool {
    let seventeen = format!("{value:.16E}");
    let Some((mantissa, _)) = seventeen.split_once('E') else { return true };
    if !mantissa.ends_with('5') {
        return false;
    }
    // No double has more than 767 significant digits.
    let exact = format!("{value:.770E}");
    exact
        .strip_prefix(mantissa)
        .and_then(|rest| rest.split_once('E'))
        .is_some_and(|(rest, _)| rest.bytes().all(|digit| digit == b'0'))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn form(value: serde_json::Value) -> Result<String, Fault> {
        match value {
            serde_json::Value::Number(value) => number(&value, false).map(|(text, _)| text),
            _ => unreachable!("only numbers are given"),
        }
    }

    #[test]
    fn a_number_halfway_between_two_forms_is_refused() {
        assert_eq!(form(json!(2_251_799_813_685_248.5)), Err(Fault::UncertainNumber));
        assert_eq!(form(json!(2_251_799_813_685_249.5)), Err(Fault::UncertainNumber));
        assert_eq!(form(json!(0.5)).as_deref(), Ok("5.0E-1"));
        assert_eq!(form(json!(0.1)).as_deref(), Ok("1.0E-1"));
    }

    #[test]
    fn large_integers_are_written_out() {
        assert_eq!(form(json!(1.234_567_890_123_456_8e20)).as_deref(), Ok("123456789012345683968"));
        assert_eq!(form(json!(1e21)).as_deref(), Ok("1.0E21"));
        assert_eq!(form(json!(-0.0)).as_deref(), Ok("0"));
        assert_eq!(form(json!(9_007_199_254_740_993_u64)), Err(Fault::UncertainNumber));
    }
}
