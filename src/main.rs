//! Hands the arguments to the program and its exit code to the shell.

fn main() {}
