//! Mail to learners and issuers: a queue in the store, a relay outside (guide, section 15.5).
//!
//! A mail is asked for in the same step in which what it tells of is recorded, so none is forgotten;
//! it is sent later, by this room alone. It is tried until the relay takes it or refuses it for good;
//! one that was taken may come twice after a crash, under the same `Message-ID`, and never not at
//! all. Whom it went to is known until then and no longer. Deliberately no tracking, and no mail
//! that says what a certificate holds beyond its title.

mod error;
mod leftover;
mod letter;
mod message;
mod patience;
mod postman;
mod relay;

pub use error::DeliveryError;
pub use leftover::{cancel_leftovers, let_go};
pub use patience::Patience;
pub use postman::{Postman, PostmanParts};
pub use relay::{Refusal, Relay, Reply, Way, WayParts};
