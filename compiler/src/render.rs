//! Diagnostics as text: snippets for people, JSON for tools, single lines for build scripts.

use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Patch, Renderer, Snippet};

use crate::diagnostic::{Diagnostic, Label, Severity};
use crate::source::{SourceId, SourceMap, Span};

/// The source with the words underlined, in the manner of rustc. Lines are folded at `width` columns, 140 if
/// not given; `color` adds ANSI sequences.
pub fn render_text(
    diagnostic: &Diagnostic,
    sources: &SourceMap,
    color: bool,
    width: Option<usize>,
) -> String {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let title = level.primary_title(diagnostic.message.as_str()).id(diagnostic.code.as_str());
    let mut group = Group::with_title(title);
    for source in sources_of(diagnostic) {
        group = group.element(snippet(diagnostic, sources, source));
    }
    for note in &diagnostic.notes {
        group = group.element(Level::NOTE.message(note.as_str()));
    }
    let mut report = Vec::new();
    match (&diagnostic.suggestion, &diagnostic.help) {
        (Some(replacement), help) => {
            report.push(group);
            let title = help.as_deref().unwrap_or("write this instead");
            report.push(suggestion(diagnostic.primary.span, replacement, title, sources));
        }
        (None, Some(help)) => report.push(group.element(Level::HELP.message(help.as_str()))),
        (None, None) => report.push(group),
    }
    let renderer = if color { Renderer::styled() } else { Renderer::plain() };
    match width {
        Some(width) => renderer.term_width(width).render(&report),
        None => renderer.render(&report),
    }
}

/// The sources that the labels point into, the primary one first, each once.
fn sources_of(diagnostic: &Diagnostic) -> Vec<SourceId> {
    let mut sources = vec![diagnostic.primary.span.source];
    for label in &diagnostic.secondary {
        if !sources.contains(&label.span.source) {
            sources.push(label.span.source);
        }
    }
    sources
}

fn snippet<'a>(
    diagnostic: &'a Diagnostic,
    sources: &'a SourceMap,
    source: SourceId,
) -> Snippet<'a, Annotation<'a>> {
    let annotation = |kind: AnnotationKind, label: &'a Label| {
        let annotation = kind.span(bytes(label.span, sources));
        if label.text.is_empty() { annotation } else { annotation.label(label.text.as_str()) }
    };
    let file = sources.get(source);
    let secondary = diagnostic.secondary.iter().filter(|label| label.span.source == source);
    let snippet = Snippet::source(file.text.as_str()).path(file.name.as_str());
    let snippet = match diagnostic.primary.span.source == source {
        true => snippet.annotation(annotation(AnnotationKind::Primary, &diagnostic.primary)),
        false => snippet,
    };
    snippet.annotations(secondary.map(|label| annotation(AnnotationKind::Context, label)))
}

fn suggestion<'a>(span: Span, replacement: &'a str, title: &'a str, sources: &'a SourceMap) -> Group<'a> {
    let file = sources.get(span.source);
    let patch = Patch::new(bytes(span, sources), replacement);
    let snippet = Snippet::source(file.text.as_str()).path(file.name.as_str()).patch(patch);
    Group::with_title(Level::HELP.secondary_title(title)).element(snippet)
}

/// The span as a range of whole characters within its source.
fn bytes(span: Span, sources: &SourceMap) -> std::ops::Range<usize> {
    let text = &sources.get(span.source).text;
    let clip = |at: u32| text.floor_char_boundary((at as usize).min(text.len()));
    clip(span.start)..clip(span.end.max(span.start))
}

/// One line without a snippet: `schema.sql:3:7: error[unknown_type]: there is no type …; help: …`.
pub fn render_line(diagnostic: &Diagnostic, sources: &SourceMap) -> String {
    let span = diagnostic.primary.span;
    let (line, column) = sources.line_column(span.source, span.start);
    let severity = severity(diagnostic);
    let (code, message) = (diagnostic.code.as_str(), &diagnostic.message);
    let mut text =
        format!("{}:{line}:{column}: {severity}[{code}]: {message}", sources.get(span.source).name);
    if let Some(help) = &diagnostic.help {
        text += &format!("; help: {help}");
    }
    if let Some(suggestion) = &diagnostic.suggestion {
        text += &format!("; write `{suggestion}`");
    }
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

fn severity(diagnostic: &Diagnostic) -> &'static str {
    match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}

/// One JSON object on one line. Lines and columns count from 1, columns in characters; the end is exclusive.
#[cfg(feature = "cli")]
pub fn to_json(diagnostic: &Diagnostic, sources: &SourceMap) -> String {
    use serde_json::{Value, json};

    let place = |label: &Label| {
        let Span { source, start, end } = label.span;
        let (line, column) = sources.line_column(source, start);
        let (end_line, end_column) = sources.line_column(source, end.max(start));
        json!({
            "file": sources.get(source).name,
            "line": line,
            "column": column,
            "end_line": end_line,
            "end_column": end_column,
            "text": label.text,
        })
    };
    let mut object = json!({
        "code": diagnostic.code.as_str(),
        "severity": severity(diagnostic),
        "message": diagnostic.message,
    });
    // The place of the primary words stands in the object itself, and their text is its `label`.
    if let (Value::Object(object), Value::Object(primary)) = (&mut object, place(&diagnostic.primary)) {
        for (key, value) in primary {
            let key = if key == "text" { "label".to_owned() } else { key };
            object.insert(key, value);
        }
        object.insert("labels".into(), diagnostic.secondary.iter().map(place).collect());
        object.insert("notes".into(), json!(diagnostic.notes));
        object.insert("help".into(), json!(diagnostic.help));
        object.insert("suggestion".into(), json!(diagnostic.suggestion));
    }
    object.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Code;

    fn example() -> (Diagnostic, SourceMap) {
        let mut sources = SourceMap::default();
        let schema = sources.add("schema.sql", "CREATE TABLE orders (id int, total int);\n");
        let queries = sources.add("queries.sql", "-- é\nSELECT totl\nFROM orders;\n");
        let diagnostic =
            Diagnostic::error(Code::UnknownColumn, Span::new(queries, 13, 17), "no column `totl`")
                .label("not in any table")
                .also(Span::new(schema, 13, 19), "this table")
                .note("`orders` has 2 columns")
                .help("did you mean `total`?")
                .suggest("total");
        (diagnostic, sources)
    }

    #[test]
    fn text_shows_the_words() {
        let (diagnostic, sources) = example();
        insta::assert_snapshot!(render_text(&diagnostic, &sources, false, None), @r"
        error[unknown_column]: no column `totl`
         --> queries.sql:2:8
          |
        2 | SELECT totl
          |        ^^^^ not in any table
          |
         ::: schema.sql:1:14
          |
        1 | CREATE TABLE orders (id int, total int);
          |              ------ this table
          |
          = note: `orders` has 2 columns
        help: did you mean `total`?
          |
        2 | SELECT total
          |           +
        ");
    }

    #[test]
    fn a_line_is_one_line() {
        let (mut diagnostic, sources) = example();
        diagnostic.message.push('\n');
        insta::assert_snapshot!(render_line(&diagnostic, &sources), @"queries.sql:2:8: error[unknown_column]: no column `totl` ; help: did you mean `total`?; write `total`");
    }

    #[test]
    #[cfg(feature = "cli")]
    fn json_is_one_object() {
        let (diagnostic, sources) = example();
        insta::assert_snapshot!(to_json(&diagnostic, &sources), @r#"{"code":"unknown_column","severity":"error","message":"no column `totl`","file":"queries.sql","line":2,"column":8,"end_line":2,"end_column":12,"label":"not in any table","labels":[{"file":"schema.sql","line":1,"column":14,"end_line":1,"end_column":20,"text":"this table"}],"notes":["`orders` has 2 columns"],"help":"did you mean `total`?","suggestion":"total"}"#);
    }

    #[test]
    fn any_span_is_rendered() {
        let (mut diagnostic, sources) = example();
        for (start, end) in [(0, 0), (3, 4), (4, 4), (29, 30), (30, 30), (40, 99), (9, 2)] {
            diagnostic.primary.span = Span::new(SourceId(1), start, end);
            assert!(render_text(&diagnostic, &sources, true, Some(40)).contains("queries.sql"));
            render_line(&diagnostic, &sources);
        }
    }
}
