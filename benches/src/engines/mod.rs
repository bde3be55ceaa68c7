//! The engines that are part of this workspace.

mod charts;
mod compiled;
mod handwritten;

use cosmictron_bench_harness::{Measured, Setup, measure};

/// An engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The compiled circuit, through the public interface, delivering every change.
    Compiled,
    /// The hand-written loop, delivering the same changed rows.
    Handwritten,
    /// The hand-written loop, which keeps the results and tells nobody.
    HandwrittenSilent,
}

impl Kind {
    /// All engines, the one that is compared first.
    pub const ALL: [Kind; 3] = [Kind::Compiled, Kind::Handwritten, Kind::HandwrittenSilent];

    /// What it is called in the figures.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Compiled => "compiled",
            Kind::Handwritten => "handwritten",
            Kind::HandwrittenSilent => "handwritten_silent",
        }
    }

    /// Lets the engine do the work.
    pub fn measure(self, setup: &Setup) -> Result<Measured, String> {
        match self {
            Kind::Compiled => compiled::measure(self.name(), setup),
            Kind::Handwritten => Ok(measure(self.name(), setup, handwritten::Handwritten::new(setup, true))),
            Kind::HandwrittenSilent => {
                Ok(measure(self.name(), setup, handwritten::Handwritten::new(setup, false)))
            }
        }
    }
}
