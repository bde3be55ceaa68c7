//! Places inside a string literal: a stable proc macro cannot underline there, but it can say the line and column.

/// The line and column, both counted from 1, of the byte `offset` of a literal's value. `token` is the literal as
/// it stands in the source, `line` and `column` (from 1) where it starts.
pub(crate) fn place(token: &str, line: usize, column: usize, offset: usize) -> (usize, usize) {
    let raw = token.starts_with('r');
    let start = token.find('"').map_or(0, |at| at + 1);
    let mut cursor = Cursor { line, column: column + token[..start].chars().count() };
    let mut value = 0;
    let mut rest = token[start..].chars().peekable();
    loop {
        // A line continuation stands for nothing, so what is looked for lies behind it.
        let continues = !raw && rest.clone().take(2).eq(['\\', '\n']);
        if value >= offset && !continues {
            break;
        }
        let Some(c) = rest.next() else { break };
        if raw || c != '\\' {
            cursor.advance(c);
            value += c.len_utf8();
            continue;
        }
        cursor.advance(c);
        let Some(escaped) = rest.next() else { break };
        cursor.advance(escaped);
        match escaped {
            // A line continuation swallows the white space that follows.
            '\n' => {
                while let Some(c) = rest.next_if(|c| c.is_whitespace()) {
                    cursor.advance(c);
                }
            }
            'x' => {
                rest.by_ref().take(2).for_each(|c| cursor.advance(c));
                value += 1;
            }
            'u' => {
                let mut digits = String::new();
                for c in rest.by_ref() {
                    cursor.advance(c);
                    match c {
                        '}' => break,
                        '{' | '_' => {}
                        digit => digits.push(digit),
                    }
                }
                let c = u32::from_str_radix(&digits, 16).ok().and_then(char::from_u32);
                value += c.map_or(1, char::len_utf8);
            }
            _ => value += 1,
        }
    }
    (cursor.line, cursor.column)
}

struct Cursor {
    line: usize,
    column: usize,
}

impl Cursor {
    fn advance(&mut self, c: char) {
        if c == '\n' {
            self.line += 1;
            self.column = 1;
        } else {
            self.column += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::place;

    #[test]
    fn plain_and_raw_literals() {
        assert_eq!(place("\"SELECT x\"", 3, 10, 7), (3, 18));
        assert_eq!(place("r#\"SELECT x\"#", 3, 10, 7), (3, 20));
        assert_eq!(place("\"a\n  b\"", 3, 10, 4), (4, 3));
    }

    #[test]
    fn escapes_are_longer_than_their_values() {
        assert_eq!(place(r#""\"a\" x""#, 1, 1, 4), (1, 8));
        assert_eq!(place(r#""\u{e9}x""#, 1, 1, 2), (1, 8));
        assert_eq!(place("\"a \\\n    b\"", 1, 1, 2), (2, 5));
    }
}
