/** Why a data folder isn't opened for this provider, and what to do. Nothing is started, so no money moves. */
import type { Tie } from "../payment/provider-identity.ts";
import type { Text } from "./text.ts";

export type TieRefusal = Exclude<Tie, "first" | "same"> | "training_apart";

interface Said {
  readonly so: Text;
  readonly todo: Text;
}

/** Places: `{data}` the folder, `{stored}` whose sales are in it, `{given}` what this start came with. */
export const TIE_TEXT: Readonly<Record<TieRefusal, Said>> = {
  keys_missing: {
    so: {
      zh: "数据目录 {data} 里是{stored}的账，这次用的却是{given}，问不到那些收款。",
      en: "The sales in {data} are those of {stored}; this is {given}, which knows nothing of them.",
    },
    todo: {
      zh: "请带上原来的密钥启动：--alipay-config 文件，或设 CHUPIAO_ALIPAY_CONFIG。要演示请另用一个目录：--data 文件夹。",
      en: "Start with their keys: --alipay-config FILE, or CHUPIAO_ALIPAY_CONFIG. For a demo use another folder: --data FOLDER.",
    },
  },
  training_apart: {
    so: {
      zh: "数据目录 {data} 里是{stored}的账，培训不能用这个目录。",
      en: "The sales in {data} are those of {stored}, and training keeps out of them.",
    },
    todo: {
      zh: "培训请另用一个目录：--data 文件夹。要收款，请去掉 --training（和 config.json 里的 training）再启动。",
      en: "For training use another folder: --data FOLDER. To take payments start without --training (and without training in config.json).",
    },
  },
  demo_stays_demo: {
    so: {
      zh: "数据目录 {data} 里是演示的账（{stored}），不能接着收真钱（{given}）。",
      en: "The sales in {data} are a demo's ({stored}), and a demo never turns real ({given}).",
    },
    todo: {
      zh: "真实收款请用一个新的目录：--data 文件夹。",
      en: "For real money use a new folder: --data FOLDER.",
    },
  },
  other_account: {
    so: {
      zh: "数据目录 {data} 里是{stored}的账，这次的密钥属于{given}。",
      en: "The sales in {data} are those of {stored}; these keys belong to {given}.",
    },
    todo: {
      zh: "写错了请改回来。换了应用或商户号，请另用一个新的目录：--data 文件夹。这里的账只有原来的密钥能查询、能退款，请留好目录和密钥。",
      en: "If that is a mistake, correct it. A new app or merchant gets a new folder: --data FOLDER. Keep this one and its keys: only they can ask about and refund these sales.",
    },
  },
};

export const notStarted: Text = { zh: "没有启动：", en: "Nothing was started. " };
