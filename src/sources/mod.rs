//! Answers what verification asks: key documents, status lists; own store and the guarded outside.
