// The window's entry: styles, then the shell.
import "@fontsource-variable/inter/index.css";
import "@fontsource-variable/noto-sans-arabic/index.css";
import "$kit/tokens.css";
import "$kit/base.css";
import { mount } from "svelte";
import App from "./app/App.svelte";
import { arrive } from "$backend/arrival";
import { WALL } from "$backend/wall";
import { preferences } from "$kit/state/preferences.svelte";
import { loadWords } from "$messages/index";

const target = document.getElementById("app");
if (!target) throw new Error("the page has no place for the window");
// Asked for before any text is laid out: a first layout in another font is made twice, and looks for that one first.
const face = preferences.language === "ar" ? "Noto Sans Arabic Variable" : "Inter Variable";
void document.fonts.load(`400 13px "${face}"`).catch(() => undefined);
if (location.hash === WALL) {
  // The wall display's window is the same page by another address; it never loads the app.
  const wall = import("./features/wall/Wall.svelte");
  void Promise.all([wall, loadWords(preferences.language)]).then(([{ default: Wall }]) => mount(Wall, { target }));
} else {
  void arrive();
  mount(App, { target });
  void import("$kit/sprite").then(({ mountIcons }) => mountIcons(document));
}
