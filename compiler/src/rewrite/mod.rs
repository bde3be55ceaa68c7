//! Algebra to algebra, one rule a file.
