// The fields of a patient's file as the screen groups them; what they mean and which of them are right is the host's.
import type { Country, PatientFields, PatientView } from "$backend/types";
import { spacedPhone } from "$kit/names";

export type FieldName = keyof PatientFields;

export const EMPTY_FIELDS: PatientFields = {
  surname: "",
  birth_name: "",
  first_name: "",
  surname_arabic: "",
  first_name_arabic: "",
  sex: "unknown",
  born: "",
  birth_place: "",
  nir: "",
  ins_status: "none",
  cin: "",
  mobile: "",
  phone: "",
  email: "",
  address: "",
  postcode: "",
  city: "",
  language: "",
  insurer: "",
  treating_doctor: "",
  remarks: "",
  deceased_on: "",
};

export const FIELD_NAMES = Object.keys(EMPTY_FIELDS) as FieldName[];

/** Those that carry a number or a Latin address: they read left to right in every window. */
export const FIGURES: FieldName[] = ["born", "nir", "cin", "mobile", "phone", "email", "postcode", "deceased_on"];

/** The identity numbers that the practice's country knows. */
export function numbersOf(country: Country): FieldName[] {
  return country === "FR" ? ["nir", "ins_status"] : ["cin"];
}

/** A date as people write it; the host reads it back. */
export function typedDate(iso: string): string {
  const parts = /^(\d{4})-(\d\d)-(\d\d)$/.exec(iso);
  return parts ? `${parts[3]}/${parts[2]}/${parts[1]}` : iso;
}

/** A patient's fields as they stand in the form. */
export function formFields(patient: PatientFields): PatientFields {
  const fields = { ...EMPTY_FIELDS };
  for (const name of FIELD_NAMES) Object.assign(fields, { [name]: patient[name] });
  fields.born = typedDate(patient.born);
  fields.deceased_on = typedDate(patient.deceased_on);
  fields.mobile = spacedPhone(patient.mobile);
  fields.phone = spacedPhone(patient.phone);
  return fields;
}

/** The names of a view, as lists call a person. */
export function called(patient: PatientView): { surname: string; first_name: string; name_arabic: string } {
  const { surname, first_name, surname_arabic, first_name_arabic } = patient;
  return { surname, first_name, name_arabic: [surname_arabic, first_name_arabic].filter(Boolean).join(" ") };
}

/**
 * What was typed in the search box, as the beginning of a new file: a date, a phone, or a name (capitals first).
 */
export function fieldsFromSearch(text: string): PatientFields {
  const fields = { ...EMPTY_FIELDS };
  const words: string[] = [];
  for (const word of text.trim().split(/\s+/).filter(Boolean)) {
    if (/^\d{6}$|^\d{8}$|^\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}$/.test(word)) fields.born = word;
    else if (/^\+?\d{9,}$/.test(word)) fields.mobile = word;
    else words.push(word);
  }
  const arabic = /\p{Script=Arabic}/u.test(words.join(""));
  const [first = "", ...rest] = words;
  if (arabic) {
    fields.first_name_arabic = rest.length > 0 ? first : "";
    fields.surname_arabic = rest.length > 0 ? rest.join(" ") : first;
  } else {
    fields.surname = first.toUpperCase();
    fields.first_name = rest.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join(" ");
  }
  return fields;
}
