//! Compiles the corpora under `sql/` into the units that the suites run.
//!
//! A folder of `sql/differential/` is a schema (`schema.sql`, emitted once) with a folder of files of queries, each a unit of its own over
//! the shared schema module, and for each rule of the optimiser a unit of queries compiled without it; one of `sql/recorded/` has a single file of queries. Beside the emitted code stands a registry, through which the
//! suites reach tables and queries without knowing their types.

mod without_rules;

use std::collections::BTreeSet;
use std::env;
use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use cosmictron_compiler::emit::SchemaModule;
use cosmictron_compiler::files::{query_files, read, read_queries, write_if_changed};
use cosmictron_compiler::rules::{Rule, Rules};
use cosmictron_compiler::source::Source;
use cosmictron_compiler::{Builder, Compilation, Request, compile};

use without_rules::World;

fn main() -> Result<(), Box<dyn Error>> {
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    let mut registry = Registry::default();
    for world in folders(Path::new("sql/differential"))? {
        registry.world(&stem(&world), &world, &world.join("queries"), &out, true)?;
    }
    if let Some(rule) = Rule::ALL.into_iter().find(|rule| !registry.rules.contains(rule)) {
        return Err(
            format!("no query in sql/differential shows the rule {rule}: add one that it changes").into()
        );
    }
    for topic in folders(Path::new("sql/recorded"))? {
        registry.world(
            &format!("recorded_{}", stem(&topic)),
            &topic,
            &topic.join("queries.sql"),
            &out,
            false,
        )?;
    }
    let ledger = Builder::new().schema("sql/crash/schema.sql").queries("sql/crash/queries.sql");
    ledger.output(out.join("ledger.rs")).compile();
    let example = Path::new("../generated-examples/ecommerce");
    let shop = Builder::new().schema(example.join("schema.sql")).queries(example.join("queries"));
    shop.output(out.join("ecommerce.rs")).compile();
    registry.finish(&out)
}

/// The folders in a folder, by name.
fn folders(path: &Path) -> Result<Vec<PathBuf>, Box<dyn Error>> {
    println!("cargo::rerun-if-changed={}", path.display());
    let mut folders = Vec::new();
    for entry in fs::read_dir(path)? {
        let entry = entry?.path();
        if entry.is_dir() {
            folders.push(entry);
        }
    }
    folders.sort();
    Ok(folders)
}

/// The module tree that includes what is emitted.
#[derive(Default)]
struct Registry {
    rust: String,
    units: Vec<String>,
    /// The rules that some unit is compiled without.
    rules: BTreeSet<Rule>,
}

impl Registry {
    fn world(
        &mut self,
        world: &str,
        folder: &Path,
        queries: &Path,
        out: &Path,
        without_rules: bool,
    ) -> Result<(), Box<dyn Error>> {
        let schema = folder.join("schema.sql");
        let schema_file = out.join(format!("{world}.rs"));
        Builder::new().schema(&schema).output(&schema_file).compile();
        let mut units = String::new();
        let mut catalog = None;
        for queries in query_files(queries)? {
            let unit = stem(&queries);
            let file = out.join(format!("{world}_{unit}.rs"));
            Builder::new()
                .schema(&schema)
                .queries(&queries)
                .schema_module(format!("crate::units::{world}"))
                .output(&file)
                .compile();
            let request = Request {
                schema: read(&schema, "schema.sql")?,
                queries: read_queries(&queries)?,
                ..Request::default()
            };
            let compiled = compile(&request);
            let name = format!("{world}/{unit}");
            write_unit(&mut units, (&name, &unit), (&schema, &queries), &file, &compiled)?;
            self.units.push(format!("&{world}::{unit}::UNIT"));
            catalog = Some(compiled.catalog);
        }
        if without_rules {
            self.without_rules(&mut units, world, (&schema, queries), out)?;
        }
        writeln!(self.rust, "/// The schema `{world}` and its units.")?;
        writeln!(self.rust, "pub mod {world} {{ include!({:?});", schema_file.display().to_string())?;
        for enumeration in catalog.iter().flat_map(|c| &c.enums) {
            writeln!(self.rust, "crate::key_parts!({});", enumeration.rust_name)?;
        }
        let tables = catalog.iter().flat_map(|c| &c.tables);
        let tables: Vec<String> =
            tables.map(|t| format!("crate::unit::Table::of::<{}>()", t.rust.row)).collect();
        writeln!(self.rust, "static TABLES: &[crate::unit::Table<Schema>] = &[{}];", tables.join(", "))?;
        writeln!(self.rust, "{units}}}")?;
        Ok(())
    }

    /// Adds the units of a world that are compiled without a rule.
    fn without_rules(
        &mut self,
        units: &mut String,
        world: &str,
        (schema, queries): (&Path, &Path),
        out: &Path,
    ) -> Result<(), Box<dyn Error>> {
        let all = World::read(schema, queries)?;
        for rule in Rule::ALL {
            let Some(text) = all.changed_by(rule)? else { continue };
            let unit = format!("without_{rule}");
            let (sql, file) =
                (out.join(format!("{world}_{unit}.sql")), out.join(format!("{world}_{unit}.rs")));
            let compiled = compile(&Request {
                schema: read(schema, "schema.sql")?,
                queries: vec![Source::new(format!("{world}_{unit}.sql"), text.clone())],
                schema_module: SchemaModule::At(format!("crate::units::{world}")),
                rules: Rules::default().without(rule),
            });
            let Some(rust) = &compiled.rust else {
                return Err(format!("without {rule}, {world} is refused: {:#?}", compiled.diagnostics).into());
            };
            write_if_changed(&sql, &text)?;
            write_if_changed(&file, rust)?;
            let name = format!("{world} without {rule}");
            write_unit(units, (&name, &unit), (schema, &sql), &file, &compiled)?;
            self.units.push(format!("&{world}::{unit}::UNIT"));
            self.rules.insert(rule);
        }
        Ok(())
    }

    fn finish(self, out: &Path) -> Result<(), Box<dyn Error>> {
        let mut rust = self.rust;
        writeln!(rust, "/// All units.")?;
        writeln!(rust, "pub static ALL: &[&dyn crate::unit::Unit] = &[{}];", self.units.join(", "))?;
        write_if_changed(&out.join("units.rs"), &rust)?;
        Ok(())
    }
}

/// Adds the module of a unit.
fn write_unit(
    rust: &mut String,
    (name, unit): (&str, &str),
    (schema, queries): (&Path, &Path),
    file: &Path,
    compiled: &Compilation,
) -> Result<(), Box<dyn Error>> {
    let absolute = |path: &Path| fs::canonicalize(path).map(|p| p.display().to_string());
    let live: Vec<String> =
        compiled.queries.iter().map(|q| format!("crate::unit::Live::of::<{}::Query>()", q.name)).collect();
    writeln!(rust, "/// The unit `{name}`.")?;
    writeln!(rust, "pub mod {unit} {{ include!({:?});", file.display().to_string())?;
    writeln!(
        rust,
        "pub(crate) static UNIT: crate::unit::Registered<super::Schema, circuit::Circuit> = crate::unit::Registered {{
            name: {name:?}, schema: include_str!({:?}), queries: include_str!({:?}),
            tables: super::TABLES, live: &[{}],
        }};",
        absolute(schema)?,
        absolute(queries)?,
        live.join(", ")
    )?;
    writeln!(rust, "}}")?;
    Ok(())
}

fn stem(path: &Path) -> String {
    path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}
