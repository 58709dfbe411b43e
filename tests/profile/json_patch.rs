//! Just enough of JSON Patch (RFC 6902) for the negative samples: add, remove, replace.

use serde_json::Value;

/// Applies a patch; panics when it does not fit, because then the sample itself is broken.
pub fn apply(document: &mut Value, patch: &Value) {
    for operation in patch.as_array().expect("a patch is an array") {
        let path = operation["path"].as_str().expect("an operation has a path");
        let (parent, last) = path.rsplit_once('/').expect("a path starts with a slash");
        let last = last.replace("~1", "/").replace("~0", "~");
        let parent = document.pointer_mut(parent).unwrap_or_else(|| panic!("no parent of {path}"));
        let value = operation.get("value").cloned();
        match (operation["op"].as_str().expect("an operation has a name"), parent) {
            ("add", Value::Object(map)) => {
                map.insert(last, value.expect("add has a value"));
            }
            ("add", Value::Array(array)) if last == "-" => array.push(value.expect("a value")),
            ("add", Value::Array(array)) => {
                array.insert(last.parse().expect("an index"), value.expect("add has a value"));
            }
            ("replace", Value::Object(map)) => {
                *map.get_mut(&last).unwrap_or_else(|| panic!("nothing at {path}")) =
                    value.expect("replace has a value");
            }
            ("replace", Value::Array(array)) => {
                array[last.parse::<usize>().expect("an index")] = value.expect("a value");
            }
            ("remove", Value::Object(map)) => {
                map.remove(&last).unwrap_or_else(|| panic!("nothing at {path}"));
            }
            ("remove", Value::Array(array)) => {
                array.remove(last.parse().expect("an index"));
            }
            (other, _) => panic!("{other} at {path}"),
        }
    }
}

#[test]
fn a_patch_changes_objects_and_arrays() {
    let mut document = serde_json::json!({"a": [1, 2, 3], "b": {"c/d": 1}});
    let patch = serde_json::json!([
        {"op": "remove", "path": "/a/1"},
        {"op": "add", "path": "/a/0", "value": 9},
        {"op": "replace", "path": "/b/c~1d", "value": 2},
        {"op": "add", "path": "/b/e", "value": null},
    ]);
    apply(&mut document, &patch);
    assert_eq!(document, serde_json::json!({"a": [9, 1, 3], "b": {"c/d": 2, "e": null}}));
}
