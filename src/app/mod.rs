//! Composition root: configuration in, running service out.
