-- The public drug base and the interaction thesaurus: one edition of each, replaced whole in one transaction.
-- Rows are the official files' own; what a file says of a drug that the base lacks is kept and marked orphan.

-- Which edition is in use.
CREATE TABLE drug_edition (
    base            TEXT NOT NULL PRIMARY KEY CHECK (base IN ('drugs', 'interactions')),
    -- An ISO date, or a month where no day is known.
    edition         TEXT NOT NULL CHECK (length(edition) IN (7, 10)),
    imported_at     TEXT NOT NULL,
    imported_by     TEXT NOT NULL REFERENCES user (id),
    counts          TEXT NOT NULL CHECK (json_valid(counts))
) STRICT;

-- The number orders a search: marketed drugs first, then by name.
CREATE TABLE drug (
    number          INTEGER NOT NULL PRIMARY KEY,
    cis             INTEGER NOT NULL UNIQUE,
    name            TEXT NOT NULL CHECK (name <> ''),
    form            TEXT NOT NULL,
    routes          TEXT NOT NULL,
    authorisation   TEXT NOT NULL,
    procedure       TEXT NOT NULL,
    marketing       TEXT NOT NULL,
    authorised_on   TEXT NOT NULL,
    bdm_status      TEXT NOT NULL,
    eu_number       TEXT NOT NULL,
    holders         TEXT NOT NULL,
    surveillance    INTEGER NOT NULL CHECK (surveillance IN (0, 1)),
    -- Therapeutic fractions, else substances, each once.
    substances      TEXT NOT NULL,
    atc             TEXT NOT NULL
) STRICT;

CREATE TABLE drug_composition (
    id              INTEGER NOT NULL PRIMARY KEY,
    cis             INTEGER NOT NULL REFERENCES drug (cis),
    element         TEXT NOT NULL,
    substance_code  TEXT NOT NULL,
    substance       TEXT NOT NULL,
    dosage          TEXT NOT NULL,
    reference       TEXT NOT NULL,
    nature          TEXT NOT NULL CHECK (nature IN ('SA', 'FT')),
    -- Joins a substance with its therapeutic fraction.
    link            INTEGER NOT NULL
) STRICT;
CREATE INDEX drug_composition_of ON drug_composition (cis);

CREATE TABLE drug_presentation (
    id              INTEGER NOT NULL PRIMARY KEY,
    cis             INTEGER NOT NULL,
    orphan          INTEGER NOT NULL CHECK (orphan IN (0, 1)),
    cip7            TEXT NOT NULL,
    cip13           TEXT NOT NULL,
    label           TEXT NOT NULL,
    status          TEXT NOT NULL,
    marketing       TEXT NOT NULL,
    declared_on     TEXT NOT NULL,
    collectivities  TEXT NOT NULL,
    -- Per cent.
    rate            INTEGER CHECK (rate BETWEEN 0 AND 100),
    price_cents     INTEGER CHECK (price_cents >= 0),
    price_with_fee_cents INTEGER CHECK (price_with_fee_cents >= 0),
    fee_cents       INTEGER CHECK (fee_cents >= 0),
    indication      TEXT NOT NULL
) STRICT;
CREATE INDEX drug_presentation_of ON drug_presentation (cis);

CREATE TABLE drug_generic (
    id              INTEGER NOT NULL PRIMARY KEY,
    group_number    INTEGER NOT NULL,
    label           TEXT NOT NULL,
    cis             INTEGER NOT NULL,
    orphan          INTEGER NOT NULL CHECK (orphan IN (0, 1)),
    -- 0 princeps, 1 generic, 2 generic by complementary dosage, 4 substitutable generic.
    kind            INTEGER NOT NULL,
    rank            INTEGER NOT NULL
) STRICT;
CREATE INDEX drug_generic_of ON drug_generic (cis);
CREATE INDEX drug_generic_group ON drug_generic (group_number);

-- What drives the rules of a prescription.
CREATE TABLE drug_condition (
    id              INTEGER NOT NULL PRIMARY KEY,
    cis             INTEGER NOT NULL REFERENCES drug (cis),
    wording         TEXT NOT NULL CHECK (wording <> '')
) STRICT;
CREATE INDEX drug_condition_of ON drug_condition (cis);

CREATE TABLE drug_shortage (
    id              INTEGER NOT NULL PRIMARY KEY,
    cis             INTEGER NOT NULL,
    orphan          INTEGER NOT NULL CHECK (orphan IN (0, 1)),
    cip13           TEXT NOT NULL,
    status          TEXT NOT NULL,
    begun_on        TEXT NOT NULL,
    updated_on      TEXT NOT NULL,
    back_on         TEXT NOT NULL,
    link            TEXT NOT NULL
) STRICT;
CREATE INDEX drug_shortage_of ON drug_shortage (cis);

-- Search, by words normalised in Rust; the rowid is the drug's number. The words are not kept twice.
CREATE VIRTUAL TABLE drug_words USING fts5 (name, substances, codes, content = '', tokenize = "unicode61 remove_diacritics 0", prefix = '1 2 3');
CREATE VIRTUAL TABLE drug_parts USING fts5 (words, content = '', tokenize = "trigram");

-- The thesaurus' own names: substances, classes, and what is neither (grapefruit juice, a route).
CREATE TABLE interaction_term (
    id              INTEGER NOT NULL PRIMARY KEY,
    name            TEXT NOT NULL CHECK (name <> ''),
    key             TEXT NOT NULL UNIQUE,
    substance       INTEGER NOT NULL CHECK (substance IN (0, 1)),
    class           INTEGER NOT NULL CHECK (class IN (0, 1))
) STRICT;

CREATE TABLE interaction_member (
    substance_id    INTEGER NOT NULL REFERENCES interaction_term (id),
    class_id        INTEGER NOT NULL REFERENCES interaction_term (id),
    PRIMARY KEY (substance_id, class_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX interaction_member_of ON interaction_member (class_id);

CREATE TABLE interaction_pair (
    id              INTEGER NOT NULL PRIMARY KEY,
    a_id            INTEGER NOT NULL REFERENCES interaction_term (id),
    b_id            INTEGER NOT NULL REFERENCES interaction_term (id),
    mechanism       TEXT NOT NULL
) STRICT;
CREATE INDEX interaction_pair_of ON interaction_pair (a_id, b_id);
CREATE INDEX interaction_pair_with ON interaction_pair (b_id);

CREATE TABLE interaction_level (
    pair_id         INTEGER NOT NULL REFERENCES interaction_pair (id),
    rank            INTEGER NOT NULL,
    level           TEXT NOT NULL CHECK (level IN ('contraindicated', 'discouraged', 'precaution', 'take_into_account')),
    advice          TEXT NOT NULL,
    PRIMARY KEY (pair_id, rank)
) STRICT, WITHOUT ROWID;

-- Each substance of the drug base once, and what the thesaurus knows it as.
CREATE TABLE drug_substance (
    code            TEXT NOT NULL PRIMARY KEY,
    name            TEXT NOT NULL,
    -- Without salt and water: two salts of one substance share it.
    base            TEXT NOT NULL,
    term_id         INTEGER REFERENCES interaction_term (id),
    through         TEXT NOT NULL CHECK (through IN ('', 'name', 'fraction', 'homeopathic')),
    CHECK ((term_id IS NULL) = (through IN ('', 'homeopathic')))
) STRICT;
CREATE INDEX drug_substance_term ON drug_substance (term_id);
CREATE INDEX drug_substance_base ON drug_substance (base);
