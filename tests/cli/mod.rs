mod index;
mod query;
