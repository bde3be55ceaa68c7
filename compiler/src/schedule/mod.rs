//! Circuit to program.
