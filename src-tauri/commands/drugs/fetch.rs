//! Fetches the official files from the authority's own address, when somebody asks for it: file by file, each written beside and
//! renamed when it is whole, so that what broke off goes on with the next file.
//!
//! Deliberately not here: any other address. Nothing is fetched unasked, and nothing of the practice is sent along.

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::import::Bytes;
use crate::caldav::DavError;
use crate::commands::CommandError;
use crate::import::drugs::BdpmFile;
use crate::net::{Address, Client, Credentials, NetError, Request};

/// Where the authority publishes the files.
pub(super) const OFFICIAL: &str = "https://base-donnees-publique.medicaments.gouv.fr/download/file/";
/// What was fetched longer ago than this is of yesterday's base: all seven files must be of one day.
const FRESH: Duration = Duration::from_secs(12 * 3600);

/// Where fetched files stand until they are imported. They are public.
pub(super) fn folder() -> PathBuf {
    directories::ProjectDirs::from("org", "Semainier", "Semainier")
        .map_or_else(|| PathBuf::from("semainier-drugs"), |folders| folders.cache_dir().join("drugs"))
}

/// Fetches what is not there yet; gives all files.
///
/// # Errors
/// The word of a [`NetError`], with the host; `download_missing` where the authority answers otherwise than with a file;
/// `download_failed` where this computer cannot keep one; `cancelled`.
pub(super) fn fetch(
    address: &str,
    folder: &Path,
    step: &mut dyn FnMut(usize, usize) -> ControlFlow<()>,
) -> Result<Bytes, CommandError> {
    let refused = |error: NetError| CommandError::from(DavError::Net(error));
    let base = Address::parse(address).map_err(refused)?;
    let told = |error: NetError| refused(error).with("host", base.host());
    let kept = |_| CommandError::new("download_failed");
    let client = Client::new(&base, "", Credentials::none()).map_err(told)?;
    std::fs::create_dir_all(folder).map_err(kept)?;
    let mut files = Bytes::new();
    for (done, file) in BdpmFile::ALL.into_iter().enumerate() {
        if step(done, BdpmFile::ALL.len()) == ControlFlow::Break(()) {
            return Err(CommandError::new("cancelled"));
        }
        let place = folder.join(file.name());
        if let Some(bytes) = fresh(&place) {
            files.insert(file.name(), bytes);
            continue;
        }
        let address = base.at(&format!("{}{}", base.path(), file.name()));
        let request = Request { method: "GET", address: &address, headers: &[], body: None };
        let answer = client.send(&request).map_err(told)?;
        // A page that says sorry is no file of the base.
        let page = answer.body.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'<');
        if answer.status != 200 || answer.body.is_empty() || page {
            let missing = CommandError::field("download_missing", "file").with("file", file.name());
            return Err(missing.with("host", base.host()));
        }
        let mut beside = tempfile::NamedTempFile::new_in(folder).map_err(kept)?;
        std::io::Write::write_all(&mut beside, &answer.body).map_err(kept)?;
        beside.persist(&place).map_err(|_| CommandError::new("download_failed"))?;
        files.insert(file.name(), answer.body);
    }
    Ok(files)
}

fn fresh(place: &Path) -> Option<Vec<u8>> {
    let written = std::fs::metadata(place).ok()?.modified().ok()?;
    if written.elapsed().ok()? > FRESH {
        return None;
    }
    std::fs::read(place).ok().filter(|bytes| !bytes.is_empty())
}

/// Removes what was fetched, once it is imported.
pub(super) fn forget(folder: &Path) {
    for file in BdpmFile::ALL {
        // Left there it costs a little room, and is fetched again tomorrow.
        let _ = std::fs::remove_file(folder.join(file.name()));
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Read, Write};
    use std::net::TcpListener;
    use std::thread;

    use super::*;

    /// Answers so many requests with the name that was asked for, one with what `odd` says; gives back the paths.
    fn serve(count: usize, odd: Option<(usize, &'static str)>) -> (String, thread::JoinHandle<Vec<String>>) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let server = thread::spawn(move || {
            let answer = |number: usize| {
                let (mut stream, _) = listener.accept().unwrap();
                let (mut asked, mut chunk) = (Vec::new(), [0; 4096]);
                while !asked.windows(4).any(|four| four == b"\r\n\r\n") {
                    let read = stream.read(&mut chunk).unwrap();
                    asked.extend_from_slice(&chunk[..read]);
                }
                let asked = String::from_utf8(asked).unwrap();
                assert!(!asked.to_lowercase().contains("authorization"), "nothing of the practice goes along");
                let path = asked.split(' ').nth(1).unwrap().to_owned();
                let whole =
                    format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{path}", path.len());
                let text = odd.filter(|(at, _)| *at == number).map_or(whole, |(_, text)| text.to_owned());
                stream.write_all(text.as_bytes()).unwrap();
                path
            };
            (0..count).map(answer).collect()
        });
        (format!("http://127.0.0.1:{port}/download/file/"), server)
    }

    #[test]
    fn what_broke_off_goes_on_with_the_file_that_is_missing() {
        let folder = tempfile::tempdir().unwrap();
        let mut go = |_, _| ControlFlow::Continue(());
        let sorry = "HTTP/1.1 200 OK\r\nContent-Length: 15\r\nConnection: close\r\n\r\n\n <html>désolé";
        for (odd, code) in [
            ("HTTP/1.1 503 No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", "download_missing"),
            (sorry, "download_missing"),
            ("HTTP/1.1 200 OK\r\nContent-Length: 99\r\nConnection: close\r\n\r\ncut", "server_unreachable"),
        ] {
            let already = BdpmFile::ALL.iter().filter(|file| folder.path().join(file.name()).exists()).count();
            assert!(already == 0 || already == 2);
            let (address, server) = serve(3 - already, Some((2 - already, odd)));
            assert_eq!(fetch(&address, folder.path(), &mut go).err().unwrap().code, code, "{odd}");
            server.join().unwrap();
        }
        let (address, server) = serve(5, None);
        let files = fetch(&address, folder.path(), &mut go).unwrap();
        assert_eq!(server.join().unwrap()[0], "/download/file/CIS_CIP_bdpm.txt", "two were there");
        assert_eq!(files.len(), 7);
        assert_eq!(files["CIS_MITM.txt"], b"/download/file/CIS_MITM.txt");
        forget(folder.path());
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0, "and no file that was begun");
    }

    #[test]
    fn it_stops_when_asked_and_says_which_host_is_not_there() {
        let folder = tempfile::tempdir().unwrap();
        let refused = fetch(OFFICIAL, folder.path(), &mut |_, _| ControlFlow::Break(())).err().unwrap();
        assert_eq!(refused.code, "cancelled", "before anything was asked of anybody");
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let nobody = format!("http://127.0.0.1:{port}/");
        let refused = fetch(&nobody, folder.path(), &mut |_, _| ControlFlow::Continue(())).err().unwrap();
        assert_eq!((refused.code.as_str(), refused.parameters["host"].as_str()), ("server_unreachable", "127.0.0.1"));
    }
}
