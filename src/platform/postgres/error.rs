//! What can go wrong with the private server, each with the words that put it right.

use std::io;
use std::path::PathBuf;

use super::OLDEST_VERSION;

/// Why PostgreSQL is not there, or not as the program needs it. The text is for the person at the terminal: the fact, then what to
/// type.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PostgresError {
    /// No folder known to hold `postgres` and `initdb` does.
    #[error(
        "Máy này chưa có PostgreSQL. Trong thư mục mã nguồn, gõ: make setup\n\
         Nơi khác: sudo apt-get install postgresql (Debian, Ubuntu), hoặc brew install postgresql@17 (macOS).\n\
         Đã cài ở chỗ riêng thì thêm thư mục bin của nó vào PATH."
    )]
    Missing,

    /// There are binaries, but none new enough.
    #[error(
        "Máy này chỉ có PostgreSQL {found}, cần từ bản {OLDEST_VERSION}. Gõ: sudo apt-get install postgresql-{OLDEST_VERSION}\n\
         hoặc bản mới hơn mà kho gói của máy có (xem: apt-cache search --names-only '^postgresql-[0-9]+$')."
    )]
    TooOld {
        /// The versions found, newest first, for a person to read.
        found: String,
    },

    /// The folder was made by a major version that is no longer installed.
    #[error(
        "Dữ liệu ở {} do PostgreSQL {wanted} tạo ra, máy này có bản {found}.\n\
         Gõ: sudo apt-get install postgresql-{wanted}, hoặc chọn một thư mục dữ liệu khác.", folder.display()
    )]
    OtherVersion {
        /// The data folder.
        folder: PathBuf,
        /// The major version that made it.
        wanted: u32,
        /// The versions found, for a person to read.
        found: String,
    },

    /// A server reached by address is too old.
    #[error(
        "Máy chủ cơ sở dữ liệu chạy PostgreSQL {found}, cần từ bản {OLDEST_VERSION}. Nâng cấp máy chủ rồi chạy lại."
    )]
    ServerTooOld {
        /// The server's own version text.
        found: String,
    },

    /// PostgreSQL refuses to run as root, and there is no account to run it as.
    #[error(
        "Đang chạy bằng root, mà máy chưa có tài khoản postgres để giao PostgreSQL.\n\
         Gõ: adduser --system --group --no-create-home postgres\n\
         hoặc chạy chương trình bằng một tài khoản thường."
    )]
    NoAccount,

    /// The path of the socket does not fit into what the kernel takes.
    #[error(
        "Đường dẫn {} dài {length} byte, ổ nối của PostgreSQL chỉ nhận dưới {limit} byte.\n\
         Chọn một thư mục có đường dẫn ngắn hơn, ví dụ: --dir /tmp/binhyen-pg", socket.display()
    )]
    PathTooLong {
        /// The socket that would be made.
        socket: PathBuf,
        /// Its length in bytes.
        length: usize,
        /// The first length that is too long.
        limit: usize,
    },

    /// A folder on the way cannot be entered by the account that runs the server.
    #[error(
        "Tài khoản postgres không vào được {}. Gõ: chmod o+x '{}'\n\
         hoặc để dữ liệu dưới /var/lib/binhyen.", folder.display(), folder.display()
    )]
    Unreachable {
        /// The folder that bars the way.
        folder: PathBuf,
    },

    /// The data belongs to another account than the one that would run the server.
    #[error(
        "Thư mục {} đang có dữ liệu của tài khoản số {owner}, còn PostgreSQL sẽ chạy bằng tài khoản số {wanted}.\n\
         Chạy lại bằng đúng tài khoản cũ (xem: ls -ld '{}'), hoặc chọn một thư mục trống.", folder.display(), folder.display()
    )]
    ForeignOwner {
        /// The folder.
        folder: PathBuf,
        /// The user id that owns it.
        owner: u32,
        /// The user id that should.
        wanted: u32,
    },

    /// A file or folder could not be made, read or locked.
    #[error("Chưa dùng được {}: {source}.\nXem quyền của thư mục, gõ: ls -ld '{}'", path.display(), path.display())]
    Folder {
        /// What was being worked on.
        path: PathBuf,
        /// What the machine said.
        source: io::Error,
    },

    /// A program of PostgreSQL could not be run at all.
    #[error("Chưa chạy được {}: {source}.\nGõ thử: '{}' --version", program.display(), program.display())]
    Spawn {
        /// The program.
        program: PathBuf,
        /// What the machine said.
        source: io::Error,
    },

    /// `initdb` ended with an error.
    #[error("Chưa tạo được dữ liệu PostgreSQL ở {}. initdb báo:\n{output}", folder.display())]
    Initdb {
        /// The folder being made.
        folder: PathBuf,
        /// The last lines that `initdb` wrote.
        output: String,
    },

    /// The server ended at once, or did not answer in time.
    #[error("PostgreSQL chưa chạy lên được. Cuối nhật ký {} ghi:\n{tail}", log.display())]
    NotStarted {
        /// The server's log.
        log: PathBuf,
        /// Its last lines.
        tail: String,
    },

    /// Another program holds the start lock for too long.
    #[error(
        "Một chương trình khác giữ {} đã quá {seconds} giây. Xem chương trình nào, gõ: fuser -v '{}'",
        lock.display(), lock.display()
    )]
    Busy {
        /// The lock file.
        lock: PathBuf,
        /// How long it was waited for.
        seconds: u64,
    },

    /// The server did not end after a fast shutdown.
    #[error("PostgreSQL (tiến trình {pid}) chưa dừng sau {seconds} giây. Dừng ngay, gõ: kill -QUIT {pid}")]
    NotStopped {
        /// The server's process.
        pid: i32,
        /// How long it was waited for.
        seconds: u64,
    },

    /// The server answered with an error while roles and database were set up, or could not be reached.
    #[error("Chưa lập được vai trò và cơ sở dữ liệu {database}: {source}")]
    Cluster {
        /// The database being set up.
        database: String,
        /// What the server said.
        source: sqlx::Error,
    },
}
