//! A database in a file is closed and opened again in the middle of a run.

use std::path::Path;

use super::{Run, START, follow, shown};

/// A database in a file is opened again once in about so many steps.
pub(super) const REOPEN_EVERY: usize = 10;

impl Run<'_> {
    /// Closes the file and goes on with what is read from it: the same rows, results, transactions and clock.
    pub(super) fn reopen(&mut self, file: &Path) {
        let title = "closing the file and opening it again";
        let before = self.snapshots(&*self.session);
        let (contents, now) = (self.contents.clone(), self.session.now().unwrap_or(START));
        self.followers.clear();
        let opened = self.unit.in_memory(START, &mut |_| Ok(true)).and_then(|idle| {
            // Any other session, to let go of the file.
            self.session = idle;
            self.session = self.unit.open(file, START)?;
            self.followers = follow(self.interpreter, &*self.session)?;
            // A transaction that writes nothing tells the last one.
            self.session.transaction(&mut |_| Ok(true))
        });
        match opened {
            Ok(Some(tx)) if tx == self.last.tx => {}
            Ok(tx) => self.fail(title, &format!("after transaction {} comes {tx:?}", self.last.tx)),
            Err(error) => self.fail(title, &error.to_string()),
        }
        self.reopened += 1;
        self.contents = self.read();
        if shown(&contents) != shown(&self.contents) {
            self.fail(title, "the file has other rows");
        }
        self.check(title, self.last.tx, true);
        self.compare_snapshots(title, &before, &*self.session);
        // A move of the clock that changed nothing need not be in the file.
        let found = self.session.now().unwrap_or(START);
        if found < self.last.now || found > now {
            self.fail(title, &format!("the clock was at {} and is at {found}", self.last.now));
        }
        match self.session.advance(now) {
            Ok(tx) if tx == self.last.tx => self.check_silence(title),
            Ok(tx) => {
                self.fail(title, &format!("time had passed already, and transaction {tx} lets it pass again"))
            }
            Err(error) => self.fail(title, &error.to_string()),
        }
    }
}
