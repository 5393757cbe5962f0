/** Pages as text. */

export interface Product {
  readonly sku: string;
  readonly name: string;
  /** Euro. */
  readonly price: number;
}

export function homePage(products: readonly Product[], hasBanner: boolean): string {
  const lines = products.map((product) => `${product.name}: ${money(product.price)}`);
  return [...(hasBanner ? ["Summer sale: free delivery"] : []), ...lines].join("\n");
}

export function cartPage(lines: readonly Product[], total: number): string {
  return `${lines.length} lines, ${money(total)}`;
}

function money(euro: number): string {
  return `${Math.round(euro)} €`;
}
