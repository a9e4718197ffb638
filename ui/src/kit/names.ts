// How a person is called in a list: the window's script first, where the name is known in it.
import { preferences } from "./state/preferences.svelte";

export interface Called {
  surname: string;
  first_name: string;
  /** The whole name in Arabic, empty where it is not known. */
  name_arabic: string;
}

/** `DUPONT Marie`, or the Arabic name in an Arabic window. */
export function calledName(one: Called): string {
  const latin = [one.surname.toUpperCase(), one.first_name].filter(Boolean).join(" ");
  return preferences.language === "ar" ? one.name_arabic || latin : latin || one.name_arabic;
}

/** The name in the other script, empty where it is not known. */
export function otherName(one: Called): string {
  const latin = [one.surname.toUpperCase(), one.first_name].filter(Boolean).join(" ");
  const called = calledName(one);
  return called === latin ? one.name_arabic : latin;
}

/** `+33 6 11 22 33 44`: a stored number with blanks, so that it can be read and still means the same anywhere. */
export function spacedPhone(phone: string): string {
  const parts = /^\+(33|212|262|590|594|596)(\d)(\d+)$/.exec(phone.replace(/\s/g, ""));
  if (!parts) return phone;
  const [, country = "", first = "", rest = ""] = parts;
  return `+${country} ${first} ${rest.replace(/(\d\d)(?=\d)/g, "$1 ")}`;
}
