/** Labels above a plot, put into as few rows as hold them without touching. */

/** Of the bundled font at 12 pixels, with some to spare. */
const characterPixels = 6.8;
const gapPixels = 8;

export interface Labelled {
  /** From the left edge, in pixels. */
  readonly x: number;
  readonly text: string;
}

/** `row` 0 is next to the plot, its first `kept` pixels are taken; a label that would leave the plot to the right hangs to the left of its place. */
export function rowsOf<T extends Labelled>(
  labels: readonly T[],
  { width, kept }: { readonly width: number; readonly kept: number },
): (T & { readonly row: number; readonly align: "left" | "right" })[] {
  const taken: { readonly row: number; readonly left: number; readonly right: number }[] = [
    { row: 0, left: Number.NEGATIVE_INFINITY, right: kept },
  ];
  return labels.map((one) => {
    const length = one.text.length * characterPixels;
    const align = one.x + length > width ? "right" : "left";
    const left = align === "left" ? one.x : one.x - length;
    const right = left + length + gapPixels;
    const isTaken = (row: number): boolean =>
      taken.some((each) => each.row === row && left < each.right && each.left < right);
    let row = 0;
    while (isTaken(row)) row += 1;
    taken.push({ row, left, right });
    return { ...one, row, align };
  });
}
