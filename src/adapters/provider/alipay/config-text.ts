/** Every setting of Alipay: its environment variable and what to fill in; and every text about a setting that is wrong. */
import type { Text } from "../../../core/text/text.ts";
import type { KeyProblem } from "./keys.ts";

export type Field =
  | "app_id"
  | "seller_id"
  | "gateway"
  | "private_key"
  | "alipay_public_key"
  | "app_cert"
  | "alipay_cert"
  | "alipay_root_cert"
  | "notify_url"
  | "timeout_ms"
  | "pay_product_code"
  | "qr_product_code"
  | "qr_timeout_express"
  | "goods_max";

export const FIELDS: Readonly<Record<Field, { readonly env: string; readonly need: Text }>> = {
  app_id: {
    env: "CHUPIAO_ALIPAY_APP_ID",
    need: {
      zh: "填应用的 APPID（16 位数字），在支付宝开放平台「控制台 → 应用」里",
      en: "fill in the app's APPID (16 digits), shown in the Alipay Open Platform console",
    },
  },
  seller_id: {
    env: "CHUPIAO_ALIPAY_SELLER_ID",
    need: {
      zh: "填收款账号的商户号 PID（2088 开头，16 位数字）",
      en: "fill in the merchant's PID (16 digits that begin with 2088)",
    },
  },
  gateway: {
    env: "CHUPIAO_ALIPAY_GATEWAY",
    need: {
      zh: "填 https 地址；正式环境不用填，支付宝沙箱填 https://openapi-sandbox.dl.alipaydev.com/gateway.do",
      en: "fill in an https address; leave it out for production, for Alipay's sandbox use https://openapi-sandbox.dl.alipaydev.com/gateway.do",
    },
  },
  private_key: {
    env: "CHUPIAO_ALIPAY_PRIVATE_KEY",
    need: {
      zh: "填应用私钥文件的路径（或私钥内容），PKCS#1、PKCS#8 都可以",
      en: "fill in the path of the app's private key (or the key itself), PKCS#1 or PKCS#8",
    },
  },
  alipay_public_key: {
    env: "CHUPIAO_ALIPAY_PUBLIC_KEY",
    need: {
      zh: "填「支付宝公钥」（不是应用公钥）的路径或内容，在应用的「接口加签方式」里查看",
      en: "fill in Alipay's public key (not the app's), path or text, shown under the app's signing settings",
    },
  },
  app_cert: {
    env: "CHUPIAO_ALIPAY_APP_CERT",
    need: {
      zh: "填应用公钥证书 appCertPublicKey_….crt 的路径",
      en: "fill in the path of the app's certificate appCertPublicKey_….crt",
    },
  },
  alipay_cert: {
    env: "CHUPIAO_ALIPAY_CERT",
    need: {
      zh: "填支付宝公钥证书 alipayCertPublicKey_RSA2.crt 的路径",
      en: "fill in the path of Alipay's certificate alipayCertPublicKey_RSA2.crt",
    },
  },
  alipay_root_cert: {
    env: "CHUPIAO_ALIPAY_ROOT_CERT",
    need: {
      zh: "填支付宝根证书 alipayRootCert.crt 的路径",
      en: "fill in the path of Alipay's root certificates alipayRootCert.crt",
    },
  },
  notify_url: {
    env: "CHUPIAO_ALIPAY_NOTIFY_URL",
    need: {
      zh: "填支付宝能访问到的 http(s) 地址，最长 256 字符；没有就不填",
      en: "fill in an http(s) address that Alipay can reach, at most 256 characters; leave it out if there is none",
    },
  },
  timeout_ms: {
    env: "CHUPIAO_ALIPAY_TIMEOUT_MS",
    need: { zh: "填 500 到 60000 的整数（毫秒）", en: "fill in whole milliseconds, 500 to 60000" },
  },
  pay_product_code: {
    env: "CHUPIAO_ALIPAY_PAY_PRODUCT_CODE",
    need: {
      zh: "填签约的付款码产品，如 FACE_TO_FACE_PAYMENT 或 OFFLINE_PAYMENT",
      en: "fill in the signed product for payment codes, e.g. FACE_TO_FACE_PAYMENT or OFFLINE_PAYMENT",
    },
  },
  qr_product_code: {
    env: "CHUPIAO_ALIPAY_QR_PRODUCT_CODE",
    need: {
      zh: "填签约的订单码产品，如 FACE_TO_FACE_PAYMENT 或 QR_CODE_OFFLINE",
      en: "fill in the signed product for QR orders, e.g. FACE_TO_FACE_PAYMENT or QR_CODE_OFFLINE",
    },
  },
  qr_timeout_express: {
    env: "CHUPIAO_ALIPAY_QR_TIMEOUT_EXPRESS",
    need: { zh: "填 2m、1h 这样的时长", en: "fill in a duration such as 2m or 1h" },
  },
  goods_max: {
    env: "CHUPIAO_ALIPAY_GOODS_MAX",
    need: {
      zh: "填 0 到 200 的整数：随订单上送的商品行数，0 为不上送",
      en: "fill in 0 to 200: how many lines of goods go along with an order, 0 for none",
    },
  },
};

/** Places: {field} {env} {need} of the setting; {path}, {key}, {date} where named. Values of keys never appear. */
export const CONFIG_TEXT = {
  missing: {
    zh: "缺少 {field}（环境变量 {env}）：{need}。",
    en: "{field} is missing (environment variable {env}): {need}.",
  },
  invalid: {
    zh: "{field}（环境变量 {env}）的格式不对：{need}。",
    en: "{field} (environment variable {env}) isn't in the right form: {need}.",
  },
  dead_gateway: {
    zh: "{field}：旧沙箱网关 openapi.alipaydev.com 已停用。{need}。",
    en: "{field}: the old sandbox gateway openapi.alipaydev.com is gone; {need}.",
  },
  two_modes: {
    zh: "公钥模式和证书模式只能用一种：用证书时请去掉 {field}（{env}）。",
    en: "Use either a public key or certificates: with certificates, remove {field} ({env}).",
  },
  own_public_key: {
    zh: "{field} 填成了应用公钥。请换成「支付宝公钥」：上传应用公钥后，由支付宝显示在旁边的那一个。",
    en: "{field} holds the app's own public key. Use Alipay's public key: the one shown by Alipay after the app's key was uploaded.",
  },
  own_cert: {
    zh: "{field} 填成了应用自己的证书。{need}。",
    en: "{field} holds the app's own certificate; {need}.",
  },
  cert_of_another_key: {
    zh: "{field} 和 private_key 不是一对。请用生成这份证书时的私钥，并确认没有和支付宝公钥证书放反。",
    en: "{field} and private_key aren't a pair. Use the key that this certificate was made for, and check that it isn't swapped with Alipay's certificate.",
  },
  not_the_root: {
    zh: "{field}（环境变量 {env}）不是签发 alipay_cert 的根证书。{need}，三份证书要来自同一个应用和环境。",
    en: "{field} ({env}) isn't the root that issued alipay_cert; {need}. All three certificates must come from one app and environment.",
  },
  root_not_proven: {
    zh: "从文件里看不出 {field} 是不是签发 alipay_cert 的根证书。若支付宝不认可证书，请从开放平台重新下载三份证书。",
    en: "The files don't show whether {field} issued alipay_cert. If Alipay refuses the certificates, download all three again from the Open Platform.",
  },
  cert_expired: {
    zh: "{field} 已于 {date} 过期。请在开放平台下载新证书。",
    en: "{field} expired on {date}. Download a new certificate from the Open Platform.",
  },
  cert_expires_soon: {
    zh: "{field} 将于 {date} 过期，请尽快更换，过期后不能收款。",
    en: "{field} expires on {date}; replace it soon, payments stop after that.",
  },
  key_file_open: {
    zh: "私钥文件 {path} 可被本机其他用户读取。请执行 chmod 600。",
    en: "Other users of this machine can read the private key {path}. Run chmod 600 on it.",
  },
  config_file_open: {
    zh: "配置文件可被本机其他用户读取，而 private_key 写在里面。请对它执行 chmod 600。",
    en: "Other users of this machine can read the configuration file, which names private_key. Run chmod 600 on it.",
  },
  config_file_missing: {
    zh: "读不到配置文件 {path}。请检查路径（--config 或环境变量 {env}）和权限。",
    en: "The configuration file {path} can't be read. Check the path (--config or {env}) and its permissions.",
  },
  config_file_not_json: {
    zh: "配置文件 {path} 不是 JSON 对象。请对照文档里的样例修改。",
    en: "The configuration file {path} isn't a JSON object. Compare it with the example in the documentation.",
  },
  unknown_field: {
    zh: "配置里有不认识的字段 {key}。请对照文档检查拼写，或删掉它。",
    en: "The configuration has a field {key} that doesn't exist. Check its spelling or remove it.",
  },
  not_an_object: {
    zh: "配置应是一个 JSON 对象。请对照文档里的样例修改。",
    en: "The configuration must be a JSON object. Compare it with the example in the documentation.",
  },
  debug_prints_requests: {
    zh: "环境变量 NODE_DEBUG 会让付款码和顾客信息打印出来。正式收款前请去掉它。",
    en: "The environment variable NODE_DEBUG makes payment codes and buyers appear in the output. Remove it before taking payments.",
  },
} as const satisfies Record<string, Text>;

export const KEY_TEXT: Readonly<Record<KeyProblem, Text>> = {
  file_missing: {
    zh: "{field}（环境变量 {env}）指向的文件不存在：{need}。",
    en: "The file that {field} ({env}) names doesn't exist: {need}.",
  },
  file_unreadable: {
    zh: "{field}（环境变量 {env}）指向的文件读不出来。请检查权限。",
    en: "The file that {field} ({env}) names can't be read. Check its permissions.",
  },
  not_a_private_key: {
    zh: "{field}（环境变量 {env}）不是完整的 RSA 私钥：{need}。复制时不要漏字符。",
    en: "{field} ({env}) isn't a whole RSA private key: {need}. Check that nothing was lost while copying.",
  },
  private_key_encrypted: {
    zh: "{field} 带密码。请导出不带密码的私钥，并把文件权限设为 600。",
    en: "{field} is protected by a password. Export it without one and set the file to mode 600.",
  },
  not_a_public_key: {
    zh: "{field}（环境变量 {env}）不是完整的公钥：{need}。",
    en: "{field} ({env}) isn't a whole public key: {need}.",
  },
  not_rsa_2048: {
    zh: "{field} 不是 2048 位以上的 RSA 密钥。支付宝的 RSA2 签名要求 2048 位，请重新生成。",
    en: "{field} isn't an RSA key of at least 2048 bits, which Alipay's RSA2 requires. Make a new one.",
  },
  not_a_certificate: {
    zh: "{field}（环境变量 {env}）里没有可用的证书：{need}。",
    en: "{field} ({env}) holds no usable certificate: {need}.",
  },
};
