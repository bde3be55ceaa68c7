//! Tables that lose their first rows: a window runs out of the rows it keeps and has to read others again.

use super::*;

/// How many rows a table has before it is drained: more than windows keep.
const FULL: usize = 200;
/// How many rows are left.
const LEFT: usize = 12;
/// How many rows go at once.
const STEP: usize = 6;

impl<'u> Run<'u> {
    /// Fills the tables of a unit one after the other and deletes their rows in the order of some column.
    ///
    /// # Panics
    /// With everything there is to know, if any result is wrong.
    pub fn drained(unit: &'u dyn Unit, setting: Setting) {
        let interpreter = Interpreter::new(unit.schema(), unit.queries());
        let mut run =
            Run::new(unit, setting, &interpreter).unwrap_or_else(|error| panic!("{}: {error}", unit.name()));
        run.steps();
        let mut drained = 0;
        for table in 0..interpreter.catalog.tables.len() {
            for descending in [false, true] {
                let column = run.data.random.below(interpreter.catalog.tables[table].columns.len());
                drained += usize::from(run.drain(table, column, descending));
            }
        }
        assert!(drained >= 4, "only {drained} tables could be filled: the data is not good");
        run.compare_with_new_circuits();
    }

    /// False if the table has a key of which there are few.
    fn drain(&mut self, table: usize, column: usize, descending: bool) -> bool {
        let name = &self.interpreter.catalog.tables[table].name;
        let title = format!("{name} is drained by column {column}, descending: {descending}");
        // A row that may not come takes those with it that come in the same transaction.
        for _ in 0..FULL {
            if self.contents[table].len() < FULL {
                self.write(&title, |data, writer| (0..STEP).for_each(|_| data.insert_any(writer, table)));
            }
        }
        let mut rows = self.contents[table].clone();
        rows.sort_by(|a, b| a[column].cmp(&b[column]).then_with(|| a.cmp(b)));
        if descending {
            rows.reverse();
        }
        if rows.len() < FULL * 3 / 4 {
            return false;
        }
        rows.truncate(rows.len() - LEFT);
        for first in rows.chunks(STEP) {
            self.write(&title, |data, writer| {
                first.iter().for_each(|row| data.delete(writer, table, row.clone()));
            });
        }
        true
    }

    /// A transaction and everything that is checked after it.
    fn write(&mut self, title: &str, mut script: impl FnMut(&mut Data<'_>, &mut dyn Writer)) {
        self.step += 1;
        let Self { data, session, .. } = self;
        data.log.clear();
        let result = session.transaction(&mut |writer| {
            script(data, writer);
            Ok(true)
        });
        let title = format!("{title}:\n{}", std::mem::take(&mut self.data.log));
        self.contents = self.read();
        match result {
            Ok(Some(tx)) => {
                self.note(tx);
                self.check(&title, tx, false);
            }
            // A row that others reference stays.
            Err(Error::Violation(_)) => self.check(&title, TxId(0), false),
            other => self.fail(&title, &format!("the database says {other:?}")),
        }
    }
}
