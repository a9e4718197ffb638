// Keys as they stand on the keyboard, in the window's language.
import { m } from "$messages/index";

const NAMES: Record<string, () => string> = {
  Enter: m.keyname_enter,
  Delete: m.keyname_delete,
  Escape: m.keyname_escape,
  PageUp: m.keyname_page_up,
  PageDown: m.keyname_page_down,
  Home: m.keyname_home,
  End: m.keyname_end,
  Shift: m.keyname_shift,
  ArrowUp: () => "↑",
  ArrowDown: () => "↓",
  ArrowLeft: () => "←",
  ArrowRight: () => "→",
};

/** `Ctrl+k` as `["Ctrl", "K"]`. */
export function keyNames(combo: string): string[] {
  return combo.split("+").map((part) => NAMES[part]?.() ?? (part.length === 1 ? part.toUpperCase() : part));
}
