//! Settings: flags, environment, and secrets from files.

use std::net::SocketAddr;
use std::path::PathBuf;

use anyhow::Context;
use clap::{Args, Parser, Subcommand};

use crate::platform::clock::Start;

/// Bình Yên: chương trình "An toàn về an ninh, trật tự" của một phường.
#[derive(Debug, Parser)]
#[command(name = "binhyen", version, about, propagate_version = true)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
    /// How much the log says, as tracing filters (info, binhyen=debug).
    #[arg(long, global = true, env = "BINHYEN_LOG", default_value = "info,sqlx=warn,tower_http=warn")]
    pub log: String,
    /// Write the log as JSON, one object a line.
    #[arg(long, global = true, env = "BINHYEN_LOG_JSON")]
    pub log_json: bool,
}

/// What the program can do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Chạy thử: PostgreSQL riêng, phường Phước Long, 24 tổ, tài khoản mẫu.
    Demo(Demo),
    /// Phục vụ thật. Từ chối chạy khi còn tài khoản mẫu.
    Serve(Serve),
    /// Làm các việc chờ, dọn phiên cũ, mỗi ngày xóa tên hộ hết thời hạn lưu.
    Work(Work),
    /// So số đếm đăng ký, ký cam kết với đếm lại từ đầu; mã thoát 1 khi lệch mà chưa sửa.
    Tally(Tally),
    /// Tạo hoặc nâng cấp lược đồ dữ liệu, rồi ban hành các bộ quy định đi kèm.
    Migrate(Migrate),
    /// Tạo người quản trị đầu tiên và in một liên kết dùng một lần.
    FirstSteward(FirstSteward),
    /// Kiểm tra hoặc ban hành một bộ quy định.
    #[command(subcommand)]
    Ruleset(RulesetCommand),
    /// Lấy dữ liệu từ tệp, với đúng các bước kiểm tra như trên trang.
    #[command(subcommand)]
    Import(ImportCommand),
    /// In bảng quyền (docs/permissions.md).
    Permissions,
    /// Hỏi /healthz của một chương trình đang chạy; mã thoát 0 khi còn sống.
    Healthcheck {
        /// Where it listens.
        #[arg(long, env = "BINHYEN_LISTEN", default_value = "127.0.0.1:8390")]
        listen: SocketAddr,
    },
    /// Bật một PostgreSQL riêng, chạy lệnh với địa chỉ của nó trong môi trường, rồi tắt.
    WithPostgres {
        /// Where its data lie.
        #[arg(long)]
        dir: Option<PathBuf>,
        /// The command and its arguments.
        #[arg(last = true, required = true)]
        command: Vec<std::ffi::OsString>,
    },
}

/// Where requests come in.
#[derive(Debug, Clone, Args)]
pub struct Listen {
    /// Address of the program; put TLS in front of it for anything but this machine.
    #[arg(long, env = "BINHYEN_LISTEN", default_value = "127.0.0.1:8390")]
    pub listen: SocketAddr,
    /// Address of /metrics; keep it on loopback.
    #[arg(long, env = "BINHYEN_METRICS_LISTEN", default_value = "127.0.0.1:9390")]
    pub metrics_listen: SocketAddr,
    /// Minutes without a click after which one signs in again (Nghị định 85/2016/NĐ-CP, mức cần đối chiếu).
    #[arg(long, env = "BINHYEN_IDLE_MINUTES", default_value_t = 15)]
    pub idle_minutes: i64,
    /// Addresses of the TLS proxies in front, separated by commas; this machine's own are always believed.
    #[arg(long, env = "BINHYEN_TRUSTED_PROXIES", value_delimiter = ',')]
    pub trusted_proxies: Vec<std::net::IpAddr>,
    /// Connections to the database.
    #[arg(long, env = "BINHYEN_CONNECTIONS", default_value_t = 16)]
    pub connections: u32,
    #[command(flatten)]
    #[allow(missing_docs, reason = "a group of flags, described where it is defined")]
    pub public: PublicUrl,
}

/// Where people open the program.
#[derive(Debug, Clone, Args)]
pub struct PublicUrl {
    /// Where people open the program: links and the QR codes on paper begin with it (unless set, the address it listens on).
    #[arg(long, env = "BINHYEN_PUBLIC_URL")]
    pub public_url: Option<String>,
}

/// Where files lie.
#[derive(Debug, Clone, Args)]
pub struct Files {
    /// Folder for files and temporary data.
    #[arg(long, env = "BINHYEN_DATA", default_value = ".data")]
    pub data: PathBuf,
    /// S3-compatible store instead of the folder: its endpoint.
    #[arg(long, env = "BINHYEN_S3_ENDPOINT", requires = "s3_bucket")]
    pub s3_endpoint: Option<String>,
    /// The bucket.
    #[arg(long, env = "BINHYEN_S3_BUCKET")]
    pub s3_bucket: Option<String>,
    /// The region.
    #[arg(long, env = "BINHYEN_S3_REGION", default_value = "us-east-1")]
    pub s3_region: String,
    /// The access key.
    #[arg(long, env = "BINHYEN_S3_KEY", default_value = "")]
    pub s3_key: String,
    /// File with the secret key.
    #[arg(long, env = "BINHYEN_S3_SECRET_FILE")]
    pub s3_secret_file: Option<PathBuf>,
}

/// The program's role in the database.
#[derive(Debug, Clone, Args)]
pub struct DatabaseUrl {
    /// PostgreSQL 15 or newer, as the role `binhyen_app`.
    #[arg(long, env = "DATABASE_URL", hide_env_values = true)]
    pub database_url: Option<String>,
    /// A file that holds the address, for secrets.
    #[arg(long, env = "DATABASE_URL_FILE")]
    pub database_url_file: Option<PathBuf>,
}

/// The migration role in the database.
#[derive(Debug, Clone, Args)]
pub struct MigrateUrl {
    /// The same database as the role `binhyen_migrate`.
    #[arg(long, env = "BINHYEN_MIGRATE_URL", hide_env_values = true)]
    pub migrate_url: Option<String>,
    /// A file that holds that address.
    #[arg(long, env = "BINHYEN_MIGRATE_URL_FILE")]
    pub migrate_url_file: Option<PathBuf>,
}

/// `binhyen demo`.
#[derive(Debug, Clone, Args)]
pub struct Demo {
    #[command(flatten)]
    #[allow(missing_docs, reason = "a group of flags, described where it is defined")]
    pub listen: Listen,
    #[command(flatten)]
    #[allow(missing_docs, reason = "a group of flags, described where it is defined")]
    pub files: Files,
    /// The day on which the demo stands: 2024-03-25, or 2024-11-14T15:20.
    #[arg(long, env = "BINHYEN_AS_OF", default_value = "2024-11-14T15:20")]
    pub as_of: Start,
    /// Begin with an untouched year: nothing registered, nothing submitted.
    #[arg(long)]
    pub blank: bool,
    /// Throw the demo's data away first.
    #[arg(long)]
    pub fresh: bool,
    /// Keep what is there, only the clock moves: how tests let months pass.
    #[arg(long, hide = true, conflicts_with = "fresh")]
    pub keep: bool,
    /// The desk of the reference ward does nothing from this day on: what waits for it is left to whoever tries or measures it.
    #[arg(long, hide = true, conflicts_with = "blank")]
    pub desk_rests: Option<chrono::NaiveDate>,
    /// Where the private PostgreSQL keeps its data.
    #[arg(long, env = "BINHYEN_PG")]
    pub pg: Option<PathBuf>,
}

/// `binhyen serve`.
#[derive(Debug, Clone, Args)]
pub struct Serve {
    #[command(flatten)]
    #[allow(missing_docs, reason = "a group of flags, described where it is defined")]
    pub listen: Listen,
    #[command(flatten)]
    #[allow(missing_docs, reason = "a group of flags, described where it is defined")]
    pub files: Files,
    #[command(flatten)]
    #[allow(missing_docs, reason = "a group of flags, described where it is defined")]
    pub database: DatabaseUrl,
}

/// `binhyen tally`.
#[derive(Debug, Clone, Args)]
pub struct Tally {
    #[command(flatten)]
    #[allow(missing_docs, reason = "a group of flags, described where it is defined")]
    pub database: MigrateUrl,
    /// Put the recount in the place of what differs.
    #[arg(long)]
    pub mend: bool,
}

/// `binhyen work`.
#[derive(Debug, Clone, Args)]
pub struct Work {
    #[command(flatten)]
    #[allow(missing_docs, reason = "a group of flags, described where it is defined")]
    pub database: DatabaseUrl,
    #[command(flatten)]
    #[allow(missing_docs, reason = "a group of flags, described where it is defined")]
    pub files: Files,
    /// Once, instead of until it is stopped.
    #[arg(long)]
    pub once: bool,
}

/// `binhyen migrate`.
#[derive(Debug, Clone, Args)]
pub struct Migrate {
    #[command(flatten)]
    #[allow(missing_docs, reason = "a group of flags, described where it is defined")]
    pub database: MigrateUrl,
}

/// `binhyen first-steward`.
#[derive(Debug, Clone, Args)]
pub struct FirstSteward {
    #[command(flatten)]
    #[allow(missing_docs, reason = "a group of flags, described where it is defined")]
    pub database: MigrateUrl,
    /// Tên tỉnh, ví dụ "tỉnh Khánh Hòa".
    #[arg(long)]
    pub province: String,
    /// Tên thành phố hoặc cấp trên, ví dụ "thành phố Nha Trang".
    #[arg(long)]
    pub city: String,
    /// Tên phường; bỏ trống để tạo quản trị của thành phố.
    #[arg(long)]
    pub ward: Option<String>,
    /// Mã phường trong số biên nhận, ví dụ PL.
    #[arg(long, default_value = "P")]
    pub ward_code: String,
    /// Số điện thoại để đăng nhập.
    #[arg(long)]
    pub phone: String,
    /// Họ tên.
    #[arg(long)]
    pub name: String,
    #[command(flatten)]
    #[allow(missing_docs, reason = "a group of flags, described where it is defined")]
    pub public: PublicUrl,
}

/// `binhyen import …`.
#[derive(Debug, Clone, Subcommand)]
pub enum ImportCommand {
    /// Đọc một danh sách hộ, nói mọi chỗ sai; thêm --write để ghi vào sổ.
    Households(ImportHouseholds),
}

/// `binhyen import households`.
#[derive(Debug, Clone, Args)]
pub struct ImportHouseholds {
    /// The spreadsheet.
    pub file: PathBuf,
    /// Số điện thoại của người có quyền nhập (tổ trưởng, cảnh sát khu vực, công an phường): việc ghi đứng tên người ấy.
    #[arg(long = "as", value_name = "PHONE")]
    pub acting: String,
    /// Mã tổ, ví dụ 07; bỏ trống khi tệp là của cả phường.
    #[arg(long)]
    pub group: Option<String>,
    /// Các hộ mới ở đây từ ngày nào, ví dụ 2023-11-16; bỏ trống thì là ngày đầu năm đánh giá.
    #[arg(long)]
    pub since: Option<chrono::NaiveDate>,
    /// Ghi vào sổ khi không có dòng nào phải sửa.
    #[arg(long)]
    pub write: bool,
    #[command(flatten)]
    #[allow(missing_docs, reason = "a group of flags, described where it is defined")]
    pub database: DatabaseUrl,
    #[command(flatten)]
    #[allow(missing_docs, reason = "a group of flags, described where it is defined")]
    pub migrate: MigrateUrl,
    #[command(flatten)]
    #[allow(missing_docs, reason = "a group of flags, described where it is defined")]
    pub files: Files,
}

/// `binhyen ruleset …`.
#[derive(Debug, Clone, Subcommand)]
pub enum RulesetCommand {
    /// Đọc một tệp và nói mọi chỗ sai.
    Check {
        /// The file.
        file: PathBuf,
    },
    /// Kiểm tra rồi ban hành thành một phiên bản không đổi được.
    Publish {
        /// The file.
        file: PathBuf,
        #[command(flatten)]
        #[allow(missing_docs, reason = "a group of flags, described where it is defined")]
        database: MigrateUrl,
    },
}

fn one_of(value: Option<&String>, file: Option<&PathBuf>, name: &str) -> anyhow::Result<String> {
    match (value, file) {
        (_, Some(path)) => Ok(std::fs::read_to_string(path)
            .with_context(|| format!("không đọc được {}", path.display()))?
            .trim()
            .to_owned()),
        (Some(value), None) => Ok(value.clone()),
        (None, None) => anyhow::bail!("Đặt {name} hoặc {name}_FILE, ví dụ {name}=postgres://binhyen_app@/binhyen"),
    }
}

impl PublicUrl {
    /// The address without a slash at its end; `place` is a host and port to take when none is set.
    #[must_use]
    pub fn or(&self, place: &str) -> String {
        match &self.public_url {
            Some(url) => url.trim().trim_end_matches('/').to_owned(),
            None => format!("http://{place}"),
        }
    }
}

impl DatabaseUrl {
    /// The address, from the flag, the environment or the file.
    ///
    /// # Errors
    /// When neither is set or the file cannot be read.
    pub fn get(&self) -> anyhow::Result<String> {
        one_of(self.database_url.as_ref(), self.database_url_file.as_ref(), "DATABASE_URL")
    }
}

impl MigrateUrl {
    /// The address, from the flag, the environment or the file.
    ///
    /// # Errors
    /// When neither is set or the file cannot be read.
    pub fn get(&self) -> anyhow::Result<String> {
        one_of(self.migrate_url.as_ref(), self.migrate_url_file.as_ref(), "BINHYEN_MIGRATE_URL")
    }
}
