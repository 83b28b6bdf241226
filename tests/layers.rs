//! The picture of `src/lib.rs`, held against the imports.

use std::collections::BTreeMap;
use std::path::Path;

/// Which floor a folder stands on. It may import lower floors only.
const FLOORS: &[(&str, u8)] = &[
    ("news", 0),
    ("read", 1),
    ("clean", 1),
    ("split", 1),
    ("alias", 1),
    ("dedup", 1),
    ("ner", 1),
    ("timex", 1),
    ("query", 2),
    ("search", 2),
    ("index", 3),
    ("ingest", 4),
    ("render", 4),
    ("eval", 4),
    ("cli", 5),
];

/// Neighbours that may be imported all the same.
const DOORS: &[(&str, &str)] = &[
    ("search", "query"),
    ("clean", "read"),
    ("alias", "split"),
    ("ner", "split"),
];

/// Heavy crates and the only folders that may use them.
const FENCES: &[(&str, &[&str])] = &[
    ("tantivy", &["index"]),
    ("clap", &["cli"]),
    ("indicatif", &["cli"]),
    ("rayon", &["ingest", "eval"]),
    ("csv", &["read", "render", "cli", "alias"]),
    ("quick_xml", &["read"]),
    ("dom_smoothie", &["read"]),
];

#[test]
fn imports_point_down_and_heavy_crates_stay_behind_their_fences() {
    let floors: BTreeMap<&str, u8> = FLOORS.iter().copied().collect();
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut wrong = Vec::new();
    let mut seen = 0;
    for entry in walkdir::WalkDir::new(&source) {
        let path = entry.unwrap().into_path();
        if path.extension().is_none_or(|suffix| suffix != "rs") {
            continue;
        }
        let inside = path.strip_prefix(&source).unwrap();
        let folder = inside.iter().next().unwrap().to_str().unwrap();
        let Some(floor) = floors.get(folder) else {
            assert!(
                ["lib.rs", "main.rs"].contains(&folder),
                "`{folder}` stands on no floor"
            );
            continue;
        };
        seen += 1;
        let text = std::fs::read_to_string(&path).unwrap();
        let code = text.split("\n#[cfg(test)]\nmod tests").next().unwrap();
        for (number, line) in code
            .lines()
            .enumerate()
            .filter(|(_, line)| !line.trim_start().starts_with("//"))
        {
            for other in imported(line) {
                let Some(other_floor) = floors.get(other.as_str()) else {
                    continue;
                };
                let allowed = other == folder
                    || other_floor < floor
                    || DOORS.contains(&(folder, other.as_str()));
                if !allowed {
                    wrong.push(format!(
                        "{}:{}: {}",
                        inside.display(),
                        number + 1,
                        line.trim()
                    ));
                }
            }
            for (name, folders) in FENCES {
                let is_used = [
                    format!("use {name}::"),
                    format!(" {name}::"),
                    format!("({name}::"),
                ]
                .iter()
                .any(|way| line.contains(way.as_str()) && !line.contains(&format!("::{name}::")));
                if is_used && !folders.contains(&folder) {
                    wrong.push(format!(
                        "{}:{}: `{name}` outside its fence",
                        inside.display(),
                        number + 1
                    ));
                }
            }
        }
    }
    assert!(seen > 40, "only {seen} files were looked at");
    assert!(
        wrong.is_empty(),
        "imports that point up or climb a fence:\n{}",
        wrong.join("\n")
    );
}

/// The folders a line names after `crate::`.
fn imported(line: &str) -> Vec<String> {
    line.match_indices("crate::")
        .map(|(at, name)| {
            let rest = &line[at + name.len()..];
            rest.chars()
                .take_while(|letter| letter.is_alphanumeric() || *letter == '_')
                .collect()
        })
        .collect()
}
