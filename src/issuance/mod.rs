//! The issuing desk: prepare, sign, record, release; revoke, suspend, reinstate.
