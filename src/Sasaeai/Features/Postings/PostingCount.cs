using Sasaeai.Japanese;

namespace Sasaeai.Features.Postings;

/// <summary>
/// 生活支援コーディネーター配置数 of one fiscal year, in people on its last day (of the running year: today), as
/// 生活支援体制整備事業について prints it: who holds both layers is one person, counted apart.
/// </summary>
public sealed record PostingCount(FiscalYear Year, DateOnly Day, int First, int Second, int Both)
{
    public static PostingCount Of(FiscalYear year, IEnumerable<Posting> postings, DateOnly today)
    {
        var day = year.Ends < today ? year.Ends : today;
        var people = postings.Where(posting => posting.Kind == PostingKind.Coordinator && posting.HoldsOn(day)).GroupBy(posting => posting.Person).Select(Posting.LayerOf).ToList();
        return new(year, day, people.Count(layer => layer == PostingLayer.First), people.Count(layer => layer == PostingLayer.Second), people.Count(layer => layer == PostingLayer.Both));
    }

    /// <summary>Every fiscal year since the first posting.</summary>
    public static IReadOnlyList<PostingCount> Years(IReadOnlyCollection<Posting> postings, DateOnly today) =>
        postings.Any(posting => posting.StartsOn <= today)
            ? [.. Enumerable.Range(FiscalYear.Of(postings.Min(posting => posting.StartsOn)).Year, FiscalYear.Of(today).Year - FiscalYear.Of(postings.Min(posting => posting.StartsOn)).Year + 1).Select(year => Of(new FiscalYear(year), postings, today))]
            : [];
}

/// <summary>配置状況 of one day: how many people of which employer, directly or entrusted to how many bodies.</summary>
public sealed record PostingLine(PostingLayer Layer, Employer Employer, bool IsEntrusted, int Bodies, int People, int WithOtherDuty)
{
    public static IReadOnlyList<PostingLine> Of(DateOnly day, IEnumerable<Posting> postings) =>
    [
        .. postings.Where(posting => posting.Kind == PostingKind.Coordinator && posting.HoldsOn(day))
            .GroupBy(posting => posting.Person).Select(person => (Layer: Posting.LayerOf(person)!.Value, Posting: person.First(), HasOtherDuty: person.Any(posting => posting.OtherDuty != "")))
            .GroupBy(person => (person.Layer, person.Posting.Employer, person.Posting.IsEntrusted)).OrderBy(group => group.Key)
            .Select(group => new PostingLine(group.Key.Layer, group.Key.Employer, group.Key.IsEntrusted, group.Select(person => person.Posting.OrganizationId).OfType<Guid>().Distinct().Count(), group.Count(), group.Count(person => person.HasOtherDuty))),
    ];

    /// <summary>「市職員 1名」「地域包括支援センターへの委託 9か所（10名）」.</summary>
    public string InWords(string town)
    {
        var who = Employer == Employer.City ? $"{town[^1]}職員" : Employer.InWords();
        var duty = WithOtherDuty > 0 ? $"、うち{WithOtherDuty}名は他の業務と兼務" : "";
        return !IsEntrusted ? $"{who} {People}名{(duty == "" ? "" : $"（{duty[1..]}）")}" : Bodies > 0 ? $"{who}への委託 {Bodies}か所（{People}名{duty}）" : $"{who}への委託 {People}名{(duty == "" ? "" : $"（{duty[1..]}）")}";
    }
}
