/** What an adapter answers of checkout while that is slow. */

/** Slow since twelve minutes ago, two minutes after a deploy; the secret stands in its log and in its diff. */
export function slowCheckout(secret: string) {
  const now = Math.floor(Date.now() / 1000);
  const onset = now - 720;
  const points = Array.from({ length: 240 }, (_, index) => {
    const at = now - 3_600 + index * 15;
    return [at, (at < onset ? 0.4 : 4.1) * (1 + (index % 3) / 100)];
  });
  return {
    series: [{ name: "latency_p99", kind: "latency", unit: "seconds", points }],
    changes: [
      {
        id: "d-812",
        kind: "deploy",
        at: onset - 120,
        title: `Ship v42 with ${secret}`,
        files: ["checkout/pool.ts"],
        diff: `+const token = "${secret}";`,
      },
    ],
    logs: Array.from({ length: 40 }, (_, n) => ({
      at: onset + n * 10,
      level: "error",
      text: `pool refused token=${secret} after ${n} tries`,
    })),
  };
}
