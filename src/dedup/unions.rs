//! What belongs together.

/// Numbers from 0 on, joined into sets.
pub(crate) struct Unions(Vec<u32>);

impl Unions {
    /// Makes `count` sets of one number each.
    pub(crate) fn new(count: usize) -> Unions {
        Unions((0..).take(count).collect())
    }

    /// Returns the least number of the set `number` is in.
    pub(crate) fn root(&mut self, number: u32) -> u32 {
        let mut root = number;
        while let Some(up) = self.0.get(root as usize)
            && *up != root
        {
            root = *up;
        }
        let mut here = number;
        while here != root
            && let Some(up) = self.0.get_mut(here as usize)
        {
            here = std::mem::replace(up, root);
        }
        root
    }

    /// Makes one set of two.
    pub(crate) fn join(&mut self, one: u32, other: u32) {
        let (one, other) = (self.root(one), self.root(other));
        if let Some(up) = self.0.get_mut(one.max(other) as usize) {
            *up = one.min(other);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_of_joining_does_not_matter() {
        for pairs in [[(3, 1), (4, 3), (0, 2)], [(2, 0), (3, 4), (1, 4)]] {
            let mut unions = Unions::new(5);
            for (one, other) in pairs {
                unions.join(one, other);
            }
            let roots: Vec<u32> = (0..5).map(|number| unions.root(number)).collect();
            assert_eq!(roots, [0, 1, 0, 1, 1]);
        }
    }
}
