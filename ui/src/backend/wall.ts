// The wall display's window: the host opens and closes it; in a browser it is another tab of the same page.
import { isWindow } from "./door";
import type { VaultId } from "./types";

/** The address of the page that is the display. */
export const WALL = "#wall";
/** What says in it which practice is shown. */
const SHOWN = "vault";

/** The practice that this page shows, where the page is a display; null: whichever is meant. */
export function wallPractice(): VaultId | null {
  return new URLSearchParams(location.search).get(SHOWN) as VaultId | null;
}

/** Opens the display of one practice; null: of the one that is meant. */
export async function openWallDisplay(practice: VaultId | null): Promise<void> {
  if (isWindow()) return (await import("./tauri")).openWallDisplay(practice);
  const search = new URLSearchParams(location.search);
  if (practice) search.set(SHOWN, practice);
  window.open(`${location.pathname}?${search.toString()}${WALL}`, "_blank");
}

export async function closeWallDisplay(): Promise<void> {
  if (isWindow()) return (await import("./tauri")).closeWallDisplay();
  window.close();
}
