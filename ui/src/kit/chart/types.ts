// What a chart is given: points in words and figures. The same stand in the table beside it.

export interface Point {
  /** On the axis. */
  label: string;
  /** Null: nothing to show. */
  value: number | null;
  /** The period before; left out where nothing is compared. */
  before?: number | null;
}
