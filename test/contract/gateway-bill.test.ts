/** The conformance list of the gateway, point 11: the day's bill, read back from the zip. */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { inflateRawSync } from "node:zlib";
import iconv from "iconv-lite";
import { chinaDay, parseChinaTime } from "../../src/core/rules/time.ts";
import { startGateway, type Gateway } from "../../src/sandbox/servers/gateway/gateway.ts";
import { exec, keySdk, keys, pay, send } from "./gateway-client.ts";

let gateway: Gateway;
let nowMs = parseChinaTime("2026-11-23 16:00:00") ?? 0;
const day = chinaDay(nowMs);
const method = "alipay.data.dataservice.bill.downloadurl.query";
const ask = (billDate: string) => exec(keySdk(gateway), method, { billType: "trade", billDate });
const download = async (url: unknown) => {
  const { pathname, search } = new URL(String(url));
  return send(gateway, "GET", `${pathname}${search}`);
};

before(async () => {
  gateway = await startGateway({ keys, nowMs: () => nowMs, settings: { feePer10000: 38 } });
});
after(() => gateway.close());

/** Entries of a zip by its local headers: raw name, flags and text. */
function unzip(file: Buffer): { name: string; flags: number; text: string }[] {
  const entries = [];
  for (let at = 0; file.readUInt32LE(at) === 0x04034b50;) {
    const nameEnd = at + 30 + file.readUInt16LE(at + 26);
    const end = nameEnd + file.readUInt32LE(at + 18);
    entries.push({
      name: iconv.decode(file.subarray(at + 30, nameEnd), "gbk"),
      flags: file.readUInt16LE(at + 6),
      text: iconv.decode(inflateRawSync(file.subarray(nameEnd, end)), "gbk"),
    });
    at = end;
  }
  return entries;
}

describe("11. bills", () => {
  test("aren't there before nine the next morning, and not for other kinds", async () => {
    assert.equal((await ask(day)).subCode, "isp.bill_not_exist");
    assert.equal((await ask("2026-13-01")).subCode, "isv.invalid_arguments");
    const other = await exec(keySdk(gateway), method, { billType: "zft_acc", billDate: day });
    assert.equal(other.subCode, "TYPE_NOT_SUPPORTED");
  });

  test("list every trade and refund of the day, in the columns of a real file", async () => {
    const first = await pay(gateway, "128.50", "lin", {
      subject: "牛奶, 镕喆",
      storeId: "S1",
      operatorId: "07",
      terminalId: "01",
    });
    const { outTradeNo } = await pay(gateway, "10.00", "lin", { storeId: "S1" });
    const refund = { outTradeNo, refundAmount: "4.00", outRequestNo: "R1" };
    await exec(keySdk(gateway), "alipay.trade.refund", refund);
    nowMs += 24 * 3_600_000;
    const { billDownloadUrl } = await ask(day);
    assert.match(
      String(billDownloadUrl),
      /downloadBillFile\.resource\?bizType=trade&userId=\d{16}0156&/,
    );
    const reply = await download(billDownloadUrl);
    assert.equal(reply.headers["content-type"], "application/zip");
    const [detail, summary, ...rest] = unzip(reply.body);
    assert.equal(rest.length, 0);
    const base = "20881021462251350156_20261123";
    assert.equal(detail?.name, `${base}_业务明细.csv`);
    assert.equal(summary?.name, `${base}_业务明细(汇总).csv`);
    assert.equal((detail?.flags ?? 0x800) & 0x800, 0, "the UTF-8 flag isn't set");
    const lines = (detail?.text ?? "").split("\r\n");
    assert.equal(lines[0], "#支付宝业务明细查询");
    assert.equal(lines[1], "#账号：[20881021462251350156]");
    assert.equal(
      lines[2],
      "#起始日期：[2026年11月23日 00:00:00]   终止日期：[2026年11月24日 00:00:00]",
    );
    const rows = lines.filter((line) => !line.startsWith("#") && line !== "");
    assert.deepEqual(
      rows.map((row) => row.split(",").length),
      [25, 25, 25, 25],
    );
    assert.match(
      rows[1] ?? "",
      new RegExp(
        `^\\d{28}\\t,${first.outTradeNo}\\t,交易\\t,牛奶， 镕喆,2026-11-23 16:00:00,2026-11-23 16:00:00,S1\\t,出票演示店\\t,07\\t,01\\t,\\*小满\\(138\\*\\*\\*\\*0001\\)\\t,128.50,128.50,0.00,0.00,0.00,0.00,0.00,,0.00\\t,0.00,\\t,-0.49,0.00,牛奶， 镕喆$`,
      ),
    );
    assert.match(rows[3] ?? "", /,退款\t,.*,-4\.00,-4\.00,.*,R1\t,0\.02,0\.00,/);
    assert.ok(lines.includes("#交易合计：2笔，商家实收共138.50元，商家优惠共0.00元"));
    assert.ok(lines.includes("#退款合计：1笔，商家实收退款共-4.00元，商家优惠退款共0.00元"));
    assert.match(
      summary?.text ?? "",
      /合计\t,\t,2,1,134\.50,134\.50,0\.00,0\.00,0\.00,-0\.51,0\.00,133\.99/,
    );
  });

  test("the address dies after thirty seconds", async () => {
    const { billDownloadUrl } = await ask(day);
    nowMs += 30_001;
    assert.equal((await download(billDownloadUrl)).status, 403);
  });

  test("a day without trades has a bill that says so", async () => {
    const empty = await ask("2026-11-20");
    assert.equal(empty["billFileCode"], "EMPTY_DATA_WITH_BILL_FILE");
    const [detail] = unzip((await download(empty["billDownloadUrl"])).body);
    assert.match(detail?.text ?? "", /#交易合计：0笔，商家实收共0\.00元/);
  });
});
