//! The one place that draws random identifiers, salts and secrets.
