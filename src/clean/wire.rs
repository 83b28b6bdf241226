//! What agencies put around an article: slugs, takes and sign-offs.
//!
//! In: one paragraph. Out: whether it is such a line and nothing else. A paragraph with news in
//! it never is, whatever else it holds.

/// The longest line that can be furniture, in bytes.
const LONGEST_WIRE_BYTES: usize = 60;

/// The longest sign-off, in bytes, brackets and dots included.
const LONGEST_SIGN_OFF_BYTES: usize = 24;

/// Returns whether `paragraph` is an agency's sign-off or slug.
///
/// That is `Reuter`, `(MORE)`, `-30-`, `ENDS`, `###`, `AP-NY-02-26-87 1501EST`,
/// `BC-COCOA-REVIEW 02-26 0105` and their like. Costs a byte or two for any other paragraph.
pub(super) fn is_wire_line(paragraph: &str) -> bool {
    // Slugs have a hyphen behind their first part; sign-offs are short.
    let bytes = paragraph.as_bytes();
    let slug_like = || bytes.iter().take(8).any(|byte| *byte == b'-');
    if bytes.len() > LONGEST_WIRE_BYTES || (bytes.len() > LONGEST_SIGN_OFF_BYTES && !slug_like()) {
        return false;
    }
    // “… told / Reuters.” is the end of a sentence, “Reuter...” is none.
    if bytes.ends_with(b".") && !bytes.ends_with(b"..") {
        return false;
    }
    let core = paragraph.trim_matches(|letter: char| {
        letter.is_whitespace()
            || letter.is_control()
            || matches!(
                letter,
                '(' | ')' | '[' | ']' | '-' | '–' | '—' | '.' | '…' | '<' | '>' | '/' | '#' | '_'
            )
    });
    if core.is_empty() {
        return paragraph.starts_with('#');
    }
    is_sign_off(core, paragraph) || is_slug(core)
}

/// Words that end a take or an article. In small letters only where no sentence could be meant.
fn is_sign_off(core: &str, paragraph: &str) -> bool {
    // Old copy marks the end of the transmission with `^M`, shown as two letters.
    let core = core
        .trim_end_matches("^M")
        .trim_end_matches(['.', '^', ' ', ')']);
    let bracketed = paragraph.starts_with(['(', '-', '[', '/', '—', '–']);
    match core {
        "REUTER" | "Reuter" | "reuter" | "REUTERS" | "Reuters" | "ENDS" | "NNNN" | "MORE"
        | "More" | "END" | "UPI" | "AP" | "AFP" | "DPA" | "dpa" | "TASS" | "EFE"
        | "MORE FOLLOWS" | "MORE TO COME" | "END ITEM" | "END OF STORY" | "30" | "END OF TAKE" => {
            core != "30" || bracketed
        }
        "more" | "ends" | "Ends" | "end" | "End" | "more to come" | "more follows" => bracketed,
        _ => false,
    }
}

/// Returns whether it is a line of codes such as `AP-NY-02-26-87 1501EST` or `BC-COCOA-REVIEW
/// 02-26 0105`: parts joined by hyphens, the first of them an agency or a cycle, nothing in it
/// that reads as a sentence.
fn is_slug(core: &str) -> bool {
    const FIRST: [&str; 12] = [
        "AP", "UPI", "AFP", "RTR", "BC", "AM", "PM", "BN", "GLM", "NYT", "APTV", "DPA",
    ];
    let Some((first, rest)) = core.split_once('-') else {
        return false;
    };
    if !FIRST.contains(&first) {
        return false;
    }
    let stamped = rest.bytes().filter(u8::is_ascii_digit).count() >= 4;
    let shouted = !rest.bytes().any(|byte| byte.is_ascii_lowercase()) && rest.contains('-');
    stamped || shouted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_and_sign_offs_are_furniture() {
        for line in [
            "Reuter",
            "REUTER",
            "REUTER...^M",
            "Reuter...",
            "(MORE)",
            "-more-",
            "MORE",
            "-30-",
            "- 30 -",
            "ENDS",
            "(ends)",
            "###",
            "# # #",
            "NNNN",
            "AP-NY-02-26-87 1501EST<",
            "BC-COCOA-REVIEW   02-26 0105",
            "AM-Iran-Arms, 1st Ld, a0123, 02-26-87",
            "BC-QUAKE-URGENT",
        ] {
            assert!(is_wire_line(line), "{line}");
        }
    }

    #[test]
    fn news_is_not_furniture() {
        for line in [
            "",
            "30",
            "More rain is expected.",
            "more",
            "The end.",
            "Reuters reported it first.",
            "Reuters.",
            "AP-led coverage won the prize.",
            "Ends meet at last for the poor of Oslo.",
            "* * *",
            "--",
            "1987",
            "AFP-Services won",
        ] {
            assert!(!is_wire_line(line), "{line}");
        }
    }
}
