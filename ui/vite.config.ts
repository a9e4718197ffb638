// How the window's pages are built: static files for a strict content security policy (no inline script or style, no
// data: fonts), one entry, features loaded when first shown.
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { svelte } from "@sveltejs/vite-plugin-svelte";
import { svelteTesting } from "@testing-library/svelte/vite";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Compiles the messages again when one of their files is saved. */
function messagesAgain(): Plugin {
  return {
    name: "messages-again",
    configureServer(server) {
      server.watcher.on("change", (file) => {
        if (!/\/src\/messages\/[a-z]{2}\/.*\.json$/.test(file)) return;
        execFile("node", [here("scripts/messages-compile.mjs")], (error) => {
          if (error) server.config.logger.error(error.message);
        });
      });
    },
  };
}

export default defineConfig({
  plugins: [svelte(), svelteTesting(), messagesAgain()],
  resolve: {
    alias: {
      $kit: here("src/kit"),
      $backend: here("src/backend"),
      $messages: here("src/messages"),
    },
  },
  server: { port: 5173, strictPort: true },
  build: {
    target: "safari17",
    outDir: "dist",
    emptyOutDir: true,
    assetsInlineLimit: 0,
    // Everything is read from the program itself: few files come sooner than many. What the entrance needs is one, and
    // what the day needs beyond it.
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: "start", priority: 2, test: /src[\\/](main\.ts|app[\\/]App\.svelte|backend[\\/]tauri\.ts|features[\\/]entrance[\\/](Screen|SignIn)\.svelte)/ },
            { name: "day", priority: 1, test: /src[\\/](app[\\/]Shell|features[\\/]agenda[\\/]Screen)\.svelte/ },
          ],
        },
      },
    },
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
  test: {
    environment: "jsdom",
    include: ["src/**/*.test.ts"],
    setupFiles: ["src/kit/testing/setup.ts"],
    restoreMocks: true,
    testTimeout: 90_000,
  },
});
