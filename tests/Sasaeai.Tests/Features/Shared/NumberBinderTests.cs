using System.Net;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Shared;

namespace Sasaeai.Tests.Features.Shared;

/// <summary>Numbers as they come from a Japanese keyboard.</summary>
public class NumberBinderTests(TestApp app)
{
    [Theory]
    [InlineData("１２", "12")]
    [InlineData("12,300,000", "12300000")]
    [InlineData(" １，５００円 ", "1500")]
    [InlineData("３８．５％", "38.5")]
    [InlineData("−3", "-3")]
    [InlineData("¥200", "200")]
    [InlineData("1,2", "1,2")]
    [InlineData("12人くらい", "12人くらい")]
    [InlineData("一二", "一二")]
    [InlineData("", "")]
    public void A_number_is_read_as_it_is_meant_and_other_words_stay(string typed, string read) => Assert.Equal(read, NumberBinder.Narrow(typed));

    [Fact]
    public async Task A_form_takes_full_width_digits_and_commas_and_keeps_what_it_cannot_read()
    {
        var town = await app.CreateTownAsync();
        var officer = await app.SignedInAsync(town, Role.Officer);
        var form = await officer.GetPageAsync("fundings/edit?year=2018&project=Comprehensive");

        var refused = await officer.SubmitAsync(form, ("事業費（円）", "１億くらい"), ("国（%）", "３８．５"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Equal("１億くらい", refused.QuerySelector("input[name='Form.Yen']")!.GetAttribute("value"));
        Assert.Equal("３８．５", refused.QuerySelector("input[name='Form.Nation']")!.GetAttribute("value"));
        var saved = await officer.SubmitAsync(refused, ("事業費（円）", "１５８，３００，０００円"));

        Assert.Equal(HttpStatusCode.OK, saved.StatusCode);
        Assert.Equal("158300000 38.50", await town.ScalarAsync($"select yen || ' ' || nation from app.funding where municipality_id = {town.Id}"));
    }
}
