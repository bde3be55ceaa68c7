//! SQL text up to white space, comments and the case of keywords.

use std::iter::Peekable;
use std::str::CharIndices;

/// The text with comments left out, white space reduced to single blanks between tokens, and unquoted words in lower
/// case. Strings and quoted names stay as they are; semicolons at the end are dropped.
///
/// Two texts that are equal in this form are one query, and so a client's text finds the compiled query. The other
/// direction does not hold: `a<>b` and `a!=b` differ.
///
/// ```
/// use cosmictron_types::normalize_sql;
///
/// assert_eq!(normalize_sql("SELECT  COUNT( * ) -- all\nFROM \"T\" WHERE s='A  b';"), "select count ( * ) from \"T\" where s = 'A  b'");
/// ```
pub fn normalize_sql(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.char_indices().peekable();
    while let Some(&(start, c)) = chars.peek() {
        let begin = out.len();
        match c {
            c if c.is_ascii_whitespace() => {
                chars.next();
                continue;
            }
            '-' if text[start..].starts_with("--") => {
                skip_while(&mut chars, |c| c != '\n');
                continue;
            }
            '/' if text[start..].starts_with("/*") => {
                skip_block_comment(&mut chars);
                continue;
            }
            '\'' => copy_quoted(text, &mut chars, '\'', false, &mut out),
            '"' => copy_quoted(text, &mut chars, '"', false, &mut out),
            '$' if dollar_tag(&text[start..]).is_some() => copy_dollar_quoted(text, &mut chars, &mut out),
            c if is_word(c) => copy_word(text, &mut chars, &mut out),
            _ => copy_sign(text, &mut chars, &mut out),
        }
        if begin > 0 {
            out.insert(begin, ' ');
        }
    }
    while out.ends_with(';') {
        out.pop();
        out.truncate(out.trim_end().len());
    }
    out
}

type Chars<'a> = Peekable<CharIndices<'a>>;

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || !c.is_ascii()
}

fn skip_while(chars: &mut Chars<'_>, keep: impl Fn(char) -> bool) {
    while chars.next_if(|&(_, c)| keep(c)).is_some() {}
}

/// The byte at which the next character starts.
fn position(text: &str, chars: &mut Chars<'_>) -> usize {
    chars.peek().map_or(text.len(), |&(at, _)| at)
}

/// Block comments nest.
fn skip_block_comment(chars: &mut Chars<'_>) {
    let mut depth = 0;
    while let Some((_, c)) = chars.next() {
        match c {
            '/' if chars.next_if(|&(_, c)| c == '*').is_some() => depth += 1,
            '*' if chars.next_if(|&(_, c)| c == '/').is_some() => depth -= 1,
            _ => continue,
        }
        if depth == 0 {
            return;
        }
    }
}

fn copy_quoted(text: &str, chars: &mut Chars<'_>, quote: char, backslashes: bool, out: &mut String) {
    let start = position(text, chars);
    chars.next();
    while let Some((_, c)) = chars.next() {
        if c == '\\' && backslashes {
            chars.next();
        } else if c == quote && chars.next_if(|&(_, c)| c == quote).is_none() {
            break;
        }
    }
    out.push_str(&text[start..position(text, chars)]);
}

/// The opening `$tag$` of a dollar-quoted string.
fn dollar_tag(rest: &str) -> Option<&str> {
    let end = rest[1..].find('$')? + 1;
    let tag = &rest[1..end];
    let named = tag.chars().all(is_word) && !tag.starts_with(|c: char| c.is_ascii_digit());
    named.then(|| &rest[..=end])
}

fn copy_dollar_quoted(text: &str, chars: &mut Chars<'_>, out: &mut String) {
    let start = position(text, chars);
    let tag = dollar_tag(&text[start..]).unwrap_or("$");
    let inner = start + tag.len();
    let end = text[inner..].find(tag).map_or(text.len(), |at| inner + at + tag.len());
    while chars.next_if(|&(at, _)| at < end).is_some() {}
    out.push_str(&text[start..end]);
}

/// A name, keyword or number, or the prefix of a string such as `E'…'`, which belongs to its string.
fn copy_word(text: &str, chars: &mut Chars<'_>, out: &mut String) {
    let start = position(text, chars);
    let number = text[start..].starts_with(|c: char| c.is_ascii_digit());
    skip_while(chars, |c| is_word(c) || c == '$' || (number && c == '.'));
    let word = &text[start..position(text, chars)];
    out.push_str(&word.to_ascii_lowercase());
    let quote = chars.peek().map(|&(_, c)| c);
    if quote == Some('\'') && ["e", "b", "x", "n"].contains(&word.to_ascii_lowercase().as_str()) {
        copy_quoted(text, chars, '\'', word.eq_ignore_ascii_case("e"), out);
    }
}

/// An operator of any length, so that `< =` and `<=` stay different; or a single sign such as a parenthesis.
///
/// By PostgreSQL's rule `=-` is `=` and then `-`: an operator of several characters ends in a sign of arithmetic only
/// if it also contains one that arithmetic and comparison do not have.
fn copy_sign(text: &str, chars: &mut Chars<'_>, out: &mut String) {
    let rest = &text[position(text, chars)..];
    let mut length = 0;
    for (at, c) in rest.char_indices() {
        let comment = rest[at..].starts_with("--") || rest[at..].starts_with("/*");
        if comment || !"+-*/<>=~!@#%^&|`?:".contains(c) {
            break;
        }
        length = at + 1;
    }
    if !rest[..length].contains(['~', '!', '@', '#', '%', '^', '&', '|', '`', '?']) {
        while length > 1 && rest[..length].ends_with(['+', '-']) {
            length -= 1;
        }
    }
    if rest.starts_with(['$', '.']) {
        // `$1` and `.5` are single tokens.
        length = 1 + rest[1..].find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len() - 1);
    }
    for _ in 0..length.max(1) {
        out.extend(chars.next().map(|(_, c)| c));
    }
}

#[cfg(test)]
mod tests {
    use super::normalize_sql;

    #[test]
    fn layout_and_case_do_not_count() {
        let same = |a: &str, b: &str| assert_eq!(normalize_sql(a), normalize_sql(b));
        same("SELECT a,b FROM t", "select A , b\n\tfrom T;");
        same("select 1 -- one\n+ 2", "SELECT 1+/* two /* nested */ */2 ; ;");
        same("select a=-1", "select a = -1");
        same("select a- -1", "select a - - 1");
        same("select x::int", "select x :: INT");
        same("select 'it''s'", "select\t'it''s'");
        same("select E'a\\'b' , 1", "select e'a\\'b',1");
        same("select $1+$2", "select $1 + $2");
        same("select $$ a ' b $$,1", "select $$ a ' b $$ , 1");
    }

    #[test]
    fn strings_and_quoted_names_do_count() {
        let differ = |a: &str, b: &str| assert_ne!(normalize_sql(a), normalize_sql(b));
        differ("select 'a  b'", "select 'a b'");
        differ("select 'A'", "select 'a'");
        differ("select \"A\"", "select \"a\"");
        differ("select '--'", "select ''");
        differ("select a b", "select ab");
        differ("select $t$ X $t$", "select $t$ x $t$");
        differ("select 1", "select 1 1");
    }

    #[test]
    fn anything_is_accepted() {
        for text in [
            "",
            ";",
            "'",
            "\"",
            "$",
            "$$",
            "$a$",
            "/*",
            "/* /*",
            "--",
            "é'",
            "e'\\",
            "\u{1f600} $é$ x",
            "a$",
            ".",
        ] {
            normalize_sql(text);
        }
    }
}
