//! The rules of a microdegree's stack: of the definition (sum of credits, level with the largest
//! share) and of an award (the parts' certificates, their holder and state, the stack rule); guide,
//! sections 9 and 10.

use super::award_rules::Rules;
use super::catalogue::{Catalogue, PartFacts};
use super::decimal::Hundredths;
use super::definition::{Definition, Level, Part, Parts, StackRule};
use super::definition_draft::Draft;
use super::reader::{Faults, Fields};
use crate::model::{AwardFault, CertificateKind, CredentialState, DefinitionFault};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The stack of a definition that is read.
pub(super) struct Stack<'a> {
    pub draft: &'a Draft,
    pub parts: &'a Parts,
    pub fields: &'a Fields<'a>,
    pub faults: &'a Faults,
}

impl Stack<'_> {
    /// Looks the parts up and checks sum and level.
    pub fn check(&self, catalogue: &dyn Catalogue) {
        let at = format!("{}/items", self.fields.at("parts"));
        if self.parts.items.len() < 2 {
            self.faults.refuse(&at, DefinitionFault::TooFewParts);
        }
        let mut found: Vec<(Arc<Definition>, Hundredths)> = Vec::new();
        for (i, part) in self.parts.items.iter().enumerate() {
            let at = format!("{at}/{i}/definition");
            let definition = catalogue
                .definition(&part.definition)
                .filter(|definition| definition.kind == CertificateKind::Microcredential);
            let Some(definition) = definition else {
                self.faults.refuse(at, DefinitionFault::PartUnknown);
                continue;
            };
            match definition.ects() {
                Some(ects) => found.push((definition, ects)),
                None => self.faults.refuse(at, DefinitionFault::PartWithoutEcts),
            }
        }
        if found.len() == self.parts.items.len() && found.len() >= 2 {
            self.sum(&found);
            self.level(&found);
        }
    }

    fn sum(&self, found: &[(Arc<Definition>, Hundredths)]) {
        let Some(ects) = self.draft.workload.as_ref().and_then(|workload| workload.ects) else {
            self.faults.refuse(
                format!("{}/ects", self.fields.at("workload")),
                DefinitionFault::StackEctsMissing,
            );
            return;
        };
        let mut credits: Vec<Hundredths> = found.iter().map(|(_, ects)| *ects).collect();
        credits.sort_unstable();
        let sum = |some: &[Hundredths]| {
            some.iter().fold(Hundredths::default(), |sum, ects| sum.plus(*ects))
        };
        let all = sum(&credits);
        let (least, most) = match self.parts.rule {
            StackRule::AllOf => (all, all),
            StackRule::NumberOf(number) => {
                let number = usize::from(number);
                if number > credits.len() {
                    self.rule_out_of_range();
                    return;
                }
                (sum(&credits[..number]), sum(&credits[credits.len() - number..]))
            }
            StackRule::MinimumEcts(minimum) => {
                if minimum > all {
                    self.rule_out_of_range();
                    return;
                }
                (minimum, all)
            }
        };
        if ects < least || ects > most {
            let (least, most) = (least.to_string(), most.to_string());
            self.faults.refuse(
                format!("{}/ects", self.fields.at("workload")),
                match least == most {
                    true => DefinitionFault::StackEctsSum { expected: least },
                    false => DefinitionFault::StackEctsBetween { least, most },
                },
            );
        }
    }

    fn rule_out_of_range(&self) {
        self.faults.refuse(
            format!("{}/rule/number", self.fields.at("parts")),
            DefinitionFault::StackRuleUnreachable,
        );
    }

    fn level(&self, found: &[(Arc<Definition>, Hundredths)]) {
        let Some(level) = &self.draft.level else { return };
        for (name, own, of) in [
            ("vks", level.vks(), Level::vks as fn(&Level) -> Option<u8>),
            ("eqf", level.eqf(), Level::eqf),
        ] {
            let shares = found.iter().map(|(part, ects)| (part.level.as_ref().and_then(of), *ects));
            let largest = largest_share(shares);
            if !largest.is_empty() && !own.is_some_and(|own| largest.contains(&own)) {
                let expected: Vec<u8> = largest.to_vec();
                self.faults.refuse(
                    format!("{}/{name}", self.fields.at("level")),
                    DefinitionFault::StackLevel { expected },
                );
            }
        }
    }
}

/// The levels with the largest share of credits; several on a tie, none when no part has a level.
fn largest_share(parts: impl Iterator<Item = (Option<u8>, Hundredths)>) -> Vec<u8> {
    let mut shares: BTreeMap<u8, Hundredths> = BTreeMap::new();
    for (level, ects) in parts {
        if let Some(level) = level {
            let share = shares.entry(level).or_default();
            *share = share.plus(ects);
        }
    }
    let largest = shares.values().max().copied();
    shares
        .into_iter()
        .filter(|(_, share)| Some(*share) == largest)
        .map(|(level, _)| level)
        .collect()
}

impl Rules<'_> {
    /// Checks the certificates of the parts.
    pub fn stack(&self, definition: &Definition) {
        let Some(parts) = &definition.parts else { return };
        let mut stacked: Vec<(&Part, Arc<Definition>)> = Vec::new();
        let mut other_holder = false;
        for (i, awarded) in self.draft.award.parts.iter().enumerate() {
            let at = format!("/parts/{i}");
            let part = parts.items.iter().find(|part| part.code == awarded.code);
            if part.is_none() && !awarded.code.is_empty() {
                self.faults.refuse(format!("{at}/code"), AwardFault::PartCodeUnknown);
            }
            if awarded.award.is_empty() {
                continue;
            }
            let at = format!("{at}/award");
            let Some(facts) = self.context.facts.parts.get(&awarded.award) else {
                self.faults.refuse(at, AwardFault::PartUnknown);
                continue;
            };
            other_holder |= !facts.same_holder;
            let Some(part) = part else { continue };
            self.part(&at, part, facts, parts.maximum_age_years);
            if let Some(found) = self.context.catalogue.definition(&part.definition) {
                stacked.push((part, found));
            }
        }
        if other_holder {
            self.faults.refuse("/parts", AwardFault::PartHolder);
        }
        self.rule(definition, parts.rule, &parts.items, &stacked);
    }

    fn part(&self, at: &str, part: &Part, facts: &PartFacts, maximum_age: Option<u16>) {
        if facts.definition != part.definition {
            self.faults
                .refuse(at, AwardFault::PartDefinition { definition: part.definition.clone() });
        }
        if facts.state != CredentialState::Valid {
            self.faults.refuse(at, AwardFault::PartNotValid);
        }
        let oldest = maximum_age
            .filter(|_| self.draft.decision_known)
            .and_then(|years| self.draft.award.decision_date.plus_months(-12 * i64::from(years)));
        if oldest.is_some_and(|oldest| facts.decision_date < oldest) {
            self.faults.refuse(at, AwardFault::PartTooOld);
        }
    }

    fn rule(
        &self,
        definition: &Definition,
        rule: StackRule,
        items: &[Part],
        stacked: &[(&Part, Arc<Definition>)],
    ) {
        let given = |part: &Part| self.draft.award.parts.iter().any(|p| p.code == part.code);
        let missing: Vec<&str> =
            items.iter().filter(|part| !given(part)).map(|part| part.code.as_str()).collect();
        let credits = stacked
            .iter()
            .filter_map(|(_, definition)| definition.ects())
            .fold(Hundredths::default(), Hundredths::plus);
        let met = match rule {
            StackRule::AllOf => missing.is_empty(),
            StackRule::NumberOf(number) => items.len() - missing.len() == usize::from(number),
            StackRule::MinimumEcts(minimum) => credits >= minimum,
        };
        if !met && rule == StackRule::AllOf {
            // Each missing part by itself, so that the list can be worked off.
            for part in items.iter().filter(|part| !given(part)) {
                let (part, definition) = (part.code.clone(), part.definition.clone());
                self.faults.refuse("/parts", AwardFault::StackPart { part, definition });
            }
            return;
        }
        if !met {
            let (rule, missing) = (rule.code(), missing.join(", "));
            self.faults.refuse(
                "/parts",
                match missing.is_empty() {
                    true => AwardFault::StackUnmet { rule },
                    false => AwardFault::StackIncomplete { rule, missing },
                },
            );
            return;
        }
        for (own, of) in [
            (
                definition.level.as_ref().and_then(Level::vks),
                Level::vks as fn(&Level) -> Option<u8>,
            ),
            (definition.level.as_ref().and_then(Level::eqf), Level::eqf),
        ] {
            let shares = stacked.iter().map(|(_, part)| {
                (part.level.as_ref().and_then(of), part.ects().unwrap_or_default())
            });
            let largest = largest_share(shares);
            if !largest.is_empty() && !own.is_some_and(|own| largest.contains(&own)) {
                self.faults.refuse("/parts", AwardFault::StackLevel);
                return;
            }
        }
    }
}
