// Time zones in words: the place first, the IANA name after it. What time it is there is never asked of the machine.

/** `Paris (Europe/Paris)` */
export function zoneName(zone: string): string {
  const place = zone.split("/").at(-1)?.replaceAll("_", " ") ?? zone;
  return `${place} (${zone})`;
}
