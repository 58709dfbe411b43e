//! Configuration: documented structs, unknown keys refused, secrets by path.
