//! How much may wait between two stages.

use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

/// Bytes that may be in flight at a time.
#[derive(Debug)]
pub struct ByteBudget {
    bytes: usize,
    taken: Mutex<usize>,
    freed: Condvar,
}

/// A share of a [`ByteBudget`], given back when it is dropped.
#[derive(Debug)]
pub struct Permit {
    budget: Arc<ByteBudget>,
    bytes: usize,
}

impl ByteBudget {
    /// Makes a budget of `bytes`.
    pub fn new(bytes: usize) -> ByteBudget {
        ByteBudget {
            bytes,
            taken: Mutex::new(0),
            freed: Condvar::new(),
        }
    }

    /// Waits until `bytes` are free and takes them; more than the whole budget is given when
    /// nothing else is taken.
    pub fn take(self: &Arc<Self>, bytes: usize) -> Permit {
        let mut taken = self.lock();
        while *taken > 0 && *taken + bytes > self.bytes {
            taken = self
                .freed
                .wait(taken)
                .unwrap_or_else(PoisonError::into_inner);
        }
        *taken += bytes;
        Permit {
            budget: Arc::clone(self),
            bytes,
        }
    }

    fn lock(&self) -> MutexGuard<'_, usize> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Permit {
    fn drop(&mut self) {
        *self.budget.lock() -= self.bytes;
        self.budget.freed.notify_all();
    }
}
