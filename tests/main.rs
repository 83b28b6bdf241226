//! Everything that checks the program from outside; unit tests stand in the files they test.
