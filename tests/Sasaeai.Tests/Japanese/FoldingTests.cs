using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Sasaeai.Japanese;

namespace Sasaeai.Tests.Japanese;

public class FoldingTests
{
    [Theory]
    [InlineData("髙橋", "高橋")]
    [InlineData("山﨑", "山崎")]
    [InlineData("渡邉", "渡辺")]
    [InlineData("渡邊", "渡辺")]
    [InlineData("斎藤", "齋藤")]
    [InlineData("斉藤", "齊藤")]
    [InlineData("澤田濱子", "沢田浜子")]
    [InlineData("𠮷野家", "吉野家")]
    [InlineData("辻󠄀堂", "辻堂")]
    [InlineData("葛\uFE00飾", "葛飾")]
    [InlineData("龍ケ崎", "竜ヶ崎")]
    [InlineData("龍が崎", "龍ヶ崎")]
    [InlineData("関ｹ原", "関ヶ原")]
    [InlineData("１ヶ月", "1か月")]
    [InlineData("1カ月", "１ヵ月")]
    [InlineData("買い物", "買物")]
    [InlineData("取り組み", "取組み")]
    [InlineData("話し相手", "話相手")]
    [InlineData("ゴミ出し", "ごみ出し")]
    [InlineData("ｺﾞﾐ", "ごみ")]
    [InlineData("塵", "ゴミ")]
    [InlineData("塵出し", "ごみ出し")]
    [InlineData("ヴァイオリン", "ゔぁいおりん")]
    [InlineData("デイサ－ビス", "デイサービス")]
    [InlineData("ｻﾛﾝ・ｶﾌｪ（第２）", "さろんかふぇ第2")]
    [InlineData("ＮＰＯ法人", "npo法人")]
    [InlineData("㈱みほん", "株みほん")]
    [InlineData("０４９−２５１−２７１１", "0492512711")]
    [InlineData("か\u3099っこう", "がっこう")]
    [InlineData("ふじみ　野 ", "フジミ野")]
    public void Two_ways_of_writing_give_one_key(string one, string other) => Assert.Equal(Folding.Fold(other), Folding.Fold(one));

    [Theory]
    [InlineData("買い物の手伝い", "買物の手伝い")]
    [InlineData("人と人", "人と人")]
    [InlineData("手が空く", "手が空く")]
    [InlineData("見守り", "見守り")]
    [InlineData("カフェ", "かふぇ")]
    [InlineData("買い 物", "買い物")]
    [InlineData("佐々木々", "佐々木々")]
    [InlineData("、。「」・!?", "")]
    [InlineData(null, "")]
    public void The_key_is_the_common_form(string? text, string key) => Assert.Equal(key, Folding.Fold(text));

    [Fact]
    public void Different_words_keep_different_keys()
    {
        Assert.NotEqual(Folding.Fold("体操"), Folding.Fold("体験"));
        Assert.NotEqual(Folding.Fold("はり"), Folding.Fold("ばり"));
        Assert.NotEqual(Folding.Fold("人の手"), Folding.Fold("人手"));
    }

    [Fact]
    public void Any_text_can_be_folded_even_broken_ones()
    {
        Prop.ForAll(ArbMap.Default.ArbFor<string>(), text => Folding.Fold(text) is not null).QuickCheckThrowOnFailure();
        Assert.Equal("あ", Folding.Fold("あ\uD842"));
        Assert.Equal("あ", Folding.Fold("\uDFB7あ"));
    }

    [Fact]
    public void Width_and_case_never_matter_and_a_key_holds_no_katakana_or_punctuation()
    {
        var texts = Gen.Elements("ゴミ出し", "買い物", "龍ヶ崎市", "サロン・ひまわり", "第２公民館", "NPO", "髙橋", "ー", "－", "1ヶ月", " ", "（お茶飲み）", "ｼﾆｱ").ArrayOf();
        Prop.ForAll(texts.ToArbitrary(), parts =>
        {
            var text = string.Concat(parts);
            var key = Folding.Fold(text);
            return key == Folding.Fold(text.Normalize(NormalizationForm.FormKC).ToUpperInvariant())
                && !key.Any(c => c is >= 'ァ' and <= 'ヶ' || char.IsPunctuation(c) || char.IsWhiteSpace(c) || char.IsUpper(c));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_search_is_split_into_a_few_short_words()
    {
        Assert.Equal(["ごみ出", "体操", "さろん", "火曜"], Folding.Words(" ゴミ出し　体操、サロン・火曜 。"));
        Assert.Equal(8, Folding.Words("一 二 三 四 五 六 七 八 九 十").Count);
        Assert.Equal(60, Folding.Words(new string('山', 1000))[0].Length);
        Assert.Empty(Folding.Words(" 　、・"));
        Assert.Empty(Folding.Words(null));
    }
}
