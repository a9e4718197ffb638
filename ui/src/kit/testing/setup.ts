// Before every component test: what jsdom lacks, and a clean document.
import { configure } from "@testing-library/svelte";
import { afterEach, beforeAll, beforeEach } from "vitest";
import { preferences } from "$kit/state/preferences.svelte";
import { LANGUAGES, loadWords } from "$messages/index";

class NoResize implements ResizeObserver {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
}

// What is waited for comes; how soon is a matter of the machine, and measured elsewhere.
configure({ asyncUtilTimeout: 20_000 });

beforeAll(() => loadWords(...LANGUAGES));

beforeAll(() => {
  globalThis.ResizeObserver ??= NoResize;
  Element.prototype.scrollIntoView ??= () => undefined;
  Element.prototype.hasPointerCapture ??= () => false;
  Element.prototype.setPointerCapture ??= () => undefined;
  Element.prototype.releasePointerCapture ??= () => undefined;
});

beforeEach(() => {
  preferences.language = "fr";
  preferences.letters = true;
  preferences.privacy = false;
});

afterEach(() => localStorage.clear());
