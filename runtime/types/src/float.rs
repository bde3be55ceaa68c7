//! Floating-point numbers.

use ethnum::U256;
use ordered_float::OrderedFloat;

use crate::error::{EvalError, ParseError, TypeName};

/// `REAL`. As in PostgreSQL, NaN equals itself and is greater than every number, and `-0` equals `0`.
pub type Real = OrderedFloat<f32>;

/// `DOUBLE PRECISION`. As in PostgreSQL, NaN equals itself and is greater than every number, and `-0` equals `0`.
pub type Double = OrderedFloat<f64>;

/// The shortest text that reads back as the same number, in PostgreSQL's form: `0.1`, `1e+20`, `NaN`, `-Infinity`.
pub fn format_double(number: f64) -> String {
    match special(number) {
        Some(text) => text.to_owned(),
        None => lay_out(&shortest(number, f64::MANTISSA_DIGITS, |n, digits| format!("{n:.digits$e}")), 15),
    }
}

/// [`format_double`] for `REAL`.
pub fn format_real(number: f32) -> String {
    match special(number.into()) {
        Some(text) => text.to_owned(),
        None => lay_out(&shortest(number, f32::MANTISSA_DIGITS, |n, digits| format!("{n:.digits$e}")), 6),
    }
}

fn special(number: f64) -> Option<&'static str> {
    match number {
        f64::INFINITY => Some("Infinity"),
        f64::NEG_INFINITY => Some("-Infinity"),
        n if n.is_nan() => Some("NaN"),
        _ => None,
    }
}

/// The shortest decimal, in exponent form, that reads back as the same number.
///
/// PostgreSQL and Rust differ where there are two. Of two equally near ones PostgreSQL takes the even one, as formatting to a
/// number of digits does. And half-way to the next float, where reading rounds to even, it prints one digit more.
fn shortest<F>(number: F, mantissa_digits: u32, with_digits: impl Fn(F, usize) -> String) -> String
where
    F: Copy + PartialEq + Into<f64> + std::fmt::LowerExp + std::str::FromStr,
{
    let text = format!("{number:e}");
    let decimals = text.bytes().take_while(|b| *b != b'e').filter(u8::is_ascii_digit).count() - 1;
    if is_half_way(number.into(), mantissa_digits, &text) {
        let longer = (decimals + 1..).map(|digits| with_digits(number, digits));
        return { longer }.find(|text| !is_half_way(number.into(), mantissa_digits, text)).unwrap_or(text);
    }
    let even = with_digits(number, decimals);
    if even.parse().is_ok_and(|read: F| read == number) { even } else { text }
}

/// Whether a decimal lies exactly between a float and one of its neighbours. It can only do so where floats are at least
/// 4 apart, since otherwise it would need more digits than the float itself.
fn is_half_way(number: f64, mantissa_digits: u32, text: &str) -> bool {
    let bits = number.abs().to_bits();
    let exponent = (bits >> (f64::MANTISSA_DIGITS - 1)) as i32;
    let spacing = exponent - 1022 - mantissa_digits as i32;
    // Beyond, no power of ten has as few binary digits as a float's middle.
    if !(2..=200).contains(&spacing) {
        return false;
    }
    let Ok((decimal, 0)) = crate::numeric::digits::parse_scaled(text) else { return false };
    let mantissa = U256::from(bits & ((1 << 52) - 1) | 1 << 52);
    let shift = exponent - 1075;
    let exact = if shift < 0 { mantissa >> shift.unsigned_abs() } else { mantissa << shift as u32 };
    let decimal = decimal.unsigned_abs();
    let distance = if decimal > exact { decimal - exact } else { exact - decimal };
    let half = U256::ONE << (spacing - 1) as u32;
    // Below a power of two the floats are half as far apart.
    distance == half || (decimal < exact && exact.is_power_of_two() && distance == half >> 1u32)
}

/// Lays out a decimal in exponent form. Numbers of up to `digits` digits before the point have no exponent.
fn lay_out(shortest: &str, digits: i32) -> String {
    let (mantissa, exponent) = shortest.split_once('e').unwrap_or((shortest, "0"));
    let exponent: i32 = exponent.parse().unwrap_or(0);
    if (-4..digits).contains(&exponent) {
        return number_without_exponent(mantissa, exponent);
    }
    let sign = if exponent < 0 { '-' } else { '+' };
    format!("{mantissa}e{sign}{:02}", exponent.abs())
}

fn number_without_exponent(mantissa: &str, exponent: i32) -> String {
    let (sign, mantissa) = mantissa.strip_prefix('-').map_or(("", mantissa), |rest| ("-", rest));
    let digits: String = mantissa.chars().filter(|c| *c != '.').collect();
    if exponent < 0 {
        let zeros = "0".repeat((-exponent - 1) as usize);
        return format!("{sign}0.{zeros}{digits}");
    }
    let whole = exponent as usize + 1;
    if digits.len() <= whole {
        format!("{sign}{digits:0<whole$}")
    } else {
        format!("{sign}{}.{}", &digits[..whole], &digits[whole..])
    }
}

/// Reads what PostgreSQL's `float8` reads: decimal and exponent forms, `NaN`, `inf` and `infinity` with a sign.
pub(crate) fn parse_double(text: &str) -> Result<f64, ParseError> {
    let number = parse(text, TypeName::Double, |plain| plain.parse::<f64>().ok())?;
    check_range(number.is_infinite(), number == 0.0, text, TypeName::Double)?;
    Ok(number)
}

/// [`parse_double`] for `REAL`, rounded once.
pub(crate) fn parse_real(text: &str) -> Result<f32, ParseError> {
    let number = parse(text, TypeName::Real, |plain| plain.parse::<f32>().ok())?;
    check_range(number.is_infinite(), number == 0.0, text, TypeName::Real)?;
    Ok(number)
}

fn parse<T>(text: &str, ty: TypeName, read: impl Fn(&str) -> Option<T>) -> Result<T, ParseError> {
    // Rust reads the same forms; it has none that PostgreSQL lacks.
    read(text.trim_ascii()).ok_or_else(|| ParseError::syntax(ty, text))
}

/// Digits that come out as an infinity or as zero are an error; the word `infinity` and a written zero are not.
fn check_range(infinite: bool, zero: bool, text: &str, ty: TypeName) -> Result<(), ParseError> {
    let mantissa = text.split(['e', 'E']).next().unwrap_or_default();
    let written_digits = mantissa.bytes().any(|b| b.is_ascii_digit());
    let written_zero = !mantissa.bytes().any(|b| (b'1'..=b'9').contains(&b));
    if (infinite && written_digits) || (zero && !written_zero) {
        return Err(ParseError::new(
            EvalError::OutOfRange(ty),
            format!("{text:?} is out of range for type {ty}"),
        ));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prints_as_postgresql_does() {
        for (number, text) in [
            (0.0, "0"),
            (-0.0, "-0"),
            (0.1, "0.1"),
            (-12.5, "-12.5"),
            (0.0001, "0.0001"),
            (0.00001, "1e-05"),
            (100000.0, "100000"),
            (123456789012345.0, "123456789012345"),
            (1e15, "1e+15"),
            (1234567890123456.0, "1.234567890123456e+15"),
            (1e300, "1e+300"),
            (5e-324, "5e-324"),
            (f64::NAN, "NaN"),
            (f64::NEG_INFINITY, "-Infinity"),
        ] {
            assert_eq!(format_double(number), text);
        }
        for (number, text) in
            [(1e6_f32, "1e+06"), (123456.0, "123456"), (1234567.0, "1.234567e+06"), (0.1, "0.1")]
        {
            assert_eq!(format_real(number), text);
        }
    }

    #[test]
    fn reads_what_it_prints_and_refuses_what_does_not_fit() {
        for number in [0.0, 0.1, 1e15, -1e-300, f64::MAX, f64::MIN_POSITIVE, f64::INFINITY] {
            assert_eq!(parse_double(&format_double(number)), Ok(number));
        }
        assert!(parse_double(" -Inf ").is_ok_and(|n| n == f64::NEG_INFINITY));
        for wrong in ["", "1e400", "1e-400", "one", "1 2", "0x10"] {
            assert!(parse_double(wrong).is_err(), "{wrong}");
        }
        assert!(parse_real("1e39").is_err() && parse_real("1e-50").is_err() && parse_real("0e-50").is_ok());
    }
}
