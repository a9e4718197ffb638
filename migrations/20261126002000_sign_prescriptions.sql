-- Signed papers: prescriptions, certificates, letters. What they say stands inside the seal of their entry and of their
-- archived document; here stands only which document that is, its number, and how often it was printed.
CREATE TABLE signed_paper (
    entry_id        TEXT NOT NULL PRIMARY KEY REFERENCES clinical_entry (id) ON DELETE CASCADE,
    practitioner_id TEXT NOT NULL REFERENCES practitioner (id),
    year            INTEGER NOT NULL CHECK (year BETWEEN 2000 AND 9999),
    number          INTEGER NOT NULL CHECK (number >= 1),
    -- The SHA-256 of the sealed original: its file's name.
    document        TEXT NOT NULL UNIQUE CHECK (length(document) = 64),
    prints          INTEGER NOT NULL DEFAULT 0 CHECK (prints >= 0),
    UNIQUE (year, number)
) STRICT;

CREATE TRIGGER signed_paper_stays BEFORE UPDATE ON signed_paper
WHEN NEW.entry_id <> OLD.entry_id OR NEW.practitioner_id <> OLD.practitioner_id OR NEW.year <> OLD.year
  OR NEW.number <> OLD.number OR NEW.document <> OLD.document OR NEW.prints < OLD.prints
BEGIN SELECT RAISE(ABORT, 'paper_kept'); END;
-- It goes with its entry alone, which an erasure lets go.
CREATE TRIGGER signed_paper_kept BEFORE DELETE ON signed_paper
WHEN EXISTS (SELECT 1 FROM clinical_entry WHERE id = OLD.entry_id)
BEGIN SELECT RAISE(ABORT, 'paper_kept'); END;

-- Favourites of a practitioner (one line or several), protocols of the practice. No patient is in them.
CREATE TABLE prescription_set (
    id              TEXT NOT NULL PRIMARY KEY,
    kind            TEXT NOT NULL CHECK (kind IN ('favourite', 'protocol')),
    practitioner_id TEXT REFERENCES practitioner (id),
    name            TEXT NOT NULL CHECK (name <> ''),
    lines           TEXT NOT NULL CHECK (json_valid(lines)),
    acts            TEXT NOT NULL CHECK (json_valid(acts)),
    removed         INTEGER NOT NULL DEFAULT 0 CHECK (removed IN (0, 1)),
    revision        INTEGER NOT NULL CHECK (revision >= 1),
    CHECK ((kind = 'favourite') = (practitioner_id IS NOT NULL))
) STRICT;

-- Texts of certificates and letters; {…} are fields.
CREATE TABLE letter_template (
    id              TEXT NOT NULL PRIMARY KEY,
    kind            TEXT NOT NULL CHECK (kind IN ('certificate', 'letter')),
    language        TEXT NOT NULL CHECK (language IN ('fr', 'ar', 'en')),
    name            TEXT NOT NULL CHECK (name <> ''),
    title           TEXT NOT NULL,
    text            TEXT NOT NULL CHECK (text <> ''),
    removed         INTEGER NOT NULL DEFAULT 0 CHECK (removed IN (0, 1)),
    revision        INTEGER NOT NULL CHECK (revision >= 1)
) STRICT;

-- The image of a practitioner's signature, sealed to the clinical key: the session of a practitioner alone opens it.
CREATE TABLE practitioner_signature (
    practitioner_id TEXT NOT NULL PRIMARY KEY REFERENCES practitioner (id),
    version         INTEGER NOT NULL CHECK (version >= 1),
    sealed          BLOB NOT NULL CHECK (length(sealed) > 34)
) STRICT;

INSERT INTO letter_template (id, kind, language, name, title, text, revision) VALUES
('019ac000-0000-7000-8000-000000000001', 'certificate', 'fr', 'Certificat médical', 'Certificat médical',
 'Je soussigné(e), {praticien}, certifie avoir examiné ce jour {patient}, né(e) le {né le}.

{constatations}

Certificat établi à la demande de l’intéressé(e) et remis en main propre pour faire valoir ce que de droit.', 1),
('019ac000-0000-7000-8000-000000000002', 'certificate', 'fr', 'Absence de contre-indication au sport', 'Certificat médical',
 'Je soussigné(e), {praticien}, certifie avoir examiné le {date} {patient}, né(e) le {né le}, et n’avoir pas constaté, à la date de ce jour, de contre-indication apparente à la pratique de : {sport}.', 1),
('019ac000-0000-7000-8000-000000000003', 'letter', 'fr', 'Courrier à un confrère', 'Avis concernant {patient}',
 'Cher confrère, chère consœur,

Je vous adresse {patient}, né(e) le {né le}, {âge}, pour {motif}.

{histoire}

Je vous remercie de votre avis.

Bien confraternellement,', 1),
('019ac000-0000-7000-8000-000000000004', 'certificate', 'ar', 'شهادة طبية', 'شهادة طبية',
 'أنا الموقع أسفله {الطبيب}، أشهد أنني فحصت يوم {التاريخ} {المريض}، تاريخ الازدياد {تاريخ الازدياد}.

{المعاينة}

سُلمت هذه الشهادة للمعني بالأمر بطلب منه للإدلاء بها عند الحاجة.', 1);
