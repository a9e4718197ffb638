// The window's entry: styles, then the shell.
import "@fontsource-variable/inter/index.css";
import "@fontsource-variable/noto-sans-arabic/index.css";
import "$kit/tokens.css";
import "$kit/base.css";
import { mount } from "svelte";
import App from "./app/App.svelte";

const target = document.getElementById("app");
if (!target) throw new Error("the page has no place for the window");
mount(App, { target });
