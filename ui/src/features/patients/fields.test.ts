// What was typed in the search box, as the beginning of a new file.
import { describe, expect, it } from "vitest";
import { EMPTY_FIELDS, fieldsFromSearch, formFields, typedDate } from "./fields";

const filled = (text: string) => Object.fromEntries(Object.entries(fieldsFromSearch(text)).filter(([name, value]) => value !== EMPTY_FIELDS[name as keyof typeof EMPTY_FIELDS]));

describe("a search that found nobody", () => {
  it.each([
    ["lopez ana", { surname: "LOPEZ", first_name: "Ana" }],
    ["lopez ana maria 030279", { surname: "LOPEZ", first_name: "Ana Maria", born: "030279" }],
    ["lopez 0611223344", { surname: "LOPEZ", mobile: "0611223344" }],
    ["محمد العلوي", { first_name_arabic: "محمد", surname_arabic: "العلوي" }],
    ["  ", {}],
  ])("%s_begins_a_file", (text, fields) => expect(filled(text)).toEqual(fields));
});

describe("a file's form", () => {
  it("writes_dates_and_phones_as_people_read_them", () => {
    const fields = formFields({ ...EMPTY_FIELDS, born: "1979-05-12", mobile: "+33611223344" });
    expect([fields.born, fields.mobile]).toEqual(["12/05/1979", "+33 6 11 22 33 44"]);
    expect(typedDate("")).toBe("");
  });
});
