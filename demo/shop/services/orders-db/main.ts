/** The shop's database: answers the few statements that the services send, at the pace of a small real one. */

import { createServer, type Socket } from "node:net";
import { createInterface } from "node:readline";
import { Counter, Gauge, Histogram } from "prom-client";
import { portOf } from "../../shared/environment.ts";
import { serve } from "../../shared/serve.ts";
import { run } from "./statements.ts";

const connections = new Gauge({ name: "db_connections", help: "Open connections." });
const active = new Gauge({ name: "db_active_statements", help: "Statements that run now." });
const rows = new Counter({ name: "db_rows_total", help: "Rows read or written." });
const seconds = new Histogram({
  name: "db_statement_duration_seconds",
  help: "Time that a statement took in the database.",
  labelNames: ["verb"],
  buckets: [0.002, 0.005, 0.01, 0.02, 0.04, 0.08, 0.15, 0.3, 0.6],
});

const server = createServer((socket) => {
  connections.inc();
  socket.setNoDelay(true);
  socket.on("close", () => connections.dec());
  socket.on("error", () => socket.destroy());
  createInterface({ input: socket })
    .on("line", (line) => void execute(socket, line))
    .on("error", () => socket.destroy());
});
server.listen({ host: "127.0.0.1", port: portOf("orders-db-sql") });
serve({});

async function execute(socket: Socket, line: string): Promise<void> {
  const { sql, args } = JSON.parse(line);
  const stop = seconds.startTimer({ verb: sql.split(" ")[0] });
  active.inc();
  const result = await run(sql, args);
  active.dec();
  stop();
  rows.inc(result.touched);
  socket.write(`${JSON.stringify(result.rows)}\n`);
}
