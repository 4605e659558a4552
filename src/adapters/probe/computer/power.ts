/** Whether the supply is too weak now, where the system tells: a Raspberry Pi does, and so does a battery that is low. */
import type { SystemFiles } from "../system.ts";

/** Bit 0: under-voltage now; bit 16: since the start. https://www.raspberrypi.com/documentation/computers/os.html#get_throttled */
const throttledPath = "/sys/devices/platform/soc/soc:firmware/get_throttled";

/** Null: this system doesn't tell. */
export function undervoltage(system: SystemFiles): boolean | null {
  const told = [throttled(system), ...alarms(system), lowBattery(system)];
  if (told.includes(true)) return true;
  return told.includes(false) ? false : null;
}

function throttled(system: SystemFiles): boolean | null {
  const text = system.text(throttledPath)?.trim().replace(/^0x/, "");
  if (text === undefined || !/^[0-9a-f]{1,8}$/i.test(text)) return null;
  return (Number.parseInt(text, 16) & 1) !== 0;
}

/** The kernel's driver for the same sensor, where the firmware's file is missing. */
function alarms(system: SystemFiles): readonly (boolean | null)[] {
  return system
    .list("/sys/class/hwmon")
    .map((name) => `/sys/class/hwmon/${name}`)
    .filter((at) => system.text(`${at}/name`)?.trim() === "rpi_volt")
    .map((at) => {
      const alarm = system.text(`${at}/in0_lcrit_alarm`)?.trim();
      return alarm === undefined ? null : alarm === "1";
    });
}

/** A till that runs on its battery is well until that is nearly empty. */
function lowBattery(system: SystemFiles): boolean | null {
  const supplies = system.list("/sys/class/power_supply").map((name) => {
    const read = (file: string): string =>
      system.text(`/sys/class/power_supply/${name}/${file}`)?.trim() ?? "";
    return { type: read("type"), online: read("online"), level: read("capacity_level") };
  });
  const mains = supplies.filter((one) => one.type === "Mains");
  if (mains.length === 0) return null;
  const off = mains.every((one) => one.online === "0");
  return (
    off && supplies.some((one) => one.type === "Battery" && /^(Low|Critical)$/.test(one.level))
  );
}
