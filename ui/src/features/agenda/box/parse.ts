// What somebody typed into the box, read as a new patient: surname, first name, birth date, phone, in any order. A guess
// that stands in a form to be corrected; the host judges dates and phones.

export interface Typed {
  surname: string;
  first_name: string;
  surname_arabic: string;
  first_name_arabic: string;
  born: string;
  phone: string;
}

/** A number with its country (`+212 6…`, `00212…`), or ten figures from 0, together or two by two. */
const PHONE = /(?:\+|\b00)(?:[\s.\-()]*\d){8,13}|\b0[1-9](?:(?:[ .-]\d{2}){4}|\d{8})\b/;
const ARABIC = /\p{Script=Arabic}/u;
/** Words that begin a surname of several words. */
const PARTICLES = new Set(
  ["ben", "bent", "bin", "el", "al", "aït", "ait", "bou", "abou", "ould", "de", "du", "des", "la", "le", "les", "da", "dos", "van", "von", "di", "st", "ste", "saint", "sainte", "بن", "ابن", "بنت", "أبو", "آيت", "أيت", "عبد"],
);

/** Arabic-Indic figures as Latin ones. */
export function latinDigits(text: string): string {
  return text.replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) & 0xf));
}

function capitalised(word: string): string {
  return word.replace(/(^|[-'’\s])(\p{L})/gu, (_, before: string, letter: string) => before + letter.toLocaleUpperCase());
}

/** Splits figures from names: a birth date has 8 figures or 6, a phone more or a plus before. */
export function parsePatient(typed: string): Typed {
  let text = latinDigits(typed);
  let born = "";
  let phone = "";
  text = text.replace(/\b(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})\b/, (date) => {
    born = date;
    return " ";
  });
  text = text.replace(PHONE, (figures) => {
    phone = figures.trim();
    return " ";
  });
  text = text.replace(/\b(\d{8}|\d{6})\b/, (digits) => {
    if (born) return digits;
    born = digits;
    return " ";
  });
  // What is left of figures may still be a phone of another country.
  if (!phone) phone = /\d[\d\s.\-()]{6,}\d/.exec(text)?.[0] ?? "";
  const words = text.split(/\s+/).filter((word) => /\p{L}/u.test(word));
  const [surname, first] = splitName(words);
  const arabic = ARABIC.test(words.join(""));
  return {
    surname: arabic ? "" : surname.toLocaleUpperCase(),
    first_name: arabic ? "" : capitalised(first.toLocaleLowerCase()),
    surname_arabic: arabic ? surname : "",
    first_name_arabic: arabic ? first : "",
    born,
    phone,
  };
}

/** Words in capitals are the surname; else the first word, with the particles before it. */
function splitName(words: string[]): [string, string] {
  const isUpper = (word: string): boolean => word.length > 1 && word === word.toLocaleUpperCase() && word !== word.toLocaleLowerCase();
  const upper = words.filter(isUpper);
  if (upper.length > 0 && upper.length < words.length) {
    return [upper.join(" "), words.filter((word) => !isUpper(word)).join(" ")];
  }
  let end = 0;
  while (end < words.length - 1 && PARTICLES.has((words[end] ?? "").toLocaleLowerCase())) end += 1;
  return [words.slice(0, end + 1).join(" "), words.slice(end + 1).join(" ")];
}
