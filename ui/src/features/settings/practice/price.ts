// A price as people type it (`26,50`), in cents for the host. What is none is sent as one that the host refuses.

/** Cents of a typed price; null where nothing is typed. */
export function centsOf(text: string): number | null {
  const plain = text
    .replace(/[٠-٩]/g, (sign) => String("٠١٢٣٤٥٦٧٨٩".indexOf(sign)))
    .replace(/[\s\u00a0\u202f]/g, "")
    .replace(",", ".");
  if (plain === "") return null;
  return /^\d+(\.\d{1,2})?$/.test(plain) ? Math.round(Number(plain) * 100) : -1;
}

/** `26,50` of cents; empty where there is none. */
export function priceText(cents: number | null): string {
  return cents === null || cents < 0 ? "" : `${Math.floor(cents / 100)},${String(cents % 100).padStart(2, "0")}`;
}
