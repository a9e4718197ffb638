-- The head of the practice's papers: what the practice says on all of them, and what each practitioner says on theirs.
-- Names, addresses and registration numbers themselves stand where they always did (practice, site, practitioner).

CREATE TABLE practice_paper (
    only_one        INTEGER NOT NULL PRIMARY KEY CHECK (only_one = 1),
    letters         TEXT NOT NULL CHECK (letters IN ('latin', 'arabic', 'both')),
    sheet           TEXT NOT NULL CHECK (sheet IN ('a4', 'a5')),
    name_arabic     TEXT NOT NULL,
    email           TEXT NOT NULL,
    structure       TEXT NOT NULL,
    note            TEXT NOT NULL,
    foot            TEXT NOT NULL,
    -- PNG or JPEG; empty: none.
    logo            BLOB NOT NULL CHECK (length(logo) <= 1048576)
) STRICT;

CREATE TABLE practitioner_paper (
    practitioner_id         TEXT NOT NULL PRIMARY KEY REFERENCES practitioner (id),
    qualifications          TEXT NOT NULL,
    name_arabic             TEXT NOT NULL,
    qualifications_arabic   TEXT NOT NULL,
    address_arabic          TEXT NOT NULL,
    order_number            TEXT NOT NULL,
    bars                    INTEGER NOT NULL CHECK (bars IN (0, 1))
) STRICT;
