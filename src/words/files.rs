//! Placeholder until the branch with the file checks comes in.
