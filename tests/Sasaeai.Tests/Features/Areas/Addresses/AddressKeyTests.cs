using FsCheck;
using FsCheck.Fluent;
using Sasaeai.Features.Areas.Addresses;

namespace Sasaeai.Tests.Features.Areas.Addresses;

public class AddressKeyTests
{
    [Theory]
    [InlineData("𠮷野台", "吉野台")]
    [InlineData("土𣘺", "土橋")]
    [InlineData("冨士見町", "富士見町")]
    [InlineData("蘆屋町", "芦屋町")]
    public void Kanji_are_alike_as_in_the_search(string one, string other) => Assert.Equal(AddressKey.Fold(one), AddressKey.Fold(other));

    [Theory]
    [InlineData("水谷東一丁目", "水谷東1丁目", "水谷東１丁目", "水谷東 1 丁目", "水谷東一丁目")]
    [InlineData("本町十二丁目3番4号", "本町12丁目3番4号", "本町１２丁目３番４号", "本町一二丁目三番四号")]
    [InlineData("大字針ケ谷", "針ヶ谷", "針が谷", "字針ガ谷", "大字針ｹ谷", "針ｶﾞ谷")]
    [InlineData("霞ヶ関字上之原", "霞ケ関小字上の原", "霞が関上ノ原")]
    [InlineData("1-2-3", "１－２－３", "1−2‐3", "1ー2―3", "1の2の3", "1ノ2-3")]
    [InlineData("三ツ頭", "三つ頭", "三っ頭", "三ッ頭")]
    [InlineData("髙澤町", "高沢町", "髙󠄀澤町")]
    [InlineData("ハイランド2-1", "ハイランド２ー１", "ﾊｲﾗﾝﾄﾞ2-1", "はいらんど2-1")]
    public void One_address_written_differently_has_one_key(params string[] ways) =>
        Assert.Single(ways.Select(AddressKey.Fold).Distinct());

    [Theory]
    [InlineData("水谷東一丁目", "水谷東二丁目")]
    [InlineData("一番町", "二番町")]
    [InlineData("小文字一丁目", "小一丁目")]
    [InlineData("グリーンハイツ", "グリンハイツ")]
    public void Different_places_have_different_keys(string one, string other) =>
        Assert.NotEqual(AddressKey.Fold(one), AddressKey.Fold(other));

    [Fact]
    public void No_text_breaks_the_folding() =>
        Prop.ForAll(
            Gen.Elements([.. "大字小文水谷東一二十百丁目番地号の之ノ-ー−１２a 〒ケヶがｶﾞ髙葛󠄀𠮷"]).ArrayOf().ToArbitrary(),
            characters => AddressKey.Fold(new string(characters)) == AddressKey.Fold(" " + new string(characters) + "\u3000")).QuickCheckThrowOnFailure();
}
