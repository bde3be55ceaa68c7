//! Diagnostics: one owned struct, rendered at the edge by each front door in its own way.

use crate::source::Span;

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Nothing is emitted.
    Error,
    /// The query compiles, but probably does not mean what was meant.
    Warning,
}

/// A message about some words of the input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// A stable code such as `unknown_column`, for tools and for the documentation.
    pub code: Code,
    /// Error or warning.
    pub severity: Severity,
    /// What is wrong, in one line, without a full stop.
    pub message: String,
    /// The words it is about.
    pub primary: Label,
    /// Other words that explain it.
    pub secondary: Vec<Label>,
    /// Facts worth knowing.
    pub notes: Vec<String>,
    /// What to do, in one line.
    pub help: Option<String>,
    /// A replacement for the primary words that would be right.
    pub suggestion: Option<String>,
}

/// A span with a short text beside it (which may be empty).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// The words.
    pub span: Span,
    /// What is said of them.
    pub text: String,
}

impl Diagnostic {
    /// An error about the words at `span`.
    pub fn error(code: Code, span: Span, message: impl Into<String>) -> Self {
        Self {
            code,
            severity: Severity::Error,
            message: message.into(),
            primary: Label { span, text: String::new() },
            secondary: Vec::new(),
            notes: Vec::new(),
            help: None,
            suggestion: None,
        }
    }

    /// A warning about the words at `span`.
    pub fn warning(code: Code, span: Span, message: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(code, span, message) }
    }

    /// Sets the text beside the primary words.
    pub fn label(mut self, text: impl Into<String>) -> Self {
        self.primary.text = text.into();
        self
    }

    /// Adds other words that explain it.
    pub fn also(mut self, span: Span, text: impl Into<String>) -> Self {
        self.secondary.push(Label { span, text: text.into() });
        self
    }

    /// Adds a fact worth knowing.
    pub fn note(mut self, text: impl Into<String>) -> Self {
        self.notes.push(text.into());
        self
    }

    /// Says what to do.
    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.help = Some(text.into());
        self
    }

    /// Gives a replacement for the primary words.
    pub fn suggest(mut self, replacement: impl Into<String>) -> Self {
        self.suggestion = Some(replacement.into());
        self
    }
}

macro_rules! codes {
    ($($(#[$doc:meta])* $variant:ident = $text:literal,)*) => {
        /// The stable codes of all diagnostics.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code { $($(#[$doc])* $variant,)* }

        impl Code {
            /// Every code.
            pub const ALL: &'static [Code] = &[$(Code::$variant,)*];

            /// The code as tools see it.
            pub fn as_str(self) -> &'static str {
                match self { $(Code::$variant => $text,)* }
            }
        }
    };
}

codes! {
    /// The text is not SQL.
    Syntax = "syntax_error",
    /// The text is too long, too deep or has too long a chain of operators.
    TooLarge = "too_large",
    /// Valid SQL that is not maintained.
    Unsupported = "unsupported",
    /// No such table.
    UnknownTable = "unknown_table",
    /// No such column.
    UnknownColumn = "unknown_column",
    /// No such type.
    UnknownType = "unknown_type",
    /// No such function, or not for these argument types.
    UnknownFunction = "unknown_function",
    /// A name that means several things.
    Ambiguous = "ambiguous_name",
    /// A name declared twice.
    Duplicate = "duplicate_name",
    /// Types that do not go together.
    TypeMismatch = "type_mismatch",
    /// A constant that its type cannot hold.
    InvalidLiteral = "invalid_literal",
    /// A column that is neither grouped nor aggregated.
    Ungrouped = "ungrouped_column",
    /// An aggregate where none may stand.
    MisplacedAggregate = "misplaced_aggregate",
    /// NOW() where its result cannot be maintained.
    UnmaintainableNow = "unmaintainable_now",
    /// A declaration in the schema that contradicts itself or another.
    InvalidSchema = "invalid_schema",
    /// A name that is not snake case or collides with a generated one.
    InvalidName = "invalid_name",
    /// A join without an equality between its sides.
    CrossJoin = "join_without_equality",
    /// A bug of the compiler.
    Internal = "internal_error",
    /// No query in the input, or a statement of the wrong kind.
    UnexpectedStatement = "unexpected_statement",
}
