using System.ComponentModel.DataAnnotations;
using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Japanese;

namespace Sasaeai.Features.Outreaches;

/// <summary>How often and to how many people, of one fiscal year, layer and kind.</summary>
public sealed record OutreachCount(int Year, int Layer, string Kind, int Times, int People)
{
    private static readonly string Report = SnakeCase.From(OutreachKind.Report), Lecture = SnakeCase.From(OutreachKind.Lecture);

    public FiscalYear FiscalYear => new(Year);

    /// <summary>活動報告イベント; everything else is 普及啓発.</summary>
    public bool IsReport => Kind == Report;

    public bool IsLecture => Kind == Lecture;

    public static Task<List<OutreachCount>> OfAsync(AppDb db, FiscalYear from, FiscalYear to) => db.Database.SqlQuery<OutreachCount>($"""
        select (extract(year from on_day) - (extract(month from on_day) < 4)::int)::int as "Year", layer as "Layer", kind as "Kind", count(*)::int as "Times", sum(head_count)::int as "People"
        from app.outreach
        where municipality_id = {db.TownId} and on_day between {from.Starts} and {to.Ends}
        group by 1, 2, 3
        """).ToListAsync();
}

public static class OutreachWords
{
    public static string InWords(this OutreachKind kind) => typeof(OutreachKind).GetField(kind.ToString())!.GetCustomAttribute<DisplayAttribute>()!.Name!;
}
