// Refusals become sentences in every language; a code without words of its own still says what to do.
import { beforeEach, describe, expect, it } from "vitest";
import { preferences } from "$kit/state/preferences.svelte";
import { LANGUAGES, m, messageByKey, refusalText } from "./index";

describe.each(LANGUAGES)("in %s", (language) => {
  beforeEach(() => (preferences.language = language));

  it("a_known_refusal_has_its_own_sentence", () => {
    expect(refusalText({ code: "slot_taken" })).toBe(messageByKey("error_slot_taken"));
    expect(refusalText({ code: "slot_taken" })).not.toBe(refusalText({ code: "internal" }));
  });

  it("an_unknown_refusal_is_said_in_general", () => {
    expect(refusalText({ code: "made_up" })).toBe(messageByKey("error_internal"));
  });

  it("counts_agree_with_their_number", () => {
    const words = [1, 2, 3, 11].map((n) => m.agenda_fact_no_shows({ n }));
    expect(new Set(words).size).toBe(4);
    expect(m.agenda_counts({ booked: 1_000_000, free: 0 })).toMatch(/1000000|1 000 000/);
  });
});

it("a_message_follows_the_language_at_once", () => {
  preferences.language = "fr";
  const french = m.undo();
  preferences.language = "ar";
  expect(m.undo()).not.toBe(french);
});
