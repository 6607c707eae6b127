using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Sasaeai.Data;
using Sasaeai.Japanese;

namespace Sasaeai.Features.Plans;

/// <summary>第n期介護保険事業計画, by the nation's periods: 第1期 began in fiscal 2000, and every third year another begins.</summary>
public class Plan : TownRecord
{
    /// <summary>Fiscal years of a period.</summary>
    public const int Years = 3;

    /// <summary>第n期.</summary>
    public required int Number { get; init; }
    public required string Title { get; set; }
    /// <summary>The part of the plan that the programme is in, as its paper prints it.</summary>
    public string Heading { get; set; } = "";
    public required DateTimeOffset CreatedAt { get; init; }

    public string Period => PeriodOf(Number);

    public int FirstYear => FirstYearOf(Number);

    public int LastYear => FirstYear + Years - 1;

    public IEnumerable<int> FiscalYears => Enumerable.Range(FirstYear, Years);

    /// <summary>「第7期」.</summary>
    public static string PeriodOf(int number) => $"第{number}期";

    public static int FirstYearOf(int number) => 1997 + Years * number;

    /// <summary>The number of the plan that holds in a fiscal year.</summary>
    public static int NumberOf(int fiscalYear) => (fiscalYear - 1997) / Years;

    /// <summary>「H30年度からR2年度まで」.</summary>
    public string InWords => $"{new FiscalYear(FirstYear).ShortLabel}年度から{new FiscalYear(LastYear).ShortLabel}年度まで";

    public void Describe(string title, string heading)
    {
        Rule.Require(!string.IsNullOrWhiteSpace(title), "計画の名前を入力してください。");
        (Title, Heading) = (title.Trim(), heading.Trim());
    }
}

public class PlanMapping : IEntityTypeConfiguration<Plan>
{
    public void Configure(EntityTypeBuilder<Plan> builder) => builder.Property<uint>("xmin").IsRowVersion();
}
