// The practice as the agenda needs it: practitioners, types and their colours. Read once, read again when it changes.
import { call, onChange } from "$backend/door";
import type { Colour, PractitionerId, PractitionerView, SiteId, SiteView, TypeId, TypeView } from "$backend/types";

class Practice {
  practitioners = $state.raw<PractitionerView[]>([]);
  types = $state.raw<TypeView[]>([]);
  sites = $state.raw<SiteView[]>([]);
  #byId = $derived(new Map(this.types.map((type) => [type.id, type])));

  /** Types that are still proposed, in the practice's order. */
  get bookable(): TypeView[] {
    return this.types.filter((type) => type.active);
  }

  get active(): PractitionerView[] {
    return this.practitioners.filter((practitioner) => practitioner.active);
  }

  practitioner(id: PractitionerId): PractitionerView | undefined {
    return this.practitioners.find((one) => one.id === id);
  }

  /** Sites that somebody works at; one is no choice. */
  get workedAt(): SiteView[] {
    return this.sites.filter((site) => this.active.some((one) => one.site_id === site.id));
  }

  site(id: SiteId): SiteView | undefined {
    return this.sites.find((one) => one.id === id);
  }

  /** The colour that stands for a site beside its name, where there are several. */
  siteColour(id: SiteId): Colour {
    const hues: Colour[] = ["blue", "orange", "teal", "violet", "ochre", "green", "red"];
    return hues[Math.max(0, this.sites.findIndex((one) => one.id === id)) % hues.length] ?? "blue";
  }

  colour(type: TypeId): Colour {
    return this.#byId.get(type)?.colour ?? "blue";
  }

  typeName(type: TypeId): string {
    return this.#byId.get(type)?.name ?? "";
  }

  /** The type's short name, where it says more than a letter. */
  shortName(type: TypeId): string {
    const short = this.#byId.get(type)?.short_name ?? "";
    return short.length > 1 ? short : "";
  }

  async load(): Promise<void> {
    const view = await call("show_practice", {});
    this.practitioners = view.practitioners;
    this.types = view.types;
    this.sites = view.sites;
  }

  /** Keeps it true until the returned function is called. */
  follow(): () => void {
    return onChange("practice", () => void this.load().catch(() => undefined));
  }
}

export const practice = new Practice();
