// Measures as the screen names them: words, units and how figures are written. What is plausible is the host's.
import { isolate } from "$kit/format";
import { preferences } from "$kit/state/preferences.svelte";
import { messageByKey } from "$messages/index";

/** Measures that are offered, with the unit in which they are kept. */
export const MEASURES: readonly [word: string, unit: string][] = [
  ["blood_pressure", "mmHg"],
  ["weight", "kg"],
  ["height", "cm"],
  ["heart_rate", "/min"],
  ["temperature", "°C"],
  ["saturation", "%"],
  ["hba1c", "%"],
  ["glucose", "g/L"],
  ["waist", "cm"],
  ["head_circumference", "cm"],
  ["respiratory_rate", "/min"],
  ["ldl", "g/L"],
  ["gfr", "mL/min/1,73m²"],
  ["peak_flow", "L/min"],
  ["pain", "/10"],
];

/** The measure's name: one that the app knows in the window's language, else as the practice wrote it. */
export function measureName(what: string): string {
  return messageByKey(`record_measure_${what}`) ?? what;
}

/** A figure as the language writes it, in its own place in the line. */
export function figure(value: string | number): string {
  const text = String(value);
  return preferences.language === "en" ? text : text.replaceAll(".", ",");
}

export function measureText(value: string, second: string, unit: string): string {
  const both = second ? `${figure(value)}/${figure(second)}` : figure(value);
  return isolate(unit ? `${both} ${unit}` : both);
}

/** A value of a curve: with as many decimals as the measure has. */
export function curveValue(value: number, decimals: number): string {
  return figure(Number(value.toFixed(decimals)));
}
