// The arithmetic of a curve: an axis that holds every value with round marks, and places on it.

const STEPS = [1, 2, 2.5, 5, 10];

export interface Axis {
  low: number;
  high: number;
  marks: number[];
}

/** A round axis around the values: not from nothing, since a weight is read by its changes. */
export function axisOf(values: number[]): Axis {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const span = most - least || Math.max(1, Math.abs(most) * 0.1);
  const rough = span / 3;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = (STEPS.find((one) => one * power >= rough * (1 - 1e-9)) ?? 10) * power;
  const low = Math.floor((least - span * 0.05) / step) * step;
  const high = Math.ceil((most + span * 0.05) / step) * step;
  const count = Math.round((high - low) / step);
  return { low, high, marks: Array.from({ length: count + 1 }, (_, at) => Number((low + at * step).toPrecision(12))) };
}

/** Where on a length something stands between two ends; in the middle where they are one. */
export function place(value: number, low: number, high: number, length: number): number {
  return high === low ? length / 2 : ((value - low) / (high - low)) * length;
}
