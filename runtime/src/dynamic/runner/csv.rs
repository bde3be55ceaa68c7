//! Reading CSV as PostgreSQL's COPY does.
//!
//! By hand, since the crates for CSV do not tell `""` from nothing: to PostgreSQL the one is an empty text and the other NULL.

use std::io::{self, BufRead};

/// A field of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Field<'r> {
    pub(super) text: &'r str,
    /// Some of it was quoted, so that it is not NULL even if it is empty.
    pub(super) quoted: bool,
}

/// The records of a file, one after the other.
pub(super) struct Records<R> {
    input: R,
    /// The lines of the current record, as they are.
    raw: Vec<u8>,
    /// The fields of the current record, one after the other, without quotes.
    text: String,
    /// Where each field ends in `text`, and whether it was quoted.
    ends: Vec<(usize, bool)>,
    /// The line on which the current record begins, from 1.
    line: u64,
    lines_read: u64,
    bytes_read: u64,
}

impl<R: BufRead> Records<R> {
    pub(super) fn new(input: R) -> Self {
        Self {
            input,
            raw: Vec::new(),
            text: String::new(),
            ends: Vec::new(),
            line: 0,
            lines_read: 0,
            bytes_read: 0,
        }
    }

    /// The line on which the current record begins.
    pub(super) fn line(&self) -> u64 {
        self.line
    }

    /// How far the file has been read.
    pub(super) fn bytes_read(&self) -> u64 {
        self.bytes_read
    }

    /// Reads the next record; false at the end of the file. Lines without anything are skipped.
    pub(super) fn read(&mut self) -> Result<bool, String> {
        loop {
            self.line = self.lines_read + 1;
            match self.read_raw() {
                Ok(false) => return Ok(false),
                Ok(true) if self.raw.is_empty() => {}
                Ok(true) => break,
                Err(why) => return Err(why.to_string()),
            }
        }
        let raw = std::str::from_utf8(&self.raw).map_err(|_| "the text is not UTF-8".to_owned())?;
        let raw = raw.strip_prefix('\u{feff}').filter(|_| self.line == 1).unwrap_or(raw);
        split(raw, &mut self.text, &mut self.ends)
    }

    /// Reads a line, and further ones while a quote is open.
    fn read_raw(&mut self) -> io::Result<bool> {
        self.raw.clear();
        let mut quotes = 0;
        loop {
            let begin = self.raw.len();
            let read = self.input.read_until(b'\n', &mut self.raw)?;
            self.lines_read += u64::from(read > 0);
            self.bytes_read += read as u64;
            quotes += self.raw[begin..].iter().filter(|byte| **byte == b'"').count();
            if read == 0 || quotes % 2 == 0 {
                break;
            }
        }
        let complete = !self.raw.is_empty();
        if self.raw.ends_with(b"\n") {
            self.raw.pop();
        }
        if self.raw.ends_with(b"\r") {
            self.raw.pop();
        }
        Ok(complete)
    }

    /// The fields of the current record.
    pub(super) fn fields(&self) -> impl Iterator<Item = Field<'_>> {
        let begins = std::iter::once(0).chain(self.ends.iter().map(|(end, _)| *end));
        begins
            .zip(&self.ends)
            .map(|(begin, (end, quoted))| Field { text: &self.text[begin..*end], quoted: *quoted })
    }
}

/// Splits a record at commas outside of quotes. A quote may begin anywhere in a field; a doubled one inside is a quote.
fn split(raw: &str, text: &mut String, ends: &mut Vec<(usize, bool)>) -> Result<bool, String> {
    text.clear();
    ends.clear();
    let (mut inside, mut quoted) = (false, false);
    let mut rest = raw;
    loop {
        let special = if inside { rest.find('"') } else { rest.find(['"', ',']) };
        let Some(at) = special else { break };
        text.push_str(&rest[..at]);
        let comma = rest.as_bytes()[at] == b',';
        rest = &rest[at + 1..];
        if comma {
            ends.push((text.len(), std::mem::take(&mut quoted)));
        } else if inside && rest.starts_with('"') {
            text.push('"');
            rest = &rest[1..];
        } else {
            inside = !inside;
            quoted = true;
        }
    }
    if inside {
        return Err("a quote is not closed".to_owned());
    }
    text.push_str(rest);
    ends.push((text.len(), quoted));
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Vec<(u64, Vec<String>)>, String> {
        let mut records = Records::new(text.as_bytes());
        let mut all = Vec::new();
        while records.read()? {
            let shown =
                records.fields().map(|f| if f.quoted { format!("<{}>", f.text) } else { f.text.to_owned() });
            all.push((records.line(), shown.collect()));
        }
        Ok(all)
    }

    #[test]
    fn fields_are_split_as_postgresql_does() {
        let text = "\u{feff}a,b\r\n1,\"\"\n\n,\"x,\"\"y\"\"\nz\"\n\"a\"b\"c\",é\nlast,";
        let expected = [
            (1, vec!["a", "b"]),
            (2, vec!["1", "<>"]),
            (4, vec!["", "<x,\"y\"\nz>"]),
            (6, vec!["<abc>", "é"]),
            (7, vec!["last", ""]),
        ];
        let expected = expected.map(|(line, fields)| (line, fields.into_iter().map(str::to_owned).collect()));
        assert_eq!(read(text).unwrap(), expected);
        assert_eq!(read("a\n\"b\nc"), Err("a quote is not closed".to_owned()));
        assert_eq!(Records::new(&b"\xff\n"[..]).read(), Err("the text is not UTF-8".to_owned()));
    }
}
