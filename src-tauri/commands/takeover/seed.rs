//! A made-up practice of any size, for trials, measurements and the demonstration. The same seed makes the same practice.
//! Persons are combined from lists of common names: nobody is meant.

use chrono::{Datelike, NaiveDate, Weekday};
use domain::agenda::booking_code::BookingCode;
use domain::agenda::status::{CancelledBy, Origin, Status, Urgency};
use domain::id::{AppointmentId, HoursId, PatientId, PractitionerId, SiteId, TypeId};
use domain::role::Permission;
use domain::time::{day_number, from_day_number};

use crate::commands::{CommandError, Desk};
use crate::journal::ChangeRecord;
use crate::store;
use crate::store::agenda::Appointment;
use crate::store::opening::Hours;
use crate::store::patient::Patient;
use crate::store::practice::Practitioner;

/// How much of what.
#[derive(Debug, Clone, Copy)]
pub struct Plan {
    /// Patients.
    pub patients: u32,
    /// Appointments.
    pub appointments: u32,
    /// Practitioners.
    pub practitioners: u32,
    /// Days before today.
    pub days_back: u32,
    /// Days from today on.
    pub days_ahead: u32,
    /// Seed.
    pub seed: u64,
    /// Today is a working day whatever its weekday: a demonstration opened on a Sunday has something to show.
    pub open_today: bool,
}

#[rustfmt::skip]
const SURNAMES: &[&str] = &[
    "Martin", "Bernard", "Dubois", "Thomas", "Robert", "Richard", "Petit", "Durand", "Leroy", "Moreau", "Simon",
    "Laurent", "Lefèvre", "Michel", "Garcia", "David", "Bertrand", "Roux", "Vincent", "Fournier", "Morel", "Girard",
    "André", "Mercier", "Dupont", "Lambert", "Bonnet", "François", "Martinez", "Legrand", "Garnier", "Faure",
    "Rousseau", "Blanc", "Guérin", "Müller", "Henry", "Roussel", "Nicolas", "Perrin", "Morin", "Mathieu", "Clément",
    "Gauthier", "Dumont", "Lopez", "Fontaine", "Chevalier", "Robin", "Masson", "Sanchez", "Gérard", "Nguyễn", "Boyer",
    "Denis", "Lemaire", "Duval", "Joly", "Gautier", "Roger", "Renaud", "Œuvrard", "Alaoui", "El Idrissi", "Bennani",
    "Tazi", "Benjelloun", "Ben Ali", "Aït Ahmed", "El Fassi", "Berrada", "Chraïbi", "Lahlou", "Amrani", "Ouazzani",
];
#[rustfmt::skip]
const FIRST_NAMES: &[&str] = &[
    "Marie", "Jean", "Pierre", "Jeanne", "Camille", "Louis", "Léa", "Hugo", "Manon", "Lucas", "Chloé", "Nathan",
    "Inès", "Paul", "Zoé", "Jules", "Alice", "Adam", "Louise", "Arthur", "Anaïs", "Gabriel", "Clémence", "Maël",
    "Françoise", "Michel", "Monique", "André", "Nathalie", "Philippe", "Isabelle", "Alain", "Sylvie", "Patrick",
    "Khadija", "Mohamed", "Fatima Zahra", "Youssef", "Meryem", "Karim", "Samira", "Omar", "Salma", "Rachid", "Hélène",
    "Marcel", "Maëlys", "Raphaël", "Élodie", "Noémie", "Théo", "Agathe", "Augustin", "Édith", "Zacharie",
];

/// A small generator of its own, so that a seed means the same on every computer and in every version.
#[derive(Debug, Clone)]
pub struct Dice(u64);

impl Dice {
    /// From a seed.
    #[must_use]
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next number (SplitMix64, Steele et al. 2014).
    pub fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `bound` (at least 1).
    pub fn below(&mut self, bound: u64) -> u64 {
        self.roll() % bound.max(1)
    }

    fn pick<'a>(&mut self, list: &[&'a str]) -> &'a str {
        let place = usize::try_from(self.below(list.len() as u64)).unwrap_or(0);
        list.get(place).copied().unwrap_or("")
    }

    fn uuid(&mut self, milliseconds: u64) -> uuid::Uuid {
        let (high, low) = (self.roll(), self.roll());
        let mut bytes = [0; 10];
        bytes[..8].copy_from_slice(&high.to_be_bytes());
        bytes[8..].copy_from_slice(&low.to_be_bytes()[..2]);
        uuid::Builder::from_unix_timestamp_millis(milliseconds, &bytes).into_uuid()
    }
}

/// Fills the practice; returns how many patients and appointments were made. One journal entry says so: what is made up
/// has no history.
///
/// # Errors
/// `permission_denied`, `out_of_range`, `not_empty` where the practice has patients already.
pub async fn seed(desk: &Desk, plan: Plan) -> Result<(u32, u32), CommandError> {
    if plan.practitioners == 0 || plan.practitioners > 200 || plan.days_back + plan.days_ahead == 0 {
        return Err(CommandError::field("out_of_range", "practitioners"));
    }
    if plan.days_back.max(plan.days_ahead) > 50 * 365 {
        return Err(CommandError::field("out_of_range", "years"));
    }
    if plan.appointments > 0 && plan.patients == 0 {
        return Err(CommandError::field("out_of_range", "patients"));
    }
    let mut change = desk.change(Permission::ManageSettings, "seed").await?;
    if store::patient::count(change.connection()).await? > 0 {
        return Err(CommandError::new("not_empty"));
    }
    let mut dice = Dice::new(plan.seed);
    let at = change.at().to_owned();
    let today = desk.wall_now().date();
    let milliseconds = u64::try_from(desk.now().timestamp_millis()).unwrap_or(0);
    let country = desk.premises().country;
    let mut patients = Vec::new();
    for place in 0..plan.patients {
        let id = PatientId::new(dice.uuid(milliseconds + u64::from(place)));
        let row = person(&mut dice, id, milliseconds, today, country, &at);
        store::patient::insert(change.connection(), &row).await?;
        patients.push(id);
    }
    let site = store::practice::sites(change.connection()).await?[0].id;
    let weekdays = working_weekdays(plan, today);
    let practitioners =
        practitioners(&mut change, &mut dice, plan.practitioners, &weekdays, site, milliseconds).await?;
    let types: Vec<TypeId> = store::practice::types(change.connection()).await?.iter().map(|kind| kind.id).collect();
    let scene = Scene { today, site, milliseconds, patients, practitioners, types };
    let appointments = scene.fill(&mut change, &mut dice, plan).await?;
    let id = desk.premises().practice_id.to_string();
    let record = ChangeRecord::created(
        "seed",
        &serde_json::json!({ "patients": plan.patients, "appointments": appointments, "seed": plan.seed }),
    );
    change.record("agenda", &id, None, &record).await?;
    change.commit().await?;
    Ok((plan.patients, appointments))
}

fn person(
    dice: &mut Dice,
    id: PatientId,
    milliseconds: u64,
    today: NaiveDate,
    country: domain::country::Country,
    at: &str,
) -> Patient {
    let surname = dice.pick(SURNAMES);
    let first_name = dice.pick(FIRST_NAMES);
    let born = today - chrono::Days::new(dice.below(95 * 365));
    let prefix = match country {
        domain::country::Country::FR => "+336",
        domain::country::Country::MA => "+2126",
    };
    let mobile = format!("{prefix}{:08}", dice.below(100_000_000));
    let birth_name = if dice.below(6) == 0 { dice.pick(SURNAMES) } else { "" };
    Patient {
        number: 0,
        id,
        surname: surname.to_owned(),
        birth_name: if birth_name == surname { String::new() } else { birth_name.to_owned() },
        first_name: first_name.to_owned(),
        surname_arabic: String::new(),
        first_name_arabic: String::new(),
        sex: "unknown".to_owned(),
        born: Some(born),
        birth_place: String::new(),
        nir: String::new(),
        ins_status: "none".to_owned(),
        cin: String::new(),
        mobile,
        phone: String::new(),
        email: String::new(),
        address: String::new(),
        postcode: String::new(),
        city: String::new(),
        language: String::new(),
        insurer: String::new(),
        treating_doctor: String::new(),
        remarks: String::new(),
        deceased_on: None,
        external_id: None,
        erasure_id: dice.uuid(milliseconds).to_string(),
        merged_into: None,
        revision: 1,
        created_at: at.to_owned(),
    }
}

/// Monday to Friday, and today's where the plan asks for it.
fn working_weekdays(plan: Plan, today: NaiveDate) -> Vec<u32> {
    let mut weekdays: Vec<u32> = (1..=5).collect();
    let of_today = today.weekday().number_from_monday();
    if plan.open_today && of_today > 5 {
        weekdays.push(of_today);
    }
    weekdays
}

/// As many active practitioners as asked, those who are there first; each open on the working weekdays 8:00–12:30 and
/// 14:00–19:00 where they have no hours yet.
async fn practitioners(
    change: &mut crate::commands::desk::Change<'_>,
    dice: &mut Dice,
    wanted: u32,
    weekdays: &[u32],
    site: SiteId,
    milliseconds: u64,
) -> Result<Vec<PractitionerId>, CommandError> {
    let known = store::practice::practitioners(change.connection()).await?;
    let mut ids: Vec<PractitionerId> = known.iter().filter(|one| one.active).map(|one| one.id).collect();
    ids.truncate(usize::try_from(wanted).unwrap_or(0));
    while ids.len() < usize::try_from(wanted).unwrap_or(0) {
        let rank = i64::try_from(ids.len()).unwrap_or(0);
        let practitioner = Practitioner {
            id: PractitionerId::new(dice.uuid(milliseconds)),
            name: format!("Dr {} {}", dice.pick(SURNAMES), rank + 1),
            speciality: "Médecine générale".to_owned(),
            rpps: String::new(),
            inpe: String::new(),
            site_id: site,
            rank,
            active: true,
        };
        store::practice::save_practitioner(change.connection(), &practitioner).await?;
        ids.push(practitioner.id);
    }
    for id in &ids {
        if !store::opening::hours(change.connection(), Some(*id)).await?.is_empty() {
            continue;
        }
        let mut lines = Vec::new();
        for weekday in weekdays {
            for (from_minute, to_minute) in [(8 * 60, 12 * 60 + 30), (14 * 60, 19 * 60)] {
                lines.push(Hours {
                    id: HoursId::new(dice.uuid(milliseconds)),
                    practitioner_id: *id,
                    weekday: i64::from(*weekday),
                    from_minute,
                    to_minute,
                    valid_from: None,
                    valid_until: None,
                    weeks: "every".to_owned(),
                });
            }
        }
        store::opening::replace_hours(change.connection(), *id, weekdays, &lines).await?;
    }
    Ok(ids)
}

struct Scene {
    today: NaiveDate,
    site: SiteId,
    milliseconds: u64,
    patients: Vec<PatientId>,
    practitioners: Vec<PractitionerId>,
    types: Vec<TypeId>,
}

/// Opening time in minutes: what the appointments of a day share out.
const MORNING: i64 = 8 * 60;
const MORNING_MINUTES: i64 = 270;
const AFTERNOON: i64 = 14 * 60;
const AFTERNOON_MINUTES: i64 = 300;

impl Scene {
    /// Spreads the appointments evenly over working days and practitioners; the days to come are as full as the past ones.
    async fn fill(
        &self,
        change: &mut crate::commands::desk::Change<'_>,
        dice: &mut Dice,
        plan: Plan,
    ) -> Result<u32, CommandError> {
        let today = day_number(self.today);
        let (first, last) = (today - i64::from(plan.days_back), today + i64::from(plan.days_ahead));
        let weekend = |day: i64| matches!(from_day_number(day).weekday(), Weekday::Sat | Weekday::Sun);
        let days: Vec<i64> = (first..last).filter(|day| !weekend(*day) || plan.open_today && *day == today).collect();
        let columns = u64::try_from(days.len() * self.practitioners.len()).unwrap_or(1).max(1);
        let total = u64::from(plan.appointments);
        let mut done: u64 = 0;
        let mut column: u64 = 0;
        for day in &days {
            for practitioner in &self.practitioners {
                column += 1;
                // What should be done after this column, so that the sum is exact.
                let count = total * column / columns - done;
                self.column(change, dice, *practitioner, *day, count, &mut done).await?;
            }
        }
        Ok(u32::try_from(done).unwrap_or(u32::MAX))
    }

    async fn column(
        &self,
        change: &mut crate::commands::desk::Change<'_>,
        dice: &mut Dice,
        practitioner: PractitionerId,
        day: i64,
        count: u64,
        done: &mut u64,
    ) -> Result<(), CommandError> {
        let count = i64::try_from(count).unwrap_or(0);
        if count == 0 {
            return Ok(());
        }
        let (morning, afternoon) = (count - count / 2, count / 2);
        for (number, from, room) in [(morning, MORNING, MORNING_MINUTES), (afternoon, AFTERNOON, AFTERNOON_MINUTES)] {
            if number == 0 {
                continue;
            }
            // Multiples of five as long as there is room for them.
            let share = (room / number).max(1);
            let step = if share >= 5 { share / 5 * 5 } else { share };
            let (mut starts, mut lengthened) = (day * 1440 + from, 0);
            for place in 0..number {
                // One is longer than its share, the next as much shorter: a day as people have it, and it still fits.
                let minutes = if place % 2 == 1 {
                    step - std::mem::take(&mut lengthened)
                } else {
                    let most = u64::try_from((step - 10) / 5).unwrap_or(0);
                    lengthened =
                        if place + 1 < number { i64::try_from(dice.below(most + 1)).unwrap_or(0) * 5 } else { 0 };
                    step + lengthened
                };
                // Some hold less than their time: a gap that somebody can be fitted into.
                let held = if minutes >= 20 && dice.below(6) == 0 { minutes - 10 } else { minutes };
                let row = self.appointment(dice, practitioner, day, starts, held, *done);
                store::agenda::insert(change.connection(), &row).await?;
                starts += minutes;
                *done += 1;
            }
        }
        Ok(())
    }

    fn appointment(
        &self,
        dice: &mut Dice,
        practitioner: PractitionerId,
        day: i64,
        starts: i64,
        minutes: i64,
        number: u64,
    ) -> Appointment {
        let patient = usize::try_from(dice.below(self.patients.len() as u64)).unwrap_or(0);
        let kind = usize::try_from(dice.below(self.types.len() as u64)).unwrap_or(0);
        let past = day < day_number(self.today);
        let status = match (past, dice.below(20)) {
            (true, 0) => Status::NoShow,
            (true, 1) => Status::Cancelled,
            (true, _) => Status::Done,
            (false, 0..6) => Status::Confirmed,
            (false, _) => Status::Booked,
        };
        // An odd multiplier visits every code once before it repeats.
        let code =
            BookingCode::from_number(u32::try_from((number * 0x2545_f491 + 0x0123_4567) & 0x3fff_ffff).unwrap_or(0));
        Appointment {
            id: AppointmentId::new(dice.uuid(self.milliseconds + number)),
            code: code.to_string(),
            practitioner_id: practitioner,
            site_id: self.site,
            patient_id: self.patients.get(patient).copied(),
            type_id: self.types[kind],
            day,
            starts: Some(starts),
            queue_rank: None,
            minutes,
            status,
            origin: Origin::Phone,
            urgency: Urgency::Normal,
            overbooked: false,
            note: String::new(),
            contact_name: String::new(),
            contact_phone: String::new(),
            cancelled_by: (status == Status::Cancelled).then_some(CancelledBy::Patient),
            cancel_reason: String::new(),
            cancelled_late: false,
            arrived: (status == Status::Done).then_some(starts - 5),
            seated: (status == Status::Done).then_some(starts),
            dismissed: (status == Status::Done).then_some(starts + minutes),
            external_uid: None,
            revision: 1,
            buffer_minutes: 0,
            provider_parts: Vec::new(),
            resources: Vec::new(),
        }
    }
}
