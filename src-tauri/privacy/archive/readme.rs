//! README.TXT of the whole archive and of each archive inside: ASCII of 7 bits, lines ended with CR LF, as ANS asks. And what
//! DOCUMENTATION/ holds: how the tables are to be read, and where the signature goes.

use super::rows::List;
use super::{FILES, FORMAT, LIST};

/// Who hands the archive over.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sender {
    /// The practice.
    pub practice: String,
    /// Its number: FINESS, RPPS, INPE … or empty.
    pub number: String,
    /// E-mail, or empty.
    pub email: String,
    /// Phone, or empty.
    pub phone: String,
    /// Version of the program.
    pub version: String,
}

/// Latin letters without their marks, everything else beyond ASCII as `?`.
#[must_use]
pub fn ascii(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\n' | ' '..='~' => plain.push(letter),
            'à' | 'â' | 'ä' | 'á' | 'ã' | 'å' => plain.push('a'),
            'À' | 'Â' | 'Ä' | 'Á' | 'Ã' | 'Å' => plain.push('A'),
            'é' | 'è' | 'ê' | 'ë' => plain.push('e'),
            'É' | 'È' | 'Ê' | 'Ë' => plain.push('E'),
            'î' | 'ï' | 'í' | 'ì' => plain.push('i'),
            'Î' | 'Ï' | 'Í' | 'Ì' => plain.push('I'),
            'ô' | 'ö' | 'ó' | 'ò' | 'õ' => plain.push('o'),
            'Ô' | 'Ö' | 'Ó' | 'Ò' | 'Õ' => plain.push('O'),
            'û' | 'ü' | 'ú' | 'ù' => plain.push('u'),
            'Û' | 'Ü' | 'Ú' | 'Ù' => plain.push('U'),
            'ç' => plain.push('c'),
            'Ç' => plain.push('C'),
            'ñ' => plain.push('n'),
            'Ñ' => plain.push('N'),
            'œ' => plain.push_str("oe"),
            'Œ' => plain.push_str("OE"),
            '’' | '‘' => plain.push('\''),
            '–' | '—' => plain.push('-'),
            '\r' => {}
            _ => plain.push('?'),
        }
    }
    plain
}

fn lines(text: &str) -> Vec<u8> {
    ascii(text).replace('\n', "\r\n").into_bytes()
}

fn head(sender: &Sender) -> String {
    let Sender { practice, number, email, phone, version } = sender;
    format!(
        "Emetteur :\n==========\n    . Cabinet : {practice}\n    . Identifiant : {number}\n    . email : {email}\n    . Telephone : {phone}\n\n\
         Application :\n=============\n    . Nom : Semainier\n    . Version : {version}\n\n"
    )
}

/// Of the whole archive.
#[must_use]
pub fn whole(sender: &Sender) -> Vec<u8> {
    lines(&format!(
        "{}Instructions :\n==============\n\
         . MANIFEST.XML donne la liste des archives, leur taille et leur empreinte SHA-256.\n\
         . Chaque PATnnnnn.ZIP est le dossier d'une personne (IHE XDM) : ouvrir INDEX.HTM.\n\
         . TRANSVERSE.ZIP : agendas (iCalendar), traces (syslog, RFC 5424), toutes les tables (DONNEES).\n\
         . DOCUMENTATION/ explique les tables et la place de la signature.\n\
         . Les numeros de fiche ne sont pas ceux des archives : voir patientId dans MANIFEST.XML.\n\
         . This archive is read back by Semainier: semainier import archive FILE\n\n\
         Arborescence :\n==============\n     README.TXT\n     MANIFEST.XML\n     + DOCUMENTATION\n          DONNEES.TXT\n          SIGNATURE.TXT\n     TRANSVERSE.ZIP\n     PAT00001.ZIP\n     PAT00002.ZIP\n     ...\n",
        head(sender)
    ))
}

/// Of a person's archive.
#[must_use]
pub fn person(sender: &Sender) -> Vec<u8> {
    lines(&format!(
        "{}Instructions :\n==============\n\
         . INDEX.HTM : le dossier a lire dans un navigateur.\n\
         . IHE_XDM/SUBSET01/METADATA.XML : la liste des documents (IHE ITI TF-3).\n\
         . IHE_XDM/SUBSET01/DOC00001.XML : synthese medicale (CDA R2 niveau 3).\n\
         . IHE_XDM/SUBSET01/DOC00002.JSN : tout le dossier, pour un autre logiciel (JSON).\n\
         . PDF/ : pour lire, DOCnnnnn.PDF est le document de meme nom ; un document numerise qui\n\
         \x20 n'est pas un PDF reste tel quel dans IHE_XDM.\n\n\
         Arborescence :\n==============\n     README.TXT\n     INDEX.HTM\n     + IHE_XDM\n        + SUBSET01\n             METADATA.XML\n             DOC00001.XML\n             ...\n     + PDF\n          DOC00001.PDF\n          ...\n",
        head(sender)
    ))
}

/// Of what is nobody's alone.
#[must_use]
pub fn transverse(sender: &Sender) -> Vec<u8> {
    lines(&format!(
        "{}Arborescence :\n==============\n     README.TXT\n     + TRANSVERSE\n        + AGENDA : un fichier iCalendar par praticien et par annee\n        + TRACES : JOURNAL.LOG, CONNEXION.LOG (syslog, RFC 5424)\n        + DONNEES : TABLES.JSN et un fichier NDJSON par table\n",
        head(sender)
    ))
}

/// How the tables are to be read.
#[must_use]
pub fn tables(list: &List) -> Vec<u8> {
    let mut text = format!(
        "Donnees completes, format {FORMAT}\n\n\
         {LIST} : la liste des tables (JSON).\n\
         {FILES} : un objet JSON par ligne pour chaque fichier (document numerise, original signe) :\n\
         \x20 l'archive PATnnnnn et le nom ou il se trouve, sa taille, son empreinte SHA-256.\n\n\
         Un fichier par table, UTF-8, une ligne JSON par enregistrement. La premiere ligne nomme la table et\n\
         ses colonnes ; les suivantes sont des tableaux dans cet ordre :\n\
         \x20 null, nombre, texte ; {{\"base64\": ...}} octets ;\n\
         \x20 {{\"opened\": ...}} contenu qui etait scelle, ouvert ; {{\"opened_base64\": ...}} de meme, octets ;\n\
         \x20 {{\"key\": true}} une cle : elle ne voyage pas ; {{\"unreadable\": ...}} ce qui ne s'ouvrait pas.\n\
         Jours et minutes : entiers depuis le 1970-01-01, heure locale du site. Instants : UTC, RFC 3339.\n\n\
         Tables :\n"
    );
    for one in &list.tables {
        text.push_str(&format!("  {} : {} ({} lignes)\n", one.file, one.table, one.rows));
    }
    text.push_str("\nTables qui restent :\n");
    for one in &list.left_out {
        let why = match one.reason.as_str() {
            "public" => "donnees publiques, a importer de leur source",
            "made_again" => "se recalcule",
            "of_this_computer" => "propre a l'ordinateur d'origine",
            "key" => "cles",
            _ => "fichiers de travail",
        };
        text.push_str(&format!("  {} : {why}\n", one.table));
    }
    lines(&text)
}

/// Where the signature goes.
#[must_use]
pub fn signature() -> Vec<u8> {
    lines(
        "SIGN.XML\n========\n\
         La place de la signature XAdES de l'archive est la racine, sous le nom SIGN.XML. Elle se fait sous le\n\
         certificat du fournisseur ; ce programme n'en detient pas et ne signe pas a sa place.\n\
         A signer : les empreintes SHA-256 de MANIFEST.XML, qui contient celles de TRANSVERSE.ZIP et de chaque PATnnnnn.ZIP.\n",
    )
}
