use morgue::clean::clean;
use morgue::news::{Article, NameKind};
use morgue::read::{ReadOptions, article, records, walk};
use serde::Deserialize;
use serde_json::{Map, Value, json};
use std::ops::ControlFlow;
use std::path::Path;

/// `expected.json`: the story, and what each file has otherwise.
#[derive(Deserialize)]
struct Expected {
    story: Map<String, Value>,
    files: Vec<ExpectedFile>,
}

#[derive(Deserialize)]
struct ExpectedFile {
    file: String,
    missing: Vec<String>,
    instead: Map<String, Value>,
}

#[test]
fn one_story_in_every_format_is_one_article() {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/formats/one-story");
    let text = std::fs::read_to_string(dir.join("expected.json")).unwrap();
    let expected: Expected = serde_json::from_str(&text).unwrap();
    assert!(expected.files.len() >= 25);
    let mut wrong = Vec::new();
    for file in &expected.files {
        let mut story = expected.story.clone();
        for field in &file.missing {
            story.insert(
                field.clone(),
                if story[field].is_array() {
                    json!([])
                } else {
                    Value::Null
                },
            );
        }
        story.extend(file.instead.clone());
        let articles = read(&dir.join(&file.file));
        if articles.len() != 1 {
            wrong.push(format!(
                "{}: {} articles: {articles:?}",
                file.file,
                articles.len()
            ));
            continue;
        }
        let found = articles[0].as_ref().map(fields);
        let found = match found {
            Ok(found) => found,
            Err(error) => {
                wrong.push(format!("{}: {error}", file.file));
                continue;
            }
        };
        for (field, value) in &story {
            if found[field] != sorted_if_names(field, value) {
                wrong.push(format!(
                    "{}: {field}\n  expected {value}\n     found {}",
                    file.file, found[field]
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn read(path: &Path) -> Vec<Result<Article, String>> {
    let options = ReadOptions::default();
    let (files, skipped) = walk(&[path.to_path_buf()], &options).unwrap();
    assert!(skipped.is_empty() && files.len() == 1, "{}", path.display());
    let mut articles = Vec::new();
    records(&files[0], &options, &mut |record| {
        let article = record
            .map_err(|skip| skip.error.to_string())
            .and_then(|record| {
                let raw = article(&record, &options).map_err(|error| error.to_string())?;
                clean(raw, record.place.clone()).map_err(|error| error.to_string())
            });
        articles.push(article);
        ControlFlow::Continue(())
    });
    articles
}

fn fields(article: &Article) -> Value {
    let names = |kind: NameKind| {
        let names = article.names.iter().filter(|name| name.kind == kind);
        let mut names: Vec<&str> = names.map(|name| name.name.as_str()).collect();
        names.sort_unstable();
        json!(names)
    };
    let paragraphs: Vec<&str> = article
        .paragraphs
        .iter()
        .filter_map(|paragraph| paragraph.span.text(&article.body))
        .collect();
    json!({
        "headline": article.headline,
        "byline": article.bylines,
        "source": article.source,
        "section": article.section,
        "url": article.url,
        "language": article.language,
        "published": article.published.map(|published| published.to_string()),
        "published_from": article.published.map(|published| published.from.as_str()),
        "paragraphs": paragraphs,
        "people": names(NameKind::Person),
        "organisations": names(NameKind::Organisation),
        "places": names(NameKind::Place),
        "id": article.own_id,
        "dateline": article.dateline,
    })
}

/// Names a source lists stand in no particular order.
fn sorted_if_names(field: &str, value: &Value) -> Value {
    let (true, Some(names)) = (
        ["people", "organisations", "places"].contains(&field),
        value.as_array(),
    ) else {
        return value.clone();
    };
    let mut names = names.clone();
    names.sort_by_key(ToString::to_string);
    Value::Array(names)
}
