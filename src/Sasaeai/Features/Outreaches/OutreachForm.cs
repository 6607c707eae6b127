using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc.Rendering;
using Sasaeai.Data;
using Sasaeai.Features.ActivityRecords;
using Sasaeai.Features.Forms;
using Sasaeai.Features.Issues;
using Sasaeai.Features.Meetings;
using Sasaeai.Features.Resources;
using Sasaeai.Features.Shared;
using Sasaeai.Features.TownSettings;

namespace Sasaeai.Features.Outreaches;

/// <summary>What staff write of an outreach.</summary>
public class OutreachForm
{
    [Display(Name = "種類"), Required(ErrorMessage = "種類を選んでください。"), EnumDataType(typeof(OutreachKind))]
    public OutreachKind? Kind { get; set; }

    [Display(Name = "行った日")]
    public DateInput OnDay { get; set; } = null!;

    [Display(Name = "場所"), Required(ErrorMessage = "場所を入力してください。"), StringLength(200)]
    public string Place { get; set; } = "";

    [Display(Name = "依頼元"), StringLength(200)]
    public string? RequestedBy { get; set; }

    [Display(Name = "どちらの層の活動か"), Required(ErrorMessage = "第1層相当か第2層相当かを選んでください。"), Range(1, 2)]
    public int? Layer { get; set; }

    [Display(Name = "圏域")]
    public Guid? Area { get; set; }

    [Display(Name = "参加した人数"), Required(ErrorMessage = "人数を入力してください。"), Range(0, 100_000)]
    public int? HeadCount { get; set; }

    [Display(Name = "対象"), StringLength(200)]
    public string? Target { get; set; }

    [Display(Name = "内容"), Required(ErrorMessage = "内容を入力してください。"), DataType(DataType.MultilineText), StringLength(2000)]
    public string Content { get; set; } = "";

    public Guid? Activity { get; set; }

    [Display(Name = "つながる会議")]
    public Guid? Meeting { get; set; }

    public static OutreachForm Of(Outreach outreach) => new()
    {
        Kind = outreach.Kind, OnDay = new DateInput(outreach.OnDay), Place = outreach.Place, RequestedBy = outreach.RequestedBy, Layer = outreach.Layer, Area = outreach.AreaId, HeadCount = outreach.HeadCount,
        Target = outreach.Target, Content = outreach.Content, Activity = outreach.ActivityRecordId, Meeting = outreach.MeetingId,
    };

    public void WriteTo(Outreach outreach, ActivityLists lists, IEnumerable<SelectListItem> meetings)
    {
        var day = Choices.Day(OnDay, "行った日");
        Rule.Require(day is not null, "行った日を入力してください。");
        Rule.Require(day <= lists.Today, "行った日が先の日付です。行ってから記録してください。");
        Rule.Require(Meeting is null || meetings.Any(meeting => meeting.Value == $"{Meeting}"), "会議を一覧から選び直してください。");
        Rule.Require(Area is not { } area || lists.HasZone(area), "圏域を選び直してください。");
        (outreach.Kind, outreach.OnDay, outreach.Place, outreach.RequestedBy) = (Kind!.Value, day!.Value, PlainText.Of(Place), PlainText.Of(RequestedBy));
        (outreach.Layer, outreach.AreaId, outreach.HeadCount, outreach.Target, outreach.Content) = (Layer!.Value, Area, HeadCount!.Value, PlainText.Of(Target), PlainText.Of(Content));
        (outreach.ActivityRecordId, outreach.MeetingId) = (Activity, Meeting);
    }
}

/// <summary>A page that shows the form of an outreach (_Fields.cshtml).</summary>
public interface IOutreachFormPage
{
    OutreachForm Form { get; }
    ActivityLists Lists { get; }

    /// <summary>Held last, and the one that is linked already.</summary>
    IReadOnlyList<SelectListItem> Meetings { get; }
}

public static class OutreachMeetings
{
    /// <param name="linked">A meeting that may be older than those offered.</param>
    public static async Task<IReadOnlyList<SelectListItem>> MeetingsAsync(AppDb db, Guid? linked, DateOnly today)
    {
        var held = await IssueChoices.MeetingsAsync(db, today);
        if (linked is { } id && held.All(meeting => meeting.Value != $"{id}"))
        {
            var meeting = await db.GetAsync<Meeting>(id);
            held.Insert(0, new SelectListItem($"{Japanese.Wareki.Short(meeting.HeldOn)} {meeting.Title}", $"{id}"));
        }

        return held;
    }
}
