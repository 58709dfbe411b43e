//! The examining room: bytes in, report out.
