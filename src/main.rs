//! Bình Yên.
fn main(){}
