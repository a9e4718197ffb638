-- The waiting room put in order by hand, the board of appointments to be placed later, and notes found by day.

-- The place that the desk gave by hand to somebody who waits, for that day. Without a row the rule alone decides.
CREATE TABLE queue_turn (
    day             INTEGER NOT NULL,
    appointment_id  TEXT NOT NULL REFERENCES appointment (id),
    turn            INTEGER NOT NULL CHECK (turn >= 1),
    PRIMARY KEY (day, appointment_id)
) STRICT, WITHOUT ROWID;

-- What a user cut to place later. The appointment stays where it is until it is moved.
CREATE TABLE pin (
    user_id         TEXT NOT NULL REFERENCES user (id),
    appointment_id  TEXT NOT NULL REFERENCES appointment (id),
    pinned_at       TEXT NOT NULL,
    PRIMARY KEY (user_id, appointment_id)
) STRICT;
CREATE INDEX pin_of ON pin (appointment_id);

-- The search in the agenda reads the notes of some days; those without a note cost nothing.
CREATE INDEX appointment_noted ON appointment (day) WHERE note <> '';
