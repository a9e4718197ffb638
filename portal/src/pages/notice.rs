//! The privacy notice: who is controller of what, who processes, what for, how long, and which rights there are. It is made out of
//! the practice's instruction and changes with it.

use axum::{extract::Path, response::Response};
use maud::html;

use super::{
    layout::{Place, Trouble, page},
    rights::authority,
    visitor::Visitor,
    words,
};

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
        h2 { (words::P_HOW_LONG.of(language)) } p { (words::P_HOW_LONG_TEXT.of(language)) }
        h2 { (words::P_RIGHTS.of(language)) } p { (words::P_RIGHTS_TEXT.of(language)) }
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
