//! The appointment as a file for the person's own calendar (RFC 5545): when, where, with whom; never why.

use axum::{
    extract::Path,
    http::header,
    response::{IntoResponse, Response},
};
use fhir::booking::AppointmentStatus;

use super::{layout::Trouble, one, visitor::Visitor, words};

/// A text value: its own signs escaped.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for sign in text.chars() {
        match sign {
            '\\' | ';' | ',' => out.extend(['\\', sign]),
            '\n' => out.push_str("\\n"),
            sign if sign.is_control() => {}
            sign => out.push(sign),
        }
    }
    out
}

/// A line, folded at 75 octets, between characters.
fn line(out: &mut String, text: &str) {
    let mut length = 0;
    for sign in text.chars() {
        if length + sign.len_utf8() > 75 {
            out.push_str("\r\n ");
            length = 1;
        }
        out.push(sign);
        length += sign.len_utf8();
    }
    out.push_str("\r\n");
}

pub(super) async fn file(
    visitor: Visitor,
    Path((language, practice, id)): Path<(String, String, String)>,
) -> Result<Response, Trouble> {
    let mut call = visitor.open(&language, &practice).await?;
    let (held, schedule) = one::open(&mut call, &id).await?;
    let a = &held.appointment;
    let span = a.span.ok_or(Trouble::NotFound)?;
    let instant = |at: chrono::DateTime<chrono::Utc>| at.format("%Y%m%dT%H%M%SZ").to_string();
    let version = a.meta.as_ref().map_or(0, |m| m.version);
    let status = match a.status {
        AppointmentStatus::Pending | AppointmentStatus::Proposed => "TENTATIVE",
        status if status.is_active() => "CONFIRMED",
        _ => "CANCELLED",
    };
    let site = &schedule.site;
    let place = [Some(site.name.as_str()), site.street.as_deref(), site.post_code.as_deref(), Some(site.town.as_str())];
    let place: Vec<&str> = place.into_iter().flatten().collect();
    let code =
        a.code.map(|code| format!("{} {}", words::BOOKING_CODE.of(call.language), code.spoken())).unwrap_or_default();
    let link = format!("{}{}/appointment", call.portal.config.public_url, call.base());
    let mut text = String::new();
    for row in [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Semainier//Portal//EN",
        "METHOD:PUBLISH",
        "BEGIN:VEVENT",
        &format!("UID:{}", a.id),
        &format!("SEQUENCE:{version}"),
        &format!("DTSTAMP:{}", instant(call.now)),
        &format!("DTSTART:{}", instant(span.start_at)),
        &format!("DTEND:{}", instant(span.end_at())),
        &format!("STATUS:{status}"),
        &format!(
            "SUMMARY:{}",
            escape(&format!("{} · {}", words::PAST_TITLE.of(call.language), schedule.practitioner.name))
        ),
        &format!("LOCATION:{}", escape(&place.join(", "))),
        &format!("DESCRIPTION:{}", escape(&format!("{code}\n{link}"))),
        "END:VEVENT",
        "END:VCALENDAR",
    ] {
        line(&mut text, row);
    }
    let headers = [
        (header::CONTENT_TYPE, "text/calendar; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"rendez-vous.ics\""),
    ];
    call.finish((headers, text).into_response()).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_folded_between_characters_and_signs_escaped() {
        let mut out = String::new();
        line(&mut out, &"é".repeat(60));
        assert!(out.split("\r\n").all(|part| part.len() <= 75));
        assert_eq!(out.replace("\r\n ", "").trim_end(), "é".repeat(60));
        assert_eq!(escape("a,b;c\\d\ne\r"), "a\\,b\\;c\\\\d\\ne");
    }
}
