//! The engines that are part of this workspace.

mod charts;
mod compiled;
mod handwritten;

use cosmictron_bench_harness::{Measured, Setup, measure};

use handwritten::{Handwritten, Updates};

/// An engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The compiled circuit, through the public interface, delivering every change.
    Compiled,
    /// The hand-written loop, delivering the same changed rows, with a function of its own for what is updated.
    Handwritten,
    /// The hand-written loop in which an update is a delete and an insert.
    HandwrittenPlain,
    /// The hand-written loop, which keeps the results and tells nobody.
    HandwrittenSilent,
}

impl Kind {
    /// All engines, the one that is compared first.
    pub const ALL: [Kind; 4] =
        [Kind::Compiled, Kind::Handwritten, Kind::HandwrittenPlain, Kind::HandwrittenSilent];

    /// What it is called in the figures.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Compiled => "compiled",
            Kind::Handwritten => "handwritten",
            Kind::HandwrittenPlain => "handwritten_plain",
            Kind::HandwrittenSilent => "handwritten_silent",
        }
    }

    /// Lets the engine do the work.
    pub fn measure(self, setup: &Setup) -> Result<Measured, String> {
        let loops =
            |deliver, updates| Ok(measure(self.name(), setup, Handwritten::new(setup, deliver, updates)));
        match self {
            Kind::Compiled => compiled::measure(self.name(), setup),
            Kind::Handwritten => loops(true, Updates::ByColumn),
            Kind::HandwrittenPlain => loops(true, Updates::OutAndIn),
            Kind::HandwrittenSilent => loops(false, Updates::ByColumn),
        }
    }
}
