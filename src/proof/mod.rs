//! Securing mechanisms: Data Integrity suites and `vc+jwt`.
