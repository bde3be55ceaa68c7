//! Name resolution and typing: AST to algebra.
