//! Names that spell in full what a bundled context has a term for.
//!
//! To RDF a term and its IRI are the same; a reader of the JSON finds only the term. A conforming
//! document is compacted (VCDM 2.0, section 4.1; JSON-LD 1.1 API, section 6), so that whoever finds
//! such a name has a document that was rewritten. Nothing is refused here.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};
use serde_json::{Map, Value};

use super::bundled::CONTEXTS;

/// Whether a name is an IRI that some bundled context has a term for, or may be short for one: it
/// begins with a term and a colon.
pub fn spells_a_term(name: &str) -> bool {
    let Some((prefix, suffix)) = name.split_once(':') else { return false };
    TERMS.iris.contains(name) || (!suffix.starts_with("//") && TERMS.names.contains(prefix))
}

#[derive(Default)]
struct Terms {
    names: FxHashSet<String>,
    iris: FxHashSet<String>,
}

static TERMS: LazyLock<Terms> = LazyLock::new(|| {
    let mut terms = Terms::default();
    for context in CONTEXTS {
        let document: Value = serde_json::from_str(context.text)
            .expect("every bundled context is JSON: a test reads them all");
        if let Some(content) = document.get("@context") {
            terms.context(content, &FxHashMap::default());
        }
    }
    terms
});

impl Terms {
    /// `outer`: what the names around this context stand for.
    fn context(&mut self, context: &Value, outer: &FxHashMap<String, String>) {
        match context {
            Value::Array(all) => all.iter().for_each(|one| self.context(one, outer)),
            Value::Object(members) => self.definitions(members, outer),
            _ => {}
        }
    }

    fn definitions(&mut self, members: &Map<String, Value>, outer: &FxHashMap<String, String>) {
        let mapping = |value: &Value| match value {
            Value::String(iri) => Some(iri.clone()),
            Value::Object(definition) => definition.get("@id")?.as_str().map(str::to_owned),
            _ => None,
        };
        let terms = || members.iter().filter(|(name, _)| !name.starts_with('@'));
        let mut known = outer.clone();
        known.extend(terms().filter_map(|(name, value)| Some((name.clone(), mapping(value)?))));
        for (name, value) in terms() {
            self.names.insert(name.clone());
            let written = known.get(name).unwrap_or(name);
            // A prefix may itself be written with a prefix.
            let whole = match written.split_once(':') {
                Some((prefix, suffix)) if !suffix.starts_with("//") => known
                    .get(prefix)
                    .map_or_else(|| written.clone(), |start| format!("{start}{suffix}")),
                _ => written.clone(),
            };
            self.iris.insert(whole);
            if let Some(scoped) = value.get("@context") {
                self.context(scoped, &known);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn iris_of_terms_are_known_and_others_are_not() {
        for name in [
            "https://www.w3.org/2018/credentials#credentialStatus",
            "https://www.w3.org/2018/credentials#validUntil",
            "https://www.w3.org/2018/credentials#expirationDate",
            "https://www.w3.org/ns/credentials/status#statusSize",
            "https://www.w3.org/ns/credentials/status#BitstringStatusListEntry",
            "https://w3id.org/security#expiration",
            "https://w3id.org/security#proof",
            "https://schema.org/name",
            "https://purl.imsglobal.org/spec/vc/ob/vocab.html#OpenBadgeCredential",
            "cred:credentialStatus",
            "sec:proof",
        ] {
            assert!(spells_a_term(name), "{name}");
        }
        for name in ["name", "", ":", "https://other.example/ns#credentialStatus", "ext:Thing"] {
            assert!(!spells_a_term(name), "{name}");
        }
    }

    #[test]
    fn prefixes_are_resolved() {
        // The context of VCDM 1.1 uses `sec:` in one place without saying what it stands for.
        let short =
            |iri: &&String| iri.contains(':') && !iri.contains("://") && !iri.starts_with("sec:");
        let left: Vec<&String> = TERMS.iris.iter().filter(short).collect();
        assert!(left.is_empty(), "{left:?}");
        assert!(TERMS.iris.len() > 200);
    }
}
