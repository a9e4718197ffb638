//! Clients that mean harm: floods, guesses by time and by text, the same thing sent again, texts that would be commands elsewhere.

use std::time::{Duration, Instant};

use domain::agenda::BookingCode;
use portal::secret::{self, Bearer};

use crate::{
    browser::{Browser, encode},
    house::{House, Office, house},
};

/// How many times each kind of guess is timed in a round, and how many rounds a noisy machine gets.
const SAMPLES: usize = 60;
const ROUNDS: usize = 6;

/// Times some requests in turn; whether no kind of them takes noticeably longer than another. What differs by nature differs in every
/// round; what differs by chance does not.
async fn take_alike(house: &House, kinds: &[(&str, String)], path: &str) {
    let mut told = Vec::new();
    for _ in 0..ROUNDS {
        let mut took: Vec<Vec<Duration>> = vec![Vec::new(); kinds.len()];
        for number in 0..SAMPLES {
            for at in 0..kinds.len() {
                // Each kind is first, second, third as often: what one leaves behind (a cache, a write) helps all.
                let at = (at + number) % kinds.len();
                let began = Instant::now();
                let answer = house.send("POST", path, &[], &kinds[at].1).await;
                took[at].push(began.elapsed());
                assert!(answer.status < 500, "{}", answer.body);
            }
        }
        let medians: Vec<f64> = took
            .iter_mut()
            .map(|all| {
                all.sort_unstable();
                all[all.len() / 2].as_secs_f64() * 1_000.0
            })
            .collect();
        let (least, most) =
            (medians.iter().copied().fold(f64::MAX, f64::min), medians.iter().copied().fold(0.0, f64::max));
        if most < least * 1.3 {
            return;
        }
        told.push(medians);
    }
    panic!("{:?} are told apart by their time: {told:?}", kinds.iter().map(|kind| kind.0).collect::<Vec<_>>());
}

#[tokio::test]
async fn codes_phones_and_secrets_are_not_told_apart_by_time() {
    let house = house!(House::make(1_000_000.0));
    let (office, schedule) = house.practice().await;
    let slot = house.free(&office, &schedule, 0).await;
    let booked = house.book(&office, &schedule, slot.id, "+33612345678").await.unwrap();
    let code = booked.code.unwrap();
    let other = BookingCode::from_number(code.number() ^ 5);
    let base = format!("/fr/{}", office.practice);
    let kinds = [
        ("a known code", format!("code={code}&contact=0612345679")),
        ("a known phone", format!("code={other}&contact=0612345678")),
        ("neither", format!("code={other}&contact=0612345679")),
    ];
    take_alike(&house, &kinds, &format!("{base}/appointment")).await;
    let kinds =
        [("who has an account", "contact=0612345678".to_owned()), ("who has none", "contact=0612345677".to_owned())];
    take_alike(&house, &kinds, &format!("{base}/identify")).await;
    let of = |client: &str| format!("grant_type=client_credentials&client_id={client}&client_secret=x");
    let nobody = format!("{}.{}", office.practice, secret::make_id());
    let kinds = [("a known client", of(&office.client_id)), ("an unknown client", of(&nobody))];
    take_alike(&house, &kinds, "/oauth/token").await;
}

#[tokio::test]
async fn a_flood_is_stopped_at_its_source_and_nobody_else_waits() {
    let house = house!(House::behind_a_proxy());
    let (office, _) = house.practice().await;
    let base = format!("/fr/{}", office.practice);
    let from = async |address: &str, method: &str, path: &str, body: &str| {
        house.send(method, path, &[("x-forwarded-for", address)], body).await
    };
    // Pages, from one address; what it says stands before it is its own invention.
    let mut statuses = Vec::new();
    for number in 0..130 {
        statuses
            .push(from(&format!("203.0.113.{number}, 192.0.2.1"), "GET", &format!("{base}/privacy"), "").await.status);
    }
    assert_eq!(statuses.iter().filter(|&&status| status == 200).count(), 120);
    let refused = from("192.0.2.1", "GET", &format!("{base}/privacy"), "").await;
    assert_eq!(refused.status, 429);
    assert!(refused.headers["retry-after"].to_str().unwrap().parse::<u64>().unwrap() >= 1);
    assert_eq!(from("192.0.2.2", "GET", &format!("{base}/privacy"), "").await.status, 200);
    // A network of the newer addresses is one address.
    let mut stopped = 0;
    for number in 0..130 {
        stopped += usize::from(from(&format!("2001:db8::{number:x}"), "GET", "/fr", "").await.status == 429);
    }
    assert_eq!(stopped, 10);
    // Codes to many, from one; and to one, from many.
    let mut sent = 0;
    for number in 0..30 {
        let body = format!("contact=06123456{number:02}");
        sent += usize::from(from("192.0.2.3", "POST", &format!("{base}/identify"), &body).await.status == 200);
    }
    assert_eq!(sent, 20, "one address sends so many codes");
    let mut sent = 0;
    for number in 0..10 {
        let address = format!("192.0.2.{}", 100 + number);
        sent +=
            usize::from(from(&address, "POST", &format!("{base}/identify"), "contact=0698765432").await.status == 200);
    }
    assert_eq!(sent, 3, "one phone gets so many codes, whoever asks");
    // Booking codes of many phones, guessed by one.
    let mut guesses = 0;
    for number in 0..20 {
        let body = format!("code={}&contact=06123456{number:02}", BookingCode::from_number(number));
        guesses += usize::from(from("192.0.2.4", "POST", &format!("{base}/appointment"), &body).await.status == 200);
    }
    assert_eq!(guesses, 10);
    // Tokens that were guessed.
    let mut guesses = 0;
    for _ in 0..40 {
        let bearer = format!("Bearer {}", Bearer::make(office.practice).text());
        let headers = [("authorization", bearer.as_str()), ("x-forwarded-for", "192.0.2.5")];
        guesses += usize::from(house.send("GET", "/practice/status", &headers, "").await.status == 401);
    }
    assert_eq!(guesses, 20);
    assert_eq!(
        house.call(&office, "GET", "/practice/status", &[], "").await.status,
        200,
        "the practice itself goes on"
    );
}

/// Somebody who stands before the form of a slot: the browser and its page.
async fn before_the_form<'a>(
    house: &'a House,
    office: &Office,
    slot: &str,
    phone: &str,
) -> (Browser<'a>, crate::house::Answer) {
    let browser = Browser::new(house);
    let asked = browser.get(slot).await;
    let details = browser.identify(office, &asked, &format!("/fr/{}", office.practice), phone).await;
    (browser, details)
}

#[tokio::test]
async fn a_form_that_is_sent_again_books_nothing_twice() {
    let house = house!(House::make(1_000.0));
    let (office, schedule) = house.practice().await;
    for number in 0..12 {
        house.free(&office, &schedule, number * 30).await;
    }
    let slot = house.free(&office, &schedule, 12 * 30).await;
    let base = format!("/fr/{}", office.practice);
    let at = format!("{base}/s/{}/book?type={}&slot={}", schedule.id.0, schedule.types[0].kind.id, slot.id.0);
    let (browser, details) = before_the_form(&house, &office, &at, "0612345678").await;
    let token = details.body.split("name=\"form\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
    let body = format!(
        "form={}&type={}&slot={}&whom=me&surname=Martin&first_name=Zo%C3%A9",
        encode(token),
        schedule.types[0].kind.id,
        slot.id.0
    );
    let cookie = browser.cookie.lock().unwrap().clone().unwrap();
    let path = format!("{base}/s/{}/book", schedule.id.0);
    // Twenty copies at the same instant, as a double click or a recorder of traffic would.
    let mut booked = 0;
    let headers = [("cookie", cookie.as_str()), ("content-type", "application/x-www-form-urlencoded")];
    let sends = (0..20).map(|_| house.send("POST", &path, &headers, &body));
    for answer in futures_util::future::join_all(sends).await {
        assert_eq!(answer.status, 303, "{}", answer.body);
        booked += usize::from(answer.headers["location"].to_str().unwrap().contains("/a/"));
    }
    assert_eq!(booked, 1);
    // Once the visit has ended the whole record is worth nothing.
    let mine = browser.get(&format!("{base}/appointment")).await;
    browser.submit(&mine, &format!("{base}/leave"), &[]).await;
    assert_eq!(house.send("POST", &path, &headers, &body).await.status, 403);
}

/// What would be a command, a path, a header, a page or a number too large elsewhere.
const EVIL: [&str; 14] = [
    "' OR '1'='1",
    "'; DROP TABLE appointment; --",
    "\" UNION SELECT secret_hash FROM credential --",
    "$1",
    "{{7*7}}",
    "${jndi:ldap://127.0.0.1/a}",
    "../../../../etc/passwd",
    "%00",
    "a\u{0}b",
    "\r\nset-cookie: semainier=evil",
    "<img src=x onerror=alert(1)>",
    "99999999999999999999999999",
    "-9223372036854775809",
    "\u{202e}\u{feff}ａ",
];

/// How many rows each table of a practice has.
async fn rows(house: &House, office: &Office) -> Vec<(String, i64)> {
    let mut tx = house.raw.begin().await.unwrap();
    let set = sqlx::query("SELECT set_config('app.practice', $1, true)").bind(office.practice.to_string());
    set.execute(&mut *tx).await.unwrap();
    let mut all = Vec::new();
    for table in
        ["practice", "credential", "schedule", "slot", "appointment", "account", "instruction", "rights_request"]
    {
        let sql = sqlx::AssertSqlSafe(format!("SELECT count(*) FROM {table}"));
        all.push((table.to_owned(), sqlx::query_scalar(sql).fetch_one(&mut *tx).await.unwrap()));
    }
    all
}

#[tokio::test]
async fn texts_that_would_be_commands_are_texts() {
    let house = house!(House::make(1_000_000.0));
    let (office, schedule) = house.practice().await;
    let slot = house.free(&office, &schedule, 0).await;
    house.book(&office, &schedule, slot.id, "+33612345678").await.unwrap();
    let (practice, id) = (office.practice, schedule.id.0);
    let browser = Browser::new(&house);
    let at = format!("/fr/{practice}/appointment");
    let page = browser.get(&format!("/fr/{practice}/identify")).await;
    browser.identify(&office, &page, &format!("/fr/{practice}"), "0699999999").await;
    let before = rows(&house, &office).await;
    let mut seen = 0;
    for evil in EVIL {
        let e = encode(evil);
        for path in [
            format!("/fr?q={e}"),
            format!("/{e}"),
            format!("/fr/{e}/privacy"),
            format!("/fr/{practice}/s/{e}"),
            format!("/fr/{practice}/s/{id}?type={e}"),
            format!("/fr/{practice}/s/{id}?type={}&from={e}", schedule.types[0].kind.id),
            format!("/fr/{practice}/s/{id}/book?type={e}&slot={e}"),
            format!("/fr/{practice}/a/{e}"),
            format!("/fr/{practice}/identify?then={e}&schedule={e}&type={e}&slot={e}"),
        ] {
            let answer = browser.get(&path).await;
            assert!(answer.status < 500, "{path}: {}", answer.status);
            assert!(
                answer.headers.get("set-cookie").is_none_or(|set| !set.to_str().unwrap().contains("evil")),
                "{path}"
            );
            assert!(!answer.body.contains("<img src=x") && !answer.body.contains("49</"), "{path}");
            seen += 1;
        }
        for path in [
            format!("/fhir/Slot?status=free&start=ge{e}"),
            format!("/fhir/Slot?status={e}"),
            format!("/fhir/Slot?_after={e}"),
            format!("/fhir/Slot?schedule=Schedule/{e}"),
            format!("/fhir/Appointment?_cursor={e}"),
            format!("/fhir/Appointment?_lastUpdated=ge{e}&_count={e}"),
            format!("/fhir/Appointment?identifier={e}"),
            format!("/fhir/Appointment/{e}"),
            format!("/practice/usage?month={e}"),
            format!("/practice/rights?_cursor={e}"),
        ] {
            let answer = house.call(&office, "GET", &path, &[], "").await;
            assert!((400..500).contains(&answer.status), "{path}: {}", answer.status);
            assert!(!answer.body.contains(evil), "{path} says again what was sent: {}", answer.body);
            seen += 1;
        }
        for (path, body) in [
            (format!("/fr/{practice}/appointment"), format!("code={e}&contact={e}")),
            (format!("/fr/{practice}/identify"), format!("contact={e}&then={e}")),
            (format!("/fr/{practice}/code"), format!("code={e}&form={e}")),
            (format!("/fr/{practice}/rights"), format!("kind={e}&name={e}&form={e}")),
            ("/oauth/token".to_owned(), format!("grant_type=client_credentials&client_id={e}&client_secret={e}")),
        ] {
            let answer = house.send("POST", &path, &[], &body).await;
            assert!(answer.status < 500, "{path}: {}", answer.status);
            assert!(!answer.body.contains("<img src=x"), "{path}");
            seen += 1;
        }
    }
    assert_eq!(seen, EVIL.len() * 24);
    assert_eq!(rows(&house, &office).await, before, "nothing came of it");
    assert!(browser.get(&at).await.body.contains("Mes rendez-vous"));
}

#[tokio::test]
async fn what_is_too_large_or_no_request_is_refused_before_it_is_read() {
    let house = house!();
    let (office, _) = house.practice().await;
    let form = format!("contact={}", "9".repeat(20_000));
    let answer = house.send("POST", &format!("/fr/{}/identify", office.practice), &[], &form).await;
    assert_eq!(answer.status, 413);
    let large = "x".repeat(70_000);
    let answer = house.call(&office, "PUT", "/fhir/Slot?identifier=x", &[], &large).await;
    assert!((400..500).contains(&answer.status));
    let deep = format!("{}{}", "[".repeat(60_000), "]".repeat(60_000));
    let answer = house.call(&office, "POST", "/fhir", &[], &deep).await;
    assert_eq!(answer.status, 400, "a text that is deep does not fell the server");
    let long = format!("/fr?q={}", "a".repeat(60_000));
    let answer = house.send("GET", &long, &[], "").await;
    assert!(answer.status == 200 || (400..500).contains(&answer.status));
    for method in ["TRACE", "CONNECTED", "PROPFIND"] {
        let answer = house.send(method, "/fr", &[], "").await;
        assert_eq!(answer.status, 405, "{method}");
    }
    assert_eq!(house.send("GET", "/health", &[], "").await.status, 200);
}
