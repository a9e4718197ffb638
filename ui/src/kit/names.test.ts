// How persons and phones are written in lists.
import { afterEach, describe, expect, it } from "vitest";
import { calledName, otherName, spacedPhone } from "./names";
import { preferences } from "./state/preferences.svelte";

const BOTH = { surname: "Ben Ali", first_name: "Samira", name_arabic: "بن علي سميرة" };

afterEach(() => (preferences.language = "fr"));

describe("a name", () => {
  it("is_latin_in_a_french_window_and_arabic_in_an_arabic_one", () => {
    expect([calledName(BOTH), otherName(BOTH)]).toEqual(["BEN ALI Samira", BOTH.name_arabic]);
    preferences.language = "ar";
    expect([calledName(BOTH), otherName(BOTH)]).toEqual([BOTH.name_arabic, "BEN ALI Samira"]);
  });

  it("is_whatever_is_known_of_it", () => {
    expect(calledName({ surname: "", first_name: "", name_arabic: "محمد" })).toBe("محمد");
    preferences.language = "ar";
    expect(calledName({ surname: "O’Brien", first_name: "", name_arabic: "" })).toBe("O’BRIEN");
  });
});

describe("a phone", () => {
  it.each([
    ["+33611223344", "+33 6 11 22 33 44"],
    ["+212661223344", "+212 6 61 22 33 44"],
    ["+262692123456", "+262 6 92 12 34 56"],
    ["0612", "0612"],
    ["", ""],
  ])("%s_is_spaced_and_means_the_same", (stored, shown) => {
    expect(spacedPhone(stored)).toBe(shown);
    expect(spacedPhone(shown)).toBe(shown);
  });
});
