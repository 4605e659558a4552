/** What `provider check` found and what to do. Places: {gateway}, {said}, {app_id}. */
import type { Text } from "../../../core/text/text.ts";

export type Finding =
  | "good"
  | "app_key"
  | "no_app_key"
  | "app_id"
  | "app_offline"
  | "app_cert"
  | "cert_mode"
  | "certs"
  | "alipay_key"
  | "permissions"
  | "clock"
  | "dns"
  | "tls"
  | "silence"
  | "broken"
  | "unreadable"
  | "busy"
  | "refused";

export const CHECK_TEXT: Readonly<Record<Finding, { readonly text: Text; readonly advice: Text }>> =
  {
    good: {
      text: {
        zh: "支付宝已连通：应用、密钥、网络都正常。",
        en: "Alipay answers: app, keys and network are right.",
      },
      advice: {
        zh: "可以开始收款。先收一笔 0.01 元，确认签约的产品可用，再退款。",
        en: "Ready to take payments. Take 0.01 yuan first to see that the signed product works, then refund it.",
      },
    },
    app_key: {
      text: {
        zh: "支付宝不认可我们的签名（{said}）。",
        en: "Alipay doesn't accept our signature ({said}).",
      },
      advice: {
        zh: "private_key 和开放平台上登记的应用公钥不是一对。请用生成那个公钥时的私钥，或重新上传应用公钥。",
        en: "private_key doesn't belong to the app public key on the Open Platform. Use the matching private key, or upload the public key again.",
      },
    },
    no_app_key: {
      text: {
        zh: "这个应用还没有设置接口加签方式（{said}）。",
        en: "This app has no signing key yet ({said}).",
      },
      advice: {
        zh: "到开放平台「应用 → 开发设置 → 接口加签方式」上传应用公钥或证书，几分钟后再试。",
        en: "Upload the app's public key or certificate under the app's signing settings, then try again in a few minutes.",
      },
    },
    app_id: {
      text: {
        zh: "支付宝不认识应用 {app_id}（{said}）。",
        en: "Alipay doesn't know the app {app_id} ({said}).",
      },
      advice: {
        zh: "核对 app_id；沙箱应用只能用沙箱网关，正式应用只能用正式网关。",
        en: "Check app_id; a sandbox app works only at the sandbox gateway, a production app only at the production one.",
      },
    },
    app_offline: {
      text: { zh: "应用还没有上线（{said}）。", en: "The app isn't online yet ({said})." },
      advice: {
        zh: "到开放平台提交审核，上线后再试。",
        en: "Submit it for review on the Open Platform and try again when it is online.",
      },
    },
    app_cert: {
      text: {
        zh: "应用公钥证书已过期（{said}）。",
        en: "The app's certificate has expired ({said}).",
      },
      advice: {
        zh: "到开放平台更新证书，下载三份新证书后替换。",
        en: "Renew it on the Open Platform and replace the three certificate files.",
      },
    },
    cert_mode: {
      text: {
        zh: "这个应用用的是证书模式（{said}）。",
        en: "This app uses certificates ({said}).",
      },
      advice: {
        zh: "请改填 app_cert、alipay_cert、alipay_root_cert，并去掉 alipay_public_key。",
        en: "Fill in app_cert, alipay_cert and alipay_root_cert, and remove alipay_public_key.",
      },
    },
    certs: {
      text: {
        zh: "支付宝不认可证书：有一份不是这个应用登记的（{said}）。",
        en: "Alipay doesn't accept the certificates: one of them isn't the registered one ({said}).",
      },
      advice: {
        zh: "核对 app_cert 和 alipay_root_cert：从开放平台这个应用的「接口加签方式」重新下载三份证书，成套替换。",
        en: "Check app_cert and alipay_root_cert: download all three certificates of this app again from its signing settings, and replace them together.",
      },
    },
    alipay_key: {
      text: {
        zh: "有应答，但签名不是用我们手里的支付宝公钥能验证的。",
        en: "There is an answer, but Alipay's public key that we hold doesn't verify it.",
      },
      advice: {
        zh: "核对「支付宝公钥」（不是应用公钥）是否属于这个应用和这个环境；证书模式请重新下载支付宝公钥证书。仍不行，检查是否有代理改动了内容。",
        en: "Check that Alipay's public key (not the app's) belongs to this app and environment; with certificates, download Alipay's certificate again. If that is right, look for a proxy that changes the content.",
      },
    },
    permissions: {
      text: {
        zh: "密钥正确，但这个应用没有当面付的权限（{said}）。",
        en: "The keys are right, but this app may not use in-store payment ({said}).",
      },
      advice: {
        zh: "到支付宝商家平台签约「当面付」，并确认 seller_id 就是签约的商户；审核通过后再试。",
        en: "Sign the in-store payment product on Alipay's merchant platform, and check that seller_id is that merchant.",
      },
    },
    clock: {
      text: {
        zh: "支付宝不接受我们写的时间（{said}）。",
        en: "Alipay doesn't accept the time that we write ({said}).",
      },
      advice: {
        zh: "请打开本机的自动对时（NTP），再试一次。",
        en: "Turn on automatic time (NTP) on this machine and try again.",
      },
    },
    dns: {
      text: {
        zh: "找不到 {gateway} 的地址（{said}）。",
        en: "The address of {gateway} can't be found ({said}).",
      },
      advice: {
        zh: "检查网线、Wi-Fi 和 DNS 设置；能打开网页后再试。",
        en: "Check cable, Wi-Fi and DNS settings; try again when web pages open.",
      },
    },
    tls: {
      text: {
        zh: "和 {gateway} 的加密连接不可信（{said}）。",
        en: "The encrypted connection to {gateway} can't be trusted ({said}).",
      },
      advice: {
        zh: "检查本机时间，以及是否有代理或网络登录页在拦截。不要关闭证书校验。",
        en: "Check this machine's clock, and look for a proxy or login page in between. Don't switch certificate checks off.",
      },
    },
    silence: {
      text: {
        zh: "{gateway} 在限定时间内没有应答。",
        en: "{gateway} didn't answer in time.",
      },
      advice: {
        zh: "检查网络和防火墙，过一会儿再试；线路慢可以调大 timeout_ms。",
        en: "Check network and firewall and try again later; on a slow line raise timeout_ms.",
      },
    },
    broken: {
      text: {
        zh: "连不上 {gateway}，或连接中断（{said}）。",
        en: "{gateway} can't be reached, or the connection broke ({said}).",
      },
      advice: {
        zh: "检查网络、防火墙和网关地址后再试。",
        en: "Check network, firewall and gateway address, then try again.",
      },
    },
    unreadable: {
      text: {
        zh: "收到的不是支付宝的应答（{said}）。",
        en: "What came back isn't an answer of Alipay ({said}).",
      },
      advice: {
        zh: "多半是网关地址不对，或网络需要先登录（酒店、商场 Wi-Fi）。改正后再试。",
        en: "Most likely the gateway address is wrong, or the network wants a login first (hotel or mall Wi-Fi). Fix that and try again.",
      },
    },
    busy: {
      text: { zh: "支付宝暂时不可用（{said}）。", en: "Alipay is unavailable for now ({said})." },
      advice: {
        zh: "应用和密钥已被接受。过几分钟再试。",
        en: "App and keys were accepted. Try again in a few minutes.",
      },
    },
    refused: {
      text: { zh: "支付宝拒绝了查询（{said}）。", en: "Alipay refused the query ({said})." },
      advice: {
        zh: "请按这个错误码在开放平台查找原因，或联系支付宝技术支持。",
        en: "Look this code up on the Open Platform, or ask Alipay's support.",
      },
    },
  };

/** Stands beside any finding. Place: {seconds}. */
export const CLOCK_WARNING: Text = {
  zh: "本机时间和支付宝相差 {seconds} 秒，订单的失效时间会跟着错。请打开自动对时（NTP）。",
  en: "This machine's clock is {seconds} s off Alipay's, and so is the expiry of every order. Turn on automatic time (NTP).",
};
