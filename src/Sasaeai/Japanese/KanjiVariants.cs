using System.Text;

namespace Sasaeai.Japanese;

/// <summary>Old, popular and name forms of kanji. In each group the first character stands for all.</summary>
static class KanjiVariants
{
    const string Groups =
        """
        亜亞 悪惡 圧壓 囲圍 医醫 為爲 壱壹 隠隱 栄榮 営營 衛衞 駅驛 円圓 塩鹽 縁緣 艶艷 応應 欧歐 殴毆 桜櫻 奥奧 横橫 温溫 穏穩
        仮假 価價 画畫 会會 絵繪 壊壞 懐懷 概槪 拡擴 殻殼 覚覺 学學斈 岳嶽 楽樂 渇渴 缶罐 巻卷 陥陷 勧勸 寛寬 関關 歓歡 観觀 顔顏
        気氣 帰歸 亀龜 偽僞 戯戲 犠犧 旧舊 拠據 挙擧 虚虛 峡峽 挟挾 狭狹 郷鄕 暁曉 区區 駆驅 勲勳 薫薰 径徑 恵惠 渓溪谿 経經 継繼 茎莖 蛍螢 軽輕 鶏鷄雞
        芸藝 撃擊 県縣 研硏 倹儉 剣劍劔釼 険險 圏圈 検檢 献獻 権權 顕顯 験驗 厳嚴 広廣 効效 恒恆 黄黃 鉱鑛 号號 国國圀 黒黑 済濟 剤劑 雑雜 参參 桟棧 蚕蠶 惨慘 賛贊 残殘
        糸絲 歯齒 児兒 辞辭 湿濕 実實 写寫冩 舎舍 釈釋 寿壽 収收 従從 渋澁澀 獣獸 縦縱 粛肅 処處 叙敍敘 将將 称稱 焼燒 証證 奨奬 条條 状狀 乗乘 浄淨 剰剩 畳疊 縄繩 壌壤 嬢孃 譲讓 醸釀 触觸 嘱囑
        真眞 寝寢 慎愼 尽盡 図圖 粋粹 酔醉 随隨 髄髓 枢樞 数數 瀬瀨 声聲 静靜 斉齊斎齋 窃竊 摂攝 専專 戦戰 浅淺 践踐 銭錢 潜潛 繊纖 禅禪 双雙 壮壯 争爭 荘莊 捜搜 挿插 巣巢 曽曾 痩瘦 装裝 総總 騒騷 蔵藏 臓臟 属屬 続續
        堕墮 対對 体體軆 帯帶 滞滯 台臺 滝瀧 択擇 沢澤 担擔 単單 胆膽 団團 弾彈 断斷 遅遲 痴癡 虫蟲 昼晝 鋳鑄 庁廳 徴徵 聴聽 鎮鎭 転轉 点點 伝傳 党黨 島嶋嶌 灯燈 当當 盗盜 稲稻 闘鬪 徳德 独獨 読讀 届屆
        弐貳 悩惱 脳腦 覇霸 拝拜 廃廢 売賣 麦麥 発發 髪髮 抜拔 浜濱濵 蛮蠻 秘祕 払拂 仏佛 併倂 並竝 変變 辺邊邉 弁辨瓣辯 歩步 宝寶寳 豊豐 褒襃 翻飜 万萬 満滿 黙默 弥彌 訳譯 薬藥 予豫 余餘 与與 誉譽 揺搖 様樣 謡謠
        来來 頼賴 覧覽 乱亂 竜龍 両兩 猟獵 塁壘 涙淚 励勵 礼禮 霊靈 齢齡 歴歷 恋戀 炉爐 労勞 楼樓 湾灣 高髙 崎﨑嵜 吉𠮷 橋𣘺 土圡𡈽 籠篭 桧檜 薮藪 涛濤 峰峯 館舘 鉄鐵 富冨 涼凉 柳栁 桑桒 槙槇 遥遙 晋晉 鴎鷗 靭靱 蛎蠣
        潅灌 蒋蔣 頬頰 掴摑 剥剝 噛嚙 繋繫 祷禱 壷壺 讃讚 梅楳 場塲 緑綠 青靑 清淸 内內 録錄 歳歲 産產 説說 税稅 脱脫 強强 彦彥 姫姬 戸戶 毎每 郎郞 呉吳 野埜 村邨 亘亙 鶴靏鸖 尾𡱖 桝枡 第㐧 鎌鐮 略畧 杯盃 秋穐 裏裡 隣鄰 島㠀 鹸鹼 焔焰 麹麴 醤醬 餅餠 粧糚 箪簞 芦蘆 穂穗 磯礒 増增
        """;

    /// <summary>Each variant with the character that stands for it.</summary>
    public static IReadOnlyDictionary<Rune, char> Read() =>
        Groups.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(group => group.EnumerateRunes().Skip(1).Select(variant => (Variant: variant, Common: group[0])))
            .ToDictionary(pair => pair.Variant, pair => pair.Common);
}
