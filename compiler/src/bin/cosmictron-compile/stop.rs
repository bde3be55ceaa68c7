//! What ends the tool before its work is done, and how the user is told.

use std::process::ExitCode;

use cosmictron_compiler::files::FileError;

use crate::console;

/// A reason to stop.
#[derive(Debug)]
pub(crate) enum Stop {
    /// The SQL has errors, which have been reported.
    Refused,
    /// Nobody reads standard output any more, as after `| head`. That is no error.
    Closed,
    /// Something else is wrong.
    Trouble {
        /// What.
        message: String,
        /// What to do about it.
        help: Option<String>,
    },
}

impl Stop {
    /// Something is wrong, and there is nothing to advise.
    pub(crate) fn trouble(message: impl Into<String>) -> Self {
        Stop::Trouble { message: message.into(), help: None }
    }

    /// Says what to do about it.
    pub(crate) fn help(self, advice: impl Into<String>) -> Self {
        match self {
            Stop::Trouble { message, .. } => Stop::Trouble { message, help: Some(advice.into()) },
            other => other,
        }
    }

    /// Tells the user, and gives the exit status.
    pub(crate) fn report(self) -> ExitCode {
        match self {
            Stop::Refused => ExitCode::from(1),
            Stop::Closed => ExitCode::SUCCESS,
            Stop::Trouble { message, help } => {
                console::error(&message, help.as_deref());
                ExitCode::from(2)
            }
        }
    }
}

impl From<FileError> for Stop {
    fn from(error: FileError) -> Self {
        Stop::trouble(error.to_string())
    }
}
