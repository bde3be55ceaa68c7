//! Drawings of a circuit: tables on the left, queries on the right, for Mermaid and for Graphviz.

use std::fmt::Write as _;

use super::display::window_text;
use super::{
    Circuit, Condition, Group, Output, PublishedSource, ResultKey, Role, Source, State, SummandCount,
};
use crate::algebra::{Expr, ExprKind, SqlText};
use crate::catalog::{Catalog, TableId};
use crate::types::Type;

impl Circuit {
    /// The circuit as a Mermaid flowchart, which Markdown viewers render.
    pub fn mermaid(&self, catalog: &Catalog) -> String {
        let graph = Graph::of(self, catalog);
        let mut text = String::from("flowchart LR\n");
        for (at, node) in graph.nodes.iter().enumerate() {
            let (open, close) = match node.kind {
                Kind::Table => ("[(", ")]"),
                Kind::Clock => ("((", "))"),
                Kind::Filter | Kind::Window => ("{{", "}}"),
                Kind::Join => (">", "]"),
                Kind::Group => ("[", "]"),
                Kind::Output => ("([", "])"),
            };
            let lines: Vec<String> = node.lines.iter().map(|line| mermaid_text(line)).collect();
            // Writing to a string cannot fail.
            let _ = writeln!(text, "    n{at}{open}\"{}\"{close}", lines.join("<br/>"));
        }
        for edge in &graph.edges {
            let arrow = if edge.dashed { "-.->" } else { "-->" };
            let label = edge.label.as_ref().map(|l| format!("|\"{}\"|", mermaid_text(l))).unwrap_or_default();
            let _ = writeln!(text, "    n{} {arrow}{label} n{}", edge.from, edge.to);
        }
        text
    }

    /// The circuit as a graph for Graphviz's `dot`.
    pub fn dot(&self, catalog: &Catalog) -> String {
        let graph = Graph::of(self, catalog);
        let mut text =
            String::from("digraph circuit {\n    rankdir=LR;\n    node [fontname=\"sans-serif\"];\n");
        for (at, node) in graph.nodes.iter().enumerate() {
            let shape = match node.kind {
                Kind::Table => "cylinder",
                Kind::Clock => "circle",
                Kind::Filter | Kind::Window => "hexagon",
                Kind::Join => "cds",
                Kind::Group => "box",
                Kind::Output => "box, style=rounded",
            };
            let lines: Vec<String> = node.lines.iter().map(|line| dot_text(line)).collect();
            let _ = writeln!(text, "    n{at} [shape={shape}, label=\"{}\"];", lines.join("\\n"));
        }
        for edge in &graph.edges {
            let mut attributes = Vec::new();
            attributes.extend(edge.label.as_ref().map(|l| format!("label=\"{}\"", dot_text(l))));
            attributes.extend(edge.dashed.then(|| "style=dashed".to_owned()));
            let attributes =
                if attributes.is_empty() { String::new() } else { format!(" [{}]", attributes.join(", ")) };
            let _ = writeln!(text, "    n{} -> n{}{attributes};", edge.from, edge.to);
        }
        text.push_str("}\n");
        text
    }
}

/// Mermaid takes HTML; a quote would end the label.
fn mermaid_text(text: &str) -> String {
    one_line(text).replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;").replace('>', "&gt;")
}

fn dot_text(text: &str) -> String {
    one_line(text).replace('\\', "\\\\").replace('"', "\\\"")
}

/// Constants of a query may contain line breaks.
fn one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

/// What is drawn, whatever the language.
#[derive(Default)]
struct Graph {
    nodes: Vec<Node>,
    edges: Vec<Edge>,
    /// The node of each table that is read.
    tables: Vec<(TableId, usize)>,
    clock: Option<usize>,
}

struct Node {
    kind: Kind,
    lines: Vec<String>,
}

#[derive(Clone, Copy)]
enum Kind {
    Table,
    Clock,
    Filter,
    Window,
    Join,
    Group,
    Output,
}

struct Edge {
    from: usize,
    to: usize,
    label: Option<String>,
    /// The clock moves a window; no rows flow.
    dashed: bool,
}

impl Graph {
    fn of(circuit: &Circuit, catalog: &Catalog) -> Self {
        let mut graph = Self::default();
        let mut groups: Vec<usize> = Vec::new();
        for group in &circuit.groups {
            groups.push(graph.group(group, catalog, &groups));
        }
        for output in &circuit.outputs {
            let at = graph.node(Kind::Output, output_lines(circuit.group(output.group), output));
            graph.flow(groups[output.group.0 as usize], at);
        }
        graph
    }

    fn node(&mut self, kind: Kind, lines: Vec<String>) -> usize {
        self.nodes.push(Node { kind, lines });
        self.nodes.len() - 1
    }

    fn flow(&mut self, from: usize, to: usize) {
        self.edges.push(Edge { from, to, label: None, dashed: false });
    }

    /// Adds a node behind another.
    fn after(&mut self, from: usize, kind: Kind, lines: Vec<String>) -> usize {
        let at = self.node(kind, lines);
        self.flow(from, at);
        at
    }

    fn table(&mut self, id: TableId, catalog: &Catalog) -> usize {
        if let Some((_, at)) = self.tables.iter().find(|(table, _)| *table == id) {
            return *at;
        }
        let at = self.node(Kind::Table, vec![catalog.table(id).name.clone()]);
        self.tables.push((id, at));
        at
    }

    fn tick(&mut self, window: usize) {
        let clock = match self.clock {
            Some(clock) => clock,
            None => self.node(Kind::Clock, vec!["clock".to_owned()]),
        };
        self.clock = Some(clock);
        self.edges.push(Edge { from: clock, to: window, label: None, dashed: true });
    }

    /// Draws a group's chain and state, and returns the node of its state.
    fn group(&mut self, group: &Group, catalog: &Catalog, groups: &[usize]) -> usize {
        let ends: Vec<usize> =
            (0..group.inputs.len()).map(|input| self.input(group, input, catalog, groups)).collect();
        let mut end = match ends.as_slice() {
            [one] => *one,
            several => {
                let on = group.equalities.iter();
                let on = on.map(|e| format!("{} = {}", group.text(&e.left), group.text(&e.right)));
                let join = self.node(Kind::Join, titled("join", on.collect()));
                for (&from, input) in several.iter().zip(&group.inputs) {
                    // The alias is all that tells the inputs of a self-join apart.
                    let renamed = input.table().is_some_and(|table| input.alias != catalog.table(table).name);
                    let label = match input.role {
                        Role::Exists => Some("exists".to_owned()),
                        Role::Absent => Some("not exists".to_owned()),
                        Role::Joined => renamed.then(|| format!("as {}", input.alias)),
                    };
                    self.edges.push(Edge { from, to: join, label, dashed: false });
                }
                join
            }
        };
        let across: Vec<String> =
            group.predicates.iter().filter(|p| p.inputs.len() != 1).map(|p| group.text(&p.expr)).collect();
        if !across.is_empty() {
            end = self.after(end, Kind::Filter, titled("where", across));
        }
        let at = self.after(end, Kind::Group, group_lines(group));
        if group.windows.iter().any(|w| !w.filters) {
            self.tick(at);
        }
        at
    }

    /// Draws an input with the predicates and windows over it alone, and returns the last node.
    fn input(&mut self, group: &Group, input: usize, catalog: &Catalog, groups: &[usize]) -> usize {
        let own = group.predicates.iter().filter(|p| p.inputs == [input]);
        let own: Vec<String> = own.map(|p| group.text(&p.expr)).collect();
        let windows = group.windows.iter().filter(|w| w.filters && w.input == input);
        let windows: Vec<String> = windows.map(|w| window_text(w, &group.text(&w.row))).collect();
        let mut end = match &group.inputs[input].source {
            Source::Table(table) => self.table(*table, catalog),
            Source::Group { group, .. } => groups[group.0 as usize],
        };
        if !own.is_empty() {
            end = self.after(end, Kind::Filter, titled("where", own));
        }
        if !windows.is_empty() {
            end = self.after(end, Kind::Window, titled("window", windows));
            self.tick(end);
        }
        end
    }
}

fn titled(title: &str, lines: Vec<String>) -> Vec<String> {
    std::iter::once(title.to_owned()).chain(lines).collect()
}

impl Group {
    /// What the query calls a column of the chain: qualified if there are several inputs.
    fn column(&self, at: usize) -> String {
        let name = self.fields.get(at).map_or("?", |field| field.name.as_str());
        let input = self.inputs.iter().find(|i| i.columns().contains(&at));
        match input {
            Some(input) if self.inputs.len() > 1 => format!("{}.{name}", input.alias),
            _ => name.to_owned(),
        }
    }

    /// An expression over the chain as one would write it in SQL.
    pub(crate) fn text(&self, expr: &Expr) -> String {
        sql(expr, &|at| self.column(at))
    }

    fn state(&self, state: &State) -> String {
        let value = state.value().map_or("*".to_owned(), |v| self.text(v));
        let call = match state {
            State::Count { .. } => format!("count({value})"),
            State::Sum { .. } | State::FloatSum { .. } => format!("sum({value})"),
            State::Extremes { .. } => format!("values of {value} in order"),
            State::Distinct { .. } => format!("distinct values of {value}"),
            State::Determined { .. } => value,
        };
        let filter = state.condition().map(|c| self.condition(c)).unwrap_or_default();
        if filter.is_empty() { call } else { format!("{call} where {filter}") }
    }

    fn condition(&self, condition: &Condition) -> String {
        let predicate = condition.predicate.iter().map(|p| self.text(p));
        let windows = condition.windows.iter().map(|&w| &self.windows[w]);
        let windows = windows.map(|w| window_text(w, &self.text(&w.row)));
        predicate.chain(windows).collect::<Vec<_>>().join(" and ")
    }
}

/// An expression as one would write it: without what the compiler has added for its own sake.
fn sql(expr: &Expr, name: &dyn Fn(usize) -> String) -> String {
    let mut expr = expr.clone();
    expr.walk_mut(&mut |e| {
        // The type of exact arithmetic, which nobody declares: so the cast to it is inferred.
        if let (ExprKind::Cast(inner), Type::Decimal { precision: 38, .. }) = (&mut e.kind, e.ty) {
            *e = (**inner).clone();
        }
    });
    let text = SqlText(&expr, name).to_string();
    // Parentheses around the whole say nothing.
    match text.strip_prefix('(').and_then(|t| t.strip_suffix(')')) {
        Some(inner) if balanced(inner) => inner.to_owned(),
        _ => text,
    }
}

/// Whether every parenthesis of the text closes one of the text.
fn balanced(text: &str) -> bool {
    let mut depth = 0_usize;
    for c in text.chars() {
        match c {
            '(' => depth += 1,
            ')' if depth == 0 => return false,
            ')' => depth -= 1,
            _ => {}
        }
    }
    depth == 0
}

fn group_lines(group: &Group) -> Vec<String> {
    let keys: Vec<String> = group.keys.iter().map(|key| group.text(key)).collect();
    let title = if group.single { "one group".to_owned() } else { format!("group by {}", keys.join(", ")) };
    titled(&title, group.states.iter().map(|state| group.state(state)).collect())
}

fn output_lines(group: &Group, output: &Output) -> Vec<String> {
    let published = |at: usize| match output.published.get(at) {
        Some(column) => source(group, &column.source),
        None => "?".to_owned(),
    };
    let mut lines = vec![output.name.clone()];
    for (expr, field) in output.columns.iter().zip(&output.fields).take(output.visible) {
        let text = sql(expr, &published);
        lines.push(if text == field.name { text } else { format!("{} = {text}", field.name) });
    }
    lines.extend(output.having.iter().map(|h| format!("having {}", sql(h, &published))));
    let order = output.order.iter().map(|key| {
        let name = output.fields.get(key.column).map_or("?", |f| f.name.as_str());
        format!("{name}{}", if key.descending { " desc" } else { "" })
    });
    let order: Vec<String> = order.collect();
    if !order.is_empty() {
        lines.push(format!("order by {}", order.join(", ")));
    }
    if let Some(limit) = output.limit {
        let offset = if limit.offset > 0 { format!(" offset {}", limit.offset) } else { String::new() };
        lines.push(format!("limit {}{offset}", limit.limit.map_or("all".to_owned(), |l| l.to_string())));
    }
    lines.push(match &output.key {
        ResultKey::SingleRow => "a single row".to_owned(),
        ResultKey::Keys(names) => format!("key {}", names.join(", ")),
        ResultKey::Bag => "a bag".to_owned(),
    });
    lines
}

/// What a published column is, in terms of the group.
fn source(group: &Group, source: &PublishedSource) -> String {
    let state = |at: usize| group.states.get(at).map_or("?".to_owned(), |state| group.state(state));
    let value = |at: usize| {
        let value = group.states.get(at).and_then(State::value);
        value.map_or("*".to_owned(), |value| group.text(value))
    };
    let filtered = |call: String, at: usize| {
        let condition = group.states.get(at).and_then(State::condition);
        match condition.map(|c| group.condition(c)).filter(|c| !c.is_empty()) {
            Some(condition) => format!("{call} filter (where {condition})"),
            None => call,
        }
    };
    let distinct =
        |count: &SummandCount| if matches!(count, SummandCount::Distinct(_)) { "distinct " } else { "" };
    match source {
        PublishedSource::Key(at) => group.keys.get(*at).map_or("?".to_owned(), |key| group.text(key)),
        PublishedSource::Rows => "count(*)".to_owned(),
        PublishedSource::Count(at) => filtered(format!("count({})", value(*at)), *at),
        PublishedSource::DistinctCount(at) => filtered(format!("count(distinct {})", value(*at)), *at),
        PublishedSource::Sum { state, count } => {
            filtered(format!("sum({}{})", distinct(count), value(*state)), *state)
        }
        PublishedSource::Avg { state, count, .. } => {
            filtered(format!("avg({}{})", distinct(count), value(*state)), *state)
        }
        PublishedSource::Min(at) => filtered(format!("min({})", value(*at)), *at),
        PublishedSource::Max(at) => filtered(format!("max({})", value(*at)), *at),
        PublishedSource::Determined(at) => state(*at),
    }
}
