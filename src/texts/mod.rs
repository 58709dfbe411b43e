//! Messages and labels in Dutch, French and English.
