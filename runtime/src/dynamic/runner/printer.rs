//! Standard output, shared by the session and the threads that deliver.

use std::io::{self, BufWriter, ErrorKind, Write};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Lines are collected while there is input to work on, and handed out when the program waits for more.
#[derive(Clone)]
pub(super) struct Printer {
    shared: Arc<Mutex<Shared>>,
}

struct Shared {
    out: BufWriter<Box<dyn Write + Send>>,
    /// The session waits for input, so that a line must not wait.
    idle: bool,
    error: Option<io::Error>,
}

impl Printer {
    pub(super) fn new(out: Box<dyn Write + Send>) -> Self {
        let out = BufWriter::with_capacity(1 << 16, out);
        Self { shared: Arc::new(Mutex::new(Shared { out, idle: false, error: None })) }
    }

    /// Prints a line, to which the end is added.
    pub(super) fn line(&self, mut line: String) {
        line.push('\n');
        let mut shared = self.lock();
        let written = shared.out.write_all(line.as_bytes());
        shared.note(written);
        if shared.idle {
            shared.flush();
        }
    }

    /// The session begins or ends to wait for input.
    pub(super) fn set_idle(&self, idle: bool) {
        let mut shared = self.lock();
        shared.idle = idle;
        if idle {
            shared.flush();
        }
    }

    /// Why nothing can be printed any more, if so: `Ok` if nobody reads it.
    pub(super) fn closed(&self) -> Option<Result<(), String>> {
        let shared = self.lock();
        let error = shared.error.as_ref()?;
        Some(match error.kind() {
            ErrorKind::BrokenPipe => Ok(()),
            _ => Err(format!("cannot write the output: {error}")),
        })
    }

    fn lock(&self) -> MutexGuard<'_, Shared> {
        self.shared.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Shared {
    fn flush(&mut self) {
        let flushed = self.out.flush();
        self.note(flushed);
    }

    fn note(&mut self, result: io::Result<()>) {
        if let Err(error) = result {
            self.error.get_or_insert(error);
        }
    }
}
