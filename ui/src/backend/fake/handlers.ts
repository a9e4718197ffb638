// What the fake host's parts share: the shape of a set of handlers, and a refusal.
import type { CommandError, CommandName, Commands } from "../types";

/** Some commands answered in memory. */
export type Handlers = {
  [K in CommandName]?: (request: Commands[K]["request"]) => Commands[K]["view"] | Promise<Commands[K]["view"]>;
};

export function refuse(code: string, field: string | null = null, parameters: Record<string, string> = {}): never {
  throw { code, field, parameters } satisfies CommandError;
}
