/** A pool of connections to orders-db that never opens more than its size and never waits longer than its timeout. */

import { Counter, Gauge, Histogram } from "prom-client";
import { z } from "zod";
import { openConnection, type Connection } from "./connection.ts";
import { outboundSeconds } from "./metrics.ts";
import { Refusal } from "./serve.ts";

export const poolSettings = z.object({ size: z.number(), timeoutMs: z.number() });
type PoolSettings = z.output<typeof poolSettings>;

const sizeGauge = new Gauge({ name: "db_pool_size", help: "Connections that the pool may open." });
const inUseGauge = new Gauge({ name: "db_pool_in_use", help: "Connections in use." });
const waitingGauge = new Gauge({ name: "db_pool_waiting", help: "Requests that wait for one." });
const timeouts = new Counter({ name: "db_pool_timeouts_total", help: "Waits given up." });
const statements = new Counter({ name: "db_statements_total", help: "Statements sent." });
const waitSeconds = new Histogram({
  name: "db_pool_wait_seconds",
  help: "Time spent waiting for a connection.",
  buckets: [0.001, 0.005, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 1, 2],
});

export class Pool {
  private settings: PoolSettings;
  private inUse = 0;
  private readonly idle: Connection[] = [];
  private readonly waiting: (() => void)[] = [];

  constructor(settings: PoolSettings) {
    this.settings = settings;
    this.resize(settings);
  }

  /** Connections in use stay so until their work is done. */
  resize(settings: PoolSettings): void {
    this.settings = settings;
    sizeGauge.set(settings.size);
    while (this.idle.length > settings.size) this.idle.pop()?.close();
    this.wakeNext();
  }

  /** Hands the work one connection for as long as it runs; throws Refusal 503 when none is free in time. */
  async use<T>(work: (connection: Connection) => Promise<T>): Promise<T> {
    await this.turn();
    let connection: Connection | undefined;
    try {
      connection = this.idle.pop() ?? timed(await openConnection());
      const result = await work(connection);
      this.idle.push(connection);
      return result;
    } catch (error) {
      connection?.close();
      throw error;
    } finally {
      this.inUse -= 1;
      inUseGauge.set(this.inUse);
      this.wakeNext();
    }
  }

  private async turn(): Promise<void> {
    const stop = waitSeconds.startTimer();
    try {
      if (this.inUse >= this.settings.size) await this.wait();
      else this.take();
    } finally {
      stop();
    }
  }

  private take(): void {
    this.inUse += 1;
    inUseGauge.set(this.inUse);
  }

  private wait(): Promise<void> {
    const { size, timeoutMs } = this.settings;
    return new Promise((resolve, reject) => {
      const proceed = () => {
        clearTimeout(timer);
        resolve();
      };
      const timer = setTimeout(() => {
        this.waiting.splice(this.waiting.indexOf(proceed), 1);
        waitingGauge.set(this.waiting.length);
        timeouts.inc();
        reject(
          new Refusal(
            503,
            `pool timeout: no connection to orders-db within ${timeoutMs} ms (size ${size})`,
          ),
        );
      }, timeoutMs);
      this.waiting.push(proceed);
      waitingGauge.set(this.waiting.length);
    });
  }

  /** Hands free connections to those who wait, longest first. */
  private wakeNext(): void {
    while (this.inUse < this.settings.size) {
      const next = this.waiting.shift();
      if (next === undefined) return;
      waitingGauge.set(this.waiting.length);
      this.take();
      next();
    }
  }
}

/** Each statement is counted, and timed as a call to orders-db. */
function timed(connection: Connection): Connection {
  return {
    query: async (sql, ...args) => {
      statements.inc();
      const stop = outboundSeconds.startTimer({ callee: "orders-db" });
      let status = "none";
      try {
        const rows = await connection.query(sql, ...args);
        status = "200";
        return rows;
      } finally {
        stop({ status });
      }
    },
    close: () => connection.close(),
  };
}
