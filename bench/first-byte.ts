/** A wire in front of the printer that tells when a paper's first byte passes. */
import { connect, createServer, type AddressInfo, type Socket } from "node:net";

export interface Watch {
  readonly address: string;
  onPaper(listener: () => void): void;
  close(): void;
}

/** Every paper begins with ESC @; nothing else that we send does. */
const paperHead = Buffer.from([0x1b, 0x40]);

export async function startWatch(printer: string): Promise<Watch> {
  const { hostname, port } = new URL(printer);
  let tell = (): void => {};
  const sockets = new Set<Socket>();
  const server = createServer({ noDelay: true }, (till) => {
    const behind = connect({ host: hostname, port: Number(port), noDelay: true });
    for (const socket of [till, behind]) {
      sockets.add(socket);
      socket.on("error", () => socket.destroy());
    }
    till.on("data", (bytes: Buffer) => {
      if (bytes.includes(paperHead)) tell();
    });
    till.pipe(behind);
    behind.pipe(till);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return {
    address: `tcp://127.0.0.1:${(server.address() as AddressInfo).port}`,
    onPaper: (listener) => (tell = listener),
    close: () => {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}
