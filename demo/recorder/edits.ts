/** The changes that the shop's developers make, each a commit: most are innocent. */

import { ana, bo, jonas, mara, type Author } from "./history.ts";

export interface Edit {
  readonly file: string;
  /** Must occur exactly once. */
  readonly from: string;
  readonly to: string;
}

export interface Change {
  readonly author: Author;
  readonly message: string;
  readonly edits: readonly Edit[];
}

const cart = "services/checkout/cart.ts";
const total = "services/checkout/total.ts";
const pages = "services/frontend/pages.ts";
const stock = "services/inventory/stock.ts";

export const edits = {
  "explain-load": {
    author: mara,
    message: "Explain the load generator in the readme",
    edits: [
      {
        file: "README.md",
        from: "Each service reads",
        to: "`load/` plays customers: home page, cart and purchase, at a steady rate.\n\nEach service reads",
      },
    ],
  },
  "show-cents": {
    author: mara,
    message: "Show prices with cents",
    edits: [
      {
        file: pages,
        from: "return `${Math.round(euro)} €`;",
        to: "return `${euro.toFixed(2)} €`;",
      },
    ],
  },
  "empty-cart": {
    author: mara,
    message: "Say so when a cart is empty",
    edits: [
      {
        file: pages,
        from: "  return `${lines.length} lines,",
        to: '  if (lines.length === 0) return "Your cart is empty";\n  return `${lines.length} lines,',
      },
    ],
  },
  "sort-products": {
    author: bo,
    message: "Sort the product list by name",
    edits: [
      {
        file: stock,
        from: `  return pool.use((db) => db.query("select sku, name, price from products"));`,
        to: `  const products = await pool.use((db) => db.query("select sku, name, price from products"));
  return products.toSorted((a, b) => String(a["name"]).localeCompare(String(b["name"])));`,
      },
    ],
  },
  "refuse-empty-reservation": {
    author: bo,
    message: "Answer an empty reservation without the database",
    edits: [
      {
        file: stock,
        from: `must be a list");\n`,
        to: `must be a list");\n  if (skus.length === 0) return { reserved: 0 };\n`,
      },
    ],
  },
  "round-total": {
    author: ana,
    message: "Round the total to cents",
    edits: [
      {
        file: total,
        from: "  return lines.reduce((sum, line) => sum + line.price * line.quantity * 1.19, 0);",
        to: `  const net = lines.reduce((sum, line) => sum + line.price * line.quantity, 0);
  return Math.round(net * 1.19 * 100) / 100;`,
      },
    ],
  },
  "log-cart-size": {
    author: jonas,
    message: "Log the size of each cart at debug level",
    edits: [
      {
        file: "services/checkout/main.ts",
        from: `    const skus = lines.map((line) => line.sku);\n`,
        to: `    log("debug", \`cart \${cart} has \${lines.length} lines\`);\n    const skus = lines.map((line) => line.sku);\n`,
      },
      {
        file: "services/checkout/main.ts",
        from: `import { Pool, poolSettings }`,
        to: `import { log } from "../../shared/log.ts";\nimport { Pool, poolSettings }`,
      },
    ],
  },
  "current-prices": {
    author: ana,
    message: "Read a product when its line is shown, so that prices are current",
    edits: [
      {
        file: cart,
        from: `    const skus = lines.map((line) => line["sku"]);
    const products = await db.query(
      "select sku, name, price from products where sku = any($1)",
      skus,
    );
    const bySku = new Map(products.map((product) => [product["sku"], product]));
    return lines.map((line) => {
      const product = bySku.get(line["sku"] ?? "");
      return {
        sku: String(line["sku"]),
        name: String(product?.["name"]),
        price: Number(product?.["price"]),
        quantity: Number(line["quantity"]),
      };
    });
`,
        to: `    const current: Line[] = [];
    for (const line of lines) {
      const [product] = await db.query(
        "select sku, name, price from products where sku = $1",
        line["sku"],
      );
      current.push({
        sku: String(line["sku"]),
        name: String(product?.["name"]),
        price: Number(product?.["price"]),
        quantity: Number(line["quantity"]),
      });
    }
    return current;
`,
      },
    ],
  },
  "cache-products-longer": {
    author: mara,
    message: "Keep the product list for three seconds",
    edits: [
      {
        file: "config/frontend.json",
        from: `"productCacheSeconds": 2`,
        to: `"productCacheSeconds": 3`,
      },
    ],
  },
  "wait-longer-for-payment": {
    author: ana,
    message: "Give the payment provider 2.2 seconds",
    edits: [
      {
        file: "config/checkout.json",
        from: `"paymentTimeoutMs": 2000`,
        to: `"paymentTimeoutMs": 2200`,
      },
    ],
  },
  "fewer-connections": {
    author: jonas,
    message: "Keep one connection to orders-db in each inventory process",
    edits: [
      {
        file: "config/inventory.json",
        from: `"pool": { "size": 20, "timeoutMs": 250 }`,
        to: `"pool": { "size": 1, "timeoutMs": 250 }`,
      },
    ],
  },
  "second-provider": {
    author: ana,
    message: "Take payments through the second provider",
    edits: [
      {
        file: "config/checkout.json",
        from: `"paymentProvider": "payments"`,
        to: `"paymentProvider": "payments-backup"`,
      },
    ],
  },
} as const satisfies Record<string, Change>;

export type EditName = keyof typeof edits;
