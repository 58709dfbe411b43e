//! The front of the house: routes, problems, authentication, API and pages.
