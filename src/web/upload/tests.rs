use super::*;
use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::http::Request;
use axum::routing::post;
use futures_util::stream;
use std::sync::Arc;
use std::sync::Mutex;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tower::ServiceExt;

const BOUNDARY: &str = "----tap";
const MB: usize = 1024 * 1024;

/// A body as browsers write it.
#[derive(Default)]
struct Form(Vec<u8>);

impl Form {
    fn part(mut self, disposition: &[u8], content: &[u8]) -> Self {
        self.0.extend_from_slice(format!("--{BOUNDARY}\r\n").as_bytes());
        self.0.extend_from_slice(b"Content-Disposition: form-data; ");
        self.0.extend_from_slice(disposition);
        self.0.extend_from_slice(b"\r\n\r\n");
        self.0.extend_from_slice(content);
        self.0.extend_from_slice(b"\r\n");
        self
    }

    fn text(self, name: &str, value: impl AsRef<[u8]>) -> Self {
        self.part(format!("name=\"{name}\"").as_bytes(), value.as_ref())
    }

    fn file(self, name: &str, file: &str, content: &[u8]) -> Self {
        let disposition = format!("name=\"{name}\"; filename=\"{file}\"");
        self.part(disposition.as_bytes(), content)
    }

    fn end(mut self) -> Vec<u8> {
        self.0.extend_from_slice(format!("--{BOUNDARY}--\r\n").as_bytes());
        self.0
    }
}

type Seen = Arc<Mutex<Option<Result<Upload, UploadError>>>>;

fn app(limits: Limits, seen: Seen) -> Router {
    let handler = |State((limits, seen)): State<(Limits, Seen)>, form: Multipart| async move {
        let outcome = read(form, &limits).await;
        let status = match &outcome {
            Ok(_) => StatusCode::OK,
            Err(error) => error.stopped.status(),
        };
        *seen.lock().unwrap() = Some(outcome);
        status
    };
    Router::new().route("/", post(handler)).layer(body_limit()).with_state((limits, seen))
}

async fn sent(body: impl Into<Body>, limits: Limits) -> Result<Upload, UploadError> {
    let seen = Seen::default();
    let request = Request::post("/")
        .header("content-type", format!("multipart/form-data; boundary={BOUNDARY}"))
        .body(body.into())
        .unwrap();
    app(limits, seen.clone()).oneshot(request).await.unwrap();
    let outcome = seen.lock().unwrap().take();
    outcome.expect("the handler ran")
}

fn pair(name: &str, value: &str) -> (String, String) {
    (name.to_owned(), value.to_owned())
}

#[tokio::test]
async fn texts_and_files_come_in_the_order_sent() {
    let body = Form::default()
        .text("so", "390/KH-BCĐ")
        .file("tep", "Kế hoạch.pdf", b"%PDF-1.4 ...")
        .text("nguoi_ky", "")
        .end();
    let upload = sent(body, Limits::default()).await.unwrap();
    assert_eq!(upload.fields, [pair("so", "390/KH-BCĐ"), pair("nguoi_ky", "")]);
    let [file] = &upload.files[..] else { panic!("one file") };
    assert_eq!((file.field.as_str(), file.raw_name.as_str()), ("tep", "Kế hoạch.pdf"));
    assert_eq!(file.content.size(), 12);
    assert_eq!(file.content.hash(), crate::platform::files::ContentHash::of(b"%PDF-1.4 ..."));
}

#[tokio::test]
async fn a_file_control_left_alone_is_no_file_but_an_empty_file_is_one() {
    let body = Form::default().file("tep", "", b"").file("anh", "rong.png", b"").end();
    let upload = sent(body, Limits::default()).await.unwrap();
    let [file] = &upload.files[..] else { panic!("one file") };
    assert_eq!((file.raw_name.as_str(), file.content.size()), ("rong.png", 0));
}

#[tokio::test]
async fn a_file_name_that_is_not_utf8_does_not_turn_the_file_into_a_text() {
    let body = Form::default().part(b"name=\"tep\"; filename=\"B\xe1o.pdf\"", b"\xff\xfe\x00").end();
    let upload = sent(body, Limits::default()).await.unwrap();
    assert!(upload.fields.is_empty());
    assert_eq!(upload.files[0].content.size(), 3);
}

#[tokio::test]
async fn twenty_megabytes_are_taken_and_one_byte_more_is_not_but_the_texts_stay() {
    let body = |size| {
        Form::default()
            .text("truoc", "đã gõ trước")
            .file("tep", "to.pdf", &vec![b'a'; size])
            .text("sau", "đã gõ sau")
            .end()
    };
    let upload = sent(body(20 * MB), Limits::default()).await.unwrap();
    assert_eq!(upload.files[0].content.size(), 20 * MB as u64);

    let error = sent(body(20 * MB + 1), Limits::default()).await.unwrap_err();
    assert!(
        matches!(&error.stopped, Stopped::FileTooLarge { field, limit } if field == "tep" && *limit == MAX_FILE_BYTES)
    );
    assert_eq!(error.stopped.status(), StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(error.fields, [pair("truoc", "đã gõ trước"), pair("sau", "đã gõ sau")]);
}

#[tokio::test]
async fn a_text_that_is_not_utf8_is_an_answer_with_all_texts() {
    let body = Form::default().text("ghi_chu", b"To \xff 7").text("so", "12").end();
    let error = sent(body, Limits::default()).await.unwrap_err();
    assert!(matches!(error.stopped, Stopped::NotUtf8 { ref field } if field == "ghi_chu"));
    assert_eq!(error.stopped.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(error.fields, [pair("ghi_chu", "To \u{fffd} 7"), pair("so", "12")]);
}

#[tokio::test]
async fn a_text_at_its_limit_is_taken_and_a_longer_one_is_cut_between_letters() {
    let full = "ế".repeat(64 * 1024 / 3);
    let ok = Form::default().text("a", &full).end();
    assert_eq!(sent(ok, Limits::default()).await.unwrap().fields[0].1, full);
    let long = Form::default().text("a", "ế".repeat(30_000)).text("b", "x").end();
    let error = sent(long, Limits::default()).await.unwrap_err();
    assert!(matches!(error.stopped, Stopped::TextTooLong { .. }));
    assert_eq!(error.fields, [pair("a", &full), pair("b", "x")]);
}

#[tokio::test]
async fn too_many_parts_stop_the_reading() {
    let form = |n| (0..n).fold(Form::default(), |form, i| form.text(&format!("f{i}"), "x"));
    let upload = sent(form(100).end(), Limits::default()).await.unwrap();
    assert_eq!(upload.fields.len(), 100);
    let error = sent(form(101).end(), Limits::default()).await.unwrap_err();
    assert!(matches!(error.stopped, Stopped::TooManyParts { limit: 100 }));
    assert_eq!(error.fields.len(), 100);
}

#[tokio::test]
async fn many_files_together_stop_at_the_whole_limit() {
    let limits = Limits { file: 600, body: 1_000, ..Limits::default() };
    let body = Form::default().text("a", "x").file("t", "1.pdf", &[b'a'; 600]).file("t", "2.pdf", &[b'a'; 600]).end();
    let error = sent(body, limits).await.unwrap_err();
    assert!(matches!(error.stopped, Stopped::BodyTooLarge { limit: 1_000 }));
    assert_eq!(error.fields, [pair("a", "x")]);
}

#[tokio::test]
async fn a_body_that_breaks_off_is_an_answer_wherever_it_breaks() {
    let whole = Form::default().text("a", "x").file("t", "1.pdf", b"abc").end();
    // The last four bytes are "--" and a line end; the form is complete with the "--".
    for end in 0..whole.len() - 4 {
        let error = sent(whole[..end].to_vec(), Limits::default()).await;
        let error = error.map(|_| end).unwrap_err();
        assert!(matches!(error.stopped, Stopped::BrokenOff), "{end}");
    }
}

#[tokio::test]
async fn silence_ends_the_reading_and_keeps_what_was_typed() {
    let mut start = Form::default().text("a", "x").0;
    start.extend_from_slice(
        format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"t\"; filename=\"1.pdf\"\r\n\r\nabc").as_bytes(),
    );
    let first = stream::iter([Ok::<_, std::io::Error>(Bytes::from(start))]);
    let body = Body::from_stream(stream::StreamExt::chain(first, stream::pending()));
    let limits = Limits { silence: Duration::from_millis(50), ..Limits::default() };
    let error = sent(body, limits).await.unwrap_err();
    assert!(matches!(error.stopped, Stopped::Stalled));
    assert_eq!(error.fields, [pair("a", "x")]);
}

#[tokio::test]
async fn a_folder_that_is_gone_is_our_failure_not_the_persons() {
    let limits = Limits { folder: "/nonexistent/folder".into(), ..Limits::default() };
    let body = Form::default().text("a", "x").file("t", "1.pdf", b"abc").end();
    let error = sent(body, limits).await.unwrap_err();
    assert!(matches!(error.stopped, Stopped::Disk(_)));
    assert_eq!(error.stopped.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(error.fields, [pair("a", "x")]);
}

/// Over a real connection: a client that writes its whole body before it reads, as browsers do,
/// gets the answer and no reset.
#[tokio::test]
async fn a_browser_sending_too_much_gets_the_answer() {
    let seen = Seen::default();
    let app = app(Limits::default(), seen.clone());
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let server = tokio::spawn(async move { axum::serve(listener, app).await });

    let body = Form::default().file("tep", "to.pdf", &vec![b'a'; 40 * MB]).text("sau", "đã gõ").end();
    let mut client = tokio::net::TcpStream::connect(address).await.unwrap();
    let head = format!(
        "POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: multipart/form-data; boundary={BOUNDARY}\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    client.write_all(head.as_bytes()).await.unwrap();
    client.write_all(&body).await.unwrap();
    let mut answer = String::new();
    client.read_to_string(&mut answer).await.unwrap();
    server.abort();

    assert!(answer.starts_with("HTTP/1.1 413"), "{answer}");
    let error = seen.lock().unwrap().take().unwrap().unwrap_err();
    assert_eq!(error.fields, [pair("sau", "đã gõ")]);
}
