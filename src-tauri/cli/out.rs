//! What leaves the house: exports, publishing, statistics.

use std::io::Write as _;
use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::json;

use super::Refusal;
use super::arguments::{Export, Publish, Statistics};
use super::arguments_out::PublishSet;
use super::output::Output;
use super::session::secret;
use super::setup::{known, practitioner_id, type_id};
use crate::commands::entrance::create::disk;
use crate::commands::export::wire::{ExportAgendaRequest, ExportPatientsRequest};
use crate::commands::publishing::wire::{PublishAgendaRequest, PublishedView, SetPublishingRequest};
use crate::commands::statistics::wire::{ExportStatisticsRequest, ShowStatisticsRequest};
use crate::commands::wire::{FileView, NothingRequest};
use crate::commands::{Desk, export as exports, publishing, statistics as figures};

/// Writes a file whole or not at all, readable by this account only.
pub(super) fn save(made: &FileView, path: &Path, output: &Output) -> Result<(), Refusal> {
    let bytes = STANDARD.decode(&made.base64).map_err(|_| Refusal::new("bad_request"))?;
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let write = || -> std::io::Result<()> {
        let mut file = tempfile::NamedTempFile::new_in(folder)?;
        file.write_all(&bytes)?;
        file.as_file().sync_all()?;
        file.persist(path)?;
        Ok(())
    };
    write().map_err(|error| disk(&error))?;
    output.view(&json!({ "file": path, "bytes": bytes.len() }));
    Ok(())
}

/// `export`.
pub async fn export(desk: &Desk, command: Export, output: &Output) -> Result<(), Refusal> {
    match command {
        Export::Agenda { file, from, until, practitioner, format, discretion, language } => {
            let known = known(desk).await?;
            let practitioners =
                practitioner.iter().map(|text| practitioner_id(&known, text)).collect::<Result<Vec<_>, _>>()?;
            let request = ExportAgendaRequest { practitioners, from, until, format, discretion, language };
            save(&exports::export_agenda(desk, request).await?, &file, output)
        }
        Export::Patients { file, language } => {
            save(&exports::export_patients(desk, ExportPatientsRequest { language }).await?, &file, output)
        }
    }
}

fn done(view: &PublishedView, output: &Output) {
    output.view(view);
}

/// `publish`.
pub async fn publish(desk: &Desk, command: Publish, output: &Output) -> Result<(), Refusal> {
    match command {
        Publish::List => {
            for agenda in publishing::list_publishing(desk, NothingRequest {}).await?.agendas {
                output.view(&agenda);
            }
        }
        Publish::Set(set) => self::set(desk, set, output).await?,
        Publish::Now { practitioner } => {
            let practitioner_id = practitioner_id(&known(desk).await?, &practitioner)?;
            done(&publishing::publish_agenda(desk, PublishAgendaRequest { practitioner_id }).await?, output);
        }
        Publish::Due => publishing::automatic(desk).await?,
        Publish::Withdraw { practitioner } => {
            let practitioner_id = practitioner_id(&known(desk).await?, &practitioner)?;
            done(&publishing::withdraw_agenda(desk, PublishAgendaRequest { practitioner_id }).await?, output);
        }
    }
    Ok(())
}

async fn set(desk: &Desk, set: PublishSet, output: &Output) -> Result<(), Refusal> {
    let authority = match &set.authority {
        Some(file) => std::fs::read_to_string(file).map_err(|_| Refusal::field("file_missing", "authority"))?,
        None => String::new(),
    };
    let request = SetPublishingRequest {
        practitioner_id: practitioner_id(&known(desk).await?, &set.practitioner)?,
        address: set.address,
        login: set.user,
        password: secret("SEMAINIER_SERVER_PASSWORD_FILE").ok(),
        authority,
        discretion: set.discretion,
        language: set.language,
        days_back: set.days_back,
        days_ahead: set.days_ahead,
        every_minutes: set.every,
        enabled: !set.off,
    };
    output.view(&publishing::set_publishing(desk, request).await?);
    Ok(())
}

/// `statistics`.
pub async fn statistics(desk: &Desk, asked: Statistics, output: &Output) -> Result<(), Refusal> {
    let known = known(desk).await?;
    let practitioners =
        asked.practitioner.iter().map(|text| practitioner_id(&known, text)).collect::<Result<Vec<_>, _>>()?;
    let types = asked.types.iter().map(|text| type_id(&known, text)).collect::<Result<Vec<_>, _>>()?;
    let request =
        ShowStatisticsRequest { period: asked.period, on: asked.on, until: asked.until, practitioners, types };
    match asked.csv {
        Some(file) => {
            let request = ExportStatisticsRequest { figures: request, language: asked.language };
            save(&figures::export_statistics(desk, request).await?, &file, output)
        }
        None => {
            output.view(&figures::show_statistics(desk, request).await?);
            Ok(())
        }
    }
}
