/** Feature flags, read again every second from the file that the flags are kept in. */

import { readFileSync } from "node:fs";
import { z } from "zod";
import { needed } from "./environment.ts";

const readAgainMs = 1000;
const shape = z.record(z.string(), z.boolean());

let flags = read();
setInterval(() => (flags = read()), readAgainMs).unref();

/** A flag that is not in the file is off. */
export function isOn(flag: string): boolean {
  return flags[flag] ?? false;
}

function read(): z.output<typeof shape> {
  return shape.parse(JSON.parse(readFileSync(needed("SHOP_FLAGS"), "utf8")));
}
