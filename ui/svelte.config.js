// Svelte 5 with runes everywhere; the compiler's accessibility warnings are errors in `npm run check`.
export default {
  compilerOptions: { runes: true },
};
