// The window's entry: styles, then the shell.
import "@fontsource-variable/inter/index.css";
import "@fontsource-variable/noto-sans-arabic/index.css";
import "$kit/tokens.css";
import "$kit/base.css";
import { mount } from "svelte";
import App from "./app/App.svelte";
import { WALL } from "$backend/wall";

const target = document.getElementById("app");
if (!target) throw new Error("the page has no place for the window");
// The wall display's window is the same page by another address; it never loads the app.
if (location.hash === WALL) void import("./features/wall/Wall.svelte").then(({ default: Wall }) => mount(Wall, { target }));
else mount(App, { target });
