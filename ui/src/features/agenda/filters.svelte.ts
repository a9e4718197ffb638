// What the agenda is narrowed to: types, statuses, a site, free places only. On the grid the rest is faded, so that a free
// place never looks free because somebody is hidden; in the list it is left out.
import type { AppointmentView, SiteId, Status, TypeId } from "$backend/types";
import type { Stop } from "./grid/cursor";

class Filters {
  types = $state.raw<TypeId[]>([]);
  statuses = $state.raw<Status[]>([]);
  site = $state<SiteId | null>(null);
  onlyFree = $state(false);

  /** Whether appointments are told apart. */
  get on(): boolean {
    return this.onlyFree || this.types.length > 0 || this.statuses.length > 0;
  }

  /** How many choices are made. */
  get count(): number {
    return this.types.length + this.statuses.length + (this.site ? 1 : 0) + (this.onlyFree ? 1 : 0);
  }

  fits(one: Pick<AppointmentView, "type_id" | "status">): boolean {
    if (this.onlyFree) return false;
    return (this.types.length === 0 || this.types.includes(one.type_id)) && (this.statuses.length === 0 || this.statuses.includes(one.status));
  }

  /** The places the cursor stops at: free ones, and what fits. */
  stops(all: Stop[], items: { id: string; view: AppointmentView }[]): Stop[] {
    if (!this.on) return all;
    const fitting = new Set(items.filter((item) => this.fits(item.view)).map((item) => item.id));
    const kept = all.filter((stop) => stop.id === null || fitting.has(stop.id));
    // A column without any place would trap the cursor.
    return kept.length > 0 ? kept : all;
  }

  toggle<Item>(list: Item[], item: Item, on: boolean): Item[] {
    return on ? [...list.filter((other) => other !== item), item] : list.filter((other) => other !== item);
  }

  clear(): void {
    this.types = [];
    this.statuses = [];
    this.site = null;
    this.onlyFree = false;
  }
}

export const filters = new Filters();
