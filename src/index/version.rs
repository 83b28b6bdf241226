//! Refuses an index this program did not write.

use serde::{Deserialize, Serialize};

/// The format of the index this program reads and writes. It changes whenever the schema, the
/// tokenizer or the stored values do.
pub const FORMAT: u32 = 4;

/// What a commit says of itself, in its payload.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Payload {
    /// [`FORMAT`] of the program that wrote it.
    pub(super) format: u32,
    /// The version of that program.
    pub(super) program: String,
}

impl Payload {
    /// The payload of this program.
    pub(super) fn ours() -> Payload {
        Payload {
            format: FORMAT,
            program: env!("CARGO_PKG_VERSION").to_owned(),
        }
    }

    /// Writes it as JSON.
    pub(super) fn write(&self) -> String {
        // A struct of a number and a string can always be written.
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Returns the format a payload names, as a word for a message.
    pub(super) fn format_of(payload: Option<&str>) -> Result<u32, String> {
        let payload = payload.ok_or_else(|| "unknown".to_owned())?;
        let payload: Payload =
            serde_json::from_str(payload).map_err(|_error| "unknown".to_owned())?;
        if payload.format == FORMAT {
            Ok(FORMAT)
        } else {
            Err(payload.format.to_string())
        }
    }
}
