-- What persons ask about their data, what was put aside for them, what they consented to, and the proof of what was erased.

-- A request. After an erasure the person's words are gone and kind, dates, outcome and ground stay.
CREATE TABLE data_request (
    id              TEXT NOT NULL PRIMARY KEY,
    kind            TEXT NOT NULL CHECK (kind IN ('access', 'rectification', 'erasure', 'limitation', 'objection', 'portability',
                                                  'withdrawal', 'post_mortem')),
    by_whom         TEXT NOT NULL CHECK (by_whom IN ('person', 'guardian', 'heir', 'representative')),
    way             TEXT NOT NULL CHECK (way IN ('desk', 'phone', 'post', 'email', 'portal')),
    patient_id      TEXT REFERENCES patient (id),
    name            TEXT NOT NULL DEFAULT '',
    contact         TEXT NOT NULL DEFAULT '',
    content         TEXT NOT NULL DEFAULT '',
    language        TEXT NOT NULL CHECK (language IN ('fr', 'ar', 'en')),
    received_on     TEXT NOT NULL CHECK (length(received_on) = 10),
    taken_at        TEXT NOT NULL,
    taken_by        TEXT NOT NULL REFERENCES user (id),
    proof           TEXT NOT NULL CHECK (proof IN ('none', 'known', 'identity_card', 'passport', 'residence_permit', 'family_book',
                                                   'inheritance', 'mandate', 'questions')),
    proof_on        TEXT CHECK (length(proof_on) = 10),
    proof_by        TEXT REFERENCES user (id),
    complete_on     TEXT CHECK (length(complete_on) = 10),
    extended_on     TEXT CHECK (length(extended_on) = 10),
    due_on          TEXT NOT NULL CHECK (length(due_on) = 10),
    outcome         TEXT CHECK (outcome IN ('executed', 'refused', 'withdrawn')),
    ground          TEXT NOT NULL DEFAULT '',
    closed_on       TEXT CHECK (length(closed_on) = 10),
    closed_by       TEXT REFERENCES user (id),
    receipt         TEXT NOT NULL DEFAULT '' CHECK (receipt = '' OR json_valid(receipt)),
    erased          INTEGER NOT NULL DEFAULT 0 CHECK (erased IN (0, 1)),
    revision        INTEGER NOT NULL DEFAULT 1,
    CHECK ((outcome IS NULL) = (closed_on IS NULL)),
    CHECK ((outcome IS NULL) = (closed_by IS NULL)),
    CHECK ((outcome IS 'refused') = (ground <> '')),
    CHECK ((proof = 'none') = (proof_on IS NULL)),
    CHECK ((proof_on IS NULL) = (proof_by IS NULL)),
    CHECK (erased = 0 OR (patient_id IS NULL AND name = '' AND contact = '' AND content = ''))
) STRICT;
CREATE INDEX data_request_of ON data_request (patient_id) WHERE patient_id IS NOT NULL;
CREATE INDEX data_request_open ON data_request (due_on) WHERE outcome IS NULL;

-- What happened to it, a line each; after an erasure without words.
CREATE TABLE request_step (
    request_id      TEXT NOT NULL REFERENCES data_request (id),
    number          INTEGER NOT NULL CHECK (number >= 1),
    kind            TEXT NOT NULL CHECK (kind IN ('taken', 'linked', 'identity', 'complete', 'exchange', 'extended', 'letter', 'executed',
                                                  'refused', 'withdrawn')),
    happened_on     TEXT NOT NULL CHECK (length(happened_on) = 10),
    noted_at        TEXT NOT NULL,
    noted_by        TEXT NOT NULL REFERENCES user (id),
    words           TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (request_id, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE restriction (
    id              TEXT NOT NULL PRIMARY KEY,
    patient_id      TEXT NOT NULL REFERENCES patient (id),
    kind            TEXT NOT NULL CHECK (kind IN ('limitation', 'objection', 'legal_hold')),
    scope           TEXT NOT NULL CHECK (scope IN ('all', 'sync', 'reminders')),
    ground          TEXT NOT NULL DEFAULT '' CHECK (ground IN ('', 'accuracy_contested', 'unlawful_kept', 'needed_for_claim',
                                                               'objection_pending')),
    reason          TEXT NOT NULL CHECK (reason <> ''),
    since           TEXT NOT NULL CHECK (length(since) = 10),
    request_id      TEXT REFERENCES data_request (id),
    noted_at        TEXT NOT NULL,
    noted_by        TEXT NOT NULL REFERENCES user (id),
    lifted_on       TEXT CHECK (length(lifted_on) = 10),
    lifted_reason   TEXT NOT NULL DEFAULT '',
    CHECK (kind = 'objection' OR scope = 'all'),
    CHECK ((kind = 'limitation') = (ground <> '')),
    CHECK ((lifted_on IS NULL) = (lifted_reason = ''))
) STRICT;
CREATE INDEX restriction_of ON restriction (patient_id) WHERE lifted_on IS NULL;
CREATE INDEX restriction_ever ON restriction (patient_id);

-- Directives about the data after death, and whom the person designated.
CREATE TABLE directive (
    id              TEXT NOT NULL PRIMARY KEY,
    patient_id      TEXT NOT NULL REFERENCES patient (id),
    wish            TEXT NOT NULL CHECK (wish IN ('erase', 'keep', 'hand_over')),
    designee        TEXT NOT NULL DEFAULT '',
    words           TEXT NOT NULL DEFAULT '',
    given_on        TEXT NOT NULL CHECK (length(given_on) = 10),
    request_id      TEXT REFERENCES data_request (id),
    noted_at        TEXT NOT NULL,
    noted_by        TEXT NOT NULL REFERENCES user (id),
    revoked_on      TEXT CHECK (length(revoked_on) = 10),
    CHECK ((wish = 'hand_over') <= (designee <> ''))
) STRICT;
CREATE INDEX directive_of ON directive (patient_id);

-- The proof of an erasure: no word of the person. The ids are those of the erasure list, random and of nobody any more.
CREATE TABLE erasure (
    id              TEXT NOT NULL PRIMARY KEY,
    at              TEXT NOT NULL,
    user_id         TEXT NOT NULL REFERENCES user (id),
    reason          TEXT NOT NULL CHECK (reason <> ''),
    request_id      TEXT REFERENCES data_request (id),
    erasure_ids     TEXT NOT NULL CHECK (json_valid(erasure_ids)),
    receipt         TEXT NOT NULL CHECK (json_valid(receipt))
) STRICT;

-- What a processor was told to do, and what it confirmed. `subject` is the random id by which it knows the person.
CREATE TABLE processor_task (
    id              TEXT NOT NULL PRIMARY KEY,
    processor       TEXT NOT NULL CHECK (processor <> ''),
    kind            TEXT NOT NULL CHECK (kind IN ('erase', 'limit', 'object', 'rectify', 'lift')),
    subject         TEXT NOT NULL CHECK (subject <> ''),
    request_id      TEXT REFERENCES data_request (id),
    erasure_id      TEXT REFERENCES erasure (id),
    told_at         TEXT NOT NULL,
    tries           INTEGER NOT NULL DEFAULT 0 CHECK (tries >= 0),
    code            TEXT NOT NULL DEFAULT '',
    confirmed_at    TEXT,
    reference       TEXT NOT NULL DEFAULT '',
    words           TEXT NOT NULL DEFAULT '',
    CHECK ((confirmed_at IS NULL) <= (reference = ''))
) STRICT;
CREATE INDEX processor_task_open ON processor_task (told_at) WHERE confirmed_at IS NULL;
CREATE INDEX processor_task_of ON processor_task (subject);

CREATE TABLE consent_purpose (
    id              TEXT NOT NULL PRIMARY KEY,
    name_fr         TEXT NOT NULL CHECK (name_fr <> ''),
    name_ar         TEXT NOT NULL CHECK (name_ar <> ''),
    name_en         TEXT NOT NULL CHECK (name_en <> ''),
    rank            INTEGER NOT NULL,
    active          INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
    revision        INTEGER NOT NULL DEFAULT 1
) STRICT;

-- Each version stays: a consent is to the words that were shown.
CREATE TABLE consent_text (
    purpose_id      TEXT NOT NULL REFERENCES consent_purpose (id),
    version         INTEGER NOT NULL CHECK (version >= 1),
    text_fr         TEXT NOT NULL CHECK (text_fr <> ''),
    text_ar         TEXT NOT NULL CHECK (text_ar <> ''),
    text_en         TEXT NOT NULL CHECK (text_en <> ''),
    written_at      TEXT NOT NULL,
    written_by      TEXT REFERENCES user (id),
    PRIMARY KEY (purpose_id, version)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER consent_text_stays BEFORE UPDATE ON consent_text BEGIN SELECT RAISE(ABORT, 'consent_text_kept'); END;
CREATE TRIGGER consent_text_kept BEFORE DELETE ON consent_text BEGIN SELECT RAISE(ABORT, 'consent_text_kept'); END;

CREATE TABLE consent (
    id              TEXT NOT NULL PRIMARY KEY,
    patient_id      TEXT NOT NULL REFERENCES patient (id),
    purpose_id      TEXT NOT NULL,
    text_version    INTEGER NOT NULL,
    language        TEXT NOT NULL CHECK (language IN ('fr', 'ar', 'en')),
    contact_person_id TEXT REFERENCES contact_person (id),
    for_adult       INTEGER NOT NULL DEFAULT 0 CHECK (for_adult IN (0, 1)),
    given_on        TEXT NOT NULL CHECK (length(given_on) = 10),
    way             TEXT NOT NULL CHECK (way IN ('spoken', 'written', 'electronic')),
    noted_at        TEXT NOT NULL,
    noted_by        TEXT NOT NULL REFERENCES user (id),
    withdrawn_on    TEXT CHECK (length(withdrawn_on) = 10),
    withdrawn_way   TEXT CHECK (withdrawn_way IN ('spoken', 'written', 'electronic')),
    withdrawn_by    TEXT REFERENCES user (id),
    FOREIGN KEY (purpose_id, text_version) REFERENCES consent_text (purpose_id, version),
    CHECK (withdrawn_on IS NULL OR withdrawn_on >= given_on),
    CHECK ((withdrawn_on IS NULL) = (withdrawn_way IS NULL)),
    CHECK ((withdrawn_on IS NULL) = (withdrawn_by IS NULL)),
    CHECK (for_adult = 0 OR contact_person_id IS NOT NULL)
) STRICT;
CREATE INDEX consent_of ON consent (patient_id);
CREATE INDEX consent_by ON consent (contact_person_id) WHERE contact_person_id IS NOT NULL;
CREATE UNIQUE INDEX consent_once ON consent (patient_id, purpose_id) WHERE withdrawn_on IS NULL;

INSERT INTO consent_purpose (id, name_fr, name_ar, name_en, rank) VALUES
('019ac100-0000-7000-8000-000000000001', 'Rappels par SMS', 'رسائل تذكير قصيرة', 'Reminders by SMS', 1),
('019ac100-0000-7000-8000-000000000002', 'Rappels par e-mail', 'تذكير بالبريد الإلكتروني', 'Reminders by e-mail', 2),
('019ac100-0000-7000-8000-000000000003', 'Rendez-vous en ligne', 'المواعيد عبر الإنترنت', 'Online booking', 3),
('019ac100-0000-7000-8000-000000000004', 'Échanges avec les confrères', 'التبادل مع الزملاء', 'Sharing with colleagues', 4),
('019ac100-0000-7000-8000-000000000005', 'Recherche', 'البحث العلمي', 'Research', 5);

INSERT INTO consent_text (purpose_id, version, text_fr, text_ar, text_en, written_at) VALUES
('019ac100-0000-7000-8000-000000000001', 1,
 'J’accepte que le cabinet m’envoie par SMS les rappels de mes rendez-vous. Le message ne dit ni le motif ni rien de médical. Je peux retirer mon accord à tout moment, sans conséquence sur mes soins.',
 'أوافق على أن ترسل لي العيادة رسائل قصيرة للتذكير بمواعيدي. لا تذكر الرسالة سبب الزيارة ولا أي معلومة طبية. يمكنني سحب موافقتي في أي وقت دون أثر على علاجي.',
 'I agree that the practice sends me reminders of my appointments by SMS. The message says neither the reason nor anything medical. I can withdraw my consent at any time, with no effect on my care.',
 '2026-11-26T10:00:00Z'),
('019ac100-0000-7000-8000-000000000002', 1,
 'J’accepte que le cabinet m’envoie par e-mail les rappels de mes rendez-vous. Le message ne dit ni le motif ni rien de médical. Je peux retirer mon accord à tout moment, sans conséquence sur mes soins.',
 'أوافق على أن ترسل لي العيادة تذكيرا بمواعيدي بالبريد الإلكتروني. لا تذكر الرسالة سبب الزيارة ولا أي معلومة طبية. يمكنني سحب موافقتي في أي وقت دون أثر على علاجي.',
 'I agree that the practice sends me reminders of my appointments by e-mail. The message says neither the reason nor anything medical. I can withdraw my consent at any time, with no effect on my care.',
 '2026-11-26T10:00:00Z'),
('019ac100-0000-7000-8000-000000000003', 1,
 'J’accepte que mon nom, mon prénom, mon téléphone, et si je les donne mon e-mail et ma date de naissance, ainsi que mes rendez-vous, soient transmis au service de rendez-vous en ligne du cabinet. Aucune donnée médicale n’y est transmise. Je peux retirer mon accord à tout moment.',
 'أوافق على إرسال اسمي العائلي والشخصي وهاتفي، وبريدي الإلكتروني وتاريخ ازديادي إن قدمتهما، ومواعيدي إلى خدمة المواعيد عبر الإنترنت الخاصة بالعيادة. لا ترسل إليها أي معلومة طبية. يمكنني سحب موافقتي في أي وقت.',
 'I agree that my surname, first name and phone, and if I give them my e-mail and birth date, as well as my appointments, are passed to the practice’s online booking service. No medical data are passed to it. I can withdraw my consent at any time.',
 '2026-11-26T10:00:00Z'),
('019ac100-0000-7000-8000-000000000004', 1,
 'J’accepte que mon praticien partage les informations utiles à mes soins avec des professionnels qui ne font pas partie de l’équipe qui me suit. Je peux retirer mon accord ou exclure un professionnel à tout moment.',
 'أوافق على أن يشارك معالجي المعلومات اللازمة لعلاجي مع مهنيين لا ينتمون إلى الفريق الذي يتابعني. يمكنني سحب موافقتي أو استثناء مهني في أي وقت.',
 'I agree that my practitioner shares what is useful for my care with professionals who are not part of the team that looks after me. I can withdraw my consent or exclude a professional at any time.',
 '2026-11-26T10:00:00Z'),
('019ac100-0000-7000-8000-000000000005', 1,
 'J’accepte que des données de mon dossier, sans mon nom ni rien qui me désigne, servent à des recherches que mon praticien me présentera. Je peux retirer mon accord à tout moment, sans conséquence sur mes soins.',
 'أوافق على استعمال معطيات من ملفي، دون اسمي ودون ما يدل علي، في أبحاث يعرضها علي معالجي. يمكنني سحب موافقتي في أي وقت دون أثر على علاجي.',
 'I agree that data of my record, without my name or anything that points to me, serve research that my practitioner will present to me. I can withdraw my consent at any time, with no effect on my care.',
 '2026-11-26T10:00:00Z');
