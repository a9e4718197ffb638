// The words of each language, loaded when the language is first spoken: a window that speaks French never holds the Arabic.
import type * as Messages from "./generated/messages/_index.js";

export const LANGUAGES = ["fr", "ar", "en"] as const;
export type Language = (typeof LANGUAGES)[number];
export type Words = typeof Messages;

/** One language's messages by their keys. */
type Table = Record<string, ((inputs: Record<string, unknown>) => string) | undefined>;

const LOADERS = {
  fr: () => import("./generated/messages/fr.js"),
  ar: () => import("./generated/messages/ar.js"),
  en: () => import("./generated/messages/en.js"),
} as unknown as Record<Language, () => Promise<Table>>;

class Tables {
  #loaded = $state.raw<Partial<Record<Language, Table>>>({});

  /** Loads a language's words; at once where they are there. */
  async load(language: Language): Promise<void> {
    if (this.#loaded[language]) return;
    const table = await LOADERS[language]();
    this.#loaded = { ...this.#loaded, [language]: table };
  }

  /** A language's words; until they have come, those of one that is there: never a window without words. */
  of(language: Language): Table {
    const table = this.#loaded[language];
    if (table) return table;
    void this.load(language);
    return Object.values(this.#loaded)[0] ?? {};
  }
}

export const tables = new Tables();
