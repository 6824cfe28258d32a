//! Bình Yên: the web application with which a ward runs its yearly programme "An toàn về an ninh, trật tự".
//!
//! Feature is the folder, layer is the file name; `docs/architecture.md` is the map.

pub mod access;
pub mod account;
pub mod app;
pub mod appraisal;
pub mod area;
pub mod bundle;
pub mod certificate;
pub mod commands;
pub mod config;
pub mod cycle;
pub mod demo;
pub mod dossier;
pub mod home;
pub mod household;
pub mod import;
pub mod incident;
pub mod journal;
pub mod meeting;
pub mod paper;
pub mod participation;
pub mod platform;
pub mod privacy;
pub mod recognition;
pub mod router;
pub mod ruleset;
pub mod upload;
pub mod web;
pub mod wording;
pub mod words;
