using System.Text;

namespace Sasaeai.Bench.Generation;

/// <summary>Words of the texts, and of the searches for them, by how often they occur.</summary>
public static class Words
{
    /// <summary>In 16 to 50 % of the rows.</summary>
    public static readonly string[] Common = ["体操", "教室", "訪問", "相談", "支援"];
    /// <summary>In 2 to 8 %.</summary>
    public static readonly string[] Mid = ["配食", "囲碁", "書道", "手芸", "防災"];
    /// <summary>In 0.04 to 0.2 %.</summary>
    public static readonly string[] Rare = ["点字", "墓参", "盲導", "透析"];
    /// <summary>Three characters and more.</summary>
    public static readonly string[] Long = ["認知症カフェ", "買い物支援", "ラジオ体操", "ふれあい", "見守り訪問"];

    public static readonly string[] OneCharacter = ["茶", "花", "歌", "点", "碁"];
    public static readonly string[] Several = ["配食 見守り", "体操 教室", "囲碁 相談", "書道 教室 相談"];

    private static readonly (string Word, double Share)[] Shares =
    [
        .. Common.Zip([0.30, 0.40, 0.16, 0.48, 0.35]), .. Mid.Zip([0.06, 0.04, 0.03, 0.05, 0.06]),
        .. Rare.Zip([0.0004, 0.001, 0.0008, 0.002]), .. Long.Zip([0.02, 0.02, 0.03, 0.08, 0.02]),
    ];

    private static readonly string[] Frames = ["{0}にも力を入れています。", "月に一度、{0}の時間があります。", "{0}について気軽に声をかけてください。", "ご希望の方には{0}もあります。"];

    private static readonly string[] Sentences =
    [
        "どなたでも参加できます。", "お茶を飲みながらゆっくり話せる場です。", "初めての方も歓迎します。", "動きやすい服装でお越しください。", "飲み物をお持ちください。",
        "地域の仲間と一緒に楽しく過ごします。", "季節の花を眺めながら歩きます。", "車での送り迎えは要予約です。", "雨の日はお休みすることがあります。", "歌や昔の遊びを楽しみます。",
        "玄関先までうかがいます。", "重い物の移動や電球の交換もお手伝いします。", "会場は一階で段差がありません。", "月末に次の月の予定をお知らせします。", "見学だけでもかまいません。",
        "費用は材料代だけです。", "近くの集会所で長く続いている集まりです。", "名札を付けた担当者がご案内します。",
    ];

    private static readonly string[] Before = ["いきいき", "にこにこ", "なかよし", "ひだまり", "あおぞら", "さくら", "みんなの", "ほっと", "笑顔", "元気"];
    private static readonly string[] Kinds = ["サロン", "の会", "クラブ", "ひろば", "カフェ", "お助け隊", "教室", "体操", "お弁当", "ささえ合い"];

    public static string Name(Random random, string place) => $"{place}{random.Pick(Before)}{random.Pick(Kinds)}";

    /// <summary>About 170 characters, 190 with name and address.</summary>
    public static string Description(Random random)
    {
        var text = new StringBuilder();
        foreach (var (word, share) in Shares)
        {
            if (random.NextDouble() < share)
            {
                text.AppendFormat(null, random.Pick(Frames), word);
            }
        }

        for (var wanted = Math.Max(60, 164 + 25 * TownSizes.Normal(random)); text.Length < wanted;)
        {
            text.Append(random.Pick(Sentences));
        }

        return text.ToString();
    }

    public static T Pick<T>(this Random random, IReadOnlyList<T> choices) => choices[random.Next(choices.Count)];
}
