//! Bình Yên.
