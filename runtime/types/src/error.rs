//! What goes wrong when an expression is evaluated, or when a text is not a value.

use std::fmt;

/// The types that error messages name, as PostgreSQL spells them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)] // each is the type it is called
pub enum TypeName {
    Boolean,
    SmallInt,
    Integer,
    BigInt,
    Real,
    Double,
    Numeric,
    Char,
    VarChar,
    Timestamp,
    TimestampTz,
    Date,
    Time,
    Interval,
    Uuid,
    Bytea,
    Json,
    Enum,
}

impl fmt::Display for TypeName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            TypeName::Boolean => "boolean",
            TypeName::SmallInt => "smallint",
            TypeName::Integer => "integer",
            TypeName::BigInt => "bigint",
            TypeName::Real => "real",
            TypeName::Double => "double precision",
            TypeName::Numeric => "numeric",
            TypeName::Char => "character",
            TypeName::VarChar => "character varying",
            TypeName::Timestamp => "timestamp",
            TypeName::TimestampTz => "timestamp with time zone",
            TypeName::Date => "date",
            TypeName::Time => "time",
            TypeName::Interval => "interval",
            TypeName::Uuid => "uuid",
            TypeName::Bytea => "bytea",
            TypeName::Json => "json",
            TypeName::Enum => "enum",
        })
    }
}

macro_rules! eval_errors {
    ($($(#[$doc:meta])* $variant:ident => $code:literal, $message:literal;)*) => {
        /// Why an expression has no value for a row.
        ///
        /// It is data: a failing row puts its query into an error state and leaves with the row. [`EvalError::code`] is
        /// PostgreSQL's condition name, and the message is PostgreSQL's.
        ///
        /// ```
        /// use cosmictron_types::{sql, EvalError};
        ///
        /// let error = sql::div_i32(1, 0).unwrap_err();
        /// assert_eq!(error, EvalError::DivisionByZero);
        /// assert_eq!(error.code(), "division_by_zero");
        /// assert_eq!(error.to_string(), "division by zero");
        /// ```
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum EvalError {
            $($(#[$doc])* $variant,)*
            /// A text that is not a value of the type it is cast to.
            InvalidText(TypeName),
            /// A text that is not a date or a time.
            InvalidDatetime(TypeName),
            /// A value outside of what its type holds.
            OutOfRange(TypeName),
            /// A text longer than the type allows.
            TooLong(TypeName),
        }

        impl EvalError {
            /// PostgreSQL's name of the condition, such as `division_by_zero`.
            pub fn code(self) -> &'static str {
                match self {
                    $(EvalError::$variant => $code,)*
                    EvalError::InvalidText(_) => "invalid_text_representation",
                    EvalError::InvalidDatetime(_) => "invalid_datetime_format",
                    EvalError::OutOfRange(
                        TypeName::Timestamp | TypeName::TimestampTz | TypeName::Date | TypeName::Time | TypeName::Interval,
                    ) => "datetime_field_overflow",
                    EvalError::OutOfRange(_) => "numeric_value_out_of_range",
                    EvalError::TooLong(_) => "string_data_right_truncation",
                }
            }
        }

        impl fmt::Display for EvalError {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                match self {
                    $(EvalError::$variant => f.write_str($message),)*
                    EvalError::InvalidText(ty) | EvalError::InvalidDatetime(ty) => {
                        write!(f, "invalid input syntax for type {ty}")
                    }
                    EvalError::OutOfRange(TypeName::TimestampTz) => f.write_str("timestamp out of range"),
                    EvalError::OutOfRange(ty) => write!(f, "{ty} out of range"),
                    EvalError::TooLong(ty) => write!(f, "value too long for type {ty}"),
                }
            }
        }
    };
}

eval_errors! {
    /// `/` or `%` by zero.
    DivisionByZero => "division_by_zero", "division by zero";
    /// A float result too large.
    FloatOverflow => "numeric_value_out_of_range", "value out of range: overflow";
    /// A float result too small to be told from zero.
    FloatUnderflow => "numeric_value_out_of_range", "value out of range: underflow";
    /// An exact number with more digits than are held.
    NumericOverflow => "numeric_value_out_of_range", "value overflows numeric format";
    /// More digits before the point than `NUMERIC(p,s)` allows.
    NumericFieldOverflow => "numeric_value_out_of_range", "numeric field overflow";
    /// NaN to an exact number.
    NanToNumeric => "feature_not_supported", "cannot convert NaN to numeric";
    /// Infinity to an exact number.
    InfinityToNumeric => "feature_not_supported", "cannot convert infinity to numeric";
    /// A month 13, an hour 25.
    DatetimeFieldOverflow => "datetime_field_overflow", "date/time field value out of range";
    /// An interval of too many months, days or microseconds.
    IntervalFieldOverflow => "interval_field_overflow", "interval field value out of range";
    /// Digits that are none of a byte string.
    InvalidHexadecimal => "invalid_parameter_value", "invalid hexadecimal data";
    /// A difference of infinities.
    SubtractInfiniteTimestamps => "datetime_field_overflow", "cannot subtract infinite timestamps";
    /// A difference of infinities.
    SubtractInfiniteDates => "datetime_field_overflow", "cannot subtract infinite dates";
    /// `to_timestamp(NaN)`.
    TimestampNan => "datetime_field_overflow", "timestamp cannot be NaN";
    /// `date_bin` with a stride of nothing, or backwards.
    StrideNotPositive => "datetime_field_overflow", "stride must be greater than zero";
    /// `date_bin` with months.
    StrideInMonths => "feature_not_supported", "timestamps cannot be binned into intervals containing months or years";
    /// The logarithm of zero.
    LogarithmOfZero => "invalid_argument_for_logarithm", "cannot take logarithm of zero";
    /// The logarithm of a negative number.
    LogarithmOfNegative => "invalid_argument_for_logarithm", "cannot take logarithm of a negative number";
    /// The square root of a negative number.
    SquareRootOfNegative => "invalid_argument_for_power_function", "cannot take square root of a negative number";
    /// `0 ^ -1`
    ZeroToNegativePower => "invalid_argument_for_power_function", "zero raised to a negative power is undefined";
    /// `-1 ^ 0.5`
    ComplexPower => "invalid_argument_for_power_function", "a negative number raised to a non-integer power yields a complex result";
    /// An argument outside of what a mathematical function takes.
    InputOutOfRange => "numeric_value_out_of_range", "input is out of range";
    /// `substring(s, 1, -1)`
    NegativeSubstringLength => "substring_error", "negative substring length not allowed";
    /// `split_part(s, d, 0)`
    FieldPositionZero => "invalid_parameter_value", "field position must not be zero";
    /// A text that would not fit in memory.
    TextTooLong => "program_limit_exceeded", "requested length too large";
    /// A pattern that ends in its escape character.
    EscapeAtEnd => "invalid_escape_sequence", "LIKE pattern must not end with escape character";
    /// An escape of more than one character.
    InvalidEscape => "invalid_escape_sequence", "invalid escape string";
    /// `chr(-1)`
    NegativeCharacter => "invalid_parameter_value", "character number must be positive";
    /// `chr(0)`
    InvalidCharacter => "program_limit_exceeded", "requested character not valid for encoding";
    /// A value that a parameter of a function does not take.
    InvalidParameter => "invalid_parameter_value", "invalid parameter value";
    /// A JSON value that a function does not take.
    InvalidJsonType => "invalid_parameter_value", "cannot apply the function to this kind of JSON value";
    /// A zero character in a JSON string.
    NullCharacter => "untranslatable_character", "\\u0000 cannot be converted to text";
}

impl std::error::Error for EvalError {}

/// A text that is not a value of the type it was read as.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParseError {
    condition: EvalError,
    message: String,
}

impl ParseError {
    /// An error of this kind with a message, one line without a full stop.
    pub fn new(condition: EvalError, message: impl Into<String>) -> Self {
        Self { condition, message: message.into() }
    }

    /// PostgreSQL's "invalid input syntax": the text does not have the form of a value.
    pub(crate) fn syntax(ty: TypeName, text: &str) -> Self {
        let condition = match ty {
            TypeName::Timestamp
            | TypeName::TimestampTz
            | TypeName::Date
            | TypeName::Time
            | TypeName::Interval => EvalError::InvalidDatetime(ty),
            _ => EvalError::InvalidText(ty),
        };
        Self::new(condition, format!("invalid input syntax for type {ty}: {text:?}"))
    }

    /// A value of the right form that the type does not hold.
    pub(crate) fn range(ty: TypeName, text: &str) -> Self {
        Self::new(EvalError::OutOfRange(ty), format!("value {text:?} is out of range for type {ty}"))
    }

    /// What a cast of the text fails with.
    pub fn condition(&self) -> EvalError {
        self.condition
    }

    /// The message, one line without a full stop.
    pub fn message(&self) -> &str {
        &self.message
    }
}

impl fmt::Display for ParseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for ParseError {}

impl From<ParseError> for String {
    fn from(error: ParseError) -> String {
        error.message
    }
}
