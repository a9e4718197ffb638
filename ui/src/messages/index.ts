// The words of the window: typed message functions, the language they speak, and refusals put into sentences.
import { overwriteGetLocale } from "./generated/runtime.js";
import * as all from "./generated/messages/_index.js";

export { m } from "./generated/messages.js";

export const LANGUAGES = ["fr", "ar", "en"] as const;
export type Language = (typeof LANGUAGES)[number];

/** Makes every message ask here for its language; a reactive answer makes every message reactive. */
export function speak(language: () => Language): void {
  overwriteGetLocale(language);
}

type AnyMessage = (inputs: Record<string, unknown>) => string;
const byKey = all as unknown as Record<string, AnyMessage | undefined>;

/** A message by a key that only the host knows, or null where there is none. */
export function messageByKey(key: string, parameters: Record<string, unknown> = {}): string | null {
  const message = byKey[key];
  return message ? message(parameters) : null;
}

/** A refusal as a sentence that says what to do: of this field if there is one, else of the code, else a general one. */
export function refusalText(refusal: {
  code: string;
  field?: string | null;
  parameters?: Record<string, unknown>;
}): string {
  const parameters = refusal.parameters ?? {};
  const ofField = refusal.field ? messageByKey(`error_${refusal.code}_${refusal.field}`, parameters) : null;
  return ofField ?? messageByKey(`error_${refusal.code}`, parameters) ?? all.error_internal();
}
