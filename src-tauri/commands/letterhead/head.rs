//! From rows to the head of a paper. Not here: what the paper says.

use std::sync::Arc;

use domain::country::Country;
use domain::id::PractitionerId;
use domain::identifiers::phone::{Region, parse};
use domain::identifiers::phone_shown::international;

use crate::commands::{CommandError, Desk};
use crate::print::letterhead::{Letterhead, Number, Sender};
use crate::print::page::Picture;
use crate::print::prescription::Sheet;
use crate::print::words::Language;
use crate::store::letterhead::{PracticePaper, PractitionerPaper};
use crate::store::practice::{Practitioner, Site};
use crate::store::{self, Connection};

/// What the head of a practitioner's papers is made of.
pub struct Sources {
    /// The practitioner.
    pub practitioner: Practitioner,
    /// Where they usually are.
    pub site: Site,
    /// The practice's name.
    pub name: String,
    /// Its country.
    pub country: Country,
    /// What the practice says.
    pub practice: PracticePaper,
    /// What the practitioner says.
    pub own: PractitionerPaper,
}

impl Sources {
    /// Reads them as they were kept.
    ///
    /// # Errors
    /// `not_found` for a practitioner who is not known.
    pub async fn read(
        desk: &Desk,
        connection: &mut Connection,
        practitioner: PractitionerId,
    ) -> Result<Self, CommandError> {
        let not_found = || CommandError::field("not_found", "practitioner_id");
        let all = store::practice::practitioners(connection).await?;
        let practitioner = all.into_iter().find(|one| one.id == practitioner).ok_or_else(not_found)?;
        let sites = store::practice::sites(connection).await?;
        let site = sites.into_iter().find(|site| site.id == practitioner.site_id).ok_or_else(not_found)?;
        let premises = desk.premises();
        Ok(Self {
            practice: store::letterhead::practice_paper(connection).await?,
            own: store::letterhead::practitioner_paper(connection, practitioner.id).await?,
            practitioner,
            site,
            name: premises.name,
            country: premises.country,
        })
    }

    /// The usual sheet.
    #[must_use]
    pub fn sheet(&self) -> Sheet {
        if self.practice.sheet == "a5" { Sheet::A5 } else { Sheet::A4 }
    }

    /// The head of a paper in that language. A paper in Arabic has the head in Arabic as well wherever there is one: who
    /// dispenses must be able to read who prescribed, so the one in Latin letters is only left out on purpose.
    ///
    /// # Errors
    /// `logo_unreadable`.
    pub fn head(&self, language: Language) -> Result<Letterhead, CommandError> {
        let in_arabic = !self.own.name_arabic.trim().is_empty();
        let arabic = in_arabic && (self.practice.letters != "latin" || language == Language::Arabic);
        let latin = !arabic || self.practice.letters != "arabic" || language != Language::Arabic;
        let logo = match &self.practice.logo[..] {
            [] => None,
            bytes => Some(Arc::new(picture(bytes)?)),
        };
        Ok(Letterhead {
            latin: latin.then(|| self.latin()),
            arabic: arabic.then(|| self.arabic()),
            logo,
            numbers: self.numbers(),
            note: self.practice.note.trim().to_owned(),
            foot: self.practice.foot.trim().to_owned(),
        })
    }

    fn latin(&self) -> Sender {
        let country = match self.country {
            Country::FR => "France",
            Country::MA => "Maroc",
        };
        let town = format!("{} {}", self.site.postcode, self.site.city);
        let mut qualifications = lines(&self.own.qualifications);
        qualifications.extend(lines(&self.practitioner.speciality));
        Sender {
            name: self.practitioner.name.clone(),
            qualifications,
            practice: self.name.clone(),
            address: [lines(&self.site.address), lines(&town), vec![country.to_owned()]].concat(),
            phone: self.phone(),
            email: self.practice.email.trim().to_owned(),
        }
    }

    fn arabic(&self) -> Sender {
        Sender {
            name: self.own.name_arabic.trim().to_owned(),
            qualifications: lines(&self.own.qualifications_arabic),
            practice: self.practice.name_arabic.trim().to_owned(),
            address: lines(&self.own.address_arabic),
            phone: self.phone(),
            email: self.practice.email.trim().to_owned(),
        }
    }

    fn phone(&self) -> String {
        let home = match self.country {
            Country::FR => Region::FR,
            Country::MA => Region::MA,
        };
        let region = self.site.zone.parse().map_or(home, |zone| Region::of_zone(self.country, &zone));
        let phone = parse(&self.site.phone, region);
        if phone.valid { international(&phone.e164) } else { self.site.phone.trim().to_owned() }
    }

    fn numbers(&self) -> Vec<Number> {
        let number = |label: &str, digits: &str, bars| Number {
            label: label.to_owned(),
            digits: digits.split_whitespace().collect(),
            bars,
        };
        let all = match self.country {
            Country::FR => vec![
                number("RPPS", &self.practitioner.rpps, self.own.bars),
                number("FINESS", &self.practice.structure, self.own.bars),
            ],
            Country::MA => vec![
                number("INPE", &self.practitioner.inpe, self.own.bars),
                number("N° d’ordre", &self.own.order_number, false),
            ],
        };
        all.into_iter().filter(|one| !one.digits.is_empty()).collect()
    }
}

/// Reads a PNG or a JPEG.
pub(super) fn picture(bytes: &[u8]) -> Result<Picture, CommandError> {
    Picture::read(bytes).map_err(|_| CommandError::field("picture_unreadable", "logo"))
}

fn lines(text: &str) -> Vec<String> {
    text.lines()
        .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "))
        .filter(|line| !line.is_empty())
        .collect()
}
