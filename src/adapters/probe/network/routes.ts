/** Default routes: which router each interface uses. Pure readers of what the systems print. */

export interface DefaultRoute {
  /** The interface's name; null where the system names it only by its own address. */
  readonly device: string | null;
  /** Our address on that interface, where the system tells it instead of a name. */
  readonly localAddress: string | null;
  readonly gateway: string;
  /** The smallest one is used. */
  readonly metric: number;
}

const none = "0.0.0.0";

/** /proc/net/route: hexadecimal addresses in host byte order, which on every platform of Node is little-endian. */
export function linuxRoutes(text: string): readonly DefaultRoute[] {
  return text
    .split("\n")
    .slice(1)
    .map((line) => line.trim().split(/\s+/))
    .filter((parts) => parts.length >= 8 && parts[1] === "00000000" && parts[7] === "00000000")
    .map((parts) => ({
      device: parts[0] ?? null,
      localAddress: null,
      gateway: addressOfHex(parts[2] ?? ""),
      metric: Number(parts[6]),
    }))
    .filter((route) => route.gateway !== none)
    .toSorted((one, other) => one.metric - other.metric);
}

function addressOfHex(hex: string): string {
  const value = Number.parseInt(hex, 16);
  if (!/^[0-9A-Fa-f]{8}$/.test(hex)) return none;
  return [0, 8, 16, 24].map((shift) => (value >>> shift) & 0xff).join(".");
}

/** `netstat -rn -f inet` of macOS and the BSDs: "default  192.168.1.1  UGScg  en0". The first line is the one in use. */
export function bsdRoutes(text: string): readonly DefaultRoute[] {
  return [
    ...text.matchAll(/^default\s+(\d+\.\d+\.\d+\.\d+)\s+\S+(?:\s+\d+\s+\d+)?\s+([a-z]+\d+)\b/gm),
  ].map(([, gateway = "", device = ""], at) => ({
    device,
    localAddress: null,
    gateway,
    metric: at,
  }));
}

/**
 * `route print -4` of Windows: "0.0.0.0  0.0.0.0  192.168.1.1  192.168.1.20  25", whatever the language of its headings.
 * The interface is named by our address on it.
 */
export function windowsRoutes(text: string): readonly DefaultRoute[] {
  const address = String.raw`(\d+\.\d+\.\d+\.\d+)`;
  const line = new RegExp(
    String.raw`^\s*0\.0\.0\.0\s+0\.0\.0\.0\s+${address}\s+${address}\s+(\d+)\s*$`,
    "gm",
  );
  return [...text.matchAll(line)]
    .map(([, gateway = "", localAddress = "", metric]) => ({
      device: null,
      localAddress,
      gateway,
      metric: Number(metric),
    }))
    .toSorted((one, other) => one.metric - other.metric);
}

/** True, false, or null where /proc/net/arp doesn't know the address: whether somebody has answered for it lately. */
export function arpKnows(text: string, address: string): boolean | null {
  for (const line of text.split("\n").slice(1)) {
    const [ip, , flags] = line.trim().split(/\s+/);
    if (ip === address) return (Number(flags) & 2) !== 0;
  }
  return null;
}

/** Signal of a Wi-Fi interface in dBm from /proc/net/wireless; null for one that isn't there. */
export function wifiSignalDbm(text: string, device: string): number | null {
  const found = new RegExp(String.raw`^\s*${device}:\s+\S+\s+\S+\s+(-?\d+)`, "m").exec(text);
  return found === null ? null : Number(found[1]);
}
