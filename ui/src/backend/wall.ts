// The wall display's window: the host opens and closes it; in a browser it is another tab of the same page.
import { isWindow } from "./door";

/** The address of the page that is the display. */
export const WALL = "#wall";

export async function openWallDisplay(): Promise<void> {
  if (isWindow()) return (await import("./tauri")).openWallDisplay();
  window.open(`${location.pathname}${location.search}${WALL}`, "_blank");
}

export async function closeWallDisplay(): Promise<void> {
  if (isWindow()) return (await import("./tauri")).closeWallDisplay();
  window.close();
}
