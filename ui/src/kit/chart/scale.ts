// What charts share: a round top for an axis, its marks, and which labels have room.

const STEPS = [1, 2, 2.5, 5, 10];

/** The next round number at or above a value: the top of an axis. */
export function niceTop(value: number): number {
  if (!(value > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  const step = STEPS.find((one) => one * power >= value * (1 - 1e-9)) ?? 10;
  return step * power;
}

/** The marks of an axis from 0 to its top, four steps at most; of small whole numbers one each. */
export function marks(top: number): number[] {
  const steps = top <= 4 && Number.isInteger(top) ? top : 4;
  return Array.from({ length: steps + 1 }, (_, at) => (top * at) / steps).filter((mark) => top > 10 || Number.isInteger(mark * 2));
}

/** Every how many labels one fits, each that wide. */
export function every(count: number, width: number, label: number): number {
  return Math.max(1, Math.ceil((count * label) / Math.max(1, width)));
}
