//! What a text message cannot carry goes by e-mail: over a gateway as a provider runs it, and a real mail server.

use chrono::TimeDelta;
use domain::{agenda::CancelledBy, time};
use fhir::booking::{Appointment, AppointmentStatus, Schedule};
use serde_json::{Value, json};

use crate::{
    gateway::{Gateway, say, with_gateway},
    house::{House, Office, house},
    messages::{by_mail, call, deliver, made, patient_house, practice, put, server_of, smtp, usage},
    smtp::{SECRET, Smtp, Way},
};

const REFUSED: u16 = 422;

/// A practice whose portal sends by both ways.
struct Scene {
    house: House,
    office: Office,
    schedule: Schedule,
    gateway: Gateway,
    smtp: Smtp,
}

impl Scene {
    async fn of(house: House, smtp: Smtp) -> Self {
        let (office, schedule) = practice(&house).await;
        let mut gateway = with_gateway(&house).await;
        gateway.ways.mail = by_mail(&house, &server_of(&smtp, Way::Tls), SECRET).mail;
        Self { house, office, schedule, gateway, smtp }
    }

    /// An appointment of somebody who gave both a phone and an address.
    fn made(&self, wall: &str) -> Appointment {
        let mut a = made(&self.schedule, wall, "+33612345678");
        a.person.as_mut().unwrap().email = Some("lea@example.org".parse().unwrap());
        a
    }

    /// Hands on what is due after so long.
    async fn after(&self, time: TimeDelta) -> usize {
        self.house.wait(time);
        self.gateway.set_clock(self.house.now());
        deliver(&self.house, &self.office, &self.gateway.ways).await
    }

    async fn until(&self, wall: &str) -> usize {
        self.after(time::instant(wall.parse().unwrap(), &self.schedule.site.zone) - self.house.now()).await
    }

    /// What stands in the practice's list: template, channel, state, and whether it stands in for another.
    async fn told(&self) -> Vec<(String, String, String, bool)> {
        let answer = call(&self.house, &self.office, "GET", "/practice/messages?since=2020-01-01T00:00:00Z", "").await;
        let text = |one: &Value, name: &str| one[name].as_str().unwrap().to_owned();
        let all = answer.json()["messages"].as_array().unwrap().clone();
        all.iter()
            .map(|one| (text(one, "template"), text(one, "channel"), text(one, "state"), one["instead_of"].is_string()))
            .collect()
    }

    async fn has(&self, template: &str, channel: &str, state: &str) -> usize {
        let told = self.told().await;
        told.iter().filter(|(t, c, s, _)| (t.as_str(), c.as_str(), s.as_str()) == (template, channel, state)).count()
    }

    /// The gateway says what became of a message.
    async fn hear(&self, id: &str, state: &str) {
        self.gateway.set_clock(self.house.now());
        assert_eq!(say(&self.house, &json!({"event": "delivery", "id": id, "state": state})).await.status, 204);
    }

    /// The name of the last message that the gateway took.
    fn last(&self) -> String {
        self.gateway.taken().last().expect("it took one")["id"].as_str().unwrap().to_owned()
    }
}

/// A scene, or the end of the test where something of it cannot be there.
macro_rules! scene {
    () => {{
        let house = patient_house!();
        let smtp = smtp!(Way::Tls);
        Scene::of(house, smtp).await
    }};
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_text_message_cannot_carry_goes_by_mail_once_and_is_counted_as_what_it_was() {
    let scene = scene!();
    let a = scene.made("2026-12-07T15:00");
    put(&scene.house, &scene.office, &a).await;
    // There is no such number.
    scene.gateway.answer(&[REFUSED]);
    assert_eq!(scene.after(TimeDelta::seconds(30)).await, 0, "the practice may still take it back");
    assert_eq!(scene.after(TimeDelta::seconds(31)).await, 1);
    let arrived = scene.smtp.arrived();
    assert_eq!((arrived.len(), arrived[0].to.as_slice()), (1, ["lea@example.org".to_owned()].as_slice()));
    assert!(arrived[0].body().contains(&a.code.unwrap().spoken()), "{}", arrived[0].body());
    assert!(scene.gateway.taken().is_empty());
    assert_eq!(scene.has("confirmation", "sms", "failed").await, 1);
    assert_eq!(scene.has("confirmation", "email", "sent").await, 1);
    let used = usage(&scene.house, &scene.office).await;
    assert_eq!((used["email"].as_i64(), used["sms"].as_i64()), (Some(1), None), "what never went is not counted");

    // Taken over, and lost on the way: told by the gateway, and told again.
    assert_eq!(scene.until("2026-12-05T15:01").await, 1);
    let id = scene.last();
    for _ in 0..2 {
        scene.hear(&id, "failed").await;
    }
    assert_eq!(scene.after(TimeDelta::seconds(1)).await, 1);
    assert_eq!(scene.after(TimeDelta::hours(1)).await, 0);
    let arrived = scene.smtp.arrived();
    assert_eq!(arrived.len(), 2);
    let way_out = arrived[1].header("List-Unsubscribe").expect("a reminder has a way out");
    assert!(!arrived[1].body().contains("Répondez 1"), "a mail is not answered by 1: {}", arrived[1].body());
    let used = usage(&scene.house, &scene.office).await;
    assert_eq!((used["email"].as_i64(), used["sms"].as_i64()), (Some(2), Some(1)), "the gateway bills what it took");
    // It says after all that it arrived: that is too late, and nothing counts as delivered twice.
    scene.hear(&id, "delivered").await;
    assert_eq!(scene.has("reminder", "sms", "delivered").await, 0);
    assert_eq!((scene.has("reminder", "sms", "failed").await, scene.has("reminder", "email", "sent").await), (1, 1));
    assert_eq!(scene.told().await.iter().filter(|(_, channel, _, instead)| *instead && channel == "email").count(), 2);
    // Who stops them by that mail gets none by telephone either.
    let path = way_out.trim_matches(['<', '>']).strip_prefix(&scene.house.base).unwrap().to_owned();
    assert_eq!(scene.house.send("POST", &path, &[], "List-Unsubscribe=One-Click").await.status, 200);
    assert_eq!(scene.has("reminder", "sms", "waiting").await, 0);
    assert_eq!(scene.until("2026-12-07T14:59").await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_second_way_wakes_nobody_and_is_dropped_where_the_first_arrives_after_all() {
    let scene = scene!();
    for hour in [10, 11] {
        put(&scene.house, &scene.office, &scene.made(&format!("2026-12-10T{hour}:00"))).await;
    }
    assert_eq!(scene.after(TimeDelta::seconds(61)).await, 2);
    let ids: Vec<String> = scene.gateway.taken().iter().map(|one| one["id"].as_str().unwrap().to_owned()).collect();
    assert_eq!(scene.until("2026-12-01T22:30").await, 0);
    for id in &ids {
        scene.hear(id, "failed").await;
    }
    assert_eq!(scene.after(TimeDelta::minutes(1)).await, 0, "at night");
    scene.hear(&ids[0], "delivered").await;
    assert_eq!(scene.until("2026-12-02T07:59").await, 0);
    assert_eq!(scene.until("2026-12-02T08:01").await, 1);
    assert_eq!(scene.smtp.arrived().len(), 1);
    assert_eq!(
        (scene.has("confirmation", "sms", "delivered").await, scene.has("confirmation", "email", "dropped").await),
        (1, 1)
    );
    // What arrived is not lost any more.
    scene.hear(&ids[0], "failed").await;
    assert_eq!(scene.after(TimeDelta::hours(1)).await, 0);
    assert_eq!(scene.has("confirmation", "sms", "delivered").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_more_true_or_not_wanted_goes_by_neither_way() {
    let scene = scene!();
    let (house, office) = (&scene.house, &scene.office);
    let a = scene.made("2026-12-10T10:00");
    put(house, office, &a).await;
    assert_eq!(scene.after(TimeDelta::seconds(61)).await, 1);
    let confirmed = scene.last();
    // Called off while the confirmation was on its way: that alone is said.
    let off = Appointment { status: AppointmentStatus::Cancelled, cancelled_by: Some(CancelledBy::Practice), ..a };
    put(house, office, &off).await;
    scene.hear(&confirmed, "failed").await;
    assert_eq!(scene.after(TimeDelta::seconds(1)).await, 0);
    // Called off and put back before anybody was told: what waited to go by mail is gone too.
    scene.gateway.answer(&[REFUSED]);
    assert_eq!(scene.after(TimeDelta::seconds(61)).await, 1);
    assert!(scene.smtp.arrived()[0].body().contains("annulé"), "{}", scene.smtp.arrived()[0].body());

    // Who refused reminders at the address gets none there, and hears of a change.
    let language = fhir::booking::Language::Fr;
    let mut tx = house.portal.store.begin(office.practice).await.unwrap();
    tx.refuse("lea@example.org", (language, portal::secret::make_id()), true, house.now()).await.unwrap();
    tx.commit().await.unwrap();
    let b = scene.made("2026-12-17T15:00");
    put(house, office, &b).await;
    assert_eq!(scene.after(TimeDelta::seconds(61)).await, 1);
    assert_eq!(scene.until("2026-12-15T15:01").await, 1);
    scene.hear(&scene.last(), "failed").await;
    assert_eq!(scene.after(TimeDelta::seconds(1)).await, 0);
    assert_eq!(scene.has("reminder", "email", "waiting").await, 0);
    let moved = Appointment {
        span: b.span.map(|s| fhir::booking::Span { start_at: s.start_at + TimeDelta::days(1), ..s }),
        ..b
    };
    put(house, office, &moved).await;
    scene.gateway.answer(&[REFUSED]);
    assert_eq!(scene.after(TimeDelta::seconds(61)).await, 1);
    assert_eq!(scene.has("change", "email", "sent").await, 1);

    // Who gave no address is told by nothing else.
    let only_phone = made(&scene.schedule, "2026-12-18T16:00", "+33698765432");
    put(house, office, &only_phone).await;
    scene.gateway.answer(&[REFUSED]);
    assert_eq!(scene.after(TimeDelta::seconds(61)).await, 0);
    let before = scene.told().await.len();
    assert_eq!(scene.after(TimeDelta::hours(1)).await, 0);
    assert_eq!(scene.told().await.len(), before);
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_mail_server_there_is_no_second_way() {
    let house = house!(House::set_up(50.0, |config| config.phone_only = true));
    let smtp = smtp!(Way::Tls);
    let mut scene = Scene::of(house, smtp).await;
    scene.gateway.ways.mail = None;
    put(&scene.house, &scene.office, &scene.made("2026-12-07T15:00")).await;
    scene.gateway.answer(&[REFUSED]);
    assert_eq!(scene.after(TimeDelta::seconds(61)).await, 0);
    assert!(scene.told().await.iter().all(|(_, channel, ..)| channel == "sms"), "{:?}", scene.told().await);
}
