//! What is recorded, and the contracts under which it is kept.
