//! A practice that is in sync with a real portal: what the scenarios of the sync start from. Both sides go by the computer's own
//! clock; the practice's can be set ahead, so that nobody waits for a window to pass.

use std::sync::Arc;

use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use domain::time::{WallTime, day_number};
use semainier_app::commands::entrance::sign_in;
use semainier_app::commands::entrance::wire::SignInRequest;
use semainier_app::commands::practice::wire::{SaveSiteRequest, SaveTypeRequest};
use semainier_app::commands::sync::wire::{
    InstructionTerms, LookAtPortalRequest, SignInstructionRequest, SyncRunView, SyncStateView,
};
use semainier_app::commands::wire::NothingRequest;
use semainier_app::commands::{CommandError, Desk, practice, sync};

use crate::house::{Cast, House, PASSWORD, cast, known};
use crate::portal_server::{PortalServer, Tenant};

/// The computer's clock.
#[expect(clippy::disallowed_methods, reason = "the portal has no other")]
pub fn clock() -> DateTime<Utc> {
    Utc::now()
}

/// A desk whose clock stands so many seconds from now.
pub async fn desk_in(house: &House, seconds: i64) -> Arc<Desk> {
    let doorstep = house.doorstep_at(clock() + TimeDelta::seconds(seconds));
    let request = SignInRequest { login: "lefevre".to_owned(), password: PASSWORD.to_owned() };
    sign_in::open(&doorstep, request).await.expect("signed in").0
}

/// A working day to come, so many after the next Monday.
pub fn day(after: u64) -> NaiveDate {
    let today = clock().date_naive();
    let monday = 7 - (day_number(today) + 3).rem_euclid(7);
    today + Days::new(u64::try_from(monday).expect("days to come") + after)
}

/// A wall time on such a day.
pub fn on(after: u64, time: &str) -> WallTime {
    format!("{}T{time}", day(after)).parse().expect("a wall time")
}

/// A practice with a portal.
pub struct Scene {
    pub house: House,
    pub desk: Arc<Desk>,
    pub cast: Cast,
    pub tenant: Tenant,
}

/// A practice with one type that can be booked online, and a tenant at a portal; nothing is signed yet.
pub async fn scene(server: &PortalServer) -> Scene {
    scene_of(server, House::new().await).await
}

/// The same of a house that is there.
pub async fn scene_of(server: &PortalServer, house: House) -> Scene {
    let desk = desk_in(&house, 0).await;
    let cast = cast(&desk).await;
    let site = known(&desk).await.sites.remove(0);
    let request = SaveSiteRequest {
        id: Some(site.id),
        name: "Cabinet du Parc".to_owned(),
        zone: site.zone,
        address: "12 rue du Parc".to_owned(),
        postcode: "75014".to_owned(),
        city: "Paris".to_owned(),
        phone: String::new(),
        active: true,
    };
    practice::save_site(&desk, request).await.expect("a site");
    let kind = known(&desk).await.types.into_iter().find(|kind| kind.id == cast.kind).expect("the type");
    let request = SaveTypeRequest {
        id: Some(kind.id),
        name: kind.name,
        short_name: kind.short_name,
        minutes: kind.minutes,
        colour: kind.colour,
        active: true,
        buffer_minutes: 0,
        online: true,
        needs_approval: false,
        instructions: String::new(),
        price_cents: None,
        provider_time: String::new(),
        practitioners: Vec::new(),
        sites: Vec::new(),
        resource_kinds: Vec::new(),
    };
    practice::save_type(&desk, request).await.expect("a type");
    let tenant = server.tenant("Cabinet du Parc");
    Scene { house, desk, cast, tenant }
}

impl Scene {
    /// The terms that the practice would sign.
    pub async fn terms(&self) -> InstructionTerms {
        let proposal = sync::show_sync(&self.desk, NothingRequest {}).await.expect("shown").proposal;
        InstructionTerms {
            controller_email: "donnees@parc.example.fr".to_owned(),
            controller_address: "12 rue du Parc, 75014 Paris".to_owned(),
            horizon_days: 21,
            reason: true,
            ..proposal
        }
    }

    /// The request that signs terms, after the key was looked at.
    pub async fn request(&self, server: &PortalServer, terms: InstructionTerms) -> SignInstructionRequest {
        let look = LookAtPortalRequest { address: server.address(), authority: String::new() };
        let seen = sync::look_at_portal(&self.desk, look).await.expect("it answers");
        SignInstructionRequest {
            address: server.address(),
            authority: String::new(),
            client_id: self.tenant.client_id.clone(),
            client_secret: Some(self.tenant.client_secret.clone()),
            key: seen.key,
            terms,
            previewed: true,
        }
    }

    /// Signs what would be proposed.
    pub async fn sign(&self, server: &PortalServer) {
        let request = self.request(server, self.terms().await).await;
        sync::sign_sync_instruction(&self.desk, request).await.expect("signed");
    }

    /// The practice so many seconds later: everybody else has left.
    pub async fn later(&mut self, seconds: i64) {
        self.desk = desk_in(&self.house, seconds).await;
    }

    /// The name of the first practitioner's schedule at the portal.
    pub fn schedule(&self, server: &PortalServer) -> String {
        let held = server.held(&self.tenant);
        let schedule = held.iter().find(|line| line["kind"] == "schedule").expect("a schedule was told");
        let name = schedule["value"]["identifier"][0]["value"].as_str().expect("a name");
        name.trim_start_matches("urn:uuid:").to_owned()
    }
}

/// Runs.
pub async fn run(desk: &Desk) -> Result<SyncRunView, CommandError> {
    sync::sync_now(desk, NothingRequest {}).await
}

/// How it stands.
pub async fn state(desk: &Desk) -> SyncStateView {
    sync::show_sync_state(desk, NothingRequest {}).await.expect("a state")
}
