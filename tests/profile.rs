//! The certificate kinds as rules, on the sample data: every accepted request becomes the expected
//! credential, every refused one is refused by name. Nothing here signs or stores.

#![expect(clippy::panic, reason = "a broken sample ends the test with its name")]

use bewijs::model::FieldError;
use bewijs::model::{CredentialState, DefinitionRef, Slug, StatusEntry, StatusPurpose, Timestamp};
use bewijs::profile::{
    AwardContext, CatalogueSnapshot, Checked, Definition, DefinitionContext, Generated, HouseRules,
    Installation, Mapping, PartFacts, RegisterFacts, ReplacedFacts, Sealer, Vocabulary,
    parse_definition, parse_definitions, parse_organisation, read_award, to_credential,
};
use serde_json::Value;

#[path = "profile/json_patch.rs"]
mod json_patch;
#[path = "profile/samples.rs"]
mod samples;

#[path = "profile/endorsements.rs"]
mod endorsements;
#[path = "profile/frameworks.rs"]
mod frameworks;
#[path = "profile/frozen.rs"]
mod frozen;
#[path = "profile/gate.rs"]
mod gate;
#[path = "profile/identity.rs"]
mod identity;
#[path = "profile/kinds.rs"]
mod kinds;
#[path = "profile/mapping.rs"]
mod mapping;
#[path = "profile/profiles.rs"]
mod profiles;
#[path = "profile/properties.rs"]
mod properties;
#[path = "profile/reading.rs"]
mod reading;
#[path = "profile/refusals.rs"]
mod refusals;
#[path = "profile/schemas.rs"]
mod schemas;
#[path = "profile/shapes.rs"]
mod shapes;
#[path = "profile/words.rs"]
mod words;
