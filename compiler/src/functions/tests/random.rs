//! Random constants, half of them at the edges of their types.

use crate::types::Type;

/// A small generator (xorshift64*): a seed gives the same values everywhere.
pub(super) struct Random(u64);

impl Random {
    /// Any seed does.
    pub fn new(seed: u64) -> Self {
        Random(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    /// A number below `n`.
    pub fn below(&mut self, n: u64) -> u64 {
        (self.next() >> 11) % n
    }

    fn range(&mut self, from: i64, to: i64) -> i64 {
        from + self.below(to.abs_diff(from) + 1) as i64
    }

    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.below(from.len() as u64) as usize]
    }

    fn digits(&mut self, n: u64) -> String {
        (0..n).map(|_| char::from(b'0' + self.below(10) as u8)).collect()
    }
}

/// The text of a constant of this type.
pub(super) fn sample(random: &mut Random, ty: Type) -> String {
    let edge = random.below(2) == 0;
    match ty {
        Type::SmallInt => integer(random, edge, i64::from(i16::MIN), i64::from(i16::MAX)),
        Type::Integer => integer(random, edge, i64::from(i32::MIN), i64::from(i32::MAX)),
        Type::BigInt => integer(random, edge, i64::MIN, i64::MAX),
        Type::Real if edge => random
            .pick(&["0", "1", "-1", "0.5", "2.5", "1e38", "1e-40", "NaN", "Infinity", "-0", "32767.5"])
            .to_owned(),
        Type::Double if edge => random
            .pick(&[
                "0",
                "1",
                "-1",
                "0.5",
                "2.5",
                "1e300",
                "1e-300",
                "NaN",
                "Infinity",
                "-Infinity",
                "-0",
                "1e15",
                "59.9999995",
            ])
            .to_owned(),
        Type::Real | Type::Double => {
            format!("{}{}.{}", sign(random), random.range(0, 9999), random.digits(3))
        }
        Type::Decimal { precision, scale } => {
            let most = u64::from(precision - scale).min(18);
            let whole = if edge { 1.min(most) } else { random.below(most + 1) };
            format!("{}0{}.{}", sign(random), random.digits(whole), random.digits(scale.into()))
        }
        Type::Numeric if edge => random
            .pick(&[
                "0",
                "1",
                "-1",
                "0.00",
                "0.5",
                "-2.5",
                "10000",
                "9999.9999",
                "0.0001",
                "1e20",
                "1e-20",
                "123456789012345678901234567890",
                "0.3333333333333333",
            ])
            .to_owned(),
        Type::Numeric => {
            let (whole, fraction) = (random.below(20) + 1, random.below(18) + 1);
            format!("{}{}.{}", sign(random), random.digits(whole), random.digits(fraction))
        }
        Type::Boolean => random.pick(&["true", "false", "t", "no", "on", "0"]).to_owned(),
        Type::Text | Type::Varchar | Type::Char(_) => text(random, edge),
        Type::Timestamp | Type::TimestampTz if edge => random
            .pick(&[
                "infinity",
                "-infinity",
                "epoch",
                "2024-02-29 23:59:59.999999",
                "1999-12-31 24:00:00",
                "4713-01-01 BC",
                "0001-01-01 00:00:00",
                "0044-03-15 12:00:00 BC",
                "2000-01-01",
                "99999-12-31 23:59:59",
            ])
            .to_owned(),
        Type::Timestamp | Type::TimestampTz => format!("{} {}", date(random), clock(random)),
        Type::Date if edge => random
            .pick(&[
                "infinity",
                "-infinity",
                "2024-02-29",
                "0001-12-31 BC",
                "5874897-12-31",
                "1970-01-01",
                "2026-12-31",
            ])
            .to_owned(),
        Type::Date => date(random),
        Type::Time => {
            if edge {
                random.pick(&["00:00", "24:00", "23:59:59.999999", "12:00"]).to_owned()
            } else {
                clock(random)
            }
        }
        Type::Interval if edge => random
            .pick(&[
                "0",
                "1 month",
                "-1 month",
                "1 day",
                "1 year 2 mons 3 days 04:05:06.789",
                "-25 years",
                "1 mon -1 day",
                "23:59:59.999999",
                "178000000 years",
                "1.5 days",
                "-7 mons -3 days -04:00",
                "15 minutes",
            ])
            .to_owned(),
        Type::Interval => format!(
            "{} months {} days {}{}",
            random.range(-50, 50),
            random.range(-100, 100),
            sign(random),
            clock(random)
        ),
        Type::Uuid => random
            .pick(&[
                "00000000-0000-0000-0000-0000000000ff",
                "{A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11}",
                "a0eebc999c0b4ef8bb6d6bb9bd380a11",
            ])
            .to_owned(),
        Type::Bytea => random.pick(&["", "\\x00ff", "\\xdeadbeef", "abc"]).to_owned(),
        Type::Jsonb => random
            .pick(&[
                "null",
                "1.50",
                "\"a\"",
                "[]",
                "{\"b\": 1, \"a\": [true, null]}",
                "[1, 2, {\"x\": \"y\"}]",
                "{\"abc\": \"a\", \"a\": null}",
                "[1, \"a\", null, true, 2.50]",
                "true",
                "32768",
                "{\"b\": 1.0}",
                "-1e3",
                "{\"a\": 1, \"a\": 2, \"bb\": \"\\u00e9\\n\"}",
            ])
            .to_owned(),
        Type::Error | Type::Enum(_) => String::new(),
    }
}

fn sign(random: &mut Random) -> &'static str {
    random.pick(&["", "-"])
}

fn integer(random: &mut Random, edge: bool, min: i64, max: i64) -> String {
    if edge {
        let edges = [0, 1, -1, 2, 7, 10, min, max, min + 1, max - 1];
        return edges[random.below(edges.len() as u64) as usize].to_string();
    }
    match random.below(3) {
        0 => random.range(-100, 100),
        1 => random.range(-10_000, 10_000),
        _ => (random.next() as i64).clamp(min, max),
    }
    .to_string()
}

fn text(random: &mut Random, edge: bool) -> String {
    if edge {
        return random
            .pick(&[
                "", "a", " a b  ", "abc", "%b%", "_", "a\\", "héllo", "ÄÖß", "x,y,,z", "aXbXc", "12", "ab%",
                "É",
            ])
            .to_owned();
    }
    const LETTERS: [char; 12] = ['a', 'b', 'A', 'B', ' ', '%', '_', ',', 'é', '1', 'ß', '\\'];
    (0..random.below(10)).map(|_| LETTERS[random.below(12) as usize]).collect()
}

fn date(random: &mut Random) -> String {
    format!("{:04}-{:02}-{:02}", random.range(1900, 2100), random.range(1, 12), random.range(1, 28))
}

fn clock(random: &mut Random) -> String {
    let micros = if random.below(2) == 0 { String::new() } else { format!(".{}", random.digits(6)) };
    format!("{:02}:{:02}:{:02}{micros}", random.range(0, 23), random.range(0, 59), random.range(0, 59))
}
