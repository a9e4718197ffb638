// What the box reads out of what was typed.
import { describe, expect, it } from "vitest";
import { latinDigits, parsePatient } from "./parse";

const read = (text: string) => {
  const { surname, first_name, born, phone } = parsePatient(text);
  return [surname, first_name, born, phone];
};

describe("a new patient is read from", () => {
  it.each([
    ["dupont marie", ["DUPONT", "Marie", "", ""]],
    ["DUPONT Marie 12/05/1979", ["DUPONT", "Marie", "12/05/1979", ""]],
    ["marie DUPONT", ["DUPONT", "Marie", "", ""]],
    ["lefebvre anna 030279 06 11 22 33 55", ["LEFEBVRE", "Anna", "030279", "06 11 22 33 55"]],
    ["0611223344 dupont marie 03021979", ["DUPONT", "Marie", "03021979", "0611223344"]],
    ["ben ali samira +212 6 64 55 66 77", ["BEN ALI", "Samira", "", "+212 6 64 55 66 77"]],
    ["el mehdi aït-ouahmane", ["EL MEHDI", "Aït-Ouahmane", "", ""]],
    ["o’brien seán", ["O’BRIEN", "Seán", "", ""]],
    ["d'hérouville–nguyễn anne-laure", ["D'HÉROUVILLE–NGUYỄN", "Anne-Laure", "", ""]],
    ["ælfgifu", ["ÆLFGIFU", "", "", ""]],
    ["", ["", "", "", ""]],
  ])("%s", (typed, expected) => expect(read(typed)).toEqual(expected));

  it("an_arabic_name_into_the_arabic_fields", () => {
    expect(parsePatient("بن علي سميرة ٠٦١٢٣٤٥٦٧٨")).toEqual({
      surname: "",
      first_name: "",
      surname_arabic: "بن علي",
      first_name_arabic: "سميرة",
      born: "",
      phone: "0612345678",
    });
  });
});

it("arabic_figures_are_read_as_latin_ones", () => {
  expect(latinDigits("٠٦١٢ ۳۴")).toBe("0612 34");
});
