// The words of each language. Those of the entrance are there from the beginning, in every language; the rest is loaded when
// the language is first spoken: a window that speaks French never holds the Arabic.
import * as arFirst from "./generated/messages/ar.first.js";
import * as enFirst from "./generated/messages/en.first.js";
import * as frFirst from "./generated/messages/fr.first.js";
import type * as Messages from "./generated/messages/_index.js";

export const LANGUAGES = ["fr", "ar", "en"] as const;
export type Language = (typeof LANGUAGES)[number];
export type Words = typeof Messages;

/** Messages of one language by their keys. */
type Table = Record<string, ((inputs: Record<string, unknown>) => string) | undefined>;

const FIRST = { fr: frFirst, ar: arFirst, en: enFirst } as unknown as Record<Language, Table>;
const REST = {
  fr: () => import("./generated/messages/fr.rest.js"),
  ar: () => import("./generated/messages/ar.rest.js"),
  en: () => import("./generated/messages/en.rest.js"),
} as unknown as Record<Language, () => Promise<Table>>;

class Tables {
  #rest = $state.raw<Partial<Record<Language, Table>>>({});

  /** Loads all that a language says; at once where it is there. */
  async load(language: Language): Promise<void> {
    if (this.#rest[language]) return;
    const table = await REST[language]();
    this.#rest = { ...this.#rest, [language]: table };
  }

  /**
   * A message; null where there is none. Until a language's words have come, the word of one that is there: never a window
   * without words.
   */
  find(language: Language, key: string): ((inputs: Record<string, unknown>) => string) | null {
    const first = FIRST[language][key];
    if (first) return first;
    const rest = this.#rest[language];
    if (rest) return rest[key] ?? null;
    void this.load(language);
    return Object.values(this.#rest).find((one) => one[key])?.[key] ?? null;
  }
}

export const tables = new Tables();
