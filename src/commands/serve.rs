//! Serving requests, for the demo and for real.

use std::net::SocketAddr;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Context;
use chrono::Duration;
use metrics_exporter_prometheus::PrometheusBuilder;
use secrecy::SecretString;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use crate::account::passwords::Passwords;
use crate::app::{App, Settings};
use crate::config::{Files, Listen, Serve};
use crate::platform::clock::Clock;
use crate::platform::db::Database;
use crate::platform::files::{FileStore, S3Settings};
use crate::platform::jobs::Bell;
use crate::platform::press::Press;
use crate::ruleset::cache::Rulesets;

/// Serves for real: refuses sample accounts, a role that could bypass the policies, and an old schema.
pub(super) async fn production(settings: Serve) -> anyhow::Result<()> {
    let db = Database::connect(&settings.database.get()?, settings.listen.connections).await?;
    if crate::account::sample_accounts_exist(&db).await? {
        anyhow::bail!(
            "Dữ liệu này còn tài khoản mẫu. Bản chạy thật không dùng dữ liệu thử: tạo một cơ sở dữ liệu mới."
        );
    }
    let app = App {
        db,
        clock: Clock::real(),
        files: file_store(&settings.files)?,
        rulesets: Rulesets::default(),
        passwords: Passwords::new(),
        bell: Bell::default(),
        press: Press::default(),
        settings: Arc::new(self::settings(&settings.listen, &settings.files, false)?),
    };
    run(app, &settings.listen).await
}

/// Settings of the running program; makes the folder for uploads on their way.
///
/// # Errors
/// When the folder cannot be made.
pub fn settings(listen: &Listen, files: &Files, demo: bool) -> anyhow::Result<Settings> {
    let scratch = files.data.join("scratch");
    std::fs::create_dir_all(&scratch).with_context(|| format!("không tạo được thư mục {}", scratch.display()))?;
    let (idle, proxies) = (Duration::minutes(listen.idle_minutes), listen.trusted_proxies.clone());
    let public_url = listen.public.or(&listen.listen.to_string());
    Ok(Settings { idle, demo, public_url, proxies, scratch })
}

/// The file store that the settings name.
///
/// # Errors
/// When the folder or the bucket's settings cannot be used.
pub fn file_store(files: &Files) -> anyhow::Result<FileStore> {
    let (Some(endpoint), Some(bucket)) = (&files.s3_endpoint, &files.s3_bucket) else {
        return Ok(FileStore::local(&files.data.join("files"))?);
    };
    let secret_file =
        files.s3_secret_file.as_deref().context("Đặt BINHYEN_S3_SECRET_FILE: tệp chứa khóa bí mật của S3")?;
    let secret = read_secret(secret_file)?;
    Ok(FileStore::s3(&S3Settings {
        endpoint: endpoint.clone(),
        bucket: bucket.clone(),
        region: files.s3_region.clone(),
        key: files.s3_key.clone(),
        secret,
        path_style: true,
    })?)
}

fn read_secret(file: &Path) -> anyhow::Result<SecretString> {
    let text = std::fs::read_to_string(file).with_context(|| format!("không đọc được {}", file.display()))?;
    Ok(SecretString::from(text.trim().to_owned()))
}

/// Serves until Ctrl-C or SIGTERM, then lets running requests finish.
///
/// # Errors
/// When an address cannot be listened on.
pub async fn run(app: App, listen: &Listen) -> anyhow::Result<()> {
    let db = app.db.clone();
    let listener =
        TcpListener::bind(listen.listen).await.with_context(|| format!("không mở được cổng {}", listen.listen))?;
    match PrometheusBuilder::new().install_recorder() {
        Ok(handle) => tokio::spawn(metrics_page(listen.metrics_listen, handle)),
        Err(error) => anyhow::bail!("metrics: {error}"),
    };
    tracing::info!(address = %listen.listen, "listening");
    let worker = tokio::spawn(super::worker::run(app.clone()));
    axum::serve(listener, crate::router::build(app).into_make_service_with_connect_info::<SocketAddr>())
        .with_graceful_shutdown(stopped())
        .await?;
    // A job cut short is begun anew when its lease has run out.
    worker.abort();
    db.close().await;
    Ok(())
}

/// /metrics on its own listener, so that the outer world cannot reach it by mistake. Without that port the program serves on.
async fn metrics_page(address: SocketAddr, handle: metrics_exporter_prometheus::PrometheusHandle) {
    let listener = match TcpListener::bind(address).await {
        Ok(listener) => listener,
        Err(error) => {
            tracing::warn!(%address, %error, "no metrics");
            return;
        }
    };
    let pages = axum::Router::new().route("/metrics", axum::routing::get(move || std::future::ready(handle.render())));
    if let Err(error) = axum::serve(listener, pages).await {
        tracing::warn!(%error, "metrics stopped");
    }
}

async fn stopped() {
    let terminated = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(_) => std::future::pending().await,
        }
    };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        () = terminated => {}
    }
}

/// Asks `/healthz`: for a container that has no other program to ask with.
pub(super) async fn healthcheck(address: SocketAddr) -> ExitCode {
    match ask(address).await {
        Ok(true) => ExitCode::SUCCESS,
        _ => ExitCode::FAILURE,
    }
}

async fn ask(address: SocketAddr) -> std::io::Result<bool> {
    let mut stream = TcpStream::connect(address).await?;
    stream.write_all(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").await?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await?;
    Ok(answer.starts_with(b"HTTP/1.1 200"))
}
