/** Printers by address: "tcp://192.168.1.50:9100", "serial:///dev/ttyUSB0?baud=9600", "device:///dev/usb/lp0". */
import { fill } from "../../core/text/text.ts";
import type { Text } from "../../core/text/text.ts";
import type { PrinterPort } from "../../ports/printer.ts";
import { devicePrinter } from "./device.ts";
import { serialPrinter } from "./serial.ts";
import type { SerialOptions } from "./serial.ts";
import { tcpPrinter } from "./tcp.ts";

/** The address can't be one of a printer; `text` says what to write instead. */
export class PrinterAddressError extends Error {
  readonly text: Text;
  constructor(text: Text) {
    super(text.en);
    this.text = text;
  }
}

/** The printer at the address; nothing is connected yet. Throws `PrinterAddressError`. */
export function openPrinterPort(address: string): PrinterPort {
  const parsed = parsePrinterAddress(address);
  switch (parsed.kind) {
    case "tcp":
      return tcpPrinter(parsed.host, parsed.port);
    case "serial":
      return serialPrinter(parsed.path, parsed);
    case "device":
      return devicePrinter(parsed.path);
  }
}

export type PrinterAddress =
  | {
      readonly kind: "tcp";
      readonly host: string;
      readonly port: number;
      readonly bytesPerSecond: number;
    }
  | (SerialOptions & {
      readonly kind: "serial";
      readonly path: string;
      readonly bytesPerSecond: number;
    })
  | { readonly kind: "device"; readonly path: string; readonly bytesPerSecond: number };

/** Cautious figures for the spooler's time-outs; a serial byte takes ten bits on the line. */
const networkBytesPerSecond = 10_000;

/** Reads an address. `bytesPerSecond` is what the link carries, for `SpoolerTiming`. */
export function parsePrinterAddress(address: string): PrinterAddress {
  const [, scheme = "", rest = ""] = /^([a-z]+):\/\/(.*)$/.exec(address.trim()) ?? [];
  const [place = "", query = ""] = rest.split("?", 2);
  switch (scheme) {
    case "tcp":
      return tcpAddress(address, place);
    case "serial":
      return serialAddress(address, place, new URLSearchParams(query));
    case "device":
      if (!place.startsWith("/")) throw wrong(address, "device:///dev/usb/lp0");
      return { kind: "device", path: place, bytesPerSecond: networkBytesPerSecond };
    default:
      throw wrong(address, "tcp://192.168.1.50:9100");
  }
}

/** The address as it is used: a network printer's with its port. */
export function shownAddress(address: string): string {
  const parsed = parsePrinterAddress(address);
  if (parsed.kind !== "tcp") return address;
  const host = parsed.host.includes(":") ? `[${parsed.host}]` : parsed.host;
  return `tcp://${host}:${parsed.port}`;
}

/** Whether the shop's network lies between this computer and its printer. */
export function printerWay(address: string): "network" | "here" {
  const parsed = parsePrinterAddress(address);
  if (parsed.kind !== "tcp") return "here";
  return /^(127\.|localhost$|::1$)/i.test(parsed.host) ? "here" : "network";
}

function tcpAddress(address: string, place: string): PrinterAddress {
  const [, bracketed, plain, port = "9100"] =
    /^(?:\[([0-9a-f:.]+)\]|([^:/[\]]+))(?::(\d{1,5}))?\/?$/i.exec(place) ?? [];
  const host = bracketed ?? plain;
  const number = Number(port);
  if (host === undefined || number < 1 || number > 65_535) {
    throw wrong(address, "tcp://192.168.1.50:9100");
  }
  return { kind: "tcp", host, port: number, bytesPerSecond: networkBytesPerSecond };
}

const flows = ["none", "rtscts", "xonxoff"] as const;
const parities = ["none", "even", "odd"] as const;

function serialAddress(address: string, place: string, query: URLSearchParams): PrinterAddress {
  // On Windows the port has no slash: serial://COM3, or serial:///COM3.
  const path = place.replace(/^\/(?=COM\d+$)/i, "");
  const baud = Number(query.get("baud") ?? "9600");
  const flow = flows.find((one) => one === (query.get("flow") ?? "none"));
  const parity = parities.find((one) => one === (query.get("parity") ?? "none"));
  const isGoodPath = path.startsWith("/") || /^COM\d+$/i.test(path);
  const isGoodBaud = Number.isInteger(baud) && baud >= 300 && baud <= 4_000_000;
  if (!isGoodPath || !isGoodBaud || flow === undefined || parity === undefined) {
    throw wrong(address, "serial:///dev/ttyUSB0?baud=9600&flow=none|rtscts|xonxoff");
  }
  return { kind: "serial", path, baud, flow, parity, bytesPerSecond: Math.floor(baud / 10) };
}

const wrong = (address: string, example: string): PrinterAddressError =>
  new PrinterAddressError(
    fill(
      {
        zh: "打印机地址“{address}”不对。请写成：{example}",
        en: 'The printer address "{address}" is not right. Write it like {example}.',
      },
      { address, example },
    ),
  );
