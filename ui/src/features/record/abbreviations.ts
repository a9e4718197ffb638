// Abbreviations grow while one types: the rule of the host (`domain::clinical::abbreviation`), held to the same cases, because a
// letter cannot wait for an answer.

export interface Expansion {
  from: number;
  to: number;
  with: string;
}

const JOINS = /[\p{L}\p{N}_\-'’@./]/u;
const ENDS = /[\s,;:!?)\]،؛؟]/u;
const ELISION = /^(?:[ldjmtsnc]|qu)['’]/iu;

/** Case and accents do not count; what stands between the letters neither. */
export function keyOf(short: string): string {
  const trimmed = short.trim();
  if (trimmed === "" || ![...trimmed].every((c) => JOINS.test(c))) return "";
  return trimmed
    .normalize("NFKD")
    .replace(/[\p{M}\u0640]/gu, "")
    .toLowerCase()
    .replace(/œ/g, "oe")
    .replace(/æ/g, "ae")
    .replace(/ى/g, "ي")
    .replace(/ة/g, "ه")
    .replace(/[^\p{L}\p{N}]/gu, "");
}

/** What becomes of the text when the character before the cursor has ended a word; null where that word is no abbreviation. */
export function expand(text: string, cursor: number, find: (key: string) => string | undefined): Expansion | null {
  const end = text[cursor - 1];
  if (end === undefined || !ENDS.test(end)) return null;
  const before = text.slice(0, cursor - 1).replace(/\.+$/, "");
  let whole = before.length;
  while (whole > 0 && JOINS.test(before[whole - 1] ?? "")) whole -= 1;
  if (whole === before.length) return null;
  const from = whole + (ELISION.exec(before.slice(whole))?.[0].length ?? 0);
  const short = before.slice(from);
  const key = keyOf(short);
  const found = key ? find(key) : undefined;
  if (found === undefined) return null;
  const [first = "", ...rest] = [...short];
  const capital = rest.length > 0 && first !== first.toLowerCase() && rest.every((c) => c === c.toLowerCase());
  const grown = capital ? found.charAt(0).toUpperCase() + found.slice(1) : found;
  return grown === short ? null : { from, to: before.length, with: grown };
}
