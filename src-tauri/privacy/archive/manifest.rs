//! MANIFEST.XML: what the archive holds, a line an archive with its size and SHA-256, in ANS's names; and in a namespace of our
//! own what the way back needs to know.

use std::io::Cursor;

use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};
use quick_xml::{Reader, Writer};

use super::ArchiveError;

/// Our own namespace.
const OURS: &str = "urn:semainier:archive";

/// One archive inside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// `TRANSVERSE` or `PATnnnnn`.
    pub id: String,
    /// The person's identifier with its authority, as HL7 writes it (CX); empty for what is nobody's alone.
    pub person: String,
    /// Bytes.
    pub bytes: u64,
    /// SHA-256.
    pub digest: String,
}

/// What the archive says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Manifest {
    /// This export.
    pub id: String,
    /// The format of the lossless part.
    pub format: u32,
    /// UTC instant.
    pub made_at: String,
    /// The practice.
    pub practice: String,
    /// Country: `FR`, `MA`.
    pub country: String,
    /// The program and its version.
    pub software: String,
    /// The vault that it comes from.
    pub vault: String,
    /// What did not open there: entries and documents, by their ids.
    pub unreadable: Vec<String>,
    /// The archives.
    pub archives: Vec<Part>,
}

impl Manifest {
    /// Its XML.
    #[must_use]
    pub fn xml(&self) -> Vec<u8> {
        let mut out = Writer::new_with_indent(Cursor::new(Vec::new()), b' ', 2);
        // Writing into memory does not fail.
        let _ = self.write(&mut out);
        let mut bytes = out.into_inner().into_inner();
        bytes.push(b'\n');
        bytes
    }

    fn write(&self, out: &mut Writer<Cursor<Vec<u8>>>) -> std::io::Result<()> {
        out.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
        let mut root = BytesStart::new("Manifest");
        root.push_attribute(("xmlns:s", OURS));
        out.write_event(Event::Start(root))?;
        text(out, "exportId", &self.id)?;
        text(out, "exportType", "MASSIF")?;
        text(out, "exportStatus", if self.unreadable.is_empty() { "COMPLETE" } else { "PARTIAL" })?;
        text(out, "comments", &format!("{} - {}", self.practice, self.made_at))?;
        open(out, "author")?;
        text(out, "lgcSystem", &self.software)?;
        close(out, "author")?;
        let persons = self.archives.iter().filter(|one| !one.person.is_empty()).count();
        open(out, "statistics")?;
        text(out, "patientArchiveCount", &persons.to_string())?;
        text(out, "transverseArchiveCount", &(self.archives.len() - persons).to_string())?;
        close(out, "statistics")?;
        text(out, "s:format", &self.format.to_string())?;
        text(out, "s:madeAt", &self.made_at)?;
        text(out, "s:practice", &self.practice)?;
        text(out, "s:country", &self.country)?;
        text(out, "s:vault", &self.vault)?;
        for one in &self.unreadable {
            text(out, "s:unreadable", one)?;
        }
        open(out, "Archives")?;
        for one in &self.archives {
            open(out, "Archive")?;
            text(out, "archiveid", &one.id)?;
            text(out, "type", if one.person.is_empty() { "Transverse" } else { "Patient" })?;
            if !one.person.is_empty() {
                text(out, "patientId", &one.person)?;
            }
            text(out, "size", &one.bytes.to_string())?;
            text(out, "hash", &one.digest)?;
            close(out, "Archive")?;
        }
        close(out, "Archives")?;
        close(out, "Manifest")
    }
}

fn open(out: &mut Writer<Cursor<Vec<u8>>>, name: &str) -> std::io::Result<()> {
    out.write_event(Event::Start(BytesStart::new(name)))
}

fn close(out: &mut Writer<Cursor<Vec<u8>>>, name: &str) -> std::io::Result<()> {
    out.write_event(Event::End(BytesEnd::new(name)))
}

fn text(out: &mut Writer<Cursor<Vec<u8>>>, name: &str, value: &str) -> std::io::Result<()> {
    open(out, name)?;
    out.write_event(Event::Text(BytesText::new(&super::cda::sayable(value))))?;
    close(out, name)
}

/// Reads one.
///
/// # Errors
/// [`ArchiveError::Foreign`] where it does not say our format, [`ArchiveError::Changed`] where a part says no size or hash.
pub fn read(xml: &str) -> Result<Manifest, ArchiveError> {
    let mut reader = Reader::from_str(xml);
    let mut manifest = Manifest::default();
    let mut ours = false;
    let mut part: Option<Part> = None;
    let mut value = String::new();
    let changed = || ArchiveError::changed("MANIFEST.XML");
    loop {
        match reader.read_event().map_err(|_| ArchiveError::Foreign)? {
            Event::Start(start) => {
                value.clear();
                match start.name().as_ref() {
                    b"Manifest" => {
                        let named = start.try_get_attribute("xmlns:s").ok().flatten();
                        ours = named.is_some_and(|attribute| attribute.value.as_ref() == OURS.as_bytes());
                    }
                    b"Archive" => {
                        part = Some(Part { id: String::new(), person: String::new(), bytes: 0, digest: String::new() });
                    }
                    _ => {}
                }
            }
            Event::Text(text) => value.push_str(&text.decode().map_err(|_| changed())?),
            Event::GeneralRef(name) => {
                if let Some(one) = name.resolve_char_ref().map_err(|_| changed())? {
                    value.push(one);
                } else {
                    let name = name.decode().map_err(|_| changed())?;
                    value.push_str(quick_xml::escape::resolve_predefined_entity(&name).ok_or_else(changed)?);
                }
            }
            Event::End(end) => {
                let said = value.trim().to_owned();
                value.clear();
                match (end.name().as_ref(), part.as_mut()) {
                    (b"archiveid", Some(part)) => part.id = said,
                    (b"patientId", Some(part)) => part.person = said,
                    (b"size", Some(part)) => part.bytes = said.parse().map_err(|_| changed())?,
                    (b"hash", Some(part)) => part.digest = said,
                    (b"Archive", Some(_)) => manifest.archives.extend(part.take()),
                    (b"exportId", _) => manifest.id = said,
                    (b"lgcSystem", _) => manifest.software = said,
                    (b"s:format", _) => manifest.format = said.parse().map_err(|_| changed())?,
                    (b"s:madeAt", _) => manifest.made_at = said,
                    (b"s:practice", _) => manifest.practice = said,
                    (b"s:country", _) => manifest.country = said,
                    (b"s:vault", _) => manifest.vault = said,
                    (b"s:unreadable", _) => manifest.unreadable.push(said),
                    _ => {}
                }
            }
            Event::Eof => break,
            _ => {}
        }
    }
    if !ours || manifest.format == 0 {
        return Err(ArchiveError::Foreign);
    }
    let named = |one: &Part| !one.id.is_empty() && one.digest.len() == 64;
    if manifest.archives.is_empty() || !manifest.archives.iter().all(named) {
        return Err(changed());
    }
    Ok(manifest)
}
