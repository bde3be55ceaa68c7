//! The tokens of one source with the bytes they cover and the brackets they stand in.

use sqlparser::dialect::PostgreSqlDialect;
use sqlparser::tokenizer::{Location, Token, TokenWithSpan, Tokenizer, TokenizerError};

use crate::source::{SourceId, Span};

/// A token that is neither white space nor a comment.
#[derive(Clone, Debug)]
pub(crate) struct Lexeme {
    /// The token with its line and column, as the parser wants it.
    pub native: TokenWithSpan,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    /// The other bracket, if this is one of a pair.
    pub partner: Option<usize>,
    /// The opening bracket of the innermost pair around this token.
    pub enclosing: Option<usize>,
}

/// A comment between tokens.
#[derive(Clone, Debug)]
pub(crate) struct Comment {
    /// The text after `--`, or between `/*` and `*/`.
    pub text: String,
    /// Where it starts.
    pub start: u32,
    /// One past its last byte, without the line break.
    pub end: u32,
    /// Whether it is a `--` comment with nothing but white space before it on its line.
    pub own_line: bool,
}

/// All tokens of a source, up to the first one that is malformed.
#[derive(Debug)]
pub(crate) struct Tokens {
    pub source: SourceId,
    pub lexemes: Vec<Lexeme>,
    pub comments: Vec<Comment>,
}

impl Tokens {
    /// Splits a text into tokens. A malformed token is returned beside those in front of it.
    pub fn of(source: SourceId, text: &str) -> (Tokens, Option<TokenizerError>) {
        let mut native = Vec::new();
        let dialect = PostgreSqlDialect {};
        let result =
            Tokenizer::new(&dialect, without_mark(text)).tokenize_with_location_into_buf(&mut native);
        let mut bytes = ByteCursor::new(text);
        let mut tokens = Tokens { source, lexemes: Vec::new(), comments: Vec::new() };
        for token in native {
            let start = bytes.advance_to(token.span.start);
            let end = bytes.advance_to(token.span.end);
            match &token.token {
                Token::EOF => {}
                Token::Whitespace(_) => tokens.note_comment(text, start, end),
                _ => {
                    let (start, end) = (start as u32, end as u32);
                    tokens.lexemes.push(Lexeme { native: token, start, end, partner: None, enclosing: None });
                }
            }
        }
        tokens.pair_brackets();
        (tokens, result.err())
    }

    fn note_comment(&mut self, text: &str, start: usize, end: usize) {
        let words = &text[start..end];
        let (content, single) = match (words.strip_prefix("--"), words.strip_prefix("/*")) {
            (Some(line), _) => (line.trim_end_matches(['\n', '\r']), true),
            (_, Some(block)) => (block.strip_suffix("*/").unwrap_or(block), false),
            (None, None) => return,
        };
        let line_start = text[..start].rfind('\n').map_or(0, |at| at + 1);
        self.comments.push(Comment {
            text: content.to_owned(),
            start: start as u32,
            end: start as u32 + words.trim_end_matches(['\n', '\r']).len() as u32,
            own_line: single && without_mark(&text[line_start..start]).trim().is_empty(),
        });
    }

    /// Brackets pair up within a statement: a semicolon closes everything, so that one statement's missing
    /// bracket is not looked for in the next.
    fn pair_brackets(&mut self) {
        let mut open: Vec<usize> = Vec::new();
        for i in 0..self.lexemes.len() {
            match self.lexemes[i].native.token {
                Token::SemiColon => open.clear(),
                Token::RParen | Token::RBracket => {
                    let opening = if self.is(i, &Token::RParen) { Token::LParen } else { Token::LBracket };
                    if let Some(&last) = open.last()
                        && self.is(last, &opening)
                    {
                        open.pop();
                        self.lexemes[last].partner = Some(i);
                        self.lexemes[i].partner = Some(last);
                    }
                }
                _ => {}
            }
            self.lexemes[i].enclosing = open.last().copied();
            if matches!(self.lexemes[i].native.token, Token::LParen | Token::LBracket) {
                open.push(i);
            }
        }
    }

    /// Whether the token at this index exists and is `token`.
    pub fn is(&self, index: usize, token: &Token) -> bool {
        self.lexemes.get(index).is_some_and(|l| l.native.token == *token)
    }

    /// The unquoted word at this index in upper case, or "" if there is none.
    pub fn word(&self, index: usize) -> String {
        match self.lexemes.get(index).map(|l| &l.native.token) {
            Some(Token::Word(w)) if w.quote_style.is_none() => w.value.to_ascii_uppercase(),
            _ => String::new(),
        }
    }

    /// Whether the unquoted word at this index is this one (given in upper case).
    pub fn is_word(&self, index: usize, word: &str) -> bool {
        match self.lexemes.get(index).map(|l| &l.native.token) {
            Some(Token::Word(w)) => w.quote_style.is_none() && w.value.eq_ignore_ascii_case(word),
            _ => false,
        }
    }

    /// The token that covers or follows this position.
    pub fn at(&self, location: Location) -> usize {
        self.lexemes.partition_point(|l| l.native.span.end <= location)
    }

    /// The bytes from one token to another, both included; `first <= last` and both exist.
    pub fn span(&self, first: usize, last: usize) -> Span {
        Span::new(self.source, self.lexemes[first].start, self.lexemes[last].end)
    }
}

/// The text without the byte order mark that some editors put in front.
fn without_mark(text: &str) -> &str {
    text.strip_prefix('\u{feff}').unwrap_or(text)
}

/// Turns lines and columns (counted in characters) into bytes, in one pass over the text.
struct ByteCursor<'a> {
    text: &'a str,
    byte: usize,
    line: u64,
    column: u64,
}

impl<'a> ByteCursor<'a> {
    fn new(text: &'a str) -> Self {
        Self { text, byte: text.len() - without_mark(text).len(), line: 1, column: 1 }
    }

    /// The byte at this position, which must not lie before the last one asked for.
    fn advance_to(&mut self, location: Location) -> usize {
        let rest = &self.text[self.byte..];
        for c in rest.chars() {
            if (self.line, self.column) >= (location.line, location.column) {
                break;
            }
            self.byte += c.len_utf8();
            (self.line, self.column) =
                if c == '\n' { (self.line + 1, 1) } else { (self.line, self.column + 1) };
        }
        self.byte
    }
}

/// The byte at a line and column of a text.
pub(crate) fn byte_at(text: &str, location: Location) -> usize {
    ByteCursor::new(text).advance_to(location)
}
