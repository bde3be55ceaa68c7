//! The two streams: results on standard output, everything said to a person on standard error.

use std::io::{self, Write};

use anstream::{AutoStream, ColorChoice};
use cosmictron_compiler::Compilation;
use cosmictron_compiler::diagnostic::Severity;
use cosmictron_compiler::render;

use crate::stop::Stop;

/// How diagnostics are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Format {
    /// With the words underlined.
    #[default]
    Text,
    /// One JSON object a line.
    Json,
}

/// Writes a result to standard output.
pub(crate) fn print(text: &str) -> Result<(), Stop> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes()).and_then(|()| out.flush()).map_err(|error| match error.kind() {
        io::ErrorKind::BrokenPipe => Stop::Closed,
        _ => Stop::trouble(format!("cannot write to standard output: {error}")),
    })
}

/// Says something to the person at the terminal. Where standard error is closed there is nobody to tell.
pub(crate) fn say(text: &str) {
    let _ = writeln!(AutoStream::auto(io::stderr()), "{text}");
}

/// `error: …` and, below it, what to do.
pub(crate) fn error(message: &str, help: Option<&str>) {
    say(&format!("\x1b[1;31merror\x1b[0m\x1b[1m: {message}\x1b[0m"));
    if let Some(help) = help {
        say(&format!("  \x1b[1;36mhelp\x1b[0m: {help}"));
    }
}

/// Writes all diagnostics to standard error, with a count at the end if there are errors.
pub(crate) fn report(compiled: &Compilation, format: Format) {
    if format == Format::Json {
        compiled.diagnostics.iter().for_each(|d| say(&render::to_json(d, &compiled.sources)));
        return;
    }
    // Off a terminal nobody folds the lines to a width, so the renderer's own is as good as any.
    let width = terminal_size::terminal_size_of(io::stderr()).map(|(width, _)| usize::from(width.0));
    let color = AutoStream::choice(&io::stderr()) != ColorChoice::Never;
    for diagnostic in &compiled.diagnostics {
        say(&format!("{}\n", render::render_text(diagnostic, &compiled.sources, color, width)));
    }
    let errors = compiled.diagnostics.iter().filter(|d| d.severity == Severity::Error).count();
    if errors > 0 {
        error(&format!("found {}", count(errors, "error")), None);
    }
}

/// `1 query`, `3 queries`.
pub(crate) fn count(number: usize, noun: &str) -> String {
    match (number, noun.strip_suffix('y')) {
        (1, _) => format!("1 {noun}"),
        (_, Some(stem)) => format!("{number} {stem}ies"),
        (_, None) => format!("{number} {noun}s"),
    }
}

#[cfg(test)]
mod tests {
    use super::count;

    #[test]
    fn counts() {
        assert_eq!(count(1, "query"), "1 query");
        assert_eq!(count(3, "query"), "3 queries");
        assert_eq!(count(0, "table"), "0 tables");
    }
}
