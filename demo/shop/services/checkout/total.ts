/** What a cart costs. */

export interface Line {
  readonly sku: string;
  readonly name: string;
  /** Euro. */
  readonly price: number;
  readonly quantity: number;
}

/** Euro, with 19 % tax. */
export function totalOf(lines: readonly Line[]): number {
  return lines.reduce((sum, line) => sum + line.price * line.quantity * 1.19, 0);
}
