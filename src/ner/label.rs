//! The labels of tokens: where a token stands in a name, and what the name is.
//!
//! BILOU: a name of several tokens begins, goes on and ends; a name of one token is a unit;
//! everything else is outside.

/// How many labels there are: outside, and four positions for each of four classes.
pub(crate) const LABELS: usize = 17;

/// The label of a token that is in no name.
pub(crate) const OUTSIDE: u8 = 0;

/// What a marked name is, as the training data tell apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Class {
    /// A person (PER).
    Person,
    /// An organisation (ORG).
    Organisation,
    /// A place (LOC).
    Place,
    /// Another name (MISC): a nationality, an event, a work. Learnt, never shown.
    Other,
}

impl Class {
    /// Every class, in the order of the labels.
    pub(crate) const ALL: [Class; 4] = [
        Class::Person,
        Class::Organisation,
        Class::Place,
        Class::Other,
    ];

    /// Returns the class with this name in `CoNLL` files: `PER`, `ORG`, `LOC` or `MISC`.
    #[must_use]
    pub fn from_conll(name: &str) -> Option<Class> {
        match name {
            "PER" => Some(Class::Person),
            "ORG" => Some(Class::Organisation),
            "LOC" => Some(Class::Place),
            "MISC" => Some(Class::Other),
            _ => None,
        }
    }

    /// Returns the name of the class in `CoNLL` files.
    #[must_use]
    pub const fn as_conll(self) -> &'static str {
        match self {
            Class::Person => "PER",
            Class::Organisation => "ORG",
            Class::Place => "LOC",
            Class::Other => "MISC",
        }
    }

    /// Returns the first of the four labels of this class.
    const fn first_label(self) -> u8 {
        match self {
            Class::Person => 1,
            Class::Organisation => 5,
            Class::Place => 9,
            Class::Other => 13,
        }
    }
}

/// Where a token stands in a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Position {
    Begin,
    Inside,
    Last,
    Unit,
}

impl Position {
    pub(crate) const ALL: [Position; 4] = [
        Position::Begin,
        Position::Inside,
        Position::Last,
        Position::Unit,
    ];

    const fn offset(self) -> u8 {
        match self {
            Position::Begin => 0,
            Position::Inside => 1,
            Position::Last => 2,
            Position::Unit => 3,
        }
    }
}

/// Returns the label of a token at `position` in a name of `class`.
pub(crate) const fn label(class: Class, position: Position) -> u8 {
    class.first_label() + position.offset()
}

/// Returns class and position of a label; nothing for [`OUTSIDE`].
pub(crate) fn parts(label: u8) -> Option<(Class, Position)> {
    let inside = usize::from(label).checked_sub(1)?;
    Some((
        *Class::ALL.get(inside / 4)?,
        *Position::ALL.get(inside % 4)?,
    ))
}

/// Returns whether a name is still open behind a token with this label.
pub(crate) fn leaves_open(label: u8) -> bool {
    matches!(parts(label), Some((_, Position::Begin | Position::Inside)))
}

/// Returns whether a token with this label goes on with a name that stands open.
pub(crate) fn goes_on(label: u8) -> bool {
    matches!(parts(label), Some((_, Position::Inside | Position::Last)))
}

/// Returns whether `after` may follow `before`.
pub(crate) fn may_follow(before: u8, after: u8) -> bool {
    if !leaves_open(before) {
        return !goes_on(after);
    }
    goes_on(after) && parts(before).map(|(class, _)| class) == parts(after).map(|(class, _)| class)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_and_parts_are_two_ways_of_saying_the_same() {
        let mut seen = vec![OUTSIDE];
        for class in Class::ALL {
            for position in Position::ALL {
                let label = label(class, position);
                assert_eq!(parts(label), Some((class, position)));
                seen.push(label);
            }
            assert_eq!(Class::from_conll(class.as_conll()), Some(class));
        }
        assert_eq!(seen, (0..17).collect::<Vec<u8>>());
        assert_eq!((parts(OUTSIDE), parts(17)), (None, None));
    }

    #[test]
    fn a_name_ends_before_another_begins() {
        use Class::{Organisation, Person};
        use Position::{Begin, Inside, Last, Unit};
        let per = |position| label(Person, position);
        let org = |position| label(Organisation, position);
        for (before, after, allowed) in [
            (OUTSIDE, OUTSIDE, true),
            (OUTSIDE, per(Begin), true),
            (OUTSIDE, per(Inside), false),
            (OUTSIDE, per(Last), false),
            (per(Begin), per(Last), true),
            (per(Begin), per(Inside), true),
            (per(Begin), org(Last), false),
            (per(Begin), OUTSIDE, false),
            (per(Begin), per(Unit), false),
            (per(Inside), per(Last), true),
            (per(Last), org(Begin), true),
            (per(Last), per(Last), false),
            (per(Unit), OUTSIDE, true),
        ] {
            assert_eq!(may_follow(before, after), allowed, "{before} {after}");
        }
    }
}
