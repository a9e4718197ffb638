//! The privacy notice: who is controller of what, who processes, what for, how long, and which rights there are. It is made out of
//! the practice's instruction and changes with it.

use axum::{extract::Path, response::Response};
use fhir::booking::{Authority, Language};
use maud::{Markup, html};

use super::{
    layout::{Place, Trouble, page},
    rights::{authority, country},
    visitor::Visitor,
    words::{self, Words},
};
use crate::{
    store::RightsKind,
    sub_processors::{SubProcessor, Task},
};

const fn task(task: Task) -> Words {
    match task {
        Task::Hosting => words::P_TASK_HOSTING,
        Task::Backup => words::P_TASK_BACKUP,
        Task::Mail => words::P_TASK_MAIL,
        Task::TextMessages => words::P_TASK_TEXT_MESSAGES,
        Task::Maintenance => words::P_TASK_MAINTENANCE,
    }
}

/// Who else gets to see data, and what of it leaves the country, seen from the practice's law. That there is nobody, or nothing, is
/// said.
fn others(all: &[SubProcessor], law: Authority, language: Language) -> Markup {
    let transfers: Vec<&SubProcessor> = all.iter().filter(|one| one.is_transfer(law)).collect();
    let none = match law {
        Authority::Cnil => words::P_NO_TRANSFER_FR,
        Authority::Cndp => words::P_NO_TRANSFER_MA,
    };
    html! {
        h2 { (words::P_OTHERS.of(language)) }
        @if all.is_empty() { p { (words::P_NO_OTHERS.of(language)) } } @else {
            ul {
                @for one in all { li { bdi { (one.name) } " · " (task(one.task).of(language)) " · " bdi { (one.shown()) } } }
            }
        }
        h2 { (words::P_TRANSFERS.of(language)) }
        @if transfers.is_empty() { p { (none.of(language)) } } @else {
            ul {
                @for one in transfers {
                    li {
                        bdi { (one.name) } " · " bdi { (one.shown()) }
                        @if !one.safeguard.is_empty() { " · " bdi { (one.safeguard) } }
                    }
                }
            }
            p { (words::P_TRANSFER_COPY.of(language)) }
        }
    }
}

pub(super) async fn show(
    visitor: Visitor,
    Path((language, practice)): Path<(String, String)>,
) -> Result<Response, Trouble> {
    let call = visitor.open(&language, &practice).await?;
    let language = call.language;
    let instruction = &call.instruction;
    let (controller, fields, config) = (&instruction.controller, instruction.fields, &call.portal.config);
    let body = html! {
        h1 { (words::PRIVACY_TITLE.of(language)) }
        div.panel {
            dl.facts {
                dt { (words::P_CONTROLLER.of(language)) }
                dd { bdi { (controller.name) } br; bdi { (controller.address) } br; bdi.n { (controller.email) } }
                @if let Some(dpo) = &controller.dpo { dt { (words::P_DPO.of(language)) } dd { bdi { (dpo) } } }
                @if let Some(number) = &controller.registration {
                    dt { (words::P_REGISTRATION.of(language)) } dd { bdi { (authority(controller.authority)) } " " bdi.n { (number) } }
                }
                dt { (words::P_PROCESSOR.of(language)) }
                dd { bdi { (config.processor) } @if !config.processor_contact.is_empty() { br; bdi { (config.processor_contact) } } }
                @if !config.host.is_empty() { dt { (words::P_HOST.of(language)) } dd { bdi { (config.host) } } }
            }
        }
        h2 { (words::P_PURPOSE.of(language)) } p { (words::P_PURPOSE_TEXT.of(language)) }
        h2 { (words::P_GROUND.of(language)) } p { (words::P_GROUND_TEXT.of(language)) }
        h2 { (words::P_DATA.of(language)) }
        p {
            (words::P_DATA_TEXT.of(language))
            @if fields.email { " " (words::P_DATA_EMAIL.of(language)) }
            @if fields.birth_date { " " (words::P_DATA_BORN.of(language)) }
            @if fields.reason { " " (words::P_DATA_TYPE.of(language)) }
        }
        p { (words::P_NEVER.of(language)) }
        h2 { (words::P_CHANNELS.of(language)) } p { (words::P_CHANNELS_TEXT.of(language)) }
        h2 { (words::P_WHO.of(language)) } p { (words::P_WHO_TEXT.of(language)) }
        (others(&config.sub_processors, controller.authority, language))
        h2 { (words::P_HOW_LONG.of(language)) } p { (words::P_HOW_LONG_TEXT.of(language)) }
        h2 { (words::P_RIGHTS.of(language)) }
        p {
            (words::P_RIGHTS_TEXT.of(language))
            @if RightsKind::PostMortem.is_offered(country(controller.authority)) {
                " " (words::P_RIGHTS_DIRECTIVES.of(language))
            }
        }
        div.actions { a.button href={ (call.base()) "/rights" } { (words::RIGHTS_TITLE.of(language)) } }
        p { (words::COMPLAINT.of(language)) " " bdi { (authority(controller.authority)) } }
        h2 { (words::P_COOKIE.of(language)) } p { (words::P_COOKIE_TEXT.of(language)) }
        p.hint {
            (words::P_VERSION.of(language)) " " bdi.n { (instruction.version) } " · " bdi.n { (instruction.signed_on) }
        }
    };
    let rest = call.rest("/privacy");
    let place = Place { language, rest: &rest, practice: Some((call.practice, &call.name)) };
    let response = page(&place, words::PRIVACY_TITLE.of(language), &body);
    call.finish(response).await
}
