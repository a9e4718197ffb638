// Which screen stands in the window, and what about. No addresses: nothing of a person may stand in a URL.

export type ScreenName = "agenda" | "my_day" | "patients" | "drugs" | "practices" | "calls" | "waiting_list" | "takeover" | "statistics" | "settings" | "restore" | "record" | "prescription" | "results" | "privacy" | "portal";

export interface Place {
  screen: ScreenName;
  /** What the screen is to show: `{ patient: id }`, `{ date: "2026-11-24" }` … each screen knows its own. */
  about: Record<string, string>;
}

class Route {
  place = $state.raw<Place>({ screen: "agenda", about: {} });

  go(screen: ScreenName, about: Record<string, string> = {}): void {
    this.place = { screen, about };
  }
}

export const route = new Route();
