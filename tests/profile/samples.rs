//! The sample data, loaded as the service would load it.

use super::*;

/// Reads a JSON file of the samples.
pub fn file(name: &str) -> Value {
    let path = format!("{}/tests/samples/{name}", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{path}: {e}"));
    serde_json::from_str(&text).unwrap_or_else(|e| panic!("{path}: {e}"))
}

/// The samples in memory.
pub struct Samples {
    pub installation: Installation,
    pub catalogue: CatalogueSnapshot,
    pub organisations: Vec<Value>,
    pub definitions: Vec<Value>,
    pub awards: Vec<Value>,
}

impl Samples {
    pub fn load() -> Self {
        let issuers = file("issuers.json");
        let installation = Installation {
            base_url: issuers["host"].as_str().expect("host").to_owned(),
            vocabulary_base: issuers["vocabularyBase"].as_str().expect("base").to_owned(),
            vks_level_uri: issuers["vksLevelUri"].as_str().expect("template").to_owned(),
            rules: HouseRules::default(),
        };
        let organisations = issuers["organisations"].as_array().expect("array").clone();
        let definitions =
            file("definitions.json")["definitions"].as_array().expect("array").clone();
        let awards = file("awards.json")["awards"].as_array().expect("array").clone();
        let mut catalogue = CatalogueSnapshot::new();
        for document in &organisations {
            let checked = parse_organisation(document).expect("a base organisation is accepted");
            assert_eq!(checked.warnings, []);
            catalogue.insert_organisation(checked.value);
        }
        let context = DefinitionContext {
            catalogue: &catalogue.clone(),
            vocabulary: Vocabulary::bundled(),
            esco: None,
            rules: &installation.rules,
        };
        for outcome in parse_definitions(&definitions, &context) {
            let checked = outcome.expect("a base definition is accepted");
            assert_eq!(checked.warnings, []);
            catalogue.insert_definition(checked.value);
        }
        Self { installation, catalogue, organisations, definitions, awards }
    }

    pub fn mapping(&self) -> Mapping<'_> {
        Mapping {
            installation: &self.installation,
            catalogue: &self.catalogue,
            vocabulary: Vocabulary::bundled(),
        }
    }

    pub fn definition_context(&self) -> DefinitionContext<'_> {
        DefinitionContext {
            catalogue: &self.catalogue,
            vocabulary: Vocabulary::bundled(),
            esco: None,
            rules: &self.installation.rules,
        }
    }

    pub fn named<'a>(among: &'a [Value], member: &str, name: &str) -> &'a Value {
        among
            .iter()
            .find(|entry| entry[member] == name)
            .unwrap_or_else(|| panic!("no sample {name}"))
    }

    pub fn award(&self, key: &str) -> &Value {
        Self::named(&self.awards, "key", key)
    }

    /// Splits a sample into the request and what the service generates.
    pub fn request(sample: &Value) -> (Value, Generated) {
        let mut request = sample.clone();
        let map = request.as_object_mut().expect("an award is an object");
        map.remove("key");
        let fixed = map.remove("fixed").expect("a sample has what the service generates");
        let text = |name: &str| fixed[name].as_str().expect("text").to_owned();
        let generated = Generated {
            credential_id: text("credentialUuid").parse().expect("uuid"),
            subject_id: text("subjectId"),
            salt: text("emailSalt"),
            status: vec![StatusEntry {
                list: text("statusList"),
                index: u32::try_from(fixed["statusListIndex"].as_u64().expect("index"))
                    .expect("32"),
                purpose: StatusPurpose::Revocation,
            }],
            issued_at: text("issuedAt").parse().expect("moment"),
        };
        (request, generated)
    }

    fn known(&self, key: &str) -> Option<(Value, Generated)> {
        self.awards.iter().find(|award| award["key"] == key).map(Self::request)
    }

    /// What a register that holds the other samples would say about this request.
    pub fn facts(&self, own_key: &str, request: &Value) -> RegisterFacts {
        let holder = |award: &Value| award["learner"]["email"].as_str().map(str::to_lowercase);
        let mut facts = RegisterFacts::default();
        for part in request["parts"].as_array().into_iter().flatten() {
            let Some(key) = part["award"].as_str() else { continue };
            let Some((award, generated)) = self.known(key) else { continue };
            facts.parts.insert(
                key.to_owned(),
                PartFacts {
                    credential: self.installation.credential_url(generated.credential_id),
                    definition: award["definition"].as_str().expect("text").parse().expect("name"),
                    certificate_number: award["certificateNumber"].as_str().expect("text").into(),
                    decision_date: award["decision"]["date"]
                        .as_str()
                        .expect("t")
                        .parse()
                        .expect("d"),
                    same_holder: holder(&award) == holder(request),
                    state: CredentialState::Valid,
                },
            );
        }
        facts.replaced = request["replaces"].as_str().and_then(|key| {
            let (award, generated) = self.known(key)?;
            Some(ReplacedFacts {
                credential: self.installation.credential_url(generated.credential_id),
                definition: award["definition"].as_str()?.parse().ok()?,
                certificate_number: award["certificateNumber"].as_str()?.to_owned(),
                same_holder: holder(&award) == holder(request),
                state: CredentialState::Valid,
            })
        });
        facts.certificate_number_taken = self.awards.iter().any(|other| {
            other["key"] != own_key && other["certificateNumber"] == request["certificateNumber"]
        });
        facts
    }

    pub fn sealer(&self, slug: &str) -> Sealer {
        let found = Self::named(&self.organisations, "slug", slug);
        Sealer {
            slug: slug.parse().expect("a slug"),
            id: found["did"].as_str().unwrap_or_default().to_owned(),
            test: false,
        }
    }

    pub fn definition(&self, request: &Value) -> Option<std::sync::Arc<Definition>> {
        use bewijs::profile::Catalogue;
        let name: DefinitionRef = request["definition"].as_str()?.parse().ok()?;
        self.catalogue.definition(&name)
    }

    /// Checks a sample award, as it may have been patched, as the service would.
    pub fn check(
        &self,
        sample: &Value,
    ) -> Result<Checked<bewijs::profile::Award>, Vec<FieldError>> {
        let (request, generated) = Self::request(sample);
        let key = sample["key"].as_str().expect("key");
        let sealer: Slug = request["sealedBy"].as_str().expect("sealer").parse().expect("slug");
        let facts = self.facts(key, &request);
        let definition = self.definition(&request);
        let now: Timestamp = generated.issued_at;
        read_award(&request, Vocabulary::bundled()).check(&AwardContext {
            sealer: &sealer,
            definition: definition.as_deref(),
            catalogue: &self.catalogue,
            facts: &facts,
            now,
            rules: &self.installation.rules,
            hold_override: None,
        })
    }

    /// The credential of a sample award.
    pub fn credential(&self, sample: &Value) -> Value {
        let award = self.check(sample).expect("accepted").value;
        let (request, generated) = Self::request(sample);
        let facts = self.facts(sample["key"].as_str().expect("key"), &request);
        let definition = self.definition(&request).expect("published");
        let sealer = self.sealer(request["sealedBy"].as_str().expect("sealer"));
        to_credential(&self.mapping(), &definition, &award, &sealer, &facts, &generated)
            .expect("what was checked can be written")
    }
}

/// Reads a patched definition against the catalogue of samples.
pub fn read_definition(
    samples: &Samples,
    document: &Value,
) -> Result<Checked<Definition>, Vec<FieldError>> {
    parse_definition(document, &samples.definition_context())
}
