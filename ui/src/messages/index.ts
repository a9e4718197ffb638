// The words of the window: typed message functions, the language they speak, and refusals put into sentences.
import { type Language, LANGUAGES, tables, type Words } from "./tables.svelte";

export { LANGUAGES, type Language };

type AnyMessage = (inputs?: Record<string, unknown>, options?: { locale?: Language }) => string;

let spoken: () => Language = () => "fr";

/** Makes every message ask here for its language; a reactive answer makes every message reactive. */
export function speak(language: () => Language): void {
  spoken = language;
}

/** Loads all words of languages that will be spoken. */
export async function loadWords(...languages: Language[]): Promise<void> {
  await Promise.all(languages.map((language) => tables.load(language)));
}

const made = new Map<string, AnyMessage>();

function message(key: string): AnyMessage {
  let known = made.get(key);
  if (!known) {
    known = (inputs = {}, { locale = spoken() } = {}) => tables.find(locale, key)?.(inputs) ?? "";
    made.set(key, known);
  }
  return known;
}

/** Every message by its key, in the language that is spoken when it is called. */
export const m = new Proxy({} as Words, { get: (_, key) => message(key as string) });

/** A message by a key that only the host knows, or null where there is none. */
export function messageByKey(key: string, parameters: Record<string, unknown> = {}): string | null {
  return tables.find(spoken(), key)?.(parameters) ?? null;
}

/** A refusal as a sentence that says what to do: of this field if there is one, else of the code, else a general one. */
export function refusalText(refusal: {
  code: string;
  field?: string | null;
  parameters?: Record<string, unknown>;
}): string {
  const parameters = refusal.parameters ?? {};
  const ofField = refusal.field ? messageByKey(`error_${refusal.code}_${refusal.field}`, parameters) : null;
  return ofField ?? messageByKey(`error_${refusal.code}`, parameters) ?? m.error_internal();
}
