// What is known of an icon beside its drawing, which stands in `sprite.ts`.
import type { IconName } from "./sprite";

export type { IconName };

/** Those that mean a direction of reading are mirrored in a right-to-left window. */
const MIRRORED: readonly string[] = ["left", "right", "undo", "back", "forward", "sign_out", "st_left", "st_in_consultation", "list", "reply"];

export function isMirrored(name: IconName): boolean {
  return MIRRORED.includes(name);
}
