//! The world that is measured: a database with many practices whose agendas are open for 90 days, and the server beside it.

use std::{
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD as BASE64};
use chrono::{DateTime, TimeDelta, Utc};
use domain::id::{PracticeId, TypeId};
use fhir::booking::Language;
use portal::{
    clock::Clock,
    demonstration,
    secret::{self, Bearer},
    signing::Key,
    store::{Expect, Store},
};
use serde_json::json;
use sqlx::{AssertSqlSafe, Connection, PgConnection, PgPool, postgres::PgPoolOptions};
use uuid::Uuid;

use crate::{client::Client, round, say};

/// The program.
const PROGRAM: &str = env!("CARGO_BIN_EXE_semainier-portal");
const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");

/// One practice.
pub struct Practice {
    /// Its number.
    pub id: PracticeId,
    /// Its one schedule.
    pub schedule: Uuid,
    kind: TypeId,
    /// Its free slots, by time.
    pub slots: Vec<Uuid>,
    client: (String, String),
}

/// Somebody who is identified.
pub struct Visit {
    cookie: String,
    token: String,
}

/// The world.
pub struct World {
    /// Where the portal listens.
    pub address: String,
    /// The practices.
    pub practices: Vec<Practice>,
    /// Tokens of the first practices.
    pub tokens: Vec<String>,
    /// The day on which the free times begin.
    pub tomorrow: DateTime<Utc>,
    /// A pool with a bare table.
    pub yardstick: PgPool,
    store: Store,
    owner: PgPool,
    form_key: [u8; 32],
    server: Server,
    place: PathBuf,
    name: String,
    cluster: String,
}

fn cluster() -> Option<String> {
    let started = Command::new("scripts/portal.sh").arg("started").current_dir(ROOT).output().ok()?;
    started.status.success().then(|| String::from_utf8_lossy(&started.stdout).trim().to_owned())
}

impl World {
    /// Makes it, with so many practices; none where PostgreSQL is not there.
    pub async fn make(practices: usize) -> Option<Self> {
        let cluster = cluster()?;
        let (server, _) = cluster.rsplit_once('/')?;
        let name = format!("bench_{}", std::process::id());
        let mut boss = PgConnection::connect(&cluster).await.expect("the server answers");
        sqlx::query(AssertSqlSafe(format!("CREATE DATABASE {name}"))).execute(&mut boss).await.expect("a database");
        let owner_address = format!("{server}/{name}");
        let target = std::env::var("CARGO_TARGET_DIR").unwrap_or_else(|_| format!("{ROOT}/target"));
        let password =
            std::fs::read_to_string(format!("{target}/portal/portal_password")).expect("the script wrote it");
        let (_, host) = server.rsplit_once('@')?;
        let address = format!("postgres://semainier_portal:{}@{host}/{name}", password.trim());
        let owner = Store::open_owner(&owner_address).await.expect("the owner connects");
        owner.migrate().await.expect("the schema is made");
        let pool = PgPoolOptions::new().max_connections(16).connect(&owner_address).await.expect("the owner connects");
        sqlx::query("CREATE TABLE yardstick (number bigint PRIMARY KEY, word text NOT NULL)")
            .execute(&pool)
            .await
            .expect("a table");
        let now = Clock::system().now();
        let tomorrow = (now + TimeDelta::days(1)).date_naive().and_hms_opt(8, 0, 0).expect("a time").and_utc();
        let began = Instant::now();
        let practices = fill(&owner, &pool, practices, now, tomorrow).await;
        let slots: usize = practices.iter().map(|practice| practice.slots.len()).sum();
        say(
            json!({ "figure": "filled", "practices": practices.len(), "slots": slots, "seconds": round(began.elapsed().as_secs_f64()) }),
        );
        let place = std::env::temp_dir().join(&name);
        std::fs::create_dir_all(&place).expect("a folder");
        let (listens, server) = serve(&address, &place).await;
        let store = Store::open(&address, 8).await.expect("the portal's role connects");
        let key = Key::open(&place.join("key")).expect("the server made it");
        let mut world = Self {
            address: listens,
            practices,
            tokens: Vec::new(),
            tomorrow,
            yardstick: pool.clone(),
            store,
            owner: pool,
            form_key: key.derive("form tokens"),
            server,
            place,
            name,
            cluster,
        };
        for number in 0..world.practices.len().min(400) {
            let token = world.token(number).await;
            world.tokens.push(token);
        }
        Some(world)
    }

    /// A token of a practice.
    pub async fn token(&self, number: usize) -> String {
        let (client_id, client_secret) = &self.practices[number].client;
        let body = format!("grant_type=client_credentials&client_id={client_id}&client_secret={client_secret}");
        let mut client = Client::connect(&self.address).await;
        let answer = client.send("POST", "/oauth/token", &[("x-forwarded-for", &crate::from(number))], &body).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        let answer: serde_json::Value = serde_json::from_str(&answer.body).expect("JSON");
        answer["access_token"].as_str().expect("a token").to_owned()
    }

    /// So many identified persons, each at the practice of that number.
    pub async fn visits(&self, many: usize, at: impl Fn(usize) -> usize) -> Vec<Visit> {
        let now = Clock::system().now();
        let mut all = Vec::with_capacity(many);
        for number in 0..many {
            let practice = self.practices[at(number)].id;
            let bearer = Bearer::make(practice);
            let contact = format!("+336{:08}", 10_000_000 + number);
            let mut tx = self.store.begin(practice).await.expect("the database answers");
            tx.begin_visit(&bearer.hash, now).await.expect("a visit");
            let account = tx.account_of(&contact, Language::Fr, secret::make_id(), now).await.expect("an account");
            tx.identify(&bearer.hash, account.account_id, &contact).await.expect("an identity");
            tx.commit().await.expect("it is kept");
            let token = BASE64.encode(secret::keyed(&self.form_key, &[b"form", &bearer.hash]));
            all.push(Visit { cookie: format!("semainier={}", bearer.text()), token });
        }
        all
    }

    /// How many appointments stand at the last slot of the first practice.
    pub async fn held_at_last_slot(&self) -> i64 {
        let practice = &self.practices[0];
        let mut tx = self.owner.begin().await.expect("the database answers");
        sqlx::query("SELECT set_config('app.practice', $1, true)")
            .bind(practice.id.to_string())
            .execute(&mut *tx)
            .await
            .expect("set");
        let sql = "SELECT count(*) FROM appointment a JOIN slot s USING (practice_id, start_at) WHERE s.practice_id = $1 AND s.slot_id = $2";
        let last = practice.slots[practice.slots.len() - 1];
        sqlx::query_scalar(sql).bind(practice.id.uuid()).bind(last).fetch_one(&mut *tx).await.expect("counted")
    }

    /// Ends the server and drops the database.
    pub async fn end(&self) {
        self.server.stop();
        self.store.close().await;
        self.owner.close().await;
        let mut boss = PgConnection::connect(&self.cluster).await.expect("the server answers");
        let drop = format!("DROP DATABASE {} WITH (FORCE)", self.name);
        sqlx::query(AssertSqlSafe(drop)).execute(&mut boss).await.expect("it is dropped");
        let _ = std::fs::remove_dir_all(&self.place);
    }
}

/// The server's process; it ends with what is measured, however that ends.
struct Server(Mutex<Child>);

impl Server {
    fn stop(&self) {
        let mut child = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let _ = child.kill();
        let _ = child.wait();
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop();
    }
}

impl Practice {
    /// The page of its free times.
    pub fn page(&self, language: &str) -> String {
        format!("/{language}/{}/s/{}?type={}", self.id, self.schedule, self.kind)
    }

    /// Sends the form that books; whether it was won.
    pub async fn book(&self, client: &mut Client, visit: &Visit, slot: Uuid, from: &str) -> bool {
        let path = format!("/fr/{}/s/{}/book", self.id, self.schedule);
        let body =
            format!("form={}&type={}&slot={slot}&whom=me&surname=Martin&first_name=L%C3%A9a", visit.token, self.kind);
        let headers = [
            ("content-type", "application/x-www-form-urlencoded"),
            ("cookie", visit.cookie.as_str()),
            ("x-forwarded-for", from),
        ];
        let answer = client.send("POST", &path, &headers, &body).await;
        assert_eq!(answer.status, 303, "{}", answer.body);
        let to = answer.location.expect("it leads on");
        assert!(to.contains("/a/") || to.contains("taken=1"), "{to}");
        to.contains("/a/")
    }
}

/// Practices with one schedule and 90 days of a free time each quarter of an hour from eight to four, by plain SQL as the owner.
async fn fill(
    owner: &Store,
    pool: &PgPool,
    practices: usize,
    now: DateTime<Utc>,
    tomorrow: DateTime<Utc>,
) -> Vec<Practice> {
    const SLOTS: &str = "INSERT INTO slot (practice_id, slot_id, schedule_id, updated_at, status, start_at, end_at, types) \
        SELECT $1, gen_random_uuid(), $2, now(), 'free', t, t + interval '15 minutes', $3 \
        FROM generate_series($4::timestamptz, $4 + interval '89 days', interval '1 day') d, \
        generate_series(d, d + interval '7 hours 45 minutes', interval '15 minutes') t RETURNING slot_id";
    let schedule = demonstration::schedule(0);
    let kind = schedule.types[0].kind.id;
    let mut all = Vec::with_capacity(practices);
    for _ in 0..practices {
        let id = PracticeId::new(secret::make_id());
        let made = owner.add_tenant(id, "Cabinet de mesure", now).await.expect("a practice");
        let mut tx = owner.begin(id).await.expect("the database answers");
        tx.put_instruction(&demonstration::instruction(), now).await.expect("instructed");
        tx.put_schedule(&schedule, Expect::Anything, now).await.expect("a schedule");
        tx.commit().await.expect("it is kept");
        let mut tx = pool.begin().await.expect("the database answers");
        sqlx::query("SET LOCAL synchronous_commit = off").execute(&mut *tx).await.expect("set");
        sqlx::query("SELECT set_config('app.practice', $1, true)")
            .bind(id.to_string())
            .execute(&mut *tx)
            .await
            .expect("set");
        let filled =
            sqlx::query_scalar(SLOTS).bind(id.uuid()).bind(schedule.id.0).bind(vec![kind.uuid()]).bind(tomorrow);
        let slots: Vec<Uuid> = filled.fetch_all(&mut *tx).await.expect("slots");
        tx.commit().await.expect("it is kept");
        all.push(Practice { id, schedule: schedule.id.0, kind, slots, client: (made.client_id, made.client_secret) });
    }
    sqlx::query("VACUUM ANALYZE slot").execute(pool).await.expect("analysed");
    all
}

/// The server as a process; where it listens.
async fn serve(database: &str, place: &Path) -> (String, Server) {
    let port = std::net::TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("it has one").port();
    let address = format!("127.0.0.1:{port}");
    let child = Command::new(PROGRAM)
        .args(["serve", "--development"])
        .env("PORTAL_DATABASE", database)
        .env("PORTAL_LISTEN", &address)
        .env("PORTAL_PUBLIC_URL", format!("http://{address}"))
        .env("PORTAL_SIGNING_KEY", place.join("key"))
        .env("PORTAL_PROXY", "true")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the portal starts");
    let server = Server(Mutex::new(child));
    let began = Instant::now();
    while tokio::net::TcpStream::connect(&address).await.is_err() {
        assert!(began.elapsed() < Duration::from_secs(20), "the portal does not listen");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    (address, server)
}
