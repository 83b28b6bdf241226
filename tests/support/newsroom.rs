use super::Desk;
use serde_json::{Value, json};

impl Desk {
    /// Makes a desk with an indexed corpus of a few stories that questions can be told apart by.
    pub(crate) fn newsroom() -> Desk {
        let desk = Desk::new();
        let wire: Vec<String> = stories().iter().map(Value::to_string).collect();
        desk.write("corpus/wire.jsonl", wire.join("\n"));
        desk.write(
            "corpus/diary.txt",
            "Diary of a quiet week\n\nNothing happened in the harbour, and a gull watched it happen.\n",
        );
        desk.write(
            "corpus/2023-11.md",
            "---\ntitle: Gulls of November\ndate: 2023-11\n---\n\nThe gull count of the harbour is out.\n",
        );
        desk.index();
        desk
    }
}

/// Returns a paragraph long enough to be a passage of its own, with these words in its middle.
pub(crate) fn long_paragraph(middle: &str) -> String {
    let sentence = "The long afternoon went on as such afternoons do in towns by the sea. ";
    let around = sentence.repeat(4);
    format!("{around}{middle} {}", around.trim_end())
}

fn stories() -> Vec<Value> {
    let walnut = long_paragraph("A walnut rolled down the stairs of the town hall.");
    let zeppelin = long_paragraph("A zeppelin was seen above the lighthouse.");
    let halves = format!("{walnut}\n\n{zeppelin}");
    let shifts: Vec<String> = (1..=5)
        .map(|number| long_paragraph(&format!("The quarry lost its shift number {number}.")))
        .collect();
    vec![
        json!({
            "id": "n1", "title": "Ferry terminal opens", "source": "Harbour Gazette",
            "byline": "Ida Holm", "date": "2024-03-14", "url": "https://example.org/ferry",
            "people": ["Ana Ruíz", "Jonas Weir"],
            "organisations": ["Coastal Works Authority"], "places": ["Port Carrow"],
            "text": "Ana Ruíz opened the ferry terminal in Port Carrow on a cold morning. The Coastal Works Authority had promised it for spring; gulls came.\n\nWeir, who built it, said interest rates had doubled the cost; \"we paid\", he added."
        }),
        json!({
            "id": "n2", "title": "Lender lifts its price of money", "source": "Business Ledger",
            "byline": ["Tom Adeyemi", "Ida Holm"], "date": "2024-05-02",
            "people": ["Weir, Jonas", "Olga Ruíz-Marín"], "organisations": ["Ledger Bank"],
            "text": "The interest rate went up again, Jonas Weir said. An interest in ships remains, said Olga Ruíz-Marín of Ledger Bank."
        }),
        json!({
            "id": "n3", "title": "Winter sport", "source": "Evening Post", "date": "2023-12-30",
            "byline": "R. Skye",
            "text": "The skies cleared and he skis, happily and happier than ever. A dying trade, dyed wool, and nobody dies of happiness. A happy end."
        }),
        json!({
            "id": "n4", "title": "Two halves of a story", "source": "Evening Post",
            "date": "2025-01-20",
            "text": halves
        }),
        json!({
            "id": "n5", "title": "Orchard notes", "source": "Harbour Gazette", "date": "2025-02-01",
            "text": "The quince is late this year, and nobody picks the medlar."
        }),
        json!({
            "id": "n6", "title": "Quarry to close", "source": "Evening Post", "date": "2025-03-03",
            "text": shifts.join("\n\n")
        }),
        json!({
            "id": "n7", "title": "Baker retires", "source": "Harbour Gazette", "date": "2025-03-04",
            "text": "The last baker of the lower town retired on Sunday. He had baked since he was nine.\n\nSign up for our newsletter to get the day's headlines in your inbox."
        }),
        json!({
            "id": "n8", "title": "=HYPERLINK(\"https://example.org\",\"prize\")",
            "source": "+Plus", "byline": "@desk", "date": "2025-03-05",
            "people": ["-Minus Jones", "Semi; Colon"],
            "text": "@SUM(1+1)*cmd|' /C calc'!A0 is how the spreadsheet story began; \"quoted\", with commas,\nand a line end."
        }),
    ]
}
