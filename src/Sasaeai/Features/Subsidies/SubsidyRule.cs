using System.ComponentModel.DataAnnotations;
using Sasaeai.Data;
using Sasaeai.Features.HelpRequests;
using Sasaeai.Features.MutualHelpReports;

namespace Sasaeai.Features.Subsidies;

public enum SubsidyCounting
{
    [Display(Name = "世帯と日の数（上限つき）")] HouseholdDays,
    [Display(Name = "手伝った内容の種類の数")] ServiceKinds,
}

public enum SubsidySpan
{
    [Display(Name = "ひと月に")] Month,
    [Display(Name = "年度に")] Year,
}

/// <summary>補助のきまり of a town: what it counts of mutual help before it pays. Examples: 渋川市 100円 a household and day, 5 a month; 遊佐町 all with 5 kinds of help in the year, half below.</summary>
public class SubsidyRule : TownRecord
{
    public string Name { get; private set; } = "";
    public SubsidyCounting Counting { get; private set; }
    /// <summary>Codes of <see cref="HelpKind.Common"/> and names of kinds that groups added; empty for all.</summary>
    public string[] Kinds { get; private set; } = [];
    /// <summary>For one household on one day.</summary>
    public int Yen { get; private set; }
    public int? Most { get; private set; }
    public SubsidySpan? MostPer { get; private set; }
    public int? LeastKinds { get; private set; }
    /// <summary>Part of the subsidy that is paid for fewer kinds.</summary>
    public int? BelowPercent { get; private set; }
    public int Sort { get; private set; }
    public DateOnly? EndsOn { get; private set; }

    public void CountHouseholdDays(string name, string[] kinds, int yen, int? most, SubsidySpan per)
    {
        Rule.Require(kinds.Length > 0, "補助する内容を選んでください。");
        Rule.Require(yen > 0, "1世帯1日の額を入れてください。");
        (Counting, Yen, Most, MostPer, LeastKinds, BelowPercent) = (SubsidyCounting.HouseholdDays, yen, most, most is null ? null : per, null, null);
        Call(name, kinds);
    }

    public void CountKinds(string name, string[] kinds, int? least, int? belowPercent)
    {
        Rule.Require(least is not null && belowPercent is not null, "全額に要る種類の数と、それより少ないときの割合を入れてください。");
        (Counting, Yen, Most, MostPer, LeastKinds, BelowPercent) = (SubsidyCounting.ServiceKinds, 0, null, null, least, belowPercent);
        Call(name, kinds);
    }

    public void Arrange(int sort, DateOnly? endsOn) => (Sort, EndsOn) = (sort, endsOn);

    private void Call(string name, string[] kinds)
    {
        Rule.Require(name.Trim() != "", "補助の名前を入れてください。");
        (Name, Kinds) = (name.Trim(), kinds);
    }

    public string KindWords => Kinds.Length == 0 ? "すべての内容" : string.Join('、', Kinds.Select(kind => HelpKind.Common.FirstOrDefault(one => one.Code == kind)?.Words ?? kind));

    public string InJapanese() => Counting == SubsidyCounting.HouseholdDays
        ? $"{KindWords}：1世帯1日 {Yen:N0}円{(Most is { } most ? $"（{(MostPer == SubsidySpan.Month ? "ひと月" : "年度")}に{most}日まで）" : "")}"
        : $"{KindWords}：年度に{LeastKinds}種類以上で全額、少ないときは{BelowPercent}%";
}

/// <summary>What a rule counts for one group in the days asked for.</summary>
/// <param name="Counted">Of <paramref name="Days"/>, within the limit.</param>
public sealed record SubsidyCount(Guid RuleId, Guid GroupId, int Households, int Days, int Counted, int Kinds)
{
    public long YenOf(SubsidyRule rule) => (long)Counted * rule.Yen;

    public int PercentOf(SubsidyRule rule) => Kinds >= rule.LeastKinds ? 100 : Kinds == 0 ? 0 : rule.BelowPercent ?? 0;
}

/// <summary>One line of a group's own list: a household, and a month or the year of the limit.</summary>
public sealed record HouseholdDays(Guid RuleId, Guid GroupId, Guid UserId, DateOnly Part, int Days, int Counted);
