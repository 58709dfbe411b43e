//! The API over HTTP, as a client sees it. Every answer is held against `schemas/openapi.yaml` by
//! the test client, so an answer that the document does not promise fails whatever the test asks.
//! The modules mirror the addresses.

mod addresses;
mod app;
mod batch;
mod concerns;
mod conformance;
mod contract;
mod corrections;
mod counts;
mod credentials;
mod definitions;
mod downloads;
mod employer;
mod endorsements;
mod erasure;
mod frameworks;
mod information;
mod issuing;
mod languages;
mod learner;
mod learner_links;
mod limits;
mod log;
mod mail;
mod management;
mod organisations;
mod pages;
mod pictures;
mod profiles;
mod publications;
mod register;
mod request_schemas;
mod vc_api;
mod verify;
