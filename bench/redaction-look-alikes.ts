/** What looks like a secret and is none: ids, digests, versions, names, words about secrets, and where secrets are only named. */

import { made, pick, type Chance } from "./redaction-corpus.ts";

/** As in redaction-kinds.ts; each is made as often as it takes. */
const forms: readonly string[] = [
  // Commits, digests, hashes.
  "commit <hex:40>",
  "rolled back to <hex:7>",
  "https://github.com/shop/checkout/commit/<hex:40>",
  "Merge branch 'fix' of <hex:12> into <hex:12>",
  "image: registry.example/checkout@sha256:<hex:64>",
  "sha256:<hex:64>",
  "sha512-<b64:86>==",
  'integrity="sha384-<b64:64>"',
  "md5sum <hex:32>  dump.sql",
  'ETag: "<hex:32>"',
  'ETag: W/"<hex:16>-<dig:6>"',
  'If-None-Match: "<b64u:27>"',
  "checksum=<hex:64>",
  "go.sum h1:<b64:43>=",
  "SHA256:<b64:43> deploy@ci (ED25519)",
  "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI<b64:43> deploy@ci",
  "-----BEGIN CERTIFICATE-----\nMII<b64:60>\n<b64:64>\n<b64:40>==\n-----END CERTIFICATE-----",
  "-----BEGIN PUBLIC KEY-----\nMII<b64:60>\n<b64:40>\n-----END PUBLIC KEY-----",
  "bcrypt cost 10, hash $2b$10$<b62:53>",
  // Ids.
  "request_id=<uuid>",
  "order <uuid> not found",
  '{"trace_id":"<hex:32>","span_id":"<hex:16>"}',
  "traceparent: 00-<hex:32>-<hex:16>-01",
  "X-Request-Id: <uuid>",
  "x-amzn-trace-id: Root=1-<hex:8>-<hex:24>",
  "x-b3-traceid: <hex:32>",
  "idempotency_key=<uuid>",
  "Idempotency-Key: <uuid>",
  "partition_key=<b62:24>",
  "cache key checkout:v2:<hex:32> missed",
  "primary key (<dig1:12>) already exists",
  "dedup_key: <hex:32>",
  "object key uploads/2026/11/<uuid>.png",
  "container <hex:64> exited",
  "containerd://<hex:64>",
  "i-0<hex:16> is unhealthy",
  "arn:aws:iam::<dig1:12>:role/checkout-<b62:12>",
  "arn:aws:secretsmanager:eu-west-1:<dig1:12>:secret:shop/db-<b62:6>",
  "subnet-0<hex:16> vpc-0<hex:16>",
  "pi_3<b62:23> succeeded for cus_<b62:14>",
  "evt_1<b62:23> pk_live_<b62:24>",
  "<@U0<upd:9>> in <#C0<upd:9>|incidents>",
  "01<upd:24>",
  "<low:8>-<dig:4>-<low:6>",
  "nextToken: <b64u:120>",
  "page_token=<b64u:60>",
  "csp nonce-<b64:22>==",
  "session id <hex:32> opened",
  // Pictures.
  "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAA<b64:400>",
  '<img src="data:image/jpeg;base64,/9j/4AAQSkZJRgABAQ<b64:600>">',
  "font/woff2;base64,d09GMgABAAAAA<b64:300>",
  // Versions, names, metrics.
  "checkout v2.14.<dig1:2>+build.<dig1:4>",
  "node 24.<dig1:1>.<dig1:1>, openssl 3.0.<dig1:2>",
  "requests==2.31.<dig1:1> psycopg2-binary==2.9.<dig1:1>",
  "checkout-7d9f<lowd:6>-<lowd:5> OOMKilled",
  "pod/payments-<lowd:10>-<lowd:5> restarted",
  "statefulset cart-db-<dig1:1> on ip-10-0-<dig1:2>-<dig1:2>.eu-west-1.compute.internal",
  'rate(http_requests_total{service="checkout",route="/pay",code=~"5.."}[5m]) = <dig1:3>',
  "histogram_quantile(0.99, sum by (le) (rate(auth_token_refresh_seconds_bucket[5m])))",
  "password_reset_requests_total <dig1:4>",
  'token_bucket_tokens{key="checkout"} <dig1:3>',
  'secret_rotation_age_seconds{secret="db-creds"} <dig1:6>',
  'container_memory_working_set_bytes{pod="checkout-<lowd:9>-<lowd:5>"} <dig1:9>',
  // Stack traces and code.
  "at com.shop.auth.TokenFilter.doFilter(TokenFilter.java:<dig1:3>)",
  "at Object.<anonymous> (/app/src/secrets/key-store.ts:<dig1:2>:<dig1:2>)",
  'File "/usr/lib/python3.12/site-packages/requests/auth.py", line <dig1:3>, in __call__',
  "panic: runtime error at 0xc000<hex:6>\ngoroutine <dig1:2> [running]",
  "java.lang.IllegalStateException: password must not be null",
  "-    token = request.headers.token",
  "+    const token = await getToken(req, secretName);",
  'password = os.environ["DB_PASSWORD"]',
  "apiKey: process.env.API_KEY,",
  "password: ${DB_PASSWORD}",
  "PASSWORD=$DB_PASSWORD ./migrate",
  "token: {{ .Values.token }}",
  "secretName: db-creds-<lowd:5>",
  "secretKeyRef:\n  name: checkout-db\n  key: password",
  "SECRET_KEY=<your-secret-key>",
  "password: ********",
  "passwordHash varchar(60) not null",
  "password=[secret:password]",
  "https://ana@git.example/shop/checkout.git",
  "postgres://db-1:5432/orders does not answer",
  "http://127.0.0.1:<dig1:4>/local/ is ready",
  "https://<user>:<password>@db-1/",
  "redis://cache-1:6379/0 timed out after <dig1:3>ms",
  // Words about secrets.
  "token expired after <dig1:4> s",
  "invalid token: expired",
  "token_count=<dig1:3> max_tokens=<dig1:4>",
  "prompt_tokens: <dig1:4>, completion_tokens: <dig1:3>",
  "the password must have <dig1:1> characters",
  "password: required",
  "secret shop/db was rotated at 14:0<dig1:1>",
  "basic authentication failed <dig1:2> times",
  "bearer authentication is required",
  "api key missing for tenant <dig1:4>",
  "auth: login of user <dig1:6> failed, pass <dig1:1> of 3",
  "key rotation: <dig1:2> keys, 0 failed",
  "unexpected token } in JSON at position <dig1:3>",
  "cookie consent banner shown <dig1:3> times",
  "compass=north bypass=true tokenizer=bpe passenger: <dig1:6>",
  "author=ana authority=<low:8> keyboard=us monkey=<low:6>",
  "credentials provider chain: env, file, imds",
  "mysql -u root -h db-1 orders",
  "curl -s https://api.example/health?check=<dig1:3>",
  "docker login registry.example",
  "the task-force-of-<low:6>-words and disk-pressure-monitoring",
  "took <dig1:3>ms at 2026-11-27T14:0<dig1:1>:22.<dig:3>Z from 10.0.<dig1:2>.<dig1:2>",
];

const around = ["", "2026-11-27T14:01:22Z ERROR ", "+  ", "level=info service=cart ", "fyi: "];

export function lookAlikes(count: number, chance: Chance): readonly string[] {
  return Array.from({ length: count }, (_, index) => {
    const form = forms[index % forms.length] ?? "";
    const text = `${pick(around, chance)}${made(form, chance)}`;
    return index % 5 === 4 ? JSON.stringify({ msg: text }) : text;
  });
}

/** About 64 kB of what a log, a diff and a chat hold, with a secret here and there. */
export function ordinaryText(secrets: readonly string[], chance: Chance): string {
  const lines = [...lookAlikes(2_000, chance)];
  const mixed = lines.map((line, index) =>
    index % 40 === 0 ? `${line} ${secrets[index % secrets.length] ?? ""}` : line,
  );
  return mixed.join("\n").slice(0, 65_536);
}
