//! Batches of certificates. So far: reading the file of a batch whole, as lines of JSON or as a
//! table, before anything is done with it, and the pieces in which it waits. Deliberately no HTTP,
//! and no way around the desk.

mod columns;
mod input;
mod item;
mod table;

pub use columns::{LONGEST_NAME, NOWHERE, is_member, known_members};
pub use input::{Format, Input, MOST_FAULTS};
pub use item::{Item, LONGEST_KEY};
