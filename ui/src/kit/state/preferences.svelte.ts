// How this workstation likes its window: language, theme, density, letters as commands, privacy.
//
// A user's own choices are saved with the user (the shell does that); the web view's storage keeps the last ones for the
// entrance, where nobody is known yet: none of it says anything about a person. The privacy blur is never kept.
import type { PreferencesView } from "$backend/types";
import { LANGUAGES, type Language, speak } from "$messages/index";

export type Theme = "light" | "dark";
export type Density = "compact" | "normal" | "comfortable";

const KEY = "semainier.preferences";

interface Kept {
  language: Language;
  theme: Theme | "system";
  density: Density;
  letters: boolean;
}

function read(): string {
  try {
    return localStorage.getItem(KEY) ?? "";
  } catch {
    return "";
  }
}

function parsed(text: string): Partial<Kept> {
  try {
    return JSON.parse(text) as Partial<Kept>;
  } catch {
    return {};
  }
}

function systemLanguage(): Language {
  const wanted = (navigator.language || "fr").slice(0, 2);
  return LANGUAGES.find((language) => language === wanted) ?? "fr";
}

class Preferences {
  language = $state<Language>("fr");
  theme = $state<Theme | "system">("system");
  density = $state<Density>("normal");
  /** Whether single letters are commands on the grid (WCAG 2.1.4). */
  letters = $state(true);
  /** Practitioners whose columns are shown; empty: all. */
  columns = $state.raw<PreferencesView["columns"]>([]);
  /** Minutes of a line of the grid. */
  zoom = $state(15);
  /** Whether names are blurred. */
  privacy = $state(false);
  #systemDark = $state(false);
  /** What the web view's storage holds: writing the same again costs the start a while. */
  #kept = "";

  constructor() {
    this.#kept = read();
    const old = parsed(this.#kept);
    this.language = old.language ?? systemLanguage();
    this.theme = old.theme ?? "system";
    this.density = old.density ?? "normal";
    this.letters = old.letters ?? true;
    const dark = typeof matchMedia === "function" ? matchMedia("(prefers-color-scheme: dark)") : null;
    this.#systemDark = dark?.matches ?? false;
    dark?.addEventListener?.("change", (event) => (this.#systemDark = event.matches));
    speak(() => this.language);
  }

  get shownTheme(): Theme {
    if (this.theme !== "system") return this.theme;
    return this.#systemDark ? "dark" : "light";
  }

  get direction(): "ltr" | "rtl" {
    return this.language === "ar" ? "rtl" : "ltr";
  }

  /** The tag that dates and numbers are written with: Morocco's digits for Arabic. */
  get tag(): "fr-FR" | "ar-MA" | "en-GB" {
    return ({ fr: "fr-FR", ar: "ar-MA", en: "en-GB" } as const)[this.language];
  }

  /** Takes on what this user saved. */
  adopt(saved: PreferencesView): void {
    this.language = saved.language;
    this.theme = saved.theme;
    this.density = saved.density;
    this.letters = saved.letters;
    this.columns = saved.columns;
    this.zoom = saved.zoom;
  }

  /** What is to be saved for this user. */
  get saved(): PreferencesView {
    return {
      language: this.language,
      theme: this.theme,
      density: this.density,
      letters: this.letters,
      columns: this.columns,
      zoom: this.zoom,
    };
  }

  /** Writes the choices to <html> and keeps them. Called in an effect by the shell. */
  apply(root: HTMLElement): void {
    root.lang = this.language;
    root.dir = this.direction;
    root.dataset.theme = this.shownTheme;
    root.dataset.density = this.density;
    root.dataset.privacy = this.privacy ? "on" : "off";
    const now: Kept = { language: this.language, theme: this.theme, density: this.density, letters: this.letters };
    const text = JSON.stringify(now);
    if (text === this.#kept) return;
    this.#kept = text;
    try {
      localStorage.setItem(KEY, text);
    } catch {
      // A web view without storage forgets the choices; nothing else depends on them.
    }
  }
}

export const preferences = new Preferences();
