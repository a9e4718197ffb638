//! A portal for one test: a database of its own, a clock that the test sets, messages that are kept.

use std::{
    process::Command,
    sync::{
        Arc, Mutex, OnceLock,
        atomic::{AtomicU32, Ordering},
    },
};

use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    id::{AppointmentId, PracticeId},
    time,
};
use fhir::booking::{Appointment, Bundle, Schedule, Slot, SlotId, SlotStatus, Span};
use http_body_util::{BodyExt, Full};
use hyper_util::{
    client::legacy::{Client, connect::HttpConnector},
    rt::TokioExecutor,
};
use portal::{
    clock::Clock,
    config::Config,
    demonstration,
    guard::Guard,
    messages::{self, Keeper, Kept},
    secret,
    serve::routes,
    signing::Key,
    state::{Portal, Shared},
    store::Store,
};
use serde_json::Value;
use sqlx::{AssertSqlSafe, Connection, PgConnection, PgPool};
use uuid::Uuid;

/// The owner's address of the cluster; none where PostgreSQL cannot be there.
fn cluster() -> Option<&'static str> {
    static ADDRESS: OnceLock<Option<String>> = OnceLock::new();
    ADDRESS
        .get_or_init(|| {
            let root = concat!(env!("CARGO_MANIFEST_DIR"), "/..");
            let started = Command::new("scripts/portal.sh").arg("started").current_dir(root).output();
            match started {
                Ok(output) if output.status.success() => {
                    Some(String::from_utf8(output.stdout).expect("an address is text").trim().to_owned())
                }
                _ => {
                    let required = std::env::var("SEMAINIER_POSTGRES").is_ok_and(|word| word == "required");
                    assert!(!required, "PostgreSQL is required and does not start");
                    None
                }
            }
        })
        .as_deref()
}

/// The address of another database, for the owner or for the portal's role.
fn address_of(owner: &str, database: &str, role: &str) -> String {
    let (server, _) = owner.rsplit_once('/').expect("an address ends with the database");
    if role == "semainier_owner" {
        return format!("{server}/{database}");
    }
    let root = std::env::var("CARGO_TARGET_DIR")
        .unwrap_or_else(|_| concat!(env!("CARGO_MANIFEST_DIR"), "/../target").to_owned());
    let password = std::fs::read_to_string(format!("{root}/portal/portal_password")).expect("the script wrote it");
    let (_, host) = server.rsplit_once('@').expect("an address names a host");
    format!("postgres://{role}:{}@{host}/{database}", password.trim())
}

/// A database that is migrated, from which each test's is copied; what earlier runs left is dropped.
async fn template(owner: &str) -> String {
    static MADE: tokio::sync::OnceCell<String> = tokio::sync::OnceCell::const_new();
    MADE.get_or_init(|| async {
        let mut server = PgConnection::connect(owner).await.expect("the server answers");
        let old: Vec<String> = sqlx::query_scalar("SELECT datname FROM pg_database WHERE datname LIKE 'test\\_%'")
            .fetch_all(&mut server)
            .await
            .expect("databases are listed");
        for name in old {
            // One that another run uses stays.
            let _ = sqlx::query(AssertSqlSafe(format!("DROP DATABASE {name}"))).execute(&mut server).await;
        }
        let name = format!("test_{}_template", std::process::id());
        create(&mut server, &name, "template1").await;
        let store = Store::open_owner(&address_of(owner, &name, "semainier_owner")).await.expect("the database opens");
        store.migrate().await.expect("the schema is made");
        store.close().await;
        name
    })
    .await
    .clone()
}

async fn create(server: &mut PgConnection, name: &str, from: &str) {
    for statement in [
        format!("CREATE DATABASE {name} TEMPLATE {from} STRATEGY wal_log"),
        format!("ALTER DATABASE {name} SET synchronous_commit = off"),
    ] {
        sqlx::query(AssertSqlSafe(statement)).execute(&mut *server).await.expect("a database is made");
    }
}

/// A practice as its app sees it.
#[derive(Clone)]
pub struct Office {
    pub practice: PracticeId,
    pub client_id: String,
    pub client_secret: String,
    pub token: String,
}

/// A portal.
#[derive(Clone)]
pub struct House {
    pub portal: Shared,
    pub owner: Store,
    pub owner_address: String,
    pub portal_address: String,
    pub keeper: Arc<Keeper>,
    pub base: String,
    pub raw: PgPool,
    clock: Arc<Mutex<DateTime<Utc>>>,
    client: Client<HttpConnector, Full<axum::body::Bytes>>,
}

/// An answer.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: axum::http::HeaderMap,
    pub body: String,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).expect("the answer is JSON")
    }

    /// The word of a refusal.
    pub fn word(&self) -> String {
        self.json()["issue"][0]["details"]["coding"][0]["code"].as_str().unwrap_or_default().to_owned()
    }

    pub fn etag(&self) -> String {
        self.headers["etag"].to_str().expect("a tag is text").to_owned()
    }

    pub fn bundle(&self) -> Bundle {
        serde_json::from_str(&self.body).expect("the answer is a bundle")
    }
}

/// `make_house().await`, or the end of the test where PostgreSQL is not there.
macro_rules! house {
    () => {
        crate::house::house!(crate::house::House::make(1.0))
    };
    ($made:expr) => {
        match $made.await {
            Some(house) => house,
            None => {
                eprintln!("SKIPPED: PostgreSQL cannot be there");
                return;
            }
        }
    };
}
pub(crate) use house;

impl House {
    /// A portal with limits so many times as wide.
    pub async fn make(limits: f64) -> Option<Self> {
        Self::set_up(limits, |_| {}).await
    }

    /// A portal behind a proxy of ours: `X-Forwarded-For` says who asks.
    pub async fn behind_a_proxy() -> Option<Self> {
        Self::set_up(1.0, |config| config.proxy = true).await
    }

    /// A portal with something in its configuration.
    pub async fn set_up(limits: f64, set: impl FnOnce(&mut Config)) -> Option<Self> {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let owner_address = cluster()?;
        let template = template(owner_address).await;
        let name = format!("test_{}_{}", std::process::id(), NUMBER.fetch_add(1, Ordering::Relaxed));
        let mut server = PgConnection::connect(owner_address).await.expect("the server answers");
        create(&mut server, &name, &template).await;
        let address = address_of(owner_address, &name, "semainier_portal");
        let owner_address = address_of(owner_address, &name, "semainier_owner");
        let owner = Store::open_owner(&owner_address).await.expect("the owner connects");
        let store = Store::open(&address, 16).await.expect("the portal connects");
        let raw = PgPool::connect_lazy(&address).expect("the address is of its form");
        let clock = Arc::new(Mutex::new("2026-12-01T08:00:00Z".parse::<DateTime<Utc>>().expect("an instant")));
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port is free");
        let base = format!("http://{}", listener.local_addr().expect("it has an address"));
        let mut config = Config {
            public_url: base.clone(),
            metrics_token: "watch".to_owned(),
            message_delay: 60,
            sms_secret: "a secret that both know".to_owned(),
            ..Config::default()
        };
        set(&mut config);
        let told = clock.clone();
        let clock_of = Clock::of(move || *told.lock().expect("the clock is not broken"));
        let portal = Portal::new(store, clock_of, config, Key::make(), Guard::with_factor(limits));
        let service = routes(portal.clone()).into_make_service_with_connect_info::<std::net::SocketAddr>();
        tokio::spawn(async move { axum::serve(listener, service).await });
        tokio::spawn(portal::changes::tell(portal.clone()));
        tokio::spawn(portal::changes::hear(portal.clone()));
        while !portal.memory.hears() {
            tokio::time::sleep(std::time::Duration::from_millis(1)).await;
        }
        let client = Client::builder(TokioExecutor::new()).build_http();
        Some(Self {
            portal,
            owner,
            owner_address,
            portal_address: address,
            keeper: Arc::default(),
            base,
            raw,
            clock,
            client,
        })
    }

    /// The same practices and clients before another process of the portal.
    pub fn beside(&self, portal: Shared, base: String) -> Self {
        Self { portal, base, ..self.clone() }
    }

    pub fn now(&self) -> DateTime<Utc> {
        self.portal.now()
    }

    pub fn wait(&self, time: TimeDelta) {
        *self.clock.lock().expect("the clock is not broken") += time;
    }

    /// A practice with a token, instructed, without schedules.
    pub async fn office(&self) -> Office {
        let practice = PracticeId::new(secret::make_id());
        let made =
            self.owner.add_tenant(practice, "Cabinet des essais", self.now()).await.expect("a practice is taken in");
        let mut office =
            Office { practice, client_id: made.client_id, client_secret: made.client_secret, token: String::new() };
        office.token = self.token(&office).await;
        let instruction = serde_json::to_string(&demonstration::instruction()).expect("it is JSON");
        let put = self.call(&office, "PUT", "/practice/instruction", &[], &instruction).await;
        assert_eq!(put.status, 201, "{}", put.body);
        office
    }

    pub async fn token(&self, office: &Office) -> String {
        let body = format!(
            "grant_type=client_credentials&client_id={}&client_secret={}",
            office.client_id, office.client_secret
        );
        let answer = self.send("POST", "/oauth/token", &[], &body).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        answer.json()["access_token"].as_str().expect("a token").to_owned()
    }

    /// A practice with the first schedule of the demonstration.
    pub async fn practice(&self) -> (Office, Schedule) {
        let office = self.office().await;
        let schedule = demonstration::schedule(0);
        let answer = self.put(&office, "Schedule", schedule.id.0, &schedule, &[]).await;
        assert_eq!(answer.status, 201, "{}", answer.body);
        (office, schedule)
    }

    /// A free slot of half an hour, so many minutes after nine on a day to come.
    pub async fn free(&self, office: &Office, schedule: &Schedule, minutes: i64) -> Slot {
        let wall = "2026-12-07T09:00".parse().expect("a wall time");
        let start_at = time::instant(wall, &schedule.site.zone) + TimeDelta::minutes(minutes);
        let slot = Slot {
            meta: None,
            id: SlotId(secret::make_id()),
            schedule: schedule.id,
            status: SlotStatus::Free,
            span: Span { start_at, minutes: 30 },
            types: schedule.types.iter().map(|t| t.kind.id).collect(),
        };
        let answer = self.put(office, "Slot", slot.id.0, &slot, &[]).await;
        assert_eq!(answer.status, 201, "{}", answer.body);
        slot
    }

    /// A new appointment of the practice's own, over a slot's time.
    pub fn own(&self, slot: &Slot, number: u32) -> Appointment {
        Appointment {
            id: AppointmentId::new(secret::make_id()),
            code: Some(domain::agenda::BookingCode::from_number(number)),
            span: Some(Span { minutes: 15, ..slot.span }),
            ..demonstration::appointment()
        }
    }

    pub async fn put(
        &self,
        office: &Office,
        kind: &str,
        id: Uuid,
        resource: &impl serde::Serialize,
        headers: &[(&str, &str)],
    ) -> Answer {
        let body = serde_json::to_string(resource).expect("it is JSON");
        self.call(office, "PUT", &format!("/fhir/{kind}?{}", name(id)), headers, &body).await
    }

    pub async fn call(
        &self,
        office: &Office,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &str,
    ) -> Answer {
        let bearer = format!("Bearer {}", office.token);
        let mut all = vec![("authorization", bearer.as_str())];
        all.extend_from_slice(headers);
        self.send(method, path, &all, body).await
    }

    pub async fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Answer {
        let mut request = axum::http::Request::builder().method(method).uri(format!("{}{path}", self.base));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(Full::from(body.to_owned())).expect("a request");
        let response = self.client.request(request).await.expect("the portal answers");
        let (parts, body) = response.into_parts();
        let bytes = body.collect().await.expect("a whole body").to_bytes();
        Answer {
            status: parts.status.as_u16(),
            headers: parts.headers,
            body: String::from_utf8_lossy(&bytes).into_owned(),
        }
    }

    /// Hands on what is due, and what was handed on so far.
    pub async fn messages(&self, office: &Office) -> Vec<Kept> {
        messages::deliver(&self.portal, &*self.keeper, office.practice).await.expect("messages are handed on");
        self.keeper.kept()
    }

    /// The one-time code that went last.
    pub async fn last_code(&self, office: &Office) -> String {
        let sent = self.messages(office).await;
        let code = sent.iter().rfind(|message| message.template == portal::store::Template::OneTimeCode);
        code.expect("a code was sent").parameters["code"].clone()
    }

    /// Books as a patient of that phone, straight in the store.
    pub async fn book(
        &self,
        office: &Office,
        schedule: &Schedule,
        slot: SlotId,
        phone: &str,
    ) -> Result<Appointment, portal::store::StoreError> {
        let now = self.now();
        let mut tx = self.portal.store.begin(office.practice).await?;
        let account = tx.account_of(phone, fhir::booking::Language::Fr, secret::make_id(), now).await?;
        let request = portal::store::BookRequest {
            id: AppointmentId::new(secret::make_id()),
            codes: std::array::from_fn(|_| u32::from_be_bytes(secret::random())),
            kind: schedule.types[0].kind.id,
            person: fhir::booking::Person {
                surname: "Martin".parse().expect("a name"),
                first_name: "Léa".parse().expect("a name"),
                phone: Some(phone.parse().expect("a phone")),
                email: None,
                born_on: None,
                language: fhir::booking::Language::Fr,
            },
            contact: None,
            account: account.account_id,
        };
        let booked = tx.book(slot, schedule, &request, now).await?;
        let instruction = tx.instruction().await?.expect("it is instructed");
        messages::after_patient(
            &self.portal,
            &mut tx,
            &booked.appointment,
            schedule,
            &instruction,
            portal::store::Template::Confirmation,
            now,
        )
        .await?;
        tx.commit().await?;
        self.portal.tell(office.practice);
        Ok(booked.appointment)
    }
}

/// `identifier=…` of a name.
pub fn name(id: Uuid) -> String {
    format!("identifier=urn:ietf:rfc:3986%7Curn:uuid:{id}")
}
