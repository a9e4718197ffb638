// Recovery keys as people copy them: groups of characters, one of them typed back to prove the copy.
//
// What a key opens, and whether a whole key is right, is the host's to say.

export interface ShownKey {
  which: "practice" | "clinical";
  /** The key as the host shows it, groups apart. */
  key: string;
}

/** The groups of a key, as it is shown. */
export function groupsOf(key: string): string[] {
  return key.split(/[\s-]+/).filter((group) => group !== "");
}

const ALIKE: Record<string, string> = { O: "0", I: "1", L: "1" };

/** What was typed, as the host reads it: case and separators apart, letters that look like digits as digits. */
export function readGroup(typed: string): string {
  return [...typed.normalize("NFKC").toUpperCase()]
    .filter((sign) => !/[\s.\-‐‑–]/.test(sign))
    .map((sign) => {
      const arabic = "٠١٢٣٤٥٦٧٨٩".indexOf(sign);
      return arabic >= 0 ? String(arabic) : (ALIKE[sign] ?? sign);
    })
    .join("");
}

/** Whether the typed group is that group of the key (counted from 0). */
export function isGroup(key: string, place: number, typed: string): boolean {
  const group = groupsOf(key)[place];
  return group !== undefined && readGroup(typed) === readGroup(group);
}

/** One place among so many, unforeseeable enough that nobody prepares for it. */
export function anyPlace(count: number): number {
  const [drawn = 0] = crypto.getRandomValues(new Uint32Array(1));
  return drawn % Math.max(1, count);
}
