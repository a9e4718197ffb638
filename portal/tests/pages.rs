//! What a patient meets: the pages, as a browser without scripts uses them.

use chrono::TimeDelta;
use domain::agenda::BookingCode;
use fhir::booking::{Appointment, AppointmentStatus, Schedule};
use portal::{demonstration, secret, store::Template};

use crate::{
    browser::{Browser, encode},
    house::{Answer, House, Office, house},
};

fn base(office: &Office, language: &str) -> String {
    format!("/{language}/{}", office.practice)
}

/// A practice whose first schedule has free slots.
async fn open_practice(house: &House) -> (Office, Schedule) {
    let (office, schedule) = house.practice().await;
    for number in 0..4 {
        house.free(&office, &schedule, number * 30).await;
    }
    (office, schedule)
}

/// The address of the first free time of a page.
fn first_time(page: &Answer) -> String {
    let form = page.body.split("<form").find(|part| part.contains("/book\"")).expect("the form of times");
    let value = |name: &str| {
        let rest = form.split(&format!("name=\"{name}\" value=\"")).nth(1).expect("it is there");
        rest.split('"').next().unwrap().to_owned()
    };
    let action = form.split("action=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
    format!("{action}?type={}&slot={}", value("type"), value("slot"))
}

/// The first link on a page that holds some text.
fn link(page: &Answer, holds: &str) -> String {
    let found =
        page.body.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()).find(|href| href.contains(holds));
    found.unwrap_or_else(|| panic!("no link with {holds}: {}", page.body)).replace("&amp;", "&")
}

const DETAILS: [(&str, &str); 3] = [("whom", "me"), ("surname", "Martin"), ("first_name", "Léa")];

#[tokio::test]
async fn somebody_finds_a_practitioner_books_moves_and_cancels() {
    let house = house!();
    let (office, schedule) = open_practice(&house).await;
    let browser = Browser::new(&house);
    let base = base(&office, "fr");
    let found = browser.get("/fr?q=vasseur%20nantes").await;
    let practitioner = browser.get(&link(&found, "/s/")).await;
    let times = browser.get(&link(&practitioner, "?type=")).await;
    assert!(times.body.contains("lundi 7 décembre 2026") && times.body.contains("9 h 00"), "{}", times.body);
    let asked = browser.get(&first_time(&times)).await;
    let details = browser.identify(&office, &asked, &base, "06 12 34 56 78").await;
    assert!(details.body.contains("name=\"surname\""), "{}", details.body);
    let action = format!("{base}/s/{}/book", schedule.id.0);
    let wrong = browser
        .submit(&details, &action, &[("whom", "me"), ("surname", "185057800608436"), ("first_name", "Léa")])
        .await;
    assert!(wrong.body.contains("surname-error") && wrong.body.contains("185057800608436"), "what was typed stays");
    let booked = browser.submit(&details, &action, &DETAILS).await;
    assert_eq!(booked.status, 200);
    assert!(booked.body.contains("Rendez-vous confirmé") && booked.body.contains("Léa Martin"), "{}", booked.body);
    // The practice hears of it; the person gets a message.
    let told = house.call(&office, "GET", "/fhir/Appointment?_cursor=0", &[], "").await.bundle();
    assert_eq!(told.entry.len(), 1);
    assert_eq!(house.messages(&office).await.last().unwrap().template, Template::Confirmation);
    // Moved.
    let choose = browser.get(&link(&booked, "/move?")).await;
    let slot = choose.body.split("name=\"slot\" value=\"").nth(2).unwrap().split('"').next().unwrap().to_owned();
    let at = link(&booked, "/calendar.ics").replace("/calendar.ics", "");
    let moved = browser.submit(&choose, &format!("{at}/move"), &[("slot", &slot)]).await;
    assert!(moved.body.contains("Rendez-vous confirmé"), "{}", moved.body);
    assert_eq!(house.messages(&office).await.last().unwrap().template, Template::Change);
    let calendar = browser.get(&format!("{at}/calendar.ics")).await;
    assert!(
        calendar.body.contains("BEGIN:VEVENT\r\n")
            && calendar.body.contains("SEQUENCE:2\r\n")
            && !calendar.body.contains("Consultation")
    );
    // Confirmed, then cancelled.
    let confirmed = browser.submit(&moved, &format!("{at}/confirm"), &[]).await;
    assert!(confirmed.body.contains("confirmé votre venue"), "{}", confirmed.body);
    let cancelled = browser.submit(&confirmed, &format!("{at}/cancel"), &[]).await;
    assert!(cancelled.body.contains("Rendez-vous annulé"), "{}", cancelled.body);
    let again = browser.submit(&confirmed, &format!("{at}/cancel"), &[]).await;
    assert!(again.body.contains("a changé entre-temps"));
    let words: Vec<&str> = house.messages(&office).await.iter().map(|m| m.template.as_str()).collect();
    assert_eq!(words, ["one_time_code", "confirmation", "change", "cancellation"]);
}

#[tokio::test]
async fn two_who_chose_the_same_time_get_it_once_and_the_other_sees_others() {
    let house = house!();
    let (office, schedule) = open_practice(&house).await;
    let base = base(&office, "en");
    let action = format!("{base}/s/{}/book", schedule.id.0);
    let (one, other) = (Browser::new(&house), Browser::new(&house));
    let times = one.get(&format!("{base}/s/{}?type={}", schedule.id.0, schedule.types[0].kind.id)).await;
    let slot = first_time(&times);
    let first = one.identify(&office, &one.get(&slot).await, &base, "+33612345678").await;
    let second = other.identify(&office, &other.get(&slot).await, &base, "+33612345679").await;
    assert!(one.submit(&first, &action, &DETAILS).await.body.contains("Appointment confirmed"));
    let late = other.submit(&second, &action, &DETAILS).await;
    assert!(late.body.contains("has just been taken") && late.body.contains("name=\"slot\""), "{}", late.body);
}

#[tokio::test]
async fn an_appointment_is_opened_by_code_and_contact_together_and_all_else_is_refused_alike() {
    let house = house!();
    let (office, schedule) = house.practice().await;
    let slot = house.free(&office, &schedule, 0).await;
    let booked = house.book(&office, &schedule, slot.id, "+33612345678").await.unwrap();
    let code = booked.code.unwrap();
    let path = format!("{}/appointment", base(&office, "fr"));
    let other = BookingCode::from_number(code.number() ^ 5);
    let mut refused = Vec::new();
    for (code, contact) in
        [(code.to_string(), "06 12 34 56 79"), (other.to_string(), "06 12 34 56 78"), ("x".into(), "y")]
    {
        let browser = Browser::new(&house);
        let page = browser.get(&path).await;
        let answer = browser.submit(&page, &path, &[("code", &code), ("contact", contact)]).await;
        refused.push(answer.body.replace(&code, "").replace(contact, ""));
    }
    assert!(refused.iter().all(|body| body.contains("Aucun rendez-vous ne correspond")));
    assert!(refused[0] == refused[1], "refused alike");
    let browser = Browser::new(&house);
    let page = browser.get(&path).await;
    let opened =
        browser.submit(&page, &path, &[("code", &code.spoken().to_lowercase()), ("contact", "06.12.34.56.78")]).await;
    assert!(opened.body.contains("Léa Martin"), "{}", opened.body);
    // Another visitor with the address alone sees nothing.
    let stranger = Browser::new(&house).get(&format!("{}/a/{}", base(&office, "fr"), booked.id)).await;
    assert_eq!(stranger.status, 404);
    assert!(!stranger.body.contains("Martin"));
}

#[tokio::test]
async fn who_guesses_booking_codes_waits() {
    let house = house!();
    let (office, _) = house.practice().await;
    let path = format!("{}/appointment", base(&office, "fr"));
    let mut statuses = Vec::new();
    for number in 0..8 {
        let body = format!("code={}&contact=0612345678", BookingCode::from_number(number));
        statuses.push(house.send("POST", &path, &[], &body).await.status);
    }
    assert_eq!(statuses, [200, 200, 200, 200, 200, 429, 429, 429], "five for a phone, whoever asks");
}

#[tokio::test]
async fn a_one_time_code_bears_five_tries_ten_minutes_and_one_use() {
    let house = house!();
    let (office, _) = house.practice().await;
    let base = base(&office, "fr");
    let begin = async |browser: &Browser<'_>| {
        let page = browser.get(&format!("{base}/identify")).await;
        let asked = browser.submit(&page, &format!("{base}/identify"), &[("contact", "0612345678")]).await;
        (asked, house.last_code(&office).await)
    };
    let at = format!("{base}/code");
    // Wrong five times: the right one counts no more.
    let browser = Browser::new(&house);
    let (asked, code) = begin(&browser).await;
    let wrong = if code == "000000" { "000001" } else { "000000" };
    for _ in 0..5 {
        assert!(browser.submit(&asked, &at, &[("code", wrong)]).await.body.contains("pas (ou plus) valable"));
    }
    assert!(browser.submit(&asked, &at, &[("code", &code)]).await.body.contains("pas (ou plus) valable"));
    // Too late.
    let browser = Browser::new(&house);
    let (asked, code) = begin(&browser).await;
    house.wait(TimeDelta::minutes(11));
    assert!(browser.submit(&asked, &at, &[("code", &code)]).await.body.contains("pas (ou plus) valable"));
    // In another visit.
    let browser = Browser::new(&house);
    let (_, code) = begin(&browser).await;
    house.wait(TimeDelta::minutes(11));
    let other = Browser::new(&house);
    let (asked, _) = begin(&other).await;
    assert!(other.submit(&asked, &at, &[("code", &code)]).await.body.contains("pas (ou plus) valable"));
    // Once, and the cookie is another one afterwards.
    house.wait(TimeDelta::minutes(30));
    let browser = Browser::new(&house);
    let (asked, code) = begin(&browser).await;
    let before = browser.cookie.lock().unwrap().clone();
    assert!(browser.submit(&asked, &at, &[("code", &code)]).await.body.contains("Mes rendez-vous"));
    assert_ne!(*browser.cookie.lock().unwrap(), before);
    assert_eq!(browser.submit(&asked, &at, &[("code", &code)]).await.status, 403);
}

#[tokio::test]
async fn forms_of_elsewhere_do_nothing() {
    let house = house!();
    let (office, schedule) = house.practice().await;
    let slot = house.free(&office, &schedule, 0).await;
    let booked = house.book(&office, &schedule, slot.id, "+33612345678").await.unwrap();
    let base = base(&office, "fr");
    let browser = Browser::new(&house);
    let page = browser.get(&format!("{base}/appointment")).await;
    let mine = browser.identify(&office, &browser.get(&link(&page, "/identify")).await, &base, "0612345678").await;
    assert!(mine.body.contains("Dr Claire Vasseur"), "{}", mine.body);
    let cookie = browser.cookie.lock().unwrap().clone().unwrap();
    let cancel = format!("{base}/a/{}/cancel", booked.id);
    let token = mine.body.split("name=\"form\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
    let right = format!("form={token}");
    let right = right.as_str();
    for (headers, body) in [
        (vec![("cookie", cookie.as_str())], ""),
        (vec![("cookie", cookie.as_str())], "form=AAAA"),
        (vec![("cookie", cookie.as_str()), ("origin", "https://ailleurs.example")], right),
        (vec![("cookie", cookie.as_str()), ("origin", "null")], right),
        (vec![("cookie", cookie.as_str()), ("sec-fetch-site", "cross-site")], right),
        (vec![("cookie", cookie.as_str()), ("sec-fetch-site", "same-site"), ("origin", "null")], right),
    ] {
        let answer = house.send("POST", &cancel, &headers, body).await;
        assert_eq!(answer.status, 403, "{headers:?}");
    }
    let one = browser.get(&format!("{base}/a/{}", booked.id)).await;
    assert!(one.body.contains("Rendez-vous confirmé"));
    // Who hides the origin, and whose browser says that the form is of here, is let in.
    let confirm = format!("{base}/a/{}/confirm", booked.id);
    let hidden = [("cookie", cookie.as_str()), ("sec-fetch-site", "same-origin"), ("origin", "null")];
    assert_eq!(house.send("POST", &confirm, &hidden, right).await.status, 303);
    // One who has left is nobody any more.
    browser.submit(&mine, &format!("{base}/leave"), &[]).await;
    assert_eq!(browser.get(&format!("{base}/a/{}", booked.id)).await.status, 404);
}

#[tokio::test]
async fn a_visit_to_one_practice_is_none_to_another() {
    let house = house!();
    let (office, schedule) = house.practice().await;
    let (other, _) = house.practice().await;
    let there = house.free(&other, &schedule, 0).await;
    let theirs = house.book(&other, &schedule, there.id, "+33612345678").await.unwrap();
    let browser = Browser::new(&house);
    let page = browser.get(&format!("{}/identify", base(&office, "fr"))).await;
    browser.identify(&office, &page, &base(&office, "fr"), "0612345678").await;
    let mine = browser.get(&format!("{}/appointment", base(&other, "fr"))).await;
    assert!(mine.body.contains("Retrouver un rendez-vous"), "not identified there: {}", mine.body);
    for practice in [&office, &other] {
        assert_eq!(browser.get(&format!("{}/a/{}", base(practice, "fr"), theirs.id)).await.status, 404);
    }
}

#[tokio::test]
async fn who_waits_is_on_the_list_with_days_and_hours_and_may_leave_it() {
    let house = house!();
    let (office, schedule) = open_practice(&house).await;
    let base = base(&office, "ar");
    let browser = Browser::new(&house);
    let kind = schedule.types[0].kind.id;
    let asked = browser.get(&format!("{base}/s/{}/wait?type={kind}", schedule.id.0)).await;
    let page = browser.identify(&office, &asked, &base, "0612345678").await;
    assert!(page.body.contains("dir=\"rtl\""));
    let action = format!("{base}/s/{}/wait", schedule.id.0);
    let days =
        [("day1", "yes"), ("from", "2026-12-01"), ("until", "2026-12-20"), ("after", "09:00"), ("before", "12:30")];
    let bad = browser.submit(&page, &action, &[&DETAILS[..], &days[1..]].concat()).await;
    assert!(bad.body.contains("role=\"alert\""), "no day");
    let joined = browser.submit(&page, &action, &[&DETAILS[..], &days[..]].concat()).await;
    assert!(joined.body.contains("في لائحة الانتظار"), "{}", joined.body);
    let told = house.call(&office, "GET", "/fhir/Appointment?_cursor=0", &[], "").await.body;
    let bundle: fhir::booking::Bundle = serde_json::from_str(&told).unwrap();
    let Some(fhir::booking::Resource::Appointment(a)) = &bundle.entry[0].resource else { panic!("an appointment") };
    let wish = a.wish.clone().unwrap();
    assert_eq!((a.status, wish.weekdays, wish.from_minute, wish.to_minute), (AppointmentStatus::Waitlist, 2, 540, 750));
    let cancel = format!("{base}/a/{}/cancel", a.id);
    let left = browser.submit(&joined, &cancel, &[]).await;
    assert!(left.body.contains("تم إلغاء الموعد"), "{}", left.body);
}

#[tokio::test]
async fn a_request_about_ones_data_reaches_the_practice_at_once() {
    let house = house!();
    let (office, _) = open_practice(&house).await;
    let base = base(&office, "en");
    let browser = Browser::new(&house);
    let notice = browser.get(&format!("{base}/privacy")).await;
    assert!(
        notice.body.contains("Maison de santé des Tilleuls") && notice.body.contains("Processor"),
        "controller and processor"
    );
    let asked = browser.get(&link(&notice, "/rights")).await;
    let page = browser.identify(&office, &asked, &base, "0612345678").await;
    let sent = browser.submit(&page, &format!("{base}/rights"), &[("kind", "erasure"), ("name", "Léa Martin")]).await;
    assert!(sent.body.contains("handed to the practice") && sent.body.contains("CNIL"), "{}", sent.body);
    let told = house.call(&office, "GET", "/practice/rights?_cursor=0", &[], "").await.json();
    let request = &told["requests"][0];
    assert_eq!((request["kind"].as_str(), request["contact"].as_str()), (Some("erasure"), Some("+33612345678")));
    let id = request["request_id"].as_str().unwrap();
    let answer = house.call(&office, "POST", &format!("/practice/rights/{id}"), &[], "{\"granted\":true}").await;
    assert_eq!(answer.status, 204);
    assert_eq!(
        house.call(&office, "GET", "/practice/rights", &[], "").await.json()["requests"][0]["outcome"],
        "granted"
    );
}

#[tokio::test]
async fn what_the_instruction_does_not_cover_is_neither_asked_nor_kept() {
    let house = house!();
    let (office, schedule) = open_practice(&house).await;
    let mut instruction = demonstration::instruction();
    instruction.version = 2;
    instruction.fields = fhir::booking::Fields::default();
    let body = serde_json::to_string(&instruction).unwrap();
    assert_eq!(house.call(&office, "PUT", "/practice/instruction", &[], &body).await.status, 201);
    let base = base(&office, "fr");
    let browser = Browser::new(&house);
    let times = browser.get(&format!("{base}/s/{}?type={}", schedule.id.0, schedule.types[0].kind.id)).await;
    let asked = browser.get(&first_time(&times)).await;
    let refused = browser.submit(&asked, &format!("{base}/identify"), &[("contact", "lea@exemple.fr")]).await;
    assert!(refused.body.contains("contact-error"), "no e-mail");
    let details = browser.identify(&office, &asked, &base, "0612345678").await;
    assert!(!details.body.contains("name=\"born\"") && !details.body.contains("name=\"email\""));
    let sent = [&DETAILS[..], &[("born", "1980-01-01"), ("email", "lea@exemple.fr")]].concat();
    let booked = browser.submit(&details, &format!("{base}/s/{}/book", schedule.id.0), &sent).await;
    assert!(booked.body.contains("/move?"), "it can be moved without its type: {}", booked.body);
    let told = house.call(&office, "GET", "/fhir/Appointment?_cursor=0", &[], "").await.body;
    for word in ["1980-01-01", "exemple.fr", "Consultation", "serviceType", "birthDate"] {
        assert!(!told.contains(word), "{word}");
    }
}

#[tokio::test]
async fn what_the_practice_booked_by_phone_its_patient_sees_and_cancels_too() {
    let house = house!();
    let (office, schedule) = house.practice().await;
    let slot = house.free(&office, &schedule, 0).await;
    let a = house.own(&slot, 1);
    assert_eq!(house.put(&office, "Appointment", a.id.uuid(), &a, &[]).await.status, 201);
    let base = base(&office, "fr");
    let browser = Browser::new(&house);
    let page = browser.get(&format!("{base}/identify")).await;
    let mine = browser.identify(&office, &page, &base, "0612345678").await;
    let one = browser.get(&link(&mine, &a.id.to_string())).await;
    let off = browser.submit(&one, &format!("{base}/a/{}/cancel", a.id), &[]).await;
    assert!(off.body.contains("Rendez-vous annulé"), "{}", off.body);
    let told = house.call(&office, "GET", "/fhir/Appointment?_cursor=0", &[], "").await.bundle();
    let Some(fhir::booking::Resource::Appointment(told)) = &told.entry[0].resource else { panic!("an appointment") };
    assert_eq!(
        (told.status, told.cancelled_by),
        (AppointmentStatus::Cancelled, Some(domain::agenda::CancelledBy::Patient))
    );
    // The practice, which did not know, is refused with its old version, and comes round.
    let stale = Appointment { confirmed: true, ..a.clone() };
    let refused = house.put(&office, "Appointment", a.id.uuid(), &stale, &[("if-match", "W/\"1\"")]).await;
    assert_eq!(refused.status, 412);
}

fn full(house: &House, schedule: &Schedule) -> Vec<fhir::booking::Slot> {
    let mut all = Vec::new();
    for day in 1..15 {
        for quarter in 0..40 {
            let start_at = house.now() + TimeDelta::days(day) + TimeDelta::minutes(15 * quarter);
            all.push(fhir::booking::Slot {
                meta: None,
                id: fhir::booking::SlotId(secret::make_id()),
                schedule: schedule.id,
                status: fhir::booking::SlotStatus::Free,
                span: fhir::booking::Span { start_at, minutes: 15 },
                types: vec![schedule.types[0].kind.id],
            });
        }
    }
    all
}

#[tokio::test]
async fn every_page_is_small_alone_and_in_its_language() {
    let house = house!();
    let (office, schedule) = house.practice().await;
    // As full as it gets: every quarter of an hour of two weeks.
    let mut tx = house.portal.store.begin(office.practice).await.unwrap();
    for slot in full(&house, &schedule) {
        tx.put_slot(&slot, portal::store::Expect::Nothing, house.now()).await.unwrap();
    }
    tx.commit().await.unwrap();
    for (language, direction, said) in
        [("fr", "ltr", "Horaires libres"), ("ar", "rtl", "المواعيد المتاحة"), ("en", "ltr", "Free times")]
    {
        let base = base(&office, language);
        let kind = schedule.types[0].kind.id;
        for path in [
            format!("/{language}"),
            format!("{base}/s/{}?type={kind}", schedule.id.0),
            format!("{base}/identify"),
            format!("{base}/appointment"),
            format!("{base}/privacy"),
        ] {
            let page = house.send("GET", &path, &[], "").await;
            assert_eq!(page.status, 200, "{path}");
            assert!(page.body.contains(&format!("<html lang=\"{language}\" dir=\"{direction}\">")), "{path}");
            assert!(!path.contains("type=") || page.body.contains(said), "{path}");
            // All that it is made of is in it: nothing is fetched before it is painted.
            assert!(!page.body.contains("rel=\"stylesheet\"") && !page.body.contains("<img"), "{path}");
            assert!(page.body.len() < 50_000, "{path}: {} bytes", page.body.len());
            for word in ["<script", "http://", "https://", "style=\"", " onclick"] {
                let own = page.body.replace(&house.base, "");
                assert!(!own.contains(word), "{path} says {word}");
            }
            // The one style that may be shown is the page's own, word for word.
            let policy = page.headers["content-security-policy"].to_str().unwrap();
            assert!(policy.starts_with("default-src 'none'") && !policy.contains("unsafe"));
            let (_, rest) = page.body.split_once("<style>").expect("a style");
            let (style, after) = rest.split_once("</style>").expect("its end");
            assert!(!after.contains("<style"), "{path}");
            assert!(policy.contains(&format!("style-src 'sha256-{}';", secret::digest(style.as_bytes()))), "{path}");
            assert_eq!(page.headers["referrer-policy"], "same-origin");
            assert!(page.headers.get("set-cookie").is_none(), "{path}: no cookie before it is needed");
            assert_eq!(page.body.matches("<h1").count(), 1, "{path}");
        }
    }
}

#[tokio::test]
async fn what_is_typed_comes_back_as_text_and_nothing_else() {
    let house = house!();
    let (office, _) = open_practice(&house).await;
    let evil = "\"><script>alert(1)</script>'";
    let browser = Browser::new(&house);
    let found = browser.get(&format!("/fr?q={}", encode(evil))).await;
    assert!(found.body.contains("&lt;script&gt;") && !found.body.contains("<script>"));
    let base = base(&office, "fr");
    let page = browser.get(&format!("{base}/identify?then={}&slot={}", encode(evil), encode(evil))).await;
    assert!(!page.body.contains("<script>"));
    let wrong = browser.submit(&page, &format!("{base}/identify"), &[("contact", evil)]).await;
    assert!(wrong.body.contains("contact-error") && !wrong.body.contains("<script>"));
    for path in ["/xx", "/fr/x/appointment", "/fr/00000000-0000-0000-0000-000000000000/appointment", "/fr/%00/privacy"]
    {
        let answer = browser.get(path).await;
        assert_eq!(answer.status, 404, "{path}");
    }
    let unknown = format!("/fr/{}/privacy", secret::make_id());
    assert_eq!(browser.get(&unknown).await.status, 404);
}
