//! Text to AST and tokens.
