//! The certificate kinds as rules: completeness, mapping to Open Badges 3.0 and back.
