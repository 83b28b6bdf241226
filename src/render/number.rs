//! Numbers as a person reads them.

/// Returns the number with a comma between thousands.
///
/// ```
/// use morgue::render::thousands;
/// assert_eq!(thousands(21_578), "21,578");
/// ```
#[must_use]
pub fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// Returns the number with the word for one or for many: `1 article`, `2 articles`.
///
/// ```
/// use morgue::render::counted;
/// assert_eq!(counted(0, "copy", "copies"), "0 copies");
/// ```
#[must_use]
pub fn counted(number: u64, one: &str, many: &str) -> String {
    let word = if number == 1 { one } else { many };
    format!("{} {word}", thousands(number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_parted_by_commas() {
        for (number, text) in [
            (0, "0"),
            (7, "7"),
            (999, "999"),
            (1_000, "1,000"),
            (21_578, "21,578"),
            (100_000, "100,000"),
            (1_234_567, "1,234,567"),
            (u64::MAX, "18,446,744,073,709,551,615"),
        ] {
            assert_eq!(thousands(number), text);
        }
    }

    #[test]
    fn only_one_is_singular() {
        assert_eq!(counted(0, "article", "articles"), "0 articles");
        assert_eq!(counted(1, "article", "articles"), "1 article");
        assert_eq!(counted(1_001, "article", "articles"), "1,001 articles");
    }
}
