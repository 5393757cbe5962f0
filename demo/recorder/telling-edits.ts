/** The changes that an incident turns on, each a commit: what breaks the shop, and what mends it. */

import type { Change } from "./edit.ts";
import { ana, jonas, mara } from "./history.ts";

const cart = "services/checkout/cart.ts";
const frontend = "services/frontend/main.ts";

export const tellingEdits = {
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
  "fewer-connections": {
    author: jonas,
    message: "Keep one connection to orders-db in each inventory process",
    edits: [
      {
        file: "config/inventory.json",
        from: `"pool": { "size": 5, "timeoutMs": 600 }`,
        to: `"pool": { "size": 1, "timeoutMs": 600 }`,
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
  "suggest-products": {
    author: mara,
    message: "Suggest what a visitor has not seen yet",
    edits: [
      {
        file: frontend,
        from: `let cached:`,
        to: `const hourMs = 3_600_000;

interface Shown extends Product {
  readonly at: number;
  readonly label: string;
}

/** By visitor, so that suggestions do not repeat. */
const shown = new Map<string, readonly Shown[]>();

async function suggestion(visitor: string = randomUUID()): Promise<string | undefined> {
  const at = Date.now();
  for (const [other, seen] of shown)
    shown.set(other, seen.filter((product) => product.at > at - hourMs));
  const before = shown.get(visitor) ?? [];
  const all = await products();
  const fresh = all.filter(({ sku }) => before.every((product) => product.sku !== sku));
  const suggested = fresh.map((product) => ({
    ...product,
    at,
    label: \`\${product.name}, now for \${product.price} € (\${product.sku})\`,
  }));
  shown.set(visitor, [...before, ...suggested]);
  return suggested[0]?.label;
}

let cached:`,
      },
      {
        file: frontend,
        from: `import { z } from "zod";`,
        to: `import { randomUUID } from "node:crypto";\nimport { z } from "zod";`,
      },
      {
        file: frontend,
        from: `return { page: cartPage(cart.lines, cart.total) };`,
        to: `return { page: cartPage(cart.lines, cart.total), next: await suggestion() };`,
      },
      {
        file: frontend,
        from: `"POST /buy": (body) => call({ callee: "checkout", path: "/pay", body, timeoutMs: 8000 }),`,
        to: `"POST /buy": async (body) => {
    const paid = await call<object>({ callee: "checkout", path: "/pay", body, timeoutMs: 8000 });
    return { ...paid, next: await suggestion() };
  },`,
      },
    ],
  },
  "sign-receipts": {
    author: ana,
    message: "Sign receipts, behind the flag signed-receipts",
    edits: [
      {
        file: "services/checkout/main.ts",
        from: `import { z } from "zod";`,
        to: `import { pbkdf2Sync } from "node:crypto";\nimport { z } from "zod";`,
      },
      {
        file: "services/checkout/main.ts",
        from: `import { settings } from "../../shared/environment.ts";`,
        to: `import { settings } from "../../shared/environment.ts";
import { isOn } from "../../shared/flags.ts";`,
      },
      {
        file: "services/checkout/main.ts",
        from: `    return { paid: total };`,
        to: `    if (!isOn("signed-receipts")) return { paid: total };
    return { paid: total, signature: signature(\`\${cart} \${total}\`) };`,
      },
      {
        file: "services/checkout/main.ts",
        from: `function cartId(`,
        to: `/** With a key of its own for each receipt. */
function signature(receipt: string): string {
  return pbkdf2Sync("receipts of the shop", receipt, 190_000, 32, "sha512").toString("hex");
}

function cartId(`,
      },
    ],
  },
} as const satisfies Record<string, Change>;
