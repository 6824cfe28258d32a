//! stub
#![allow(missing_docs)]
pub async fn run(_: crate::config::Demo) -> anyhow::Result<()> {
    anyhow::bail!("stub")
}
