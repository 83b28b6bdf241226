//! Any text is a question or an error with a place, in our own language and in every dialect; a
//! question printed and read again is the same.
//!
//! `cargo install cargo-fuzz`, then, for a quarter of an hour:
//!
//! ```sh
//! cargo +nightly fuzz run -s none parse -- \
//!     -timeout=2 -max_len=65536 -rss_limit_mb=2048 -max_total_time=900
//! ```
//!
//! Without a sanitizer, as there is no `unsafe`; overflows are checked all the same.

#![no_main]

use libfuzzer_sys::fuzz_target;
use morgue::news::Date;
use morgue::query::{Dialect, Joining, ParseOptions, QUERY_BYTES, parse, parse_as};

fuzz_target!(|text: &str| {
    for joining in [Joining::All, Joining::Any] {
        let options = ParseOptions {
            joining,
            today: Date::constant(2025, 4, 8),
        };
        match parse(text, &options) {
            Ok(question) => {
                let printed = question.to_string();
                // What is typed without `AND` is printed with it, and may then be too long.
                if printed.len() <= QUERY_BYTES {
                    let again = parse(&printed, &options).expect("what is printed is a question");
                    assert_eq!(again.to_string(), printed);
                }
            }
            Err(error) => {
                assert!(error.span().text(text).is_some());
                let _message = error.render(text);
            }
        }
        for dialect in [
            Dialect::Nexis,
            Dialect::Factiva,
            Dialect::ProQuest,
            Dialect::Lucene,
        ] {
            match parse_as(text, dialect, &options) {
                Ok(question) => {
                    let _printed = question.to_string();
                }
                Err(error) => {
                    assert!(error.span().text(text).is_some());
                    let _message = error.render(text);
                }
            }
        }
    }
});
