/** Fetches that never reach this machine, its own network or its cloud's metadata: whoever can write a link writes no request into these. */

import { lookup } from "node:dns";
import { BlockList, isIP, type LookupFunction } from "node:net";
import { Agent, fetch } from "undici";
import type { Fetch } from "../outgoing.ts";

/** Two lists, for in one an older address counts as carried by a newer one. */
const insideV4 = listOf(
  "ipv4",
  `0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.88.99.0/24
  192.168.0.0/16 198.18.0.0/15 224.0.0.0/4 240.0.0.0/4`,
);
/** Among them those that carry an older address. */
const insideV6 = listOf(
  "ipv6",
  "::/96 ::ffff:0:0/96 64:ff9b::/96 64:ff9b:1::/48 2001::/32 2002::/16 fc00::/7 fe80::/10 fec0::/10 ff00::/8",
);

function listOf(family: "ipv4" | "ipv6", ranges: string): BlockList {
  const list = new BlockList();
  for (const range of ranges.split(/\s+/)) {
    const [net = "", bits = ""] = range.split("/");
    list.addSubnet(net, Number(bits), family);
  }
  return list;
}

/** Loopback, link-local, private, and what leads to these; what is no address at all counts as one. */
export function isInside(address: string): boolean {
  switch (isIP(address)) {
    case 4:
      return insideV4.check(address, "ipv4");
    case 6:
      return insideV6.check(address, "ipv6");
    default:
      return true;
  }
}

/** The addresses are looked at where the connection is made, so that a name cannot mean another one by then. */
function guarded(resolve: typeof lookup): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      const [first] = addresses ?? [];
      if (error !== null || first === undefined) {
        callback(error ?? new Error("host not found"), "", 0);
      } else if (addresses.some(({ address }) => isInside(address))) {
        callback(new Error(insideWords(hostname)), "", 0);
      } else if (options.all === true) callback(null, addresses);
      else callback(null, first.address, first.family);
    });
  };
}

function insideWords(host: string): string {
  return `${host} is an address of this machine or a private network`;
}

/** As `fetch`; rejects before anything is sent where the host is inside. `resolve`: how names become addresses. */
export function outsideFetch(resolve: typeof lookup = lookup): Fetch {
  const dispatcher = new Agent({ connect: { lookup: guarded(resolve) } });
  return async (address, init) => {
    const { hostname } = new URL(address);
    const literal = hostname.replace(/^\[(.*)\]$/, "$1");
    if (isIP(literal) !== 0 && isInside(literal)) throw new Error(insideWords(literal));
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the package and the global one name the same shapes
    return await fetch(address, { ...init, dispatcher } as object);
  };
}
