using FsCheck;
using FsCheck.Fluent;
using Sasaeai.Features.Voices;

namespace Sasaeai.Tests.Features.Voices;

public class PersonalTracesTests
{
    [Theory]
    [InlineData("電話は０９０－１２３４－５６７８です", "", "電話番号")]
    [InlineData("0480(11)2222 にかけて", "", "電話番号")]
    [InlineData("taro@example.jp まで", "", "メール")]
    [InlineData("〒123-4567 に住む", "", "郵便番号")]
    [InlineData("本町3-2-1の家", "", "番地")]
    [InlineData("本町12番地の人", "", "番地")]
    [InlineData("田中一郎さんが困っている", "", "人の名前")]
    [InlineData("タケ子の膝が悪い", "坂本 タケ子", "連絡先の欄と同じ言葉「タケ子」")]
    public void The_usual_traces_of_a_person_are_found(string text, string contact, string what) => Assert.Contains(PersonalTraces.In(text, contact), trace => trace.Contains(what, StringComparison.Ordinal));

    [Theory]
    [InlineData("坂の上の団地で、週に2回のゴミ出しに困る人がふえている。")]
    [InlineData("午前10時から11時の便がなくなり、15分歩く。1日3回、2人で待つ。")]
    [InlineData("民生委員さんだけでは回りきれない。ヘルパーさんも来られない。")]
    [InlineData("令和2年6月15日の座談会で、65〜74歳の38%が見守りを望んだ。")]
    public void Ordinary_words_are_not_taken_for_a_person(string text) => Assert.Empty(PersonalTraces.In(text, "連絡先：なし"));

    [Fact]
    public void No_telephone_number_gets_through_however_it_is_written() => Prop.ForAll(
        Gen.Elements("090-1234-5678", "09012345678", "０９０－１２３４－５６７８", "03-1234-5678", "048 123 4567", "0120ー123ー456").ToArbitrary(),
        Gen.Elements("", "電話は", "連絡先：", "TEL").ToArbitrary(), Gen.Elements("", "です", "まで。", "\n").ToArbitrary(),
        (number, before, after) => PersonalTraces.In(before + number + after, "").Count > 0).QuickCheckThrowOnFailure();
}
