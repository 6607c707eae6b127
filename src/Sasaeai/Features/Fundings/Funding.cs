using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Sasaeai.Data;

namespace Sasaeai.Features.Fundings;

/// <summary>The parts of 地域支援事業.</summary>
public enum Project
{
    [Display(Name = "介護予防・日常生活支援総合事業")] General,
    [Display(Name = "包括的支援事業")] Comprehensive,
    [Display(Name = "任意事業")] Optional,
}

/// <summary>Who bears a project, in percent: 国, 都道府県, 市町村, 第1号 and 第2号保険料.</summary>
public readonly record struct Shares(decimal Nation, decimal Prefecture, decimal Town, decimal FirstInsured, decimal SecondInsured)
{
    /// <summary>Since fiscal 2018, as the nation's table prints them (総合事業; 包括的支援事業 and 任意事業).</summary>
    public static Shares Usual(Project project) => project == Project.General ? new(25, 12.5m, 12.5m, 23, 27) : new(38.5m, 19.25m, 19.25m, 23, 0);

    public IReadOnlyList<decimal> All => [Nation, Prefecture, Town, FirstInsured, SecondInsured];

    public decimal Sum => All.Sum();

    /// <summary>The amount divided into whole yen. What rounding down leaves goes to the largest remainders, so the parts add to the amount.</summary>
    public IReadOnlyList<long> Of(long yen)
    {
        var exact = All.Select(share => yen * share / 100).ToList();
        var parts = exact.Select(part => (long)decimal.Floor(part)).ToArray();
        foreach (var (_, index) in exact.Select((part, index) => (part - decimal.Floor(part), index)).OrderByDescending(remainder => remainder.Item1).Take((int)(yen - parts.Sum())))
        {
            parts[index]++;
        }

        return parts;
    }
}

/// <summary>Cost of a kind of project in a fiscal year and who bears it.</summary>
public class Funding : TownRecord
{
    public const long Most = 10_000_000_000_000;

    public required int FiscalYear { get; init; }
    public required Project Project { get; init; }
    public long Yen { get; private set; }
    public decimal Nation { get; private set; }
    public decimal Prefecture { get; private set; }
    public decimal Town { get; private set; }
    public decimal FirstInsured { get; private set; }
    public decimal SecondInsured { get; private set; }
    public string Note { get; private set; } = "";

    public Shares Shares => new(Nation, Prefecture, Town, FirstInsured, SecondInsured);

    public void Set(long yen, Shares shares, string note)
    {
        Rule.Require(yen is >= 0 and <= Most, "事業費は0円以上の整数で入力してください。");
        Rule.Require(shares.All.All(share => share is >= 0 and <= 100 && decimal.Round(share, 2) == share), "割合は0から100まで、小数2けたまでで入力してください。");
        Rule.Require(shares.Sum == 100, $"割合の合計が{shares.Sum:0.##}%になっています。ちょうど100%になるように直してください。");
        (Yen, Nation, Prefecture, Town, FirstInsured, SecondInsured, Note) = (yen, shares.Nation, shares.Prefecture, shares.Town, shares.FirstInsured, shares.SecondInsured, note.Trim());
    }
}

/// <summary>委託料: what a body is paid for part of a project in a year.</summary>
public class EntrustedFee : TownRecord
{
    public required int FiscalYear { get; init; }
    public required Project Project { get; init; }
    public string EntrustedTo { get; private set; } = "";
    public string Work { get; private set; } = "";
    public long Yen { get; private set; }

    public void Set(string entrustedTo, string work, long yen)
    {
        Rule.Require(entrustedTo.Trim() != "", "委託先を入力してください。");
        Rule.Require(work.Trim() != "", "委託した仕事を入力してください。");
        Rule.Require(yen is >= 0 and <= Funding.Most, "委託料は0円以上の整数で入力してください。");
        (EntrustedTo, Work, Yen) = (entrustedTo.Trim(), work.Trim(), yen);
    }
}

public class FundingMapping : IEntityTypeConfiguration<Funding>
{
    public void Configure(EntityTypeBuilder<Funding> builder)
    {
        builder.Property<uint>("xmin").IsRowVersion();
        builder.Ignore(funding => funding.Shares);
    }
}

public class EntrustedFeeMapping : IEntityTypeConfiguration<EntrustedFee>
{
    public void Configure(EntityTypeBuilder<EntrustedFee> builder) => builder.Property<uint>("xmin").IsRowVersion();
}
