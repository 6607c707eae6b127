using Sasaeai.Japanese;

namespace Sasaeai.Tests.Japanese;

public class MunicipalityCodeTests
{
    [Theory]
    [InlineData("112356", "112356", CodeRepair.None)]
    [InlineData("１１２３５６", "112356", CodeRepair.None)]
    [InlineData(" 999997 ", "999997", CodeRepair.None)]
    [InlineData("92011", "092011", CodeRepair.LeadingZero)]
    [InlineData("13101", "131016", CodeRepair.CheckDigit)]
    [InlineData("01100", "011002", CodeRepair.CheckDigit)]
    public void A_code_is_read_and_the_repair_is_told(string written, string digits, CodeRepair repair)
    {
        Assert.True(MunicipalityCode.TryRead(written, out var reading));
        Assert.Equal((digits, repair), (reading.Code.Digits, reading.Repair));
    }

    [Theory]
    [InlineData("112357")]
    [InlineData("000000")]
    [InlineData("480002")]
    [InlineData("1235")]
    [InlineData("富士見市")]
    [InlineData("1123567")]
    [InlineData(null)]
    public void What_is_no_code_is_refused(string? written) => Assert.False(MunicipalityCode.TryRead(written, out _));

    [Fact]
    public void Every_code_in_use_is_read_whole_without_zero_and_without_check_digit()
    {
        var codes = File.ReadLines(SharedData.Path("data", "localgov", "localgovjp-utf8.csv")).Skip(1).Where(line => line != "").Select(line => line[(line.LastIndexOf(',') + 1)..]).ToList();
        Assert.True(codes.Count > 1900);
        foreach (var code in codes)
        {
            Assert.True(MunicipalityCode.TryRead(code, out var whole) && whole.Repair == CodeRepair.None && whole.Code.Prefecture is >= 1 and <= 47);
            Assert.True(MunicipalityCode.TryRead(code[..5], out var unchecked_));
            Assert.Contains(code, new[] { unchecked_.Code.Digits, unchecked_.OtherCode?.Digits });
            if (code[0] == '0')
                Assert.True(MunicipalityCode.TryRead(code[1..], out var shortened) && shortened.Code == whole.Code && shortened.Repair == CodeRepair.LeadingZero);
        }
        var ambiguous = codes.Count(code => MunicipalityCode.TryRead(code[..5], out var reading) && reading.OtherCode is not null);
        Assert.True(ambiguous < codes.Count / 10, $"{ambiguous} of {codes.Count}");
    }
}
