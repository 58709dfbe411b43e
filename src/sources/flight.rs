//! One question at a time: who asks for what is just being asked waits for that answer.

use crate::verification::{Fetched, SourceError};
use std::collections::HashMap;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

type Answer = Result<Fetched, SourceError>;

#[derive(Default)]
struct Flight {
    answer: Mutex<Option<Answer>>,
    landed: Condvar,
}

/// The questions that are being asked.
#[derive(Default)]
pub(super) struct Flights(Mutex<HashMap<String, Arc<Flight>>>);

impl Flights {
    /// Asks, or waits for the one who is asking; at most `patience` long.
    pub(super) fn share(
        &self,
        key: &str,
        patience: Duration,
        ask: impl FnOnce() -> Answer,
    ) -> Answer {
        let (flight, ours) = {
            let mut under_way = lock(&self.0);
            match under_way.get(key) {
                Some(flight) => (Arc::clone(flight), false),
                None => {
                    let flight = Arc::new(Flight::default());
                    under_way.insert(key.to_owned(), Arc::clone(&flight));
                    (flight, true)
                }
            }
        };
        if ours {
            let mut landing =
                Landing { flights: self, key, flight: &flight, answer: Some(interrupted()) };
            let answer = ask();
            landing.answer = Some(answer.clone());
            return answer;
        }
        let end = Instant::now() + patience;
        let mut answer = lock(&flight.answer);
        loop {
            if let Some(answer) = answer.as_ref() {
                return answer.clone();
            }
            let left = end.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return interrupted();
            }
            answer = flight
                .landed
                .wait_timeout(answer, left)
                .map_or_else(|poisoned| poisoned.into_inner().0, |(answer, _)| answer);
        }
    }
}

fn interrupted() -> Answer {
    Err(SourceError::Unreachable { detail: "no answer in time".to_owned() })
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Hands the answer to those who wait, also when asking ended in a panic.
struct Landing<'a> {
    flights: &'a Flights,
    key: &'a str,
    flight: &'a Flight,
    answer: Option<Answer>,
}

impl Drop for Landing<'_> {
    fn drop(&mut self) {
        lock(&self.flights.0).remove(self.key);
        *lock(&self.flight.answer) = self.answer.take();
        self.flight.landed.notify_all();
    }
}
