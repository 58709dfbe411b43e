//! Places for answers that take long, of which few go on at one time.
//!
//! One holder has at most a part of them, and an answer that nobody fetched for a while gives its
//! place to who asks: a reader that stands still must not keep all others out.

use crate::model::{Slug, Timestamp};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// So many seconds an answer may stand still while others wait for its place.
const PATIENCE: i64 = 60;

/// The places that are taken.
#[derive(Debug)]
pub(super) struct Places {
    most: usize,
    most_of_one: usize,
    taken: Mutex<Taken>,
}

#[derive(Debug, Default)]
struct Taken {
    next: u64,
    /// By number: who holds it, and when something last went out.
    places: BTreeMap<u64, (Slug, Timestamp)>,
}

/// A place; given back when dropped.
#[derive(Debug)]
pub(super) struct Place {
    all: Arc<Places>,
    number: u64,
}

impl Places {
    /// So many at one time, and so many of one holder.
    pub fn new(most: usize, most_of_one: usize) -> Arc<Self> {
        Arc::new(Self { most, most_of_one, taken: Mutex::default() })
    }

    fn taken(&self) -> MutexGuard<'_, Taken> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes a place; `None` when there is none.
    pub fn take(self: &Arc<Self>, holder: &Slug, now: Timestamp) -> Option<Place> {
        let mut taken = self.taken();
        let of_one = taken.places.values().filter(|(other, _)| other == holder).count();
        let (full, full_of_one) = (taken.places.len() >= self.most, of_one >= self.most_of_one);
        if full || full_of_one {
            let still = taken
                .places
                .iter()
                .filter(|(_, (other, last))| {
                    last.plus_seconds(PATIENCE) < now && (!full_of_one || other == holder)
                })
                .min_by_key(|(_, (_, last))| *last)
                .map(|(number, _)| *number)?;
            taken.places.remove(&still);
        }
        let number = taken.next;
        taken.next += 1;
        taken.places.insert(number, (holder.clone(), now));
        Some(Place { all: Arc::clone(self), number })
    }
}

impl Place {
    /// Notes that something goes out. False when the place was given away meanwhile.
    #[must_use]
    pub fn goes_on(&self, now: Timestamp) -> bool {
        match self.all.taken().places.get_mut(&self.number) {
            Some((_, last)) => {
                *last = now;
                true
            }
            None => false,
        }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.all.taken().places.remove(&self.number);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slug(text: &str) -> Slug {
        text.parse().expect("a slug")
    }

    fn at(seconds: i64) -> Timestamp {
        "2026-07-10T12:00:00Z".parse::<Timestamp>().expect("a moment").plus_seconds(seconds)
    }

    #[test]
    fn one_holder_leaves_places_for_others() {
        let places = Places::new(3, 2);
        let held: Vec<_> = (0..2).map(|_| places.take(&slug("a"), at(0))).collect();
        assert!(held.iter().all(Option::is_some));
        assert!(places.take(&slug("a"), at(1)).is_none());
        let other = places.take(&slug("b"), at(1));
        assert!(other.is_some() && places.take(&slug("c"), at(1)).is_none());
        drop(other);
        assert!(places.take(&slug("c"), at(1)).is_some());
    }

    #[test]
    fn who_stands_still_gives_way_and_who_goes_on_does_not() {
        let places = Places::new(2, 2);
        let still = places.take(&slug("a"), at(0)).expect("a place");
        let moving = places.take(&slug("a"), at(0)).expect("a place");
        assert!(moving.goes_on(at(59)));
        assert!(places.take(&slug("b"), at(60)).is_none(), "still within patience");
        let third =
            places.take(&slug("b"), at(61)).expect("the place of the one that stands still");
        assert!(!still.goes_on(at(62)) && moving.goes_on(at(62)) && third.goes_on(at(62)));
        drop(still);
        assert!(places.take(&slug("c"), at(62)).is_none(), "nothing is given back twice");
        drop((moving, third));
        assert!(places.take(&slug("c"), at(62)).is_some());
    }
}
