/** A program that tells its metrics in Prometheus' binary format, the only one that carries native histograms. */

import { startOddServer, type OddServer } from "../odd-server.ts";

const scrapeS = 15;
const requestsPerS = 20;

/** Three quarters of an hour in one answer: requests of 0.2 s, of 3 s since the onset, when a fifth of them fails too. */
export function startNativeProgram(onsetS: number): Promise<OddServer> {
  const times = Array.from({ length: 180 }, (_, index) => onsetS + (index - 135) * scrapeS);
  const families = [
    family(
      "http_request_duration_seconds",
      types.histogram,
      times.flatMap((at) => durations(at, onsetS)),
    ),
    family(
      "orders_total",
      types.counter,
      times.map((at) => orders(at, onsetS)),
    ),
  ];
  const body = Buffer.concat(
    families.map((one) => Buffer.concat([varint(BigInt(one.length)), one])),
  );
  const format = "application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily";
  return startOddServer((_asked, response) => {
    response.writeHead(200, { "content-type": `${format}; encoding=delimited` });
    response.end(body);
  });
}

const types = { counter: 0n, histogram: 4n } as const;

function durations(at: number, onsetS: number): Buffer[] {
  const after = Math.max(at - onsetS, 0) * requestsPerS;
  const before = (Math.min(at, onsetS) - onsetS) * requestsPerS + 100_000;
  return [
    metric({ status: "200" }, at, [7, histogram(before, after * 0.8)]),
    metric({ status: "500" }, at, [7, histogram(0, after * 0.2)]),
  ];
}

/** Buckets of schema 0 end at powers of two: -2 holds 0.2 s, 2 holds 3 s. */
function histogram(quick: number, slow: number): Buffer {
  const [few, many] = [BigInt(Math.round(quick)), BigInt(Math.round(slow))];
  return Buffer.concat([
    number(1, few + many),
    double(2, quick * 0.2 + slow * 3),
    double(6, 1e-9),
    bytes(12, Buffer.concat([number(1, zigzag(-2n)), number(2, 1n)])),
    bytes(12, Buffer.concat([number(1, zigzag(3n)), number(2, 1n)])),
    number(13, zigzag(few)),
    number(13, zigzag(many - few)),
  ]);
}

/** With an exemplar on every value. */
function orders(at: number, onsetS: number): Buffer {
  const count = (at - onsetS) * 2 + 10_000;
  const exemplar = Buffer.concat([bytes(1, label("trace_id", "3f2a91c4")), double(2, 1)]);
  return metric({}, at, [3, Buffer.concat([double(1, count), bytes(2, exemplar)])]);
}

function family(name: string, type: bigint, metrics: readonly Buffer[]): Buffer {
  const told = [bytes(1, Buffer.from(name)), number(3, type)];
  return Buffer.concat([...told, ...metrics.map((one) => bytes(4, one))]);
}

function metric(
  labels: Readonly<Record<string, string>>,
  at: number,
  [field, value]: readonly [number, Buffer],
): Buffer {
  const told = Object.entries(labels).map(([name, text]) => bytes(1, label(name, text)));
  return Buffer.concat([...told, number(6, BigInt(at) * 1000n), bytes(field, value)]);
}

function label(name: string, value: string): Buffer {
  return Buffer.concat([bytes(1, Buffer.from(name)), bytes(2, Buffer.from(value))]);
}

/** A field of protobuf: its number and wire type, then its content. */
function number(field: number, value: bigint): Buffer {
  return Buffer.concat([varint(BigInt(field << 3)), varint(value)]);
}

function double(field: number, value: number): Buffer {
  const content = Buffer.alloc(8);
  content.writeDoubleLE(value);
  return Buffer.concat([varint(BigInt((field << 3) | 1)), content]);
}

function bytes(field: number, content: Buffer): Buffer {
  return Buffer.concat([varint(BigInt((field << 3) | 2)), varint(BigInt(content.length)), content]);
}

function zigzag(value: bigint): bigint {
  return value >= 0n ? value << 1n : (-value << 1n) - 1n;
}

function varint(value: bigint): Buffer {
  const written: number[] = [];
  let rest = value;
  while (rest > 127n) {
    written.push(Number(rest & 127n) | 128);
    rest >>= 7n;
  }
  return Buffer.from([...written, Number(rest)]);
}
