-- Slots of a practice over all its schedules, in the order of time, from any instant on: what an app asks for page by page.
CREATE INDEX slot_by_start ON slot (practice_id, start_at, slot_id);
