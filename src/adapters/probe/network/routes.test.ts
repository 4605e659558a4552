/** What the systems really print, read back. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { arpKnows, bsdRoutes, linuxRoutes, wifiSignalDbm, windowsRoutes } from "./routes.ts";

test("Linux: default routes by metric, other routes and those without a gateway left out", () => {
  const text = `Iface	Destination	Gateway 	Flags	RefCnt	Use	Metric	Mask		MTU	Window	IRTT
wlan0	00000000	0102A8C0	0003	0	0	600	00000000	0	0	0
eth0	00000000	0101A8C0	0003	0	0	100	00000000	0	0	0
ppp0	00000000	00000000	0001	0	0	50	00000000	0	0	0
eth0	0001A8C0	00000000	0001	0	0	100	00FFFFFF	0	0	0
`;
  assert.deepEqual(
    linuxRoutes(text).map(({ device, gateway, metric }) => ({ device, gateway, metric })),
    [
      { device: "eth0", gateway: "192.168.1.1", metric: 100 },
      { device: "wlan0", gateway: "192.168.2.1", metric: 600 },
    ],
  );
  assert.deepEqual(linuxRoutes(""), []);
});

test("macOS: the default routes of netstat", () => {
  const text = `Routing tables

Internet:
Destination        Gateway            Flags           Netif Expire
default            192.168.1.1        UGScg             en0
default            link#20            UCSIg       bridge100      !
127                127.0.0.1          UCS               lo0
`;
  assert.deepEqual(bsdRoutes(text), [
    { device: "en0", localAddress: null, gateway: "192.168.1.1", metric: 0 },
  ]);
});

test("Windows: route print in whatever language", () => {
  const text = `IPv4 路由表
===========================================================================
活动路由:
网络目标        网络掩码          网关       接口   跃点数
          0.0.0.0          0.0.0.0      192.168.2.1     192.168.2.30     55
          0.0.0.0          0.0.0.0      192.168.1.1     192.168.1.20     25
        127.0.0.0        255.0.0.0            在链路上         127.0.0.1    331
`;
  assert.deepEqual(windowsRoutes(text)[0], {
    device: null,
    localAddress: "192.168.1.20",
    gateway: "192.168.1.1",
    metric: 25,
  });
  assert.equal(windowsRoutes(text).length, 2);
});

test("ARP: complete, failed and unknown entries are told apart", () => {
  const text = `IP address       HW type     Flags       HW address            Mask     Device
192.168.1.1      0x1         0x2         02:fc:00:00:00:05     *        eth0
192.168.1.9      0x1         0x0         00:00:00:00:00:00     *        eth0
`;
  assert.equal(arpKnows(text, "192.168.1.1"), true);
  assert.equal(arpKnows(text, "192.168.1.9"), false);
  assert.equal(arpKnows(text, "192.168.1.7"), null);
});

test("Wi-Fi: the signal in dBm", () => {
  const text = `Inter-| sta-|   Quality        |   Discarded packets               | Missed | WE
 face | tus | link level noise |  nwid  crypt   frag  retry   misc | beacon | 22
 wlan0: 0000   54.  -56.  -256        0      0      0      0      0        0
`;
  assert.equal(wifiSignalDbm(text, "wlan0"), -56);
  assert.equal(wifiSignalDbm(text, "wlan1"), null);
});
