//! The program itself, from its command line.

use std::{
    io::{BufRead, BufReader},
    process::{Child, Command, Output, Stdio},
};

use serde_json::Value;

use crate::{
    house::{House, house},
    smtp::{LOGIN, SECRET, Smtp, Way},
};

fn run(house: &House, arguments: &[&str], database: &str) -> Output {
    Command::new(env!("CARGO_BIN_EXE_semainier-portal"))
        .args(arguments)
        .env("PORTAL_OWNER_DATABASE", &house.owner_address)
        .env("PORTAL_DATABASE", database)
        .env("PORTAL_LISTEN", "127.0.0.1:0")
        .output()
        .unwrap()
}

#[tokio::test]
async fn a_practice_is_taken_in_by_the_command_line_and_its_secret_works() {
    let house = house!();
    assert!(run(&house, &["migrate"], "").status.success(), "a schema that is up to date stays as it is");
    let id = portal::secret::make_id().to_string();
    let added = run(&house, &["tenant", "add", "--id", &id, "Cabinet d’Agdal"], "");
    let made: Value = serde_json::from_slice(&added.stdout).unwrap();
    assert_eq!(made["practice"], id.as_str());
    let ask = |made: &Value| {
        let of = |name: &str| made[name].as_str().unwrap().to_owned();
        format!("grant_type=client_credentials&client_id={}&client_secret={}", of("client_id"), of("client_secret"))
    };
    assert_eq!(house.send("POST", "/oauth/token", &[], &ask(&made)).await.status, 200);
    let twice = run(&house, &["tenant", "add", "--id", &id, "Cabinet d’Agdal"], "");
    assert!(!twice.status.success() && twice.stdout.is_empty());
    let renewed: Value = serde_json::from_slice(&run(&house, &["tenant", "renew", &id], "").stdout).unwrap();
    assert_eq!(house.send("POST", "/oauth/token", &[], &ask(&made)).await.status, 401);
    assert_eq!(house.send("POST", "/oauth/token", &[], &ask(&renewed)).await.status, 200);
}

#[tokio::test]
async fn it_does_not_serve_as_a_role_that_passes_walls_nor_without_a_way_to_send() {
    let house = house!();
    let as_owner = run(&house, &["serve", "--development"], &house.owner_address);
    let said = String::from_utf8_lossy(&as_owner.stderr).into_owned();
    assert!(!as_owner.status.success() && said.contains("passes the walls"), "{said}");
    let plain = run(&house, &["serve"], &house.owner_address);
    assert!(!plain.status.success() && String::from_utf8_lossy(&plain.stderr).contains("no way to send messages"));
    // A wrong address is told without its password.
    let wrong = run(&house, &["serve", "--development"], "postgres://somebody:SECRET@127.0.0.1:1/none");
    let said = String::from_utf8_lossy(&wrong.stderr).into_owned();
    assert!(!wrong.status.success() && !said.contains("SECRET") && !said.contains("somebody"), "{said}");
}

/// As it is run for real persons: a code goes by a real mail server, and nothing of it stands in the log.
#[tokio::test]
async fn it_serves_without_development_where_a_mail_server_is_set_up() {
    let mut house = house!();
    let Some(smtp) = Smtp::start(Way::StartTls) else { return };
    let office = house.office().await;
    let key = key_file();
    let mut child = Command::new(env!("CARGO_BIN_EXE_semainier-portal"))
        .arg("serve")
        .env("PORTAL_DATABASE", &house.portal_address)
        .env("PORTAL_LISTEN", "127.0.0.1:0")
        .env("PORTAL_SIGNING_KEY", &key)
        .env("PORTAL_SMTP_HOST", "127.0.0.1")
        .env("PORTAL_SMTP_PORT", smtp.port().to_string())
        .env("PORTAL_SMTP_SECURITY", "starttls")
        .env("PORTAL_SMTP_AUTHORITY", smtp.authority_file())
        .env("PORTAL_SMTP_LOGIN", LOGIN)
        .env("PORTAL_SMTP_PASSWORD", SECRET)
        .env("PORTAL_MAIL_FROM", "rdv@example.org")
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stderr.take().unwrap()).lines().map_while(Result::ok);
    let mut log: Vec<String> = Vec::new();
    let listening = lines.by_ref().find(|line| {
        log.push(line.clone());
        line.contains("listening")
    });
    let listening: Value = serde_json::from_str(&listening.unwrap()).unwrap();
    house.base = format!("http://{}", listening["what"].as_str().unwrap());
    let path = format!("/fr/{}/identify", office.practice);
    let headers = [("content-type", "application/x-www-form-urlencoded")];
    // There is no text message gateway: a phone proves nothing here.
    let by_phone = house.send("POST", &path, &headers, "contact=0612345678").await;
    assert!(by_phone.status == 200 && by_phone.body.contains("aria-invalid"), "{}", by_phone.body);
    let asked = house.send("POST", &path, &headers, "contact=lea%40example.org").await;
    assert!(asked.body.contains("one-time-code"), "{}", asked.body);
    let mut arrived = Vec::new();
    for _ in 0..200 {
        arrived = smtp.arrived();
        if !arrived.is_empty() {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    child.kill().unwrap();
    child.wait().unwrap();
    std::fs::remove_file(&key).expect("it made its key");
    assert_eq!((arrived.len(), arrived[0].to.as_slice()), (1, ["lea@example.org".to_owned()].as_slice()));
    assert!(arrived[0].encrypted && arrived[0].body().contains("Votre code"));
    log.extend(lines);
    let log = log.join("\n");
    assert!(log.contains("no text message gateway") && !log.contains("lea@") && !log.contains(SECRET), "{log}");
}

/// The program serving, and the address it is served at.
fn serve(house: &mut House, key: &std::path::Path) -> (Child, impl Iterator<Item = String> + use<>) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_semainier-portal"))
        .args(["serve", "--development"])
        .env("PORTAL_DATABASE", &house.portal_address)
        .env("PORTAL_LISTEN", "127.0.0.1:0")
        .env("PORTAL_SIGNING_KEY", key)
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stderr.take().unwrap()).lines().map_while(Result::ok);
    let first: Value = serde_json::from_str(&lines.next().unwrap()).unwrap();
    house.base = format!("http://{}", first["what"].as_str().unwrap());
    (child, lines)
}

fn key_file() -> std::path::PathBuf {
    std::env::temp_dir().join(format!("portal-key-{}", portal::secret::make_id()))
}

#[tokio::test]
async fn it_stops_when_it_is_told_though_somebody_listens_to_events() {
    let mut house = house!();
    let office = house.office().await;
    let key = key_file();
    let (mut child, _lines) = serve(&mut house, &key);
    let client = hyper_util::client::legacy::Client::builder(hyper_util::rt::TokioExecutor::new()).build_http();
    let request = axum::http::Request::get(format!("{}/events", house.base))
        .header("authorization", format!("Bearer {}", office.token))
        .body(http_body_util::Full::<axum::body::Bytes>::default())
        .unwrap();
    // The answer has begun, and goes on for as long as the token lasts; the token's clock is another than this house's.
    let _listening = client.request(request).await.unwrap();
    let told = Command::new("kill").args(["-TERM", &child.id().to_string()]).status().unwrap();
    assert!(told.success());
    let mut ended = None;
    for _ in 0..100 {
        ended = child.try_wait().unwrap();
        if ended.is_some() {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    let _ = child.kill();
    std::fs::remove_file(&key).expect("it made its key");
    assert!(ended.is_some_and(|status| status.success()), "it ended by itself, in good order");
}

/// Nobody has to tell it: the running program deletes what is past its time.
#[tokio::test]
async fn it_purges_by_itself() {
    let mut house = house!();
    let office = house.office().await;
    let hash = portal::secret::hash(&[b"a visit of long ago"]);
    let long_ago = "2026-01-01T08:00:00Z".parse().unwrap();
    let mut tx = house.portal.store.begin(office.practice).await.unwrap();
    tx.begin_visit(&hash, long_ago).await.unwrap();
    tx.commit().await.unwrap();
    let key = key_file();
    let (mut child, _lines) = serve(&mut house, &key);
    let began = std::time::Instant::now();
    loop {
        let mut tx = house.portal.store.begin(office.practice).await.unwrap();
        if tx.visit(&hash, long_ago).await.unwrap().is_none() {
            break;
        }
        assert!(began.elapsed().as_secs() < 30, "what is past its time stays");
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    let _ = child.kill();
    let _ = child.wait();
    std::fs::remove_file(&key).unwrap();
}

/// The process as it really runs: what it writes down names routes and outcomes, and nobody.
#[tokio::test]
async fn its_log_names_nobody_and_no_practice() {
    let mut house = house!();
    let (office, schedule) = house.practice().await;
    let key = key_file();
    let (mut child, mut lines) = serve(&mut house, &key);
    let practice = office.practice;
    let body = "code=CANARY1&contact=%2B33612345678";
    for (method, path, body) in [
        ("GET", "/fr?q=CANARY2".to_owned(), ""),
        ("GET", format!("/fr/{practice}/s/{}?from=CANARY3", schedule.id.0), ""),
        ("POST", format!("/fr/{practice}/appointment"), body),
        ("GET", format!("/fhir/Appointment?identifier=CANARY4&practice={practice}"), ""),
        ("PUT", "/fhir/Appointment/CANARY5".to_owned(), "{\"note\":\"CANARY6\"}"),
        ("CANARY7", "/CANARY8/CANARY9/CANARY10/CANARY11/CANARY12".to_owned(), ""),
    ] {
        house.send(method, &path, &[("user-agent", "CANARY13"), ("x-forwarded-for", "203.0.113.7")], body).await;
    }
    house.send("GET", "/health", &[], "").await;
    let mut log = Vec::new();
    for line in lines.by_ref() {
        let last = line.contains("/health");
        log.push(line);
        if last {
            break;
        }
    }
    child.kill().unwrap();
    child.wait().unwrap();
    std::fs::remove_file(&key).expect("it made its key");
    assert_eq!(log.len(), 7, "a line an answer: {log:?}");
    for line in &log {
        assert!(serde_json::from_str::<Value>(line).is_ok(), "{line}");
        for word in ["CANARY", "33612345678", "203.0.113.7", &practice.to_string(), &schedule.id.0.to_string()] {
            assert!(!line.contains(word), "{word}: {line}");
        }
    }
}
