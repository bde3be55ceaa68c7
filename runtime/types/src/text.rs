//! Character strings.
//!
//! # Measured
//!
//! Time and memory of what could stand here instead, as ratios (`kernels --only text`; ARCHITECTURE.md tells how and on what machine).
//!
//! Statuses of 4 to 9 bytes:
//!
//! | | make | clone | compare | hash | drop | memory |
//! |---|---|---|---|---|---|---|
//! | **smol_str** | 1 | 1 | 1 | 1 | 1 | 1 |
//! | `String` | 0.58 | 5.84 | 1.12 | 1.50 | 5.56 | 2.33 |
//! | `Box<str>` | 0.57 | 5.52 | 1.10 | 1.44 | 5.75 | 2.00 |
//! | `Arc<str>` | 0.71 | 1.90 | 1.10 | 1.73 | 3.14 | 2.13 |
//! | compact_str | 0.15 | 0.95 | 1.06 | 1.26 | 0.93 | 1.00 |
//! | ecow | 0.38 | 0.68 | 0.68 | 0.76 | 0.69 | 0.67 |
//!
//! Addresses of 19 to 23 bytes:
//!
//! | | make | clone | compare | hash | drop | memory |
//! |---|---|---|---|---|---|---|
//! | **smol_str** | 1 | 1 | 1 | 1 | 1 | 1 |
//! | `String` | 0.54 | 5.50 | 1.17 | 1.67 | 5.96 | 2.32 |
//! | `Box<str>` | 0.53 | 4.98 | 1.11 | 1.62 | 6.02 | 1.99 |
//! | `Arc<str>` | 0.61 | 2.00 | 1.18 | 1.74 | 3.64 | 2.65 |
//! | compact_str | 0.27 | 1.06 | 1.08 | 1.07 | 1.13 | 1.00 |
//! | ecow | 0.66 | 2.10 | 1.24 | 1.65 | 3.23 | 2.65 |
//!
//! Addresses of 25 to 28 bytes, which no inline form holds:
//!
//! | | make | clone | compare | hash | drop | memory |
//! |---|---|---|---|---|---|---|
//! | **smol_str** | 1 | 1 | 1 | 1 | 1 | 1 |
//! | `String` | 0.71 | 1.12 | 0.63 | 0.86 | 1.49 | 0.82 |
//! | `Box<str>` | 0.68 | 0.90 | 0.61 | 0.86 | 1.50 | 0.73 |
//! | `Arc<str>` | 0.80 | 0.38 | 0.66 | 0.94 | 1.17 | 0.91 |
//! | compact_str | 0.62 | 0.75 | 0.87 | 0.87 | 1.67 | 0.82 |
//! | ecow | 0.86 | 0.37 | 0.64 | 0.83 | 0.97 | 0.91 |
//!
//! Texts of 500 to 560 bytes:
//!
//! | | make | clone | compare | hash | drop | memory |
//! |---|---|---|---|---|---|---|
//! | **smol_str** | 1 | 1 | 1 | 1 | 1 | 1 |
//! | `String` | 0.91 | 2.49 | 0.80 | 1.03 | 13.3 | 0.97 |
//! | `Box<str>` | 0.85 | 2.18 | 0.74 | 1.00 | 14.0 | 0.96 |
//! | `Arc<str>` | 0.97 | 0.53 | 0.68 | 0.96 | 0.89 | 0.99 |
//! | compact_str | 0.91 | 2.36 | 1.18 | 0.99 | 13.3 | 0.97 |
//! | ecow | 1.00 | 0.52 | 0.61 | 0.97 | 1.19 | 0.98 |
//!
//! `smol_str` clones and drops in constant time whatever the length, and allocates nothing up to 23 bytes. `ecow` is better up to 15 bytes and worse from
//! there to 23, and takes 24 bytes too where a text may be NULL. `compact_str` is made faster, and cloned by copying.

use std::borrow::Borrow;
use std::convert::Infallible;
use std::fmt;
use std::ops::Deref;
use std::str::FromStr;

use smol_str::SmolStr;

/// `TEXT`, `VARCHAR(n)` and `CHAR(n)`: an immutable string that is cheap to clone and, up to 23 bytes, lives without
/// an allocation. Ordered by bytes, which is PostgreSQL's `C` collation.
///
/// ```
/// use cosmictron_types::Text;
///
/// let name = Text::from("Ada");
/// assert_eq!(name, "Ada");
/// assert_eq!(name.to_uppercase(), "ADA"); // everything `str` has
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Text(SmolStr);

impl Text {
    /// A text known when the program is compiled; copied nowhere.
    pub const fn from_static(text: &'static str) -> Self {
        Self(SmolStr::new_static(text))
    }

    /// The string.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Deref for Text {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl Borrow<str> for Text {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl AsRef<str> for Text {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Self(SmolStr::new(text))
    }
}

impl From<String> for Text {
    fn from(text: String) -> Self {
        Self(SmolStr::from(text))
    }
}

impl From<Text> for String {
    fn from(text: Text) -> String {
        text.0.into()
    }
}

impl FromStr for Text {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Self, Infallible> {
        Ok(Text::from(text))
    }
}

impl FromIterator<char> for Text {
    fn from_iter<I: IntoIterator<Item = char>>(chars: I) -> Self {
        Self(SmolStr::from_iter(chars))
    }
}

impl PartialEq<str> for Text {
    fn eq(&self, other: &str) -> bool {
        self.as_str() == other
    }
}

impl PartialEq<&str> for Text {
    fn eq(&self, other: &&str) -> bool {
        self.as_str() == *other
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self)
    }
}

impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}
