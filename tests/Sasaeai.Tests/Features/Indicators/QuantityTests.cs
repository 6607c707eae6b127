using FsCheck;
using FsCheck.Fluent;
using Sasaeai.Features.Indicators;

namespace Sasaeai.Tests.Features.Indicators;

public class QuantityTests
{
    [Theory]
    [InlineData(206, 2179, 9)]
    [InlineData(54, 470, 11)]
    [InlineData(98, 2179, 4)]
    [InlineData(21, 470, 4)]
    [InlineData(1, 2, 50)]
    [InlineData(1, 200, 1)]
    [InlineData(0, 7, 0)]
    [InlineData(7, 7, 100)]
    public void A_percentage_is_rounded_once_half_up_from_the_counts(long count, long of, long percent) => Assert.Equal(percent, Quantity.Percent(count, of));

    [Fact]
    public void A_percentage_is_never_further_than_half_a_point_from_the_share() => Check.QuickThrowOnFailure(Prop.ForAll(Shares(), share =>
    {
        var percent = Quantity.Percent((long)share.Numerator, share.Denominator!.Value);
        var twice = 200 * (long)share.Numerator - 2 * percent * share.Denominator!.Value;
        return twice >= -share.Denominator && twice < share.Denominator;
    }));

    [Fact]
    public void Shares_add_by_their_counts_and_not_by_their_percentages()
    {
        var (small, large) = (new Quantity(1, 1), new Quantity(0, 99));
        Assert.Equal(new Quantity(1, 100), small + large);
        Assert.Equal("1", (small + large).Shown());
    }

    [Fact]
    public void Adding_shares_is_adding_both_sides() => Check.QuickThrowOnFailure(Prop.ForAll(Shares(), Shares(), (one, other) =>
        one + other == new Quantity(one.Numerator + other.Numerator, one.Denominator + other.Denominator) && (one + other).ComparedTo(other + one) == 0));

    [Fact]
    public void What_falls_short_of_a_target_does_not_look_like_it()
    {
        var (result, target) = (new Quantity(146, 1000), new Quantity(15, 100));
        Assert.True(result.ComparedTo(target) < 0);
        Assert.Equal("15", result.Shown());
        Assert.Equal("14.6", result.Shown(target));
        Assert.Equal("15", new Quantity(15, 100).Shown(target));
        Assert.Equal("33", new Quantity(1, 3).Shown(target));
        Assert.Equal("30.01", new Quantity(654, 2179).Shown(new Quantity(30, 100)));
    }

    [Fact]
    public void Two_shares_are_compared_exactly() => Check.QuickThrowOnFailure(Prop.ForAll(Shares(), Shares(), (one, other) =>
        Math.Sign(one.ComparedTo(other)) == Math.Sign(((Int128)one.Numerator * other.Denominator!.Value).CompareTo((Int128)other.Numerator * one.Denominator!.Value))
        && (one.ComparedTo(other) == 0 || Math.Abs(one.Approximate - other.Approximate) < 0.001 || one.Shown(other) != other.Shown())));

    [Fact]
    public void The_largest_numbers_compare_without_overflow() =>
        Assert.True(new Quantity(Quantity.Most, (long)Quantity.Most).ComparedTo(new Quantity(Quantity.Most - 1, (long)Quantity.Most)) > 0);

    private static Arbitrary<Quantity> Shares() => Arb.From(
        from of in Gen.Choose(1, 5000)
        from count in Gen.Choose(0, of)
        select new Quantity(count, of));

    [Theory]
    [InlineData("12.5", 100, "12.5")]       // a percentage, as somebody typed it
    [InlineData("12.50", 100, "12.5")]
    [InlineData("33.33", 100, "33.33")]
    [InlineData("90", 100, "90")]
    [InlineData("12.5", 80, "16")]          // 15.625 of a hundred
    public void A_share_with_a_fraction_is_not_cut(string numerator, long of, string shown) => Assert.Equal(shown, new Quantity(decimal.Parse(numerator, System.Globalization.CultureInfo.InvariantCulture), of).Shown());
}
