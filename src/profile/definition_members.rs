//! Reading the members of a definition that only some kinds have. Which kind needs which is in
//! `definition_rules`.

use super::decimal::Hundredths;
use super::definition::{
    Framework, LinkedText, Part, Parts, Proficiency, Qualification, QualityAssurance, Scale,
    StackRule, Stackability,
};
use super::definition_draft::Draft;
use super::definition_read::Reader;
use super::definition_rules;
use super::reader::{Node, no_duplicates, unknown_field};
use super::text::{self, Limit};
use crate::model::{AwardFault, DefinitionFault, DefinitionRef, FrameworkFault, Noun, ShapeFault};

impl Reader<'_> {
    pub fn quality_assurance(&self, draft: &Draft) -> Option<QualityAssurance> {
        let fields = self.object("qualityAssurance", &["type", "text", "url"])?;
        let incomplete = |what| DefinitionFault::QualityAssuranceIncomplete { what };
        let r#type = fields
            .need("type", incomplete(Noun::QualityType), self.faults)
            .and_then(|n| self.context.vocabulary.code("quality-assurance", &n, self.faults));
        let text = fields
            .need("text", incomplete(Noun::QualityText), self.faults)
            .and_then(|node| self.localized(draft, &node, Limit::Statement));
        let url = fields.get("url").and_then(|node| text::https_url(&node, self.faults));
        Some(QualityAssurance { r#type: r#type?, text: text?, url })
    }

    pub fn grading(&self) -> Option<Scale> {
        let fields = self.object("grading", &["scheme", "min", "max", "pass"])?;
        let scheme = fields.need_a("scheme", Noun::Scheme, self.faults)?;
        match scheme.string(self.faults)? {
            "pass-fail" => {
                for name in ["min", "max", "pass"].into_iter().filter(|name| fields.has(name)) {
                    unknown_field(&fields.at(name), self.faults);
                }
                None
            }
            "scale" => {
                let bound = |name: &str| {
                    fields
                        .need(
                            name,
                            DefinitionFault::ScaleIncomplete { what: Noun::ScaleBound },
                            self.faults,
                        )
                        .and_then(|node| definition_rules::grade(&node, self.faults))
                };
                let (min, max, pass) = (bound("min"), bound("max"), bound("pass"));
                let (min, max, pass) = (min?, max?, pass?);
                definition_rules::scale(&fields, min.1, max.1, pass.1, self.faults);
                Some(Scale { min: min.0, max: max.0, pass: pass.0 })
            }
            _ => {
                self.faults.refuse(
                    &scheme.pointer,
                    ShapeFault::UnknownCode { known: "pass-fail, scale".to_owned() },
                );
                None
            }
        }
    }

    pub fn stackability(&self) -> Option<Stackability> {
        let fields = self.object("stackability", &["option", "into"])?;
        let option = fields
            .need_a("option", Noun::Choice, self.faults)
            .and_then(|node| self.context.vocabulary.code("stackability", &node, self.faults));
        let nodes = fields.get("into").and_then(|node| node.array(32, self.faults));
        let into: Vec<(String, DefinitionRef)> = nodes
            .unwrap_or_default()
            .iter()
            .filter_map(|node| {
                Some((node.pointer.clone(), node.parse(AwardFault::DefinitionFormat, self.faults)?))
            })
            .collect();
        no_duplicates(into.iter().cloned(), self.faults);
        let into = into.into_iter().map(|(_, name)| name).collect();
        Some(Stackability { option: option?, into })
    }

    pub fn parts(&self) -> Option<Parts> {
        let fields = self.object("parts", &["rule", "maxAgeYears", "items"])?;
        let rule =
            fields.need_a("rule", Noun::Rule, self.faults).and_then(|node| self.stack_rule(&node));
        let maximum_age_years = fields.get_nullable("maxAgeYears").and_then(|node| {
            let years = u16::try_from(node.integer(self.faults)?).ok();
            let years = years.filter(|years| (1..=100).contains(years));
            if years.is_none() {
                self.faults.refuse(&node.pointer, ShapeFault::OutOfRange { least: 1, most: 100 });
            }
            years
        });
        let items = fields.need("items", DefinitionFault::PartsRequired, self.faults)?;
        let read = |node: &Node<'_>| {
            let fields = node.object(&["code", "definition"], self.faults)?;
            let code = fields
                .need_a("code", Noun::Code, self.faults)
                .and_then(|node| text::code(&node, self.faults));
            let definition = fields
                .need("definition", DefinitionFault::PartNotADefinition, self.faults)
                .and_then(|node| node.parse(DefinitionFault::PartNotADefinition, self.faults));
            Some((fields.at("code"), Part { code: code?, definition: definition? }))
        };
        let nodes = items.array(32, self.faults)?;
        let parts: Vec<(String, Part)> = nodes.iter().filter_map(read).collect();
        no_duplicates(parts.iter().map(|(at, p)| (at.clone(), p.code.clone())), self.faults);
        let items = parts.into_iter().map(|(_, part)| part).collect();
        Some(Parts { rule: rule?, maximum_age_years, items })
    }

    fn stack_rule(&self, node: &Node<'_>) -> Option<StackRule> {
        let fields = node.object(&["code", "number"], self.faults)?;
        let code = fields.need_a("code", Noun::Code, self.faults)?;
        let code = self.context.vocabulary.code("stack-rule", &code, self.faults)?;
        if code == "all-of" {
            if fields.has("number") {
                unknown_field(&fields.at("number"), self.faults);
            }
            return Some(StackRule::AllOf);
        }
        let number = fields.need_a("number", Noun::Number, self.faults)?;
        let value = Hundredths::parse(&number.number_text(self.faults)?);
        let rule = value.filter(|v| *v > Hundredths::default()).and_then(|value| {
            if code == "minimum-ects" {
                return Some(StackRule::MinimumEcts(value));
            }
            let whole = value.count() % 100 == 0;
            u16::try_from(value.count() / 100).ok().filter(|_| whole).map(StackRule::NumberOf)
        });
        if rule.is_none() {
            self.faults.refuse(&number.pointer, DefinitionFault::StackRuleRange);
        }
        rule
    }

    pub fn framework(&self) -> Option<Framework> {
        let fields = self.object("framework", &["name", "version", "url", "reference"])?;
        let part = |name: &str, what: Noun| {
            fields.need(name, DefinitionFault::FrameworkIncomplete { what }, self.faults)
        };
        let name =
            part("name", Noun::FrameworkName).and_then(|node| node.text(Limit::Name, self.faults));
        let version = part("version", Noun::FrameworkVersion)
            .and_then(|node| node.text(Limit::Reference, self.faults));
        let url =
            part("url", Noun::FrameworkPage).and_then(|node| text::https_url(&node, self.faults));
        let reference = fields
            .get("reference")
            .and_then(|node| node.parse(FrameworkFault::ReferenceFormat, self.faults));
        Some(Framework { name: name?, version: version?, url: url?, reference })
    }

    pub fn proficiency_scale(&self, draft: &Draft) -> Vec<Proficiency> {
        let Some(node) = self.fields.get("proficiencyScale") else { return Vec::new() };
        let read = |node: &Node<'_>| {
            let fields = node.object(&["code", "label"], self.faults)?;
            let code = fields
                .need_a("code", Noun::Code, self.faults)
                .and_then(|node| text::code(&node, self.faults));
            let label = fields
                .need_a("label", Noun::Label, self.faults)
                .and_then(|node| self.localized(draft, &node, Limit::Name));
            Some((fields.at("code"), Proficiency { code: code?, label: label? }))
        };
        let nodes = node.array(16, self.faults).unwrap_or_default();
        let levels: Vec<(String, Proficiency)> = nodes.iter().filter_map(read).collect();
        let codes = levels.iter().map(|(at, level)| (at.clone(), level.code.clone()));
        no_duplicates(codes, self.faults);
        levels.into_iter().map(|(_, level)| level).collect()
    }

    pub fn linked_text(&self, draft: &Draft, name: &str, member: &str) -> Option<LinkedText> {
        let fields = self.object(name, &[member, "url"])?;
        let text = fields
            .need_a(member, Noun::Text, self.faults)
            .and_then(|node| self.localized(draft, &node, Limit::Statement));
        let url = fields
            .need_a("url", Noun::Page, self.faults)
            .and_then(|node| text::https_url(&node, self.faults));
        Some(LinkedText { text: text?, url: url? })
    }

    pub fn qualification(&self, draft: &Draft) -> Option<Qualification> {
        let fields = self.object("qualification", &["name", "code", "url"])?;
        let incomplete = |what| DefinitionFault::QualificationIncomplete { what };
        let name = fields
            .need("name", incomplete(Noun::QualificationName), self.faults)
            .and_then(|node| self.localized(draft, &node, Limit::Name));
        let number = fields
            .need("code", incomplete(Noun::QualificationCode), self.faults)
            .and_then(|node| node.text(Limit::Reference, self.faults));
        let url = fields
            .need("url", incomplete(Noun::QualificationPage), self.faults)
            .and_then(|node| text::https_url(&node, self.faults));
        Some(Qualification { name: name?, code: number?, url: url? })
    }
}
