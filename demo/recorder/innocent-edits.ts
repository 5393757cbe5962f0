/** The changes that do no harm, each a commit: most of what a day brings. */

import type { Change } from "./edit.ts";
import { ana, bo, jonas, mara } from "./history.ts";

const total = "services/checkout/total.ts";
const pages = "services/frontend/pages.ts";
const stock = "services/inventory/stock.ts";

export const innocentEdits = {
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
} as const satisfies Record<string, Change>;
