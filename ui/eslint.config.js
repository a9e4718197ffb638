// Lint rules. The walls between the rooms of the window are held by scripts/walls.mjs, which runs with them.
import js from "@eslint/js";
import svelte from "eslint-plugin-svelte";
import globals from "globals";
import ts from "typescript-eslint";
import svelteConfig from "./svelte.config.js";

export default ts.config(
  { ignores: ["dist/", "dist-browser/", "node_modules/", "src/messages/generated/", "src/backend/generated.ts", "project.inlang/"] },
  js.configs.recommended,
  ...ts.configs.recommended,
  ...svelte.configs.recommended,
  {
    languageOptions: { globals: { ...globals.browser } },
    rules: {
      "no-undef": "off",
      eqeqeq: "error",
      "max-lines": ["error", { max: 500 }],
      "no-restricted-syntax": [
        "error",
        { selector: "SvelteAttribute[key.name='style']", message: "The policy refuses style attributes: use a class or style:property." },
      ],
      "no-restricted-globals": ["error", { name: "Temporal", message: "WebKitGTK has none." }],
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
      "svelte/no-at-html-tags": "error",
      "svelte/require-each-key": "error",
      // A space at a block's edge is kept by no other means.
      "svelte/no-useless-mustaches": "off",
    },
  },
  {
    files: ["**/*.svelte", "**/*.svelte.ts"],
    languageOptions: {
      parserOptions: { parser: ts.parser, extraFileExtensions: [".svelte"], svelteConfig },
    },
    rules: { "prefer-const": "off" },
  },
  { files: ["scripts/**", "*.js", "*.ts"], languageOptions: { globals: { ...globals.node } } },
);
