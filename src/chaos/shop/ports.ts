/** Ports of a shop and of the world around it. Each process finds its own again after a kill, so they stay the same. */
import { createServer } from "node:net";

export interface Ports {
  readonly box: number;
  readonly control: number;
  readonly gateway: number;
  readonly printer: number;
  readonly gatewayWire: number;
  readonly printerWire: number;
}

/**
 * For so many shops, all free at once: a port is free again while its process is dead, so shops that look for theirs one
 * by one could find the same.
 */
export async function freePorts(shops: number): Promise<readonly Ports[]> {
  const servers = Array.from({ length: shops * 6 }, () => createServer());
  const found = await Promise.all(
    servers.map(
      (server) =>
        new Promise<number>((done, fail) => {
          server.once("error", fail);
          server.listen(0, "127.0.0.1", () => {
            const address = server.address();
            done(typeof address === "object" && address !== null ? address.port : 0);
          });
        }),
    ),
  );
  await Promise.all(servers.map((server) => new Promise((done) => server.close(done))));
  return Array.from({ length: shops }, (_, n) => portsOf(found.slice(n * 6, (n + 1) * 6)));
}

function portsOf(found: readonly number[]): Ports {
  const [box = 0, control = 0, gateway = 0, printer = 0, gatewayWire = 0, printerWire = 0] = found;
  return { box, control, gateway, printer, gatewayWire, printerWire };
}
