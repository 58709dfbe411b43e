//! What is refused, and by which name; what inline contexts may do; the bounds on work.

#![expect(clippy::unwrap_used, reason = "a test stops at what should not happen")]

use bewijs::canon::bundled::CONTEXTS;
use bewijs::canon::{ContextSet, Fault, View, nquads};
use serde_json::{Value, json};

const VC2: &str = "https://www.w3.org/ns/credentials/v2";
const OB3: &str = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json";

fn form(document: &Value) -> Result<String, (String, String)> {
    ContextSet::verifying()
        .canonicalize(document, View::default())
        .map(|canonical| canonical.nquads)
        .map_err(|error| (error.code().to_owned(), error.pointer().to_owned()))
}

fn refused(document: &Value, code: &str, pointer: &str) {
    let expected = Err((code.to_owned(), pointer.to_owned()));
    assert_eq!(form(document), expected, "{document}");
}

/// A document with these members under an inline context.
fn inline(context: Value, members: Value) -> Value {
    let mut document = members;
    document.as_object_mut().unwrap().insert("@context".into(), context);
    document
}

#[test]
fn a_fault_names_the_member() {
    let mut badge = json!({
        "@context": [VC2, OB3],
        "id": "urn:x:1",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "credentialSubject": {"type": ["AchievementSubject"], "result": [{"type": ["Result"]}, {}]},
    });
    badge["credentialSubject"]["result"][1] = json!({"type": ["Result"], "a/b~c": 1});
    refused(&badge, "undefined-term", "/credentialSubject/result/1/a~1b~0c");
    badge["credentialSubject"]["result"][1] = json!({"type": ["Result", "Resultaat"]});
    refused(&badge, "undefined-type", "/credentialSubject/result/1/type");
    badge["credentialSubject"]["result"][1] = json!({"type": ["Result"], "value": null});
    refused(&badge, "null-value", "/credentialSubject/result/1/value");
    badge["credentialSubject"]["result"][1] = json!({"id": "x", "type": ["Result"]});
    refused(&badge, "relative-iri", "/credentialSubject/result/1/id");
}

#[test]
fn the_issuing_set_takes_urls_of_its_own_only() {
    let badge = |context: Value| inline(context, json!({"id": "urn:x:1", "type": "Profile"}));
    let issuing = |document: &Value| {
        ContextSet::issuing()
            .canonicalize(document, View::default())
            .map(|_| ())
            .map_err(|error| error.code())
    };
    assert_eq!(issuing(&badge(json!([VC2, OB3]))), Ok(()));
    let v1 = "https://www.w3.org/2018/credentials/v1";
    for (context, code) in [
        (json!([]), "context-refused"),
        (json!({}), "context-refused"),
        (json!(null), "context-refused"),
        (json!([VC2, {"@vocab": "https://a.example/"}]), "context-refused"),
        (json!([VC2, {"name": "https://a.example/"}]), "context-refused"),
        (json!([v1]), "context-not-bundled"),
        (json!([VC2, "https://www.w3.org/ns/credentials/examples/v2"]), "context-not-bundled"),
        (json!([VC2, ""]), "context-not-bundled"),
    ] {
        assert_eq!(issuing(&badge(context.clone())), Err(code), "{context}");
    }
    let nested = json!({
        "@context": [VC2, OB3],
        "id": "urn:x:1",
        "type": "Profile",
        "parentOrg": {"@context": [VC2, OB3], "id": "urn:x:2", "type": "Profile"},
    });
    assert_eq!(issuing(&nested), Err("context-refused"));
    assert!(form(&nested).is_ok(), "others may embed a document with its context");
}

#[test]
fn digests_are_known_to_the_sets_that_use_them() {
    let own = "59955ced6697d61e03f2b2556febe5308ab16842846f5b586d7f1f7adec92734";
    assert_eq!(ContextSet::issuing().digest_of(VC2), Some(own));
    let examples = "https://www.w3.org/ns/credentials/examples/v2";
    assert_eq!(ContextSet::issuing().digest_of(examples), None);
    assert_eq!(ContextSet::verifying().digest_of(examples), None);
    assert!(ContextSet::conformance().digest_of(examples).is_some());
}

#[test]
fn every_bundled_context_can_be_processed() {
    for context in CONTEXTS {
        let document = json!({
            "@context": context.url,
            "@id": "urn:x:1",
            "https://a.example/p": "v",
        });
        let form = ContextSet::conformance().canonicalize(&document, View::default());
        assert_eq!(form.unwrap().nquads, "<urn:x:1> <https://a.example/p> \"v\" .\n");
    }
}

/// The compiled form relies on it: an identifier is never a term.
#[test]
fn no_term_of_an_issuing_context_holds_a_colon() {
    fn terms(value: &Value) {
        for (name, value) in value.as_object().into_iter().flatten() {
            assert!(!name.contains(':'), "{name}");
            terms(value);
        }
    }
    for url in [VC2, OB3] {
        let context = CONTEXTS.iter().find(|context| context.url == url).unwrap();
        terms(&serde_json::from_str(context.text).unwrap());
    }
}

#[test]
fn inline_contexts_of_others_are_processed() {
    let document = inline(
        json!([VC2, {"@context": {"studyLoad": "https://a.example/load"}}]),
        json!({"id": "urn:x:1", "studyLoad": 3}),
    );
    let line = "<urn:x:1> <https://a.example/load> \"3\"^^\
                <http://www.w3.org/2001/XMLSchema#integer> .\n";
    assert_eq!(form(&document).as_deref(), Ok(line));
    let vocabulary = inline(
        json!([VC2, {"@vocab": "https://a.example/#", "@language": "NL-be"}]),
        json!({"id": "urn:x:1", "type": "T", "p": "q"}),
    );
    assert_eq!(
        form(&vocabulary).as_deref(),
        Ok(
            "<urn:x:1> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://a.example/#T> .\n\
            <urn:x:1> <https://a.example/#p> \"q\"@nl-be .\n"
        )
    );
}

#[test]
fn inline_contexts_that_are_refused() {
    for (context, code) in [
        (json!({"@base": "https://a.example/"}), "context-refused"),
        (json!({"@base": null}), "context-refused"),
        (json!({"@import": VC2}), "json-ld-unsupported"),
        (json!({"@propagate": false}), "json-ld-unsupported"),
        (json!({"@version": 1.0}), "json-ld-processing"),
        (json!({"@vocab": "relative"}), "json-ld-processing"),
        (json!({"@vocab": ""}), "json-ld-processing"),
        (json!({"@language": "not a tag"}), "invalid-language"),
        (json!({"@direction": "up"}), "json-ld-processing"),
        (json!({"@id": "https://a.example/"}), "json-ld-processing"),
        (json!({"@foo": "https://a.example/"}), "reserved-name"),
        (json!({"@type": {"@container": "@set"}}), "json-ld-unsupported"),
        (json!({"": "https://a.example/"}), "json-ld-processing"),
        (json!({"t": 1}), "json-ld-processing"),
        (json!({"t": "relative"}), "json-ld-processing"),
        (json!({"t": "@context"}), "json-ld-processing"),
        (json!({"t": "@other"}), "reserved-name"),
        (json!({"t": "_:b"}), "json-ld-processing"),
        (json!({"a": "b:x", "b": "a:x"}), "json-ld-processing"),
        (json!({"t": {"@id": "urn:x:t", "@type": "relative"}}), "json-ld-processing"),
        (json!({"t": {"@id": "urn:x:t", "@type": "_:b"}}), "json-ld-processing"),
        (json!({"t": {"@reverse": "urn:x:t"}}), "json-ld-unsupported"),
        (json!({"t": {"@id": "urn:x:t", "@container": "@index"}}), "json-ld-unsupported"),
        (json!({"t": {"@id": "urn:x:t", "@container": ["@list", "@set"]}}), "json-ld-processing"),
        (json!({"t": {"@id": "urn:x:t", "@nest": "@nest"}}), "json-ld-unsupported"),
        (json!({"t": {"@id": "urn:x:t", "@prefix": 1}}), "json-ld-processing"),
        (json!({"t": {"@id": "urn:x:t", "@protected": "yes"}}), "json-ld-processing"),
        (json!({"t": {"@id": "urn:x:t", "unknown": 1}}), "json-ld-processing"),
        (json!({"@direction": "rtl"}), "json-ld-unsupported"),
        (
            json!({"t": {"@id": "urn:x:t", "@type": "@id", "@language": "nl"}}),
            "json-ld-unsupported",
        ),
        (
            json!({"t": {"@id": "urn:x:t", "@type": "@json", "@container": "@list"}}),
            "json-ld-unsupported",
        ),
        (json!({"t": {"@id": "urn:x:t", "@context": {"u": 5}}}), "json-ld-processing"),
        (json!([VC2, null]), "json-ld-processing"),
        (json!([VC2, {"id": "https://a.example/"}]), "json-ld-processing"),
        (json!([{"@context": [VC2]}]), "json-ld-processing"),
        (json!("https://a.example/context"), "context-not-bundled"),
        (json!("../context"), "context-not-bundled"),
        (json!(5), "json-ld-processing"),
    ] {
        let document = inline(context, json!({"@id": "urn:x:1", "urn:x:p": "v"}));
        refused(&document, code, "/@context");
    }
}

#[test]
fn content_that_would_be_dropped() {
    let context = json!({
        "p": "urn:x:p", "gone": null, "id": "@id", "@version": 1.1,
        "ref": {"@id": "urn:x:r", "@type": "@id"},
        "own": {"@id": "urn:x:g", "@container": "@graph"},
        "list": {"@id": "urn:x:l", "@container": "@list"},
    });
    for (members, code, pointer) in [
        (json!({}), "dropped-content", ""),
        (json!({"id": "urn:x:1"}), "dropped-content", ""),
        (json!({"@graph": ["v"]}), "dropped-content", "/@graph/0"),
        (json!({"@graph": [{"id": "urn:x:1"}]}), "dropped-content", "/@graph/0"),
        (json!({"@value": "v"}), "dropped-content", ""),
        (json!({"@list": ["v"]}), "dropped-content", ""),
        (json!({"own": "v"}), "dropped-content", "/own"),
        (json!({"own": {"id": "urn:x:2"}}), "dropped-content", "/own"),
        (json!({"p": {"@language": "nl"}}), "dropped-content", "/p"),
        (json!({"gone": "v"}), "undefined-term", "/gone"),
        (json!({"_:b": "v"}), "json-ld-unsupported", "/_:b"),
        (json!({"p": null}), "null-value", "/p"),
        (json!({"p": ["v", null]}), "null-value", "/p/1"),
        (json!({"p": {"@value": null}}), "null-value", "/p/@value"),
        (json!({"list": [null]}), "null-value", "/list/0"),
        (json!({"ref": "relative"}), "relative-iri", "/ref"),
        (json!({"ref": "//a.example"}), "relative-iri", "/ref"),
        (json!({"ref": "#a"}), "relative-iri", "/ref"),
        (json!({"ref": ""}), "relative-iri", "/ref"),
        (json!({"ref": "a b:c"}), "relative-iri", "/ref"),
        (json!({"ref": "@list"}), "reserved-name", "/ref"),
        (json!({"ref": "@unheard"}), "reserved-name", "/ref"),
        (json!({"p": "v", "@type": "relative"}), "undefined-type", "/@type"),
        (json!({"p": "v", "@type": null}), "null-value", "/@type"),
        (json!({"p": "v", "@type": [1]}), "json-ld-processing", "/@type"),
        (json!({"p": "v", "id": "urn:x:1", "@id": "urn:x:1"}), "json-ld-processing", "/@id"),
        (json!({"p": "v", "@id": {"@id": "urn:x:1"}}), "json-ld-processing", "/@id"),
        (json!({"p": {"@value": "v", "p": 1}}), "json-ld-processing", "/p"),
        (json!({"p": {"@value": ["v"]}}), "json-ld-processing", "/p/@value"),
        (json!({"p": {"@value": 1, "@language": "nl"}}), "json-ld-processing", "/p/@value"),
        (
            json!({"p": {"@value": "v", "@language": "nl", "@type": "urn:x:t"}}),
            "json-ld-processing",
            "/p",
        ),
        (json!({"p": {"@list": ["v"], "p": 1}}), "json-ld-processing", "/p"),
        (json!({"p": "v", "@index": "i"}), "json-ld-unsupported", "/@index"),
        (json!({"p": "v", "@reverse": {}}), "json-ld-unsupported", "/@reverse"),
        (json!({"p": "v", "@included": []}), "json-ld-unsupported", "/@included"),
        (json!({"p": "v", "@unheard": 1}), "reserved-name", "/@unheard"),
        (json!({"p": "v", "@vocab": "urn:x:"}), "json-ld-unsupported", "/@vocab"),
        (json!({"list": [{"@set": ["v"]}]}), "json-ld-unsupported", "/list/0/@set"),
        (
            json!({"p": {"@value": "1", "@type": "http://www.w3.org/2001/XMLSchema#double"}}),
            "uncertain-number",
            "/p/@value",
        ),
        (
            json!({"p": {"@value": true, "@type": "http://www.w3.org/2001/XMLSchema#double"}}),
            "uncertain-number",
            "/p/@value",
        ),
        (json!({"p": 2_251_799_813_685_248.5}), "uncertain-number", "/p"),
        (json!({"p": 9_007_199_254_740_993_u64}), "uncertain-number", "/p"),
    ] {
        refused(&inline(context.clone(), members), code, pointer);
    }
    assert!(form(&json!([])).is_err());
    assert!(form(&json!("text")).is_err());
    assert!(form(&json!({"urn:x:p": "v"})).is_err());
}

#[test]
fn a_repeated_type_is_one_quad() {
    let once = json!({"@context": [VC2, OB3], "type": ["Profile"], "name": "n"});
    let twice = json!({"@context": [VC2, OB3], "type": ["Profile", "Profile"], "name": "n"});
    assert_eq!(form(&once), form(&twice));
    let set = json!({"@context": [VC2, OB3], "type": ["Profile"], "name": ["n", "n"]});
    assert_eq!(form(&once), form(&set));
}

#[test]
fn a_graph_made_to_be_hard_is_refused() {
    // A clique of blank nodes, each like all others.
    let mut text = String::new();
    for one in 0..12 {
        for other in 0..12 {
            if one != other {
                text.push_str(&format!("_:b{one} <urn:x:p> _:b{other} .\n"));
            }
        }
    }
    let error = nquads::canonicalize(&text).unwrap_err();
    assert!(error.to_string().contains("blank nodes"), "{error}");
    let clique: Vec<Value> = (0..12)
        .map(|one| {
            let others: Vec<Value> = (0..12)
                .filter(|other| *other != one)
                .map(|other| json!({"@id": format!("_:b{other}")}))
                .collect();
            json!({"@id": format!("_:b{one}"), "urn:x:p": others})
        })
        .collect();
    refused(&json!({"@context": [], "@graph": clique}), "canonicalization-limit", "");
    // A long chain of equal blank nodes.
    let mut chain = String::new();
    for one in 0..3000 {
        chain.push_str(&format!("_:b{one} <urn:x:p> _:b{} .\n", (one + 1) % 3000));
    }
    assert!(nquads::canonicalize(&chain).is_err());
}

#[test]
fn depth_size_and_contexts_are_bounded() {
    let mut deep = json!({"urn:x:p": "v"});
    for _ in 0..500 {
        deep = json!({"urn:x:p": deep});
    }
    let error = form(&inline(json!([]), deep)).unwrap_err();
    assert_eq!(error.0, "canonicalization-limit");
    let mut arrays = json!(["v"]);
    for _ in 0..500 {
        arrays = json!([arrays]);
    }
    let error = form(&inline(json!([]), json!({"urn:x:p": arrays}))).unwrap_err();
    assert_eq!(error.0, "canonicalization-limit");
    // A long term, written often.
    let term = format!("urn:x:{}", "x".repeat(200_000));
    let many: Vec<Value> = (0..500).map(|_| json!({"p": "v"})).collect();
    let document = inline(json!({"p": term}), json!({"@graph": many}));
    assert_eq!(form(&document).unwrap_err().0, "canonicalization-limit");
    // Terms that depend on one another, and contexts without end.
    let chain: serde_json::Map<String, Value> = (0..5000)
        .map(|n| (format!("t{n}"), json!(format!("t{}:x", n + 1))))
        .chain([("t5000".to_owned(), json!("urn:x:"))])
        .collect();
    let document = inline(Value::Object(chain), json!({"t0": "v"}));
    assert_eq!(form(&document).unwrap_err().0, "canonicalization-limit");
    let many = vec![json!(VC2); 1000];
    let document = inline(json!(many), json!({"id": "urn:x:1", "type": "VerifiableCredential"}));
    assert_eq!(form(&document).unwrap_err().0, "canonicalization-limit");
}

#[test]
fn what_was_compiled_for_strangers_is_forgotten() {
    // More different lists than are remembered; the honest one is right before, between and after.
    let honest = json!({"@context": [VC2, OB3], "id": "urn:x:1", "type": "Profile", "name": "n"});
    let expected = form(&honest).unwrap();
    for number in 0..200_u32 {
        let mut context = vec![json!(VC2)];
        for bit in 0..8 {
            context.push(json!(if number >> bit & 1 == 1 { OB3 } else { VC2 }));
        }
        let document = json!({"@context": context, "id": "urn:x:1", "type": "Multikey",
            "controller": "urn:x:2"});
        let _ = form(&document);
        assert_eq!(form(&honest).as_ref(), Ok(&expected));
    }
}

/// A set remembers what it compiled by the URLs; one text must not pass for several of them.
#[test]
fn a_context_with_a_line_feed_is_not_taken_for_two_that_are_known() {
    let set = ContextSet::verifying();
    let urls = [
        "https://www.w3.org/ns/credentials/v2",
        "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
    ];
    let document = |context: Value| json!({"@context": context, "type": "Achievement"});
    let both = document(json!(urls));
    assert!(set.canonicalize(&both, View::default()).is_ok(), "known, and remembered now");
    for context in [json!([urls.join("\n")]), json!(urls.join("\n") + "\n")] {
        let error = set.canonicalize(&document(context), View::default()).expect_err("refused");
        assert!(matches!(error.fault, Fault::ContextNotBundled { .. }), "{error}");
    }
}

/// The deepest document with the most scoped contexts on every level, on half the stack that a
/// thread has.
#[test]
fn deep_documents_of_many_types_do_not_exhaust_the_stack() {
    let names: Vec<String> = (0..6).map(|number| format!("T{number}")).collect();
    let terms = names.iter().map(|name| {
        let term = format!("t{name}");
        let scoped = json!({term: "https://a.example/t"});
        (name.clone(), json!({"@id": format!("https://a.example/{name}"), "@context": scoped}))
    });
    let context: Value = terms.collect::<serde_json::Map<_, _>>().into();
    let mut inner = json!({"@type": names, "https://a.example/p": 1});
    for _ in 0..60 {
        inner = json!({"@type": names, "https://a.example/p": inner});
    }
    let document = inline(context, inner);
    let run = move || ContextSet::verifying().canonicalize(&document, View::default()).is_ok();
    let thread = std::thread::Builder::new().stack_size(1 << 20).spawn(run).unwrap();
    assert!(thread.join().unwrap(), "as deep as documents may be");
}
