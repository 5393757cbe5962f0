/** Customers: requests that arrive by chance, whether or not earlier ones were answered. */

import { Agent, request } from "node:http";

/** Requests a second by page; the whole swings by a fifth over some minutes. */
const rates = { "GET /": 3, "POST /cart": 3, "POST /buy": 8 } as const;
const swing = { share: 0.2, periodSeconds: 260 };
const inFlightMax = 150;
/** How many times as many customers come after a SIGUSR2. */
const surgeFactor = 6;

const ports: { frontend: number } = JSON.parse(process.env["SHOP_PORTS"] ?? "{}");
const agent = new Agent({ keepAlive: true });
let inFlight = 0;
let crowd = 1;

process.on("SIGUSR2", () => (crowd = surgeFactor));

for (const [page, perSecond] of Object.entries(rates)) arrive(page, perSecond);

function arrive(page: string, perSecond: number): void {
  const phase = (2 * Math.PI * Date.now()) / 1000 / swing.periodSeconds;
  const rate = crowd * perSecond * (1 + swing.share * Math.sin(phase));
  const seconds = -Math.log(1 - Math.random()) / rate;
  setTimeout(() => {
    arrive(page, perSecond);
    if (inFlight < inFlightMax) visit(page);
  }, seconds * 1000);
}

function visit(page: string): void {
  const [method, path] = page.split(" ");
  inFlight += 1;
  const outgoing = request({ agent, host: "127.0.0.1", port: ports.frontend, method, path });
  outgoing.on("response", (response) => response.resume());
  outgoing.on("error", () => undefined);
  outgoing.on("close", () => (inFlight -= 1));
  const body = method === "POST" ? { cart: Math.floor(Math.random() * 5000) } : undefined;
  outgoing.end(body === undefined ? undefined : JSON.stringify(body));
}
