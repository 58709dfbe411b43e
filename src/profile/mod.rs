//! The certificate kinds as rules: what a request must say (completeness gate), how it is written
//! as an unsigned Open Badges 3.0 credential, and how a credential is read back. Pure functions of
//! their arguments. Deliberately no store, network, clock, randomness or signature.

mod achievement;
mod alignment;
mod award;
mod award_read;
mod award_rules;
mod catalogue;
mod colour;
mod completeness;
mod credential;
mod decimal;
mod definition;
mod definition_draft;
mod definition_members;
mod definition_read;
mod definition_rules;
mod endorsement;
mod field_profile;
mod framework;
mod frozen;
mod house_rules;
mod identity;
mod kind_schema;
mod language;
mod narrative;
mod organisation;
mod organisation_read;
mod outcome_table;
mod read;
mod reader;
mod shape;
mod stack_rules;
mod text;
mod view;
mod vocabulary;
mod wording;

pub use achievement::{Mapping, MappingError, achievement, edition};
pub use award::{
    Activity, Assessment, Award, AwardReading, AwardReferences, AwardedPart, Basis,
    CompetenceResult, Evidence, Learner,
};
pub use award_read::{parse_award, read_award};
pub use award_rules::{AwardContext, FirstDay, check_award, first_day_of_issue};
pub use catalogue::{
    Catalogue, CatalogueSnapshot, Generated, Installation, PartFacts, RegisterFacts, ReplacedFacts,
    Sealer,
};
pub use completeness::{Completeness, completeness};
pub use credential::{CONTEXTS, to_credential};
pub use decimal::Hundredths;
pub use definition::{
    Definition, EscoConcept, Framework, Level, LinkedText, Outcome, Part, Parts, Proficiency,
    Qualification, QualityAssurance, Scale, StackRule, Stackability, Workload,
};
pub use definition_read::{
    DefinitionContext, parse_definition, parse_definitions, read_definition,
};
pub use endorsement::{
    Endorsed, Endorsement, EndorsementFacts, EndorsementView, parse_endorsement, read_endorsement,
    to_endorsement,
};
pub use field_profile::{FieldProfile, FieldRule, Need};
pub use framework::{CompetenceProfile, ProfileCompetence, parse_framework};
pub use frozen::{freeze, may_freeze, select};
pub use house_rules::{HouseRules, HouseRulesError};
pub use identity::{hash_identity, identity_matches, recipient_matches};
pub use kind_schema::{RequestKind, kind_schema};
pub use language::{Language, LocalizedText};
pub use organisation::{IssuerSettings, Mandate, Membership, Organisation, RegisterNumber};
pub use organisation_read::parse_organisation;
pub use outcome_table::{OUTCOME_COLUMNS, OutcomeTable, parse_outcome_table};
pub use read::{issuer, read};
pub use shape::{HoleKind, shape_key, variable_pointers, variable_values};
pub use text::has_refused_characters;
pub use view::{
    AssessorView, CertificateView, CompetenceResultView, ConceptView, DefinitionView, EvidenceView,
    GradeView, HolderView, Inconsistency, LevelView, MandateCheck, MandateView, OrganisationView,
    OutcomeView, PartView, WorkloadView,
};
pub use vocabulary::{Concept, EscoRelease, Vocabulary};

use crate::model::FieldError;

/// A value that was accepted, with what was odd about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked<T> {
    /// The value.
    pub value: T,
    /// What was odd but accepted.
    pub warnings: Vec<FieldError>,
}
