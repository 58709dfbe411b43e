//! Writes the JSON Schemas of requests for each kind of certificate into `schemas/kinds/`. Run it
//! after a change of the rules or of the schemas of all kinds; a test fails until then.

use bewijs::model::CertificateKind;
use bewijs::profile::{HouseRules, RequestKind, kind_schema};
use std::fs;
use std::path::Path;

fn main() -> std::io::Result<()> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("schemas/kinds");
    fs::create_dir_all(&folder)?;
    for kind in CertificateKind::ALL {
        for request in RequestKind::ALL {
            let schema = kind_schema(kind, request, &HouseRules::default());
            let name = format!("{}.{}.schema.json", kind.code(), request.code());
            let text = serde_json::to_string_pretty(&schema)?;
            fs::write(folder.join(name), format!("{text}\n"))?;
        }
    }
    Ok(())
}
