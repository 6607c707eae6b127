using Sasaeai.Features.Shared;

namespace Sasaeai.Tests.Features.Shared;

public class PhoneNumberTests
{
    [Theory]
    [InlineData("0999-20-1234（田中）", "0999201234")]
    [InlineData("０９９９（２０）１２３４", "0999201234")]
    [InlineData("0999-20-1238/0999-20-1239", "0999201238")]
    [InlineData("0999-20-1238 0999-20-1239", "0999201238")]
    [InlineData("090-0000-1234 080-0000-1234", "09000001234")]
    [InlineData("0999ー20ー1234 内線56", "0999201234")]
    [InlineData("#8000", "#8000")]
    [InlineData("役場へ", "")]
    public void The_first_number_is_called(string written, string called) => Assert.Equal(called, PhoneNumberTagHelper.ToCall(written));
}
